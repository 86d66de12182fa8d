import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment or an issue, as it was sent. */
export interface Said {
    id: number;
    title?: string;
    body?: string;
    description?: string;
}

/** What of GitHub's and GitLab's interfaces the recipes use: lists of comments and issues, which grow by POST and change by PUT or PATCH. */
export interface CodeHost {
    url: string;
    /** By the list's path. */
    said: Record<string, Said[]>;
    /** Of every request. */
    tokens: Set<string>;
    stop(): void;
}

export async function startCodeHost(): Promise<CodeHost> {
    const said: Record<string, Said[]> = {};
    const tokens = new Set<string>();
    const answer = (method: string, path: string, data: object): object => {
        if (method === "GET") return said[path] ?? [];
        if (method === "POST") {
            const all = (said[path] ??= []);
            const id = all.length + 1;
            all.push({ id, ...data });
            return { ...data, id };
        }
        const [, list, id] = /^(.*)\/(\d+)$/.exec(path)!;
        // GitHub changes a comment by a path without the pull request's number.
        const found = Object.entries(said).filter(([one]) => one === list || one.replace(/\/\d+\//, "/") === list);
        return Object.assign(
            found[0]![1].find((one) => one.id === Number(id))!,
            data,
        );
    };
    const server: Server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const { pathname } = new URL(request.url!, "http://host");
            tokens.add(String(request.headers["private-token"] ?? request.headers.authorization));
            const text = Buffer.concat(chunks).toString();
            const result = answer(request.method!, pathname, text ? (JSON.parse(text) as object) : {});
            // Each calls the number of an issue otherwise.
            const numbered = Array.isArray(result)
                ? (result as Said[]).map((one) => ({ ...one, iid: one.id, number: one.id }))
                : result;
            response.end(JSON.stringify(numbered));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, said, tokens, stop: () => void server.close() };
}
