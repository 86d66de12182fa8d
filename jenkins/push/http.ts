import { Agent, request as plainRequest, type IncomingMessage } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { Readable } from "node:stream";
import { checkServerIdentity, rootCertificates, type PeerCertificate } from "node:tls";
import { getProxyForUrl } from "proxy-from-env";
import { errorCode, PushError } from "./errors";
import type { ControllerAccess } from "./request";

/** A request as it is sent. */
export interface Sent {
    url: URL;
    method: "GET" | "POST";
    headers: Record<string, string>;
    body?: string;
    /** Ends the request, with its reason as the error. */
    signal: AbortSignal;
    /** Bytes that the answer may have. */
    largest: number;
}

/** An answer, whatever its status. */
export interface Answer {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
}

/** Connections to one controller, kept between requests. They follow no redirects. */
export interface Connections {
    /** @throws errors of the connection, which failures.ts reads; {@link TooLarge} */
    send(request: Sent): Promise<Answer>;
    close(): void;
}

/** Milliseconds after which an unused connection is not used again: servers close theirs, 5 s is a usual limit. */
const IDLE = 4_000;

/**
 * Connections by Node's own client, through the proxy of the controller's settings, else as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and
 * NO_PROXY configure it.
 *
 * @throws PushError if the address of the proxy cannot be used
 */
export function connections(access: ControllerAccess): Connections {
    const secure = new URL(access.url).protocol === "https:";
    const { connectSeconds, answerSeconds } = access.timeouts;
    const tls = secure ? tlsOf(access) : {};
    const kept = { keepAlive: true, timeout: IDLE };
    const proxy = proxyUrl(access);
    const agent =
        proxy === undefined ? new (secure ? SecureAgent : Agent)(kept) : proxyAgent(proxy, secure, { ...kept, ...tls });

    async function send(sent: Sent): Promise<Answer> {
        const { url, method, headers, body, signal, largest } = sent;
        const request = (secure ? secureRequest : plainRequest)(url, { method, headers, ...tls, agent: await agent });
        return new Promise<Answer>((resolve, reject) => {
            const giveUp = (reason: Error) => {
                reject(reason);
                request.destroy();
            };
            const connecting = setTimeout(() => giveUp(failure("CONNECT_TIMEOUT")), connectSeconds * 1000);
            const connected = () => clearTimeout(connecting);
            request.once("socket", (socket) => {
                // A proxy agent hands over a socket that is connected already; TLS within it is still to come.
                if (request.reusedSocket || (!secure && !socket.connecting)) connected();
                else socket.once(secure ? "secureConnect" : "connect", connected);
            });
            request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
                if (secure && statusCode !== 200) giveUp(failure("PROXY_REFUSED", `status ${statusCode}`));
            });
            request.once("close", connected);
            request.setTimeout(answerSeconds * 1000, () => giveUp(failure("ANSWER_TIMEOUT")));
            signal.addEventListener("abort", () => giveUp(signal.reason as Error), { once: true });
            request.on("error", (error) => {
                // The server may have closed a connection that was kept.
                const again = method === "GET" && request.reusedSocket && errorCode(error) === "ECONNRESET";
                return again ? resolve(send(sent)) : reject(error);
            });
            request.on("response", (response) => void whole(response, largest).then(resolve, reject));
            request.end(body);
        });
    }

    return { send, close: () => void Promise.resolve(agent).then((each) => each.destroy()) };
}

/** Whom to trust on the way to a controller, and who this program is: the controller's authority beside the well-known ones, and a client certificate. */
function tlsOf({ url, certificateAuthority, clientCertificate, clientKey }: ControllerAccess) {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
    return {
        // https-proxy-agent 9.1.0 does not hand on the host of an address without a name, and Node would compare with localhost.
        checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
        ca: certificateAuthority === undefined ? undefined : [...rootCertificates, certificateAuthority],
        cert: clientCertificate,
        key: clientKey,
    };
}

