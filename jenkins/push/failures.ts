import { errorCode } from "./errors";
import { ControllerAccess } from "./request";

/** What a failed exchange means: whether the request can have been processed, and what to tell. */
export interface Failure {
    /** `unsent`: no connection was made. `lost`: sent, and no whole answer came. `final`: no use in trying again. */
    kind: "unsent" | "lost" | "final";
    problem: string;
}

/** Those of undici are of connections through a proxy (proxied.ts), those that end likewise without prefix are ours (direct.ts). */
const UNSENT = new Set(["ECONNREFUSED", "EAI_AGAIN", "CONNECT_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT"]);
/** These also end a connection that carries a request already. */
const UNSENT_WHILE_CONNECTING = new Set(["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);
const LOST = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", ...UNSENT_WHILE_CONNECTING]);
const UNTRUSTED = new Set([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "CERT_UNTRUSTED",
]);

/**
 * Reads the error of a connection.
 *
 * @param limit which of its times was over where one was: that of this answer, or that of the whole push */
export function failureOf(error: unknown, access: ControllerAccess, limit: "answer" | "whole" = "whole"): Failure {
    const code = errorCode(error);
    const message = error instanceof Error ? error.message || code : String(error);
    if (UNSENT.has(code) || (UNSENT_WHILE_CONNECTING.has(code) && isConnecting(error))) {
        return { kind: "unsent", problem: unreachable(code, access) };
    }
    if (error instanceof Error && error.name === "TimeoutError") {
        return {
            kind: "final",
            problem:
                limit === "answer"
                    ? unanswered(access)
                    : `not done within ${access.timeouts.totalSeconds} s: raise controllers.${access.id}.timeouts.totalSeconds`,
        };
    }
    if (LOST.has(code)) {
        return { kind: "lost", problem: `${access.url} closed the connection without an answer (${code})` };
    }
    return { kind: "final", problem: finalProblem(code, message, access) };
}

function isConnecting(error: unknown): boolean {
    const causes = error instanceof AggregateError ? error.errors : [error, (error as Error)?.cause];
    return causes.some((each) => (each as NodeJS.ErrnoException | undefined)?.syscall === "connect");
}

function unreachable(code: string, access: ControllerAccess): string {
    const late = `no connection within ${access.timeouts.connectSeconds} s: is a firewall or proxy in between?`;
    const why: Record<string, string> = {
        ECONNREFUSED: "nothing listens there (connection refused): is Jenkins running, and are host and port right?",
        EAI_AGAIN: "its name could not be looked up for now (EAI_AGAIN): does DNS work here?",
        CONNECT_TIMEOUT: late,
        UND_ERR_CONNECT_TIMEOUT: late,
    };
    return `${access.url} cannot be reached: ${why[code] ?? `${code}: is the network up, and is a proxy needed?`}`;
}

function finalProblem(code: string, message: string, access: ControllerAccess): string {
    const host = new URL(access.url).hostname;
    if (code === "ENOTFOUND") {
        return `the host name "${host}" of url ${access.url} is not known to DNS: correct url, or set proxy if only the proxy knows it`;
    }
    if (UNTRUSTED.has(code)) {
        return `the TLS certificate of ${access.url} is signed by an authority that is not trusted here (${code}): set controllers.${access.id}.certificateAuthority to a file with its PEM`;
    }
    if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
        return `the TLS certificate of ${access.url} is for another host name: ${message}`;
    }
    if (code === "CERT_HAS_EXPIRED") {
        return `the TLS certificate of ${access.url} has expired: renew it`;
    }
    if (["ANSWER_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"].includes(code)) {
        return unanswered(access);
    }
    if (code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW" || /^Response does not match/.test(message)) {
        return `${access.url} answers, but not in HTTP as it should be (${code || message}): are scheme and port right?`;
    }
    if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
        return `TLS with ${access.url} failed (${code}): is the scheme right, and does the server want clientCertificate and clientKey? ${message}`;
    }
    if (/Proxy response/i.test(message)) {
        return `the proxy refused to connect to ${access.url}: ${message}`;
    }
    return `the request to ${access.url} failed: ${code ? `${code}: ` : ""}${message}`;
}

function unanswered({ id, url, timeouts }: ControllerAccess): string {
    return `${url} did not answer within ${timeouts.answerSeconds} s: look at its load and log, or raise controllers.${id}.timeouts.answerSeconds`;
}
