import { UNKNOWN } from "./difference";
import { PluginObject, PluginValue, PushRequest, SecretParameters } from "./request";
import { namesSecret } from "./secretNames";

const MASK = "****";
/** Shorter secrets are redacted as they are; their encoded forms would hit ordinary text. */
const SHORTEST_ENCODED = 6;

/** Every secret value of a request: the controller's, the credentials', and what plugin parameters hold. */
export function secretsOf(request: PushRequest): string[] {
    const { token, password, clientKey, proxy } = request.controller;
    const credentials = request.cloud.credentials.map((each) =>
        each.kind === "aws" ? each.secretKey : each.privateKey,
    );
    const parameters = [request.cloud.parameters, ...request.cloud.templates.map((each) => each.parameters)];
    return [
        token,
        password,
        clientKey,
        ...proxyPassword(proxy),
        ...credentials,
        ...parameters.flatMap((each) => secretParameters("", each)),
        ...[request.cloud, ...request.cloud.templates].flatMap(markedTexts),
    ].filter((each): each is string => each !== undefined && each !== "" && each !== UNKNOWN);
}

/** Shorter texts would be masked all over; where the parameters are shown they are masked anyway. */
const SHORTEST_MARKED = 4;

/** What the parameters hold that the settings keep secret. A removal may be of a request that an earlier version made. */
function markedTexts({ secret = [], parameters }: Partial<SecretParameters> & { parameters: PluginObject }): string[] {
    return secret.flatMap((name) => texts(parameters[name])).filter((each) => each.length >= SHORTEST_MARKED);
}

/** Every text within a value. */
export function texts(value: PluginValue | undefined): string[] {
    if (typeof value === "string") {
        return [value];
    }
    return value === undefined ? [] : Object.values(value).flatMap(texts);
}

function proxyPassword(proxy: string | undefined): string[] {
    if (proxy === undefined || !URL.canParse(proxy)) {
        return [];
    }
    const encoded = new URL(proxy).password;
    return [encoded, decodeURIComponent(encoded)];
}

/** Parameters whose value is a secret although the plugin takes plain text, such as WindowsData's password. */
function secretParameters(name: string, value: PluginValue): string[] {
    if (typeof value === "string") {
        return namesSecret(name) ? [value] : [];
    }
    if (Array.isArray(value)) {
        return value.flatMap((item) => secretParameters(name, item));
    }
    const environment = typeof value.key === "string" && typeof value.value === "string";
    const variable = environment ? secretParameters(value.key as string, value.value) : [];
    return [...variable, ...Object.entries(value).flatMap(([key, item]) => secretParameters(key, item))];
}

/**
 * A function that masks the given secrets in any text: as they are, line by line for keys in PEM, and in the forms
 * that they take in transport (JSON, URL, form, HTML, base64 at any position).
 */
export function redactor(secrets: string[]): (text: string) => string {
    const forms = [...new Set(secrets.flatMap(formsOf))].filter((form) => form !== "" && !/^\**$/.test(form));
    forms.sort((one, other) => other.length - one.length);
    return (text) => forms.reduce((masked, form) => masked.split(form).join(MASK), text);
}

/** The same data with every text in it masked. */
export function redactedData<T>(data: T, redact: (text: string) => string): T {
    if (typeof data === "string") {
        return redact(data) as T;
    }
    if (Array.isArray(data)) {
        return data.map((item: unknown) => redactedData(item, redact)) as T;
    }
    return data !== null && typeof data === "object"
        ? (Object.fromEntries(
              Object.entries(data).map(([key, item]) => [key, redactedData(item as unknown, redact)]),
          ) as T)
        : data;
}

function formsOf(secret: string): string[] {
    const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_ENCODED && !line.startsWith("-----"));
    const plain = secret.includes("\n") ? [secret, secret.trim(), ...lines] : [secret];
    return plain.flatMap((each) => (each.length < SHORTEST_ENCODED ? [each] : [each, ...encodings(each)]));
}

function encodings(text: string): string[] {
    const url = encodeSafely(text);
    return [
        JSON.stringify(text).slice(1, -1),
        url,
        url.replaceAll("%20", "+"),
        new URLSearchParams({ "": text }).toString().slice(1),
        text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
        ...base64Forms(text),
    ];
}

/** A lone half of a surrogate pair has no URL form. */
function encodeSafely(text: string): string {
    return encodeURIComponent(Buffer.from(text).toString());
}

/** Base64 of any text that contains the secret has one of three inner parts, by the position modulo three. */
function base64Forms(text: string): string[] {
    const whole = Buffer.from(text);
    return [0, 1, 2].flatMap((offset) => {
        const from = (3 - offset) % 3;
        const inner = whole.subarray(from, from + Math.floor((whole.length - from) / 3) * 3).toString("base64");
        const padded = offset === 0 ? whole.toString("base64") : inner;
        return inner.length < SHORTEST_ENCODED
            ? []
            : [padded, inner, inner.replaceAll("+", "-").replaceAll("/", "_"), whole.toString("base64url")];
    });
}