/** The proxy on the way to a controller: that of its settings, else that of the environment. It may hold a password. */
export function proxyOf({ proxy, url }: Pick<ControllerAccess, "proxy" | "url">): string | undefined {
    return proxy ?? (getProxyForUrl(url) || undefined);
}

/** Errors leave the address out, as it may hold a password. */
function proxyUrl(access: ControllerAccess): URL | undefined {
    const address = proxyOf(access);
    if (address === undefined) return undefined;
    try {
        const url = new URL(address);
        decodeURIComponent(url.username + url.password);
        if (/^https?:$/.test(url.protocol)) return url;
    } catch {
        // told below
    }
    throw new PushError("proxy-unusable", access.id, [
        `${proxySetting(access)} is no usable address of a proxy: write http://USER:PASSWORD@HOST:PORT, in the password a % in it as %25, a space as %20, / as %2F and @ as %40`,
    ]);
}

function proxySetting({ id, proxy, url }: ControllerAccess): string {
    if (proxy !== undefined) return `controllers.${id}.proxy`;
    const own = url.startsWith("https:") ? "HTTPS_PROXY" : "HTTP_PROXY";
    return (process.env[own] ?? process.env[own.toLowerCase()]) ? own : "ALL_PROXY";
}

/** Loaded only here: most pushes need no proxy. */
async function proxyAgent(proxy: URL, secure: boolean, options: object): Promise<Agent> {
    if (secure) return new (await import("https-proxy-agent")).HttpsProxyAgent(proxy, options);
    return new (await import("http-proxy-agent")).HttpProxyAgent(proxy, options);
}

/** The media type of a form. */
export const FORM = "application/x-www-form-urlencoded";

/** A request to a controller, and what its answer may be. */
export interface Exchange {
    /** Relative to the controller's URL, no leading slash. */
    path: string;
    form?: Record<string, string>;
    /** A body that is made already. */
    body?: { type: string; text: string };
    /** Statuses that the caller takes; others end in an error. @default 200 */
    accept?: number[];
    /**
     * Whether a POST may be sent again after its answer was lost, because a second one finds the work done.
     * @default false
     */
    repeatable?: boolean;
}

/** The body of a request and its type: of form fields, or of a body that is made already. */
export function bodyOf(exchange: Pick<Exchange, "form" | "body">): {
    body?: string;
    type: Record<string, string>;
} {
    if (exchange.form !== undefined) {
        const body = new URLSearchParams(exchange.form).toString();
        return { body, type: { "content-type": FORM } };
    }
    return exchange.body === undefined
        ? { type: {} }
        : { body: exchange.body.text, type: { "content-type": exchange.body.type } };
}

async function whole(response: IncomingMessage, largest: number): Promise<Answer> {
    return { status: response.statusCode ?? 0, headers: response.headers, text: await textOf(response, largest) };
}

function failure(code: "CONNECT_TIMEOUT" | "ANSWER_TIMEOUT" | "PROXY_REFUSED", message = "it took too long"): Error {
    return Object.assign(new Error(message), { code });
}

/** What was to be read is larger than it could be. */
export class TooLarge extends Error {}

/**
 * All that a stream holds, as UTF-8. Node's own module for it takes longer to load than most texts to read.
 *
 * @param largest bytes; beyond them the stream is ended with {@link TooLarge}, as it may have no end
 */
export function textOf(stream: Readable, largest = Infinity): Promise<string> {
    const parts: Buffer[] = [];
    let size = 0;
    return new Promise((resolve, reject) => {
        stream.on("data", (part: Buffer) => {
            size += part.length;
            parts.push(part);
            if (size > largest) {
                parts.length = 0;
                stream.destroy(new TooLarge());
            }
        });
        const whole = () => Buffer.concat(parts).toString();
        stream.on("end", () => resolve(whole().replace(/^\ufeff/, "")));
        stream.on("error", reject);
    });
}
