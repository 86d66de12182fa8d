import { Redact } from "./redact";
import { ControllerAccess } from "./request";
import { visible } from "../../settings/visible";

/** An answer as far as its meaning needs it. */
interface Answered {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
}

/** What an answer that was not hoped for means, and how to fix it, in one sentence. */
export function problemOf(answer: Answered, what: string, access: ControllerAccess, redact: Redact): string {
    const { status } = answer;
    const { url, user } = access;
    if (status === 401) {
        const [secret, setting] = access.token === undefined ? ["password", "passwords"] : ["token", "tokens"];
        const command = `pulumi config set --secret --path secrets.${setting}.${access.id}`;
        return `${url} refused user "${user}" with this ${secret} (401): set a valid API token of that user: ${command}`;
    }
    if (status === 403) {
        return forbidden(answer, access, redact);
    }
    if (status === 404) {
        return `${url} has no ${what} (404): is the path prefix of url right, ending where Jenkins begins?`;
    }
    if (status >= 300 && status < 400) {
        return redirected(answer, access, redact);
    }
    if (status === 413 || (status >= 400 && /form (is )?too (large|many)/i.test(answer.text))) {
        return `${url} refused the size of the request (${status}): raise the form limit of Jenkins or of the proxy before it (200,000 bytes are enough)`;
    }
    return `${url} answered ${what} with ${status}${origin(answer)}: ${excerpt(answer.text, redact)}`;
}

function forbidden(answer: Answered, { url, user }: ControllerAccess, redact: Redact): string {
    if (/missing the [\w/]+ permission/.test(answer.text)) {
        const permission = /missing the ([\w/]+) permission/.exec(answer.text)?.[1];
        return `user "${user}" lacks the permission ${permission} on ${url} (403): a push needs Overall/Administer`;
    }
    if (/No valid crumb/i.test(answer.text)) {
        return `${url} did not accept its own crumb (403): does a proxy drop cookies? An API token needs no crumb`;
    }
    return `${url} forbids this to user "${user}" (403)${origin(answer)}: a push needs Overall/Administer, and nothing in between may block scriptText. ${excerpt(answer.text, redact)}`;
}

function redirected(answer: Answered, { url }: ControllerAccess, redact: Redact): string {
    const target = excerpt(redact(String(answer.headers.location ?? "")).split("?")[0]!, redact);
    return /login|securityRealm|saml|oauth|sso|auth/i.test(target)
        ? `${url} sends to a login page (${answer.status} to ${target}): use an API token, and let the proxy pass requests with one`
        : `${url} redirects to ${target} (${answer.status}): set url to where Jenkins answers itself`;
}

/** Jenkins says who it is in a header; a page without it is a proxy's. */
function origin(answer: Answered): string {
    return answer.headers["x-jenkins"] === undefined ? " (not by Jenkins: no X-Jenkins header; a proxy?)" : "";
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
    return visible(text.length > 300 ? `${text.slice(0, 300)}…` : text || "(empty)");
}
