import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { decode } from "../../jenkins/push/script";

export interface Seen {
    method: string;
    path: string;
    headers: IncomingMessage["headers"];
    body: string;
}

/** What the server does with one request: an answer, by Jenkins or by a proxy, or `drop` to close the connection without one. */
export type Reaction = { status: number; headers?: Record<string, string>; body?: string; byProxy?: boolean } | "drop";

/** An HTTP server for one test: reacts as it is told, and keeps what it saw. */
export class ScriptedServer {
    readonly seen: Seen[] = [];
    private constructor(
        private readonly server: Server,
        readonly url: string,
    ) {}

    static async start(react: (request: Seen, count: number) => Reaction | Promise<Reaction>): Promise<ScriptedServer> {
        const server = createServer((message, response) => void handle(message, response));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const scripted = new ScriptedServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
            const request = {
                method: message.method ?? "",
                path: message.url ?? "",
                headers: message.headers,
                body: await text(message),
            };
            scripted.seen.push(request);
            const reaction = await react(request, scripted.seen.length);
            if (reaction === "drop") {
                response.destroy();
                return;
            }
            const headers = { ...(reaction.byProxy ? {} : { "x-jenkins": "2.479.3" }), ...reaction.headers };
            response.writeHead(reaction.status, headers).end(reaction.body ?? "");
        }
        return scripted;
    }

    async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }
}

/** What a script that was sent to the console got to work with. */
export function dataOf(request: Pick<Seen, "body">): Record<string, unknown> {
    const line = (new URLSearchParams(request.body).get("script") ?? "").split("\nanswer(")[1];
    return decode([...line.matchAll(/'([\w-]*)'/g)].map((match) => match[1]).join("")) as Record<string, unknown>;
}

/** The page of the console after a script of that data has replied. */
export function framed(data: Record<string, unknown>, reply: object): string {
    return `<<${data.nonce}>>${JSON.stringify(reply)}<<end ${data.nonce}>>\n`;
}
