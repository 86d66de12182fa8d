import { Agent, type IncomingMessage, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { tlsOf } from "./certificates";
import { errorCode } from "./errors";
import type { ControllerAccess } from "./request";
import { textOf } from "./text";
import type { Answer, Sent, Transport } from "./transport";

/** Milliseconds after which a connection that nothing uses is not used again: servers close theirs, 5 s is a usual limit. */
const IDLE = 4_000;

/**
 * Connections without a proxy, by Node's own client. undici's would translate its parser, a WebAssembly, in each push: more than
 * twice the processor time of all else.
 */
export function direct(access: ControllerAccess): Transport {
    const secure = new URL(access.url).protocol === "https:";
    const kept = { keepAlive: true, timeout: IDLE };
    const agent = secure ? new SecureAgent({ ...kept, ...tlsOf(access) }) : new Agent(kept);
    const { connectSeconds, answerSeconds } = access.timeouts;

    function send(sent: Sent): Promise<Answer> {
        const { url, method, headers, body, signal, largest } = sent;
        const request = (secure ? secureRequest : plainRequest)(url, { method, headers, agent });
        return new Promise<Answer>((resolve, reject) => {
            const giveUp = (reason: Error) => {
                reject(reason);
                request.destroy();
            };
            const connecting = setTimeout(() => giveUp(timeout("CONNECT_TIMEOUT")), connectSeconds * 1000);
            const connected = () => clearTimeout(connecting);
            request.once("socket", (socket) =>
                request.reusedSocket ? connected() : socket.once(secure ? "secureConnect" : "connect", connected),
            );
            request.once("close", connected);
            request.setTimeout(answerSeconds * 1000, () => giveUp(timeout("ANSWER_TIMEOUT")));
            signal.addEventListener("abort", () => giveUp(signal.reason as Error), { once: true });
            request.on("error", (error) => {
                // A connection that was kept may have been closed by the server meanwhile.
                const again = method === "GET" && request.reusedSocket && errorCode(error) === "ECONNRESET";
                return again ? resolve(send(sent)) : reject(error);
            });
            request.on("response", (response) => void whole(response, largest).then(resolve, reject));
            request.end(body);
        });
    }

    return {
        send,
        close: () => agent.destroy(),
    };
}

async function whole(response: IncomingMessage, largest: number): Promise<Answer> {
    return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: await textOf(response, largest),
    };
}

function timeout(code: "CONNECT_TIMEOUT" | "ANSWER_TIMEOUT"): Error {
    return Object.assign(new Error("it took too long"), { code });
}
