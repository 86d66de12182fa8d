import type { Redact } from "./redact";
import type { ControllerAccess } from "./request";
import type { PushCode } from "../../settings/messages/pushMessages";
import { printable } from "../../settings/printable";

/** What a person is told: a sentence, and its section in docs/messages.md. */
export interface Told {
    code: PushCode;
    text: string;
}

/** An answer as far as its meaning needs it. */
interface Answered {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
}

/** What an unexpected answer means, and how to fix it, in one sentence. */
export function problemOf(answer: Answered, what: string, access: ControllerAccess, redact: Redact): Told {
    const { status } = answer;
    const { url, user } = access;
    if (status === 401) {
        const [secret, setting] = access.token === undefined ? ["password", "passwords"] : ["token", "tokens"];
        const command = `pulumi config set --secret --path secrets.${setting}.${access.id}`;
        const text = `${url} refused user "${user}" with this ${secret} (401): set a valid API token of that user: ${command}`;
        return { code: "token-refused", text };
    }
    if (status === 403) return forbidden(answer, access, redact);
    if (status === 404) {
        const text = `${url} has no ${what} (404): is the path prefix of url right, ending where Jenkins begins?`;
        return { code: "not-jenkins", text };
    }
    if (status >= 300 && status < 400) return { code: "not-jenkins", text: redirected(answer, access, redact) };
    if (status === 413 || (status >= 400 && /form (is )?too (large|many)/i.test(answer.text))) {
        const text = `${url} refused the size of the request (${status}): raise the form limit of Jenkins or of the proxy before it (200,000 bytes are enough)`;
        return { code: "request-too-large", text };
    }
    const text = `${url} answered ${what} with ${status}${origin(answer)}: ${excerpt(answer.text, redact)}`;
    return { code: "request-failed", text };
}

function forbidden(answer: Answered, { id, url, user, token }: ControllerAccess, redact: Redact): Told {
    if (/missing the [\w/]+ permission/.test(answer.text)) {
        const permission = /missing the ([\w/]+) permission/.exec(answer.text)?.[1];
        const text = `user "${user}" lacks the permission ${permission} on ${url} (403): a push needs Overall/Administer`;
        return { code: "not-an-administrator", text };
    }
    if (/No valid crumb/i.test(answer.text)) {
        // Jenkins asks a valid API token for no crumb.
        const text =
            token === undefined
                ? `${url} did not accept its own crumb (403): does a proxy drop cookies? An API token needs no crumb`
                : `secrets.tokens.${id} is no API token of user "${user}" on ${url} (403, Jenkins asks for a crumb): make one in Jenkins; a password belongs in secrets.passwords.${id}`;
        return { code: token === undefined ? "crumb-refused" : "token-refused", text };
    }
    const text = `${url} forbids this to user "${user}" (403)${origin(answer)}: a push needs Overall/Administer, and nothing in between may block scriptText. ${excerpt(answer.text, redact)}`;
    return { code: "not-an-administrator", text };
}

function redirected(answer: Answered, { url }: ControllerAccess, redact: Redact): string {
    const target = excerpt(redact(String(answer.headers.location ?? "")).split("?")[0]!, redact);
    return /login|securityRealm|saml|oauth|sso|auth/i.test(target)
        ? `${url} sends to a login page (${answer.status} to ${target}): use an API token, and let the proxy pass requests with one`
        : `${url} redirects to ${target} (${answer.status}): set url to where Jenkins answers itself`;
}

/** Jenkins names itself in a header, but not on a 401; a page without it is a proxy's, or of a Jenkins that starts. */
function origin(answer: Answered): string {
    return answer.headers["x-jenkins"] === undefined ? " (not by Jenkins: no X-Jenkins header; a proxy?)" : "";
}

/** A server's own trouble may pass; that the user, the path or the scheme is wrong does not. */
export function isRefusal({ status }: Answered): boolean {
    return [401, 403, 404].includes(status) || (status >= 300 && status < 400);
}

/** Jenkins' own page while it starts or restarts. */
export function isStarting({ status, headers, text }: Answered): boolean {
    return status === 503 && (headers["x-jenkins"] !== undefined || /getting ready to work|is restarting/i.test(text));
}

/** Answers that Jenkins gives while it starts, and otherwise only where something is wrong. */
export function mayBeStarting({ status, text }: Answered): boolean {
    return status === 401 || status === 500 || (status === 403 && /No valid crumb/i.test(text));
}

/** Milliseconds that the answer asks to wait: Retry-After holds seconds or a date. */
export function retryAfter(answer: Answered): number | undefined {
    const value = [answer.headers["retry-after"] ?? []].flat()[0];
    if (value === undefined) {
        return undefined;
    }
    const until = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
    return Number.isNaN(until) ? undefined : Math.max(0, until);
}

/** What Jenkins escapes in its pages. */
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", amp: "&" };

function unescaped(entity: string, name: string): string {
    if (!name.startsWith("#")) {
        return ENTITIES[name] ?? entity;
    }
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

/** What no person reads, such as the request's data in a script that is quoted. */
const PACKED = /[\w-]{100,}/g;

/** Characters of a page that are looked at: on a long one with tags that do not end the patterns would take for ever. */
const LOOKED_AT = 10_000;

/** The beginning of a page as one line of text. Secrets are masked before they could lose their form, or a part of themselves. */
export function excerpt(page: string, redact: Redact): string {
    const text = redact(page.length > LOOKED_AT ? `${page.slice(0, LOOKED_AT)}…` : page)
        .replace(/<(script|style)[\s\S]*?<\/\1>/gi, " ")
        .replace(/<[^>]*>/g, " ")
        .replace(/&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w+);/g, unescaped)
        .replace(PACKED, "****")
        .replace(/\s+/g, " ")
        .trim();
    return printable(text.length > 300 ? `${text.slice(0, 300)}…` : text || "(empty)");
}
