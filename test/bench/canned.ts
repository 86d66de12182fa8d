import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { dataOf } from "../push/server";

/** Controllers whose answers take no time: what a push then takes is its own. */
export interface CannedControllers {
    /** Address in place of a controller's own, by its id. */
    url(id: string): string;
    /** From now on no controller is asked any more: each request gets the answer of the last one of its kind. */
    replay(): void;
    stop(): Promise<void>;
}

/** Of what a script gets, what tells its requests apart. */
interface ScriptData {
    nonce?: string;
    step?: string;
}

interface Answer {
    status: number;
    headers: Record<string, string>;
    body: string;
}

/**
 * Hands requests on to the controllers and keeps their answers, until it is to replay these.
 *
 * @param controllers addresses by id
 */
export async function openCanned(controllers: Record<string, string>): Promise<CannedControllers> {
    const kept = new Map<string, Answer>();
    let isReplaying = false;
    const server = createServer((message, response) => {
        void answerTo(message).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;

    async function answerTo(message: IncomingMessage): Promise<Answer> {
        const body = await text(message);
        const [, id, path] = /^\/([^/]+)\/(.*)$/.exec(message.url ?? "") ?? [];
        const { nonce = "", ...data } = (body.startsWith("script=") ? dataOf({ body }) : {}) as ScriptData;
        const kind = [id, path, ...Object.keys(data), data.step].join(" ");
        const known = isReplaying ? kept.get(kind) : undefined;
        const answer = known ?? (await asked(`${controllers[id!]}${path}`, message, body));
        // The nonce tells a script's answer from any other, so it is not kept.
        if (!isReplaying) kept.set(kind, { ...answer, body: answer.body.replaceAll(nonce || /$^/g, NONCE) });
        return { ...answer, body: answer.body.replaceAll(NONCE, nonce) };
    }

    return {
        url: (id) => `http://127.0.0.1:${port}/${id}/`,
        replay: () => void (isReplaying = true),
        stop: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(() => resolve()));
        },
    };
}

const NONCE = "@nonce@";

async function asked(url: string, { method, headers }: IncomingMessage, body: string): Promise<Answer> {
    const { authorization = "", "content-type": type } = headers;
    const answer = await fetch(url, {
        method,
        headers: { authorization, ...(type === undefined ? {} : { "content-type": type }) },
        body: method === "POST" ? body : undefined,
    });
    const jenkins = answer.headers.get("x-jenkins");
    return {
        status: answer.status,
        headers: jenkins === null ? {} : { "x-jenkins": jenkins },
        body: await answer.text(),
    };
}
