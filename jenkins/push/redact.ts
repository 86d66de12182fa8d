import { UNKNOWN } from "../../settings/naming";
import type { CloudPayload, ControllerAccess, PluginObject, PluginValue, SecretParameters } from "./request";
import { proxyOf } from "./http";
import { namesSecret } from "../../settings/looksSecret";

const MASK = "****";
/** Shorter secrets are redacted as they are; their encoded forms would hit ordinary text. */
const SHORTEST_ENCODED = 6;

/** The secrets of the way to a controller: its token or password, its client key, and the passwords of proxies. */
export function secretsOf(access: ControllerAccess): string[] {
    const { token, password, clientKey } = access;
    return [token, password, clientKey, ...proxyPassword(proxyOf(access))].filter(isSecret);
}

/** The secrets of a cloud: those of its credentials, and those in the plugin's parameters. */
export function secretsOfCloud(cloud: CloudPayload): string[] {
    const credentials = cloud.credentials.map((each) =>
        each.kind === "aws" ? each.secretKey : each.kind === "ssh" ? each.privateKey : undefined,
    );
    const parameters = [cloud.parameters, ...cloud.templates.map((each) => each.parameters)];
    return [
        ...credentials,
        ...parameters.flatMap((each) => secretParameters("", each)),
        ...[cloud, ...cloud.templates].flatMap(markedTexts),
    ].filter(isSecret);
}

function isSecret(value: string | undefined): value is string {
    return value !== undefined && value !== "" && value !== UNKNOWN;
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
    return [encoded, decoded(encoded)];
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text; // A lone percent sign: transport.ts refuses it.
    }
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

/** Masks secrets in a text. */
export type Redact = (text: string) => string;

/**
 * A function that masks the given secrets in any text: as they are, line by line for keys in PEM, and in the forms
 * that they take in transport (JSON, URL, form, HTML, base64 at any position, hex). So is the beginning of one before `…`, where a
 * text was cut.
 */
export function redactor(secrets: string[]): Redact {
    // A key has over a thousand forms. They are made when a text could hold one of them: most pushes print none that could.
    let waiting = [...new Set(secrets.flatMap(plainForms))];
    let forms: string[] = [];
    return (text) => {
        const due = dueIn(text, waiting);
        if (due.length > 0) {
            waiting = waiting.filter((plain) => !due.includes(plain));
            const made = due.flatMap(formsOf).filter((form) => form !== "" && !/^\**$/.test(form));
            forms = [...new Set([...forms, ...made])].sort((one, other) => other.length - one.length);
        }
        const masked = forms.reduce(
            (rest, form) => (rest.length < form.length ? rest : rest.split(form).join(MASK)),
            text,
        );
        return masked.includes(CUT)
            ? masked
                  .split(CUT)
                  .map((part, index, all) => (index < all.length - 1 ? withoutBeginning(part, forms) : part))
                  .join(CUT)
            : masked;
    };
}

/** Base64 of what stands around a secret holds all but two of its characters, and is longer than they are. */
const LOST_AT_ENDS = 2;

/** Those secrets of which a form may be in the text, or at a cut the beginning of one. No form of a word has white space. */
function dueIn(text: string, secrets: string[]): string[] {
    if (secrets.length === 0 || text.includes(CUT)) return secrets;
    const longestWord = text.split(/\s+/).reduce((longest, { length }) => Math.max(longest, length), 0);
    return secrets.filter((secret) => secret.length - LOST_AT_ENDS <= (/\s/.test(secret) ? text.length : longestWord));
}

/** Marks the end of a text that was cut, here and in the scripts. */
const CUT = "…";
/** Shorter beginnings tell nothing of a secret, and would be found in ordinary text. */
const SHORTEST_BEGINNING = 4;

/** Masks the end of a text where it is the beginning of one of the forms. */
function withoutBeginning(text: string, forms: string[]): string {
    const starts = forms.flatMap((form) => {
        const first = form.slice(0, SHORTEST_BEGINNING);
        for (let at = text.length - form.length + 1; (at = text.indexOf(first, at)) >= 0; at++) {
            if (form.startsWith(text.slice(at))) return [at];
        }
        return [];
    });
    return starts.length === 0 ? text : text.slice(0, Math.min(...starts)) + MASK;
}

/** The same data with every text in it masked. */
export function redactedData<T>(data: T, redact: Redact): T {
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

/** A secret, and where it is a key in PEM its lines. */
function plainForms(secret: string): string[] {
    const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_ENCODED && !line.startsWith("-----"));
    return secret.includes("\n") ? [secret, secret.trim(), ...lines] : [secret];
}

const formsOf = (plain: string) => (plain.length < SHORTEST_ENCODED ? [plain] : [plain, ...encodings(plain)]);

function encodings(text: string): string[] {
    const json = JSON.stringify(text).slice(1, -1);
    const whole = Buffer.from(text).toString(); // A lone half of a surrogate pair has no URL form.
    const url = encodeURIComponent(whole);
    const form = new URLSearchParams({ "": text }).toString().slice(1);
    const urls = [url, url.replaceAll("%20", "+"), encodeURI(whole), form];
    const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const hex = Buffer.from(text).toString("hex");
    return [
        json,
        json.replaceAll("/", "\\/"),
        JSON.stringify(json).slice(1, -1),
        ...urls,
        ...urls.map((each) => each.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase())),
        html,
        ...["'", "&#039;", "&#39;", "&apos;"].map((quote) => html.replaceAll('"', "&quot;").replaceAll("'", quote)),
        ...base64Forms(text),
        hex,
        hex.toUpperCase(),
    ];
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
