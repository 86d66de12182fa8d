import { errorCode } from "./errors";
import type { Told } from "./answers";
import type { ControllerAccess } from "./request";

/** What a failed exchange means: whether the request can have been processed, and what to tell. */
export interface Failure extends Told {
    /** `refused`, `unsent`: no connection was made. `lost`: sent, and no whole answer came. `final`: no use in trying again. */
    kind: "refused" | "unsent" | "lost" | "final";
}

const UNSENT = new Set(["EAI_AGAIN", "CONNECT_TIMEOUT"]);
/** These also end a connection that carries a request already. */
const UNSENT_WHILE_CONNECTING = new Set(["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);
const LOST = new Set(["ECONNRESET", "EPIPE", ...UNSENT_WHILE_CONNECTING]);
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
 * @param limit which of its times was over where one was: that of this answer, or that of the whole push
 */
export function failureOf(error: unknown, access: ControllerAccess, limit: "answer" | "whole" = "whole"): Failure {
    const code = errorCode(error);
    const message = error instanceof Error ? error.message || code : String(error);
    if (code === "ECONNREFUSED") return { kind: "refused", ...unreachable(code, access) };
    if (UNSENT.has(code) || (UNSENT_WHILE_CONNECTING.has(code) && isConnecting(error))) {
        return { kind: "unsent", ...unreachable(code, access) };
    }
    if (error instanceof Error && error.name === "TimeoutError") {
        const { id, timeouts } = access;
        const over = `not done within ${timeouts.totalSeconds} s: raise controllers.${id}.timeouts.totalSeconds`;
        return { kind: "final", code: "no-answer", text: limit === "answer" ? unanswered(access) : over };
    }
    if (LOST.has(code)) {
        const text = `${access.url} closed the connection without an answer (${code})`;
        return { kind: "lost", code: "no-answer", text };
    }
    return { kind: "final", ...finalProblem(code, message, access) };
}

function isConnecting(error: unknown): boolean {
    const causes = error instanceof AggregateError ? error.errors : [error, (error as Error)?.cause];
    return causes.some((each) => (each as NodeJS.ErrnoException | undefined)?.syscall === "connect");
}

function unreachable(code: string, access: ControllerAccess): Told {
    const why: Record<string, string> = {
        ECONNREFUSED: "nothing listens there (connection refused): is Jenkins running, and are host and port right?",
        EAI_AGAIN: "its name could not be looked up for now (EAI_AGAIN): does DNS work here?",
        CONNECT_TIMEOUT: `no connection within ${access.timeouts.connectSeconds} s: is a firewall or proxy in between?`,
    };
    const text = `${access.url} cannot be reached: ${why[code] ?? `${code}: is the network up, and is a proxy needed?`}`;
    return { code: "jenkins-cannot-be-reached", text };
}

function finalProblem(code: string, message: string, access: ControllerAccess): Told {
    const { id, url } = access;
    if (code === "ENOTFOUND") {
        const host = new URL(url).hostname;
        const text = `the host name "${host}" of url ${url} is not known to DNS: correct url, or set proxy if only the proxy knows it`;
        return { code: "jenkins-cannot-be-reached", text };
    }
    if (code === "PROXY_REFUSED") {
        return { code: "jenkins-cannot-be-reached", text: `the proxy refused to connect to ${url}: ${message}` };
    }
    if (code === "ANSWER_TIMEOUT") return { code: "no-answer", text: unanswered(access) };
    if (code.startsWith("HPE_") || /^Response does not match/.test(message)) {
        const text = `${url} answers, but not in HTTP as it should be (${code || message}): are scheme and port right?`;
        return { code: "not-jenkins", text };
    }
    const tls = tlsProblem(code, message, url, id);
    if (tls !== undefined) return { code: "certificate-not-trusted", text: tls };
    return { code: "request-failed", text: `the request to ${url} failed: ${code ? `${code}: ` : ""}${message}` };
}

function tlsProblem(code: string, message: string, url: string, id: string): string | undefined {
    if (UNTRUSTED.has(code)) {
        return `the TLS certificate of ${url} is signed by an authority that is not trusted here (${code}): set controllers.${id}.certificateAuthority to a file with its PEM`;
    }
    if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
        return `the TLS certificate of ${url} is for another host name: ${message}`;
    }
    if (code === "CERT_HAS_EXPIRED") return `the TLS certificate of ${url} has expired: renew it`;
    if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
        return `TLS with ${url} failed (${code}): is the scheme right, and does the server want clientCertificate and clientKey? ${message}`;
    }
    return undefined;
}

function unanswered({ id, url, timeouts }: ControllerAccess): string {
    return `${url} did not answer within ${timeouts.answerSeconds} s: look at its load and log, or raise controllers.${id}.timeouts.answerSeconds`;
}
