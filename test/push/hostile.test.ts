import { spawn } from "node:child_process";
import { AddressInfo, createServer, Server, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { excerpt } from "../../jenkins/push/answers";
import { apply } from "../../jenkins/push/apply";
import { readVerdict } from "../../jenkins/push/connection";
import { JenkinsClient } from "../../jenkins/push/client";
import { PushError } from "../../jenkins/push/errors";
import { liveClouds } from "../../cli/export/liveClouds";
import { readControllerState } from "../../jenkins/preview/controllerState";
import { plan } from "../../jenkins/preview/compare";
import { redactor } from "../../jenkins/push/redact";
import { remove } from "../../jenkins/push/remove";
import { renderPlan } from "../../jenkins/preview/render";
import { PushRequest } from "../../jenkins/push/request";
import { smoke } from "../../jenkins/push/smoke";
import { access, FakeClock, pushRequest } from "./fixtures";
import { dataOf, framed, Reaction, ScriptedServer, Seen } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31);
const runs = Number(process.env.HOSTILE_CASES ?? 10_000) / 100;

const silent = () => undefined;
/** All that a controller is asked for. */
const operations: Record<string, (request: PushRequest) => Promise<unknown>> = {
    preflight: (request) => readControllerState(request, [request], { clock: new FakeClock() }),
    plan: (request) => plan(request, silent, { clock: new FakeClock() }),
    apply: (request) => apply(request, silent, { clock: new FakeClock() }),
    remove: (request) => remove(request, silent, new FakeClock()),
    export: (request) => liveClouds(request.controller, "", silent, new FakeClock()),
    smoke: (request) => smoke(request, { template: "linux" }, silent, new FakeClock()),
};
const TOKEN = "api-token-7d1f";
const patient = { connectSeconds: 60, answerSeconds: 300, totalSeconds: 600 };
/** For what is to be given up. */
const short = { connectSeconds: 2, answerSeconds: 1, totalSeconds: 60 };

/** What a terminal would act on, and what only a programmer reads. */
const unfit =
    /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\b(Type|Range|Syntax|URI)?Error: |\.ts:\d/u;

/** The message of an operation that may fail only in words for a person; undefined where it does not. */
async function messageOf(outcome: Promise<unknown>): Promise<string | undefined> {
    const error = await outcome.then(
        () => undefined,
        (each: unknown) => each,
    );
    if (error === undefined) return undefined;
    expect(error).toBeInstanceOf(PushError);
    const { message } = error as PushError;
    expect(message).not.toMatch(unfit);
    expect(message).not.toContain(TOKEN);
    return message;
}

const servers: (Server | ScriptedServer)[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
    sockets.forEach((socket) => socket.destroy());
    for (const server of servers.splice(0)) {
        if (server instanceof ScriptedServer) await server.stop();
        else await new Promise((resolve) => server.close(resolve));
    }
});

/** A controller that answers each request with whatever bytes it likes; gives its URL and the number of requests. */
async function raw(answer: (socket: Socket, count: number) => void): Promise<{ url: string; count: () => number }> {
    let count = 0;
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on("error", silent).on("close", () => sockets.delete(socket));
        let got = "";
        socket.on("data", (part) => {
            got += part.toString("latin1");
            const end = got.indexOf("\r\n\r\n");
            const length = Number(/content-length: (\d+)/i.exec(got)?.[1] ?? 0);
            if (end < 0 || got.length < end + 4 + length) return;
            got = "";
            answer(socket, ++count);
        });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, count: () => count };
}

async function scripted(react: (request: Seen, count: number) => Reaction): Promise<ScriptedServer> {
    const server = await ScriptedServer.start(react);
    servers.push(server);
    return server;
}

const OK = "HTTP/1.1 200 OK\r\nX-Jenkins: 2.479.3\r\n";
const PLUGINS = JSON.stringify({
    plugins: [{ shortName: "ec2", version: newestRelease.version, active: true, enabled: true }],
});

/** Writes without an end, as fast as it is taken. */
function pour(socket: Socket, chunk: Buffer): void {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once("drain", () => pour(socket, chunk));
}
/** Writes without an end, too slowly for anyone. */
function drip(socket: Socket, drop: string): void {
    const timer = setInterval(() => socket.write(drop), 40);
    socket.once("close", () => clearInterval(timer));
}
const chunked = (size: number) =>
    Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), Buffer.alloc(size, "x"), Buffer.from("\r\n")]);
const bomb = (compress: (data: Buffer) => Buffer) => {
    const small = compress(Buffer.alloc(64 * 1024 * 1024));
    return (encoding: string) => (socket: Socket) =>
        socket.write(
            Buffer.concat([
                Buffer.from(`${OK}Content-Encoding: ${encoding}\r\nContent-Length: ${small.length}\r\n\r\n`),
                small,
            ]),
        );
};

describe("a controller that answers in a way that no Jenkins does ends every operation with a clear error", () => {
    const cases: [string, (socket: Socket) => void, RegExp][] = [
        [
            "without an end",
            (socket) => (socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`), pour(socket, chunked(65_536))),
            /more than 33554432 bytes/,
        ],
        [
            "with ten gigabytes",
            (socket) => (
                socket.write(`${OK}Content-Length: 10000000000\r\n\r\n`),
                pour(socket, Buffer.alloc(65_536, "x"))
            ),
            /more than 33554432 bytes/,
        ],
        [
            "byte by byte",
            (socket) => (socket.write(`${OK}Content-Length: 100000\r\n\r\n`), drip(socket, " ")),
            /did not answer within 1 s.*answerSeconds/,
        ],
        [
            "header by header",
            (socket) => (socket.write(OK), drip(socket, "A: b\r\n")),
            /did not answer within 1 s.*answerSeconds/,
        ],
        [
            "that it is going to",
            (socket) => drip(socket, "HTTP/1.1 103 Early Hints\r\n\r\n"),
            /did not answer within 1 s.*answerSeconds/,
        ],
        ["not at all", () => undefined, /did not answer within 1 s.*answerSeconds/],
        [
            "less than it says",
            (socket) => socket.end(`${OK}Content-Length: 100\r\n\r\n{`),
            /closed the connection without an answer/,
        ],
        ["with a bomb of gzip", bomb(gzipSync)("gzip"), /answered compressed \(gzip\), though asked not to/],
        ["with a bomb of deflate", bomb(deflateSync)("deflate"), /answered compressed \(deflate\)/],
        ["with a bomb of brotli", bomb(brotliCompressSync)("br"), /answered compressed \(br\)/],
        ["in another language", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"), /not in HTTP as it should be/],
        [
            "with a megabyte of headers",
            (socket) => socket.write(`${OK}${"A: b\r\n".repeat(200_000)}\r\n`),
            /not in HTTP as it should be/,
        ],
        [
            "with a terminal's language",
            (socket) => socket.end(`${OK}Content-Length: 10\r\n\r\n\u001b]0;x\u0007\u009b1m`),
            /something else/,
        ],
        [
            "in bytes that are no UTF-8",
            (socket) => socket.end(Buffer.from(`${OK}Content-Length: 4\r\n\r\n\xff\xfe\x9b[`, "latin1")),
            /something else/,
        ],
        [
            "that it is no Jenkins",
            (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
            /not as Jenkins/,
        ],
        [
            "that it is busy for a thousand years",
            (socket) =>
                socket.end(
                    `HTTP/1.1 503 No\r\nX-Jenkins: 2\r\nRetry-After: ${"9".repeat(400)}\r\nContent-Length: 0\r\n\r\n`,
                ),
            /still starting/,
        ],
        [
            "that it is always starting",
            (socket) => socket.end("HTTP/1.1 503 No\r\nX-Jenkins: 2\r\nContent-Length: 0\r\n\r\n"),
            /still starting/,
        ],
        [
            "that someone is to sign in",
            (socket) =>
                socket.end(
                    'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="x"\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n',
                ),
            /refused user/,
        ],
        [
            "with pages that only begin",
            (socket) => {
                const page = "<script <".repeat(2_000);
                socket.end(`HTTP/1.1 500 No\r\nContent-Length: ${page.length}\r\n\r\n${page}`);
            },
            /with 500/,
        ],
    ];
    it.each(cases)("%s", async (_, answer, expected) => {
        const { url } = await raw((socket) => void answer(socket));
        const timeouts = String(expected).includes("did not answer") ? short : patient;
        const request = pushRequest(access(url, { timeouts }));
        const messages = await Promise.all(Object.values(operations).map((operation) => messageOf(operation(request))));
        for (const message of messages) expect(message).toMatch(expected);
    });

    it("cut off at each of its bytes", async () => {
        const answer = `${OK}Content-Length: ${PLUGINS.length}\r\n\r\n${PLUGINS}`;
        let length = 0;
        const { url } = await raw((socket) => {
            socket.write(answer.slice(0, length), () => socket.resetAndDestroy());
        });
        for (; length < answer.length; length += 3) {
            const client = new JenkinsClient(access(url, { timeouts: patient }), silent, String, new FakeClock());
            expect(await messageOf(client.get("api/json"))).toMatch(/closed the connection|not in HTTP/);
            client.close();
        }
    });

    it("but in HTTP/1.0, with the end of the connection for the end of the answer, is understood", async () => {
        const { url } = await raw((socket) =>
            socket.end(`HTTP/1.0 200 OK\r\nX-Jenkins: 2.479.3\r\n\r\n{"plugins":[]}`),
        );
        const client = new JenkinsClient(access(url, { timeouts: patient }), silent, String, new FakeClock());
        expect((await client.get("api/json")).text).toBe('{"plugins":[]}');
        client.close();
    });
});

describe("the token goes nowhere else", () => {
    it.each([301, 302, 303, 307, 308])("a redirect (%i) to another host is named and not followed", async (status) => {
        const elsewhere = await scripted(() => ({ status: 200, body: PLUGINS }));
        const server = await scripted(() => ({
            status,
            headers: { location: `${elsewhere.url}x`, refresh: `0; url=${elsewhere.url}` },
        }));
        for (const operation of Object.values(operations)) {
            expect(await messageOf(operation(pushRequest(access(server.url))))).toMatch(/redirects to/);
        }
        expect(elsewhere.seen).toEqual([]);
    });

    it("nor does a redirect of a script, or of the agent that was asked for", async () => {
        const elsewhere = await scripted(() => ({ status: 200, body: PLUGINS }));
        const server = await scripted((request) => {
            if (request.path.startsWith("/pluginManager")) return { status: 200, body: PLUGINS };
            if (request.path === "/scriptText")
                return { status: 200, body: framed(dataOf(request), { value: { cloud: "a", template: "b" } }) };
            return {
                status: 302,
                headers: { location: `${elsewhere.url}computer/${encodeURIComponent(elsewhere.url)}/` },
            };
        });
        expect(await messageOf(operations.smoke!(pushRequest(access(server.url))))).toMatch(/redirects to/);
        expect(elsewhere.seen).toEqual([]);
    });

    it("a path that the controller makes up does not leave the controller's own", async () => {
        const server = await scripted(() => ({ status: 200 }));
        const client = new JenkinsClient(access(`${server.url}team-a/`), silent, String, new FakeClock());
        for (const path of ["../team-b/", "/team-b/", "//127.0.0.2/", "http://127.0.0.2:1/", "x/../../team-b/"]) {
            expect(await messageOf(client.get(path))).toMatch(/is not below it/);
        }
        expect(server.seen).toEqual([]);
        client.close();
    });

    it("a class with a path in it is none", async () => {
        const applied = {
            changed: true,
            cloudType: "../../../team-b",
            templates: [],
            differences: [],
            notes: [],
            test: {},
        };
        const server = await scripted((request) =>
            request.method === "GET"
                ? { status: 200, body: PLUGINS }
                : { status: 200, body: framed(dataOf(request), { value: applied }) },
        );
        expect(await messageOf(operations.apply!(pushRequest(access(server.url))))).toMatch(
            /in another form.*reply\.value\.cloudType/,
        );
        expect(server.seen.every(({ path }) => path === "/scriptText" || path.startsWith("/pluginManager"))).toBe(true);
    });
});

describe("answers of the wrong kind", () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

    it.each([
        "null",
        "5",
        '"x"',
        "[]",
        '{"plugins":{}}',
        '{"plugins":[null]}',
        '{"plugins":[{"shortName":"ec2"}]}',
        deep,
        '{"plugins":[{"shortName":"ec2","version":"\\u001b[2J","active":true}]}',
    ])("a list of plugins that is none: %.60s", async (body) => {
        const server = await scripted(() => ({ status: 200, body }));
        expect(await messageOf(operations.preflight!(pushRequest(access(server.url))))).toMatch(
            /not as Jenkins does \(answer/,
        );
    });

    it.each([
        "<html>",
        "null",
        "{}",
        '{"crumb":5,"crumbRequestField":"a"}',
        '{"crumb":"a\\r\\nX: y","crumbRequestField":"a"}',
        '{"crumb":"a","crumbRequestField":"a: b"}',
        deep,
    ])("a crumb that is none: %.60s", async (body) => {
        const server = await scripted(() => ({ status: 200, body }));
        const jenkins = access(server.url, { token: undefined, password: "hunter2" });
        const client = new JenkinsClient(jenkins, silent, String, new FakeClock());
        expect(await messageOf(client.post({ path: "scriptText" }))).toMatch(/something else|not as Jenkins does/);
        expect(server.seen).toHaveLength(1);
        client.close();
    });

    const replies = [
        "",
        "<<NONCE>>",
        "<<NONCE>>{<<end NONCE>>",
        "<<end NONCE>>{}<<NONCE>>",
        '<<0123456789abcdef>>{"value":{}}<<end 0123456789abcdef>>',
        ...[
            "null",
            "5",
            "[]",
            "{}",
            '{"value":null}',
            '{"value":[]}',
            '{"problems":5}',
            '{"problems":[null]}',
            '{"problems":[{"text":1}]}',
            `{"value":${deep}}`,
            `{"problems":${deep}}`,
        ].map((reply) => `<<NONCE>>${reply}<<end NONCE>>`),
    ];
    it.each(replies)("an answer of a script: %.60s", async (reply) => {
        const server = await scripted((request) =>
            request.method === "GET"
                ? { status: 200, body: PLUGINS }
                : { status: 200, body: reply.replaceAll("NONCE", String(dataOf(request).nonce)) },
        );
        for (const operation of Object.values(operations)) {
            expect(await messageOf(operation(pushRequest(access(server.url))))).toMatch(
                /answered a script (with|in another form)/,
            );
        }
    });

    it("whatever a script's answer holds, the end is a result or a clear error", async () => {
        const value = fc.letrec((tie) => ({
            any: fc.oneof(
                { maxDepth: 4 },
                fc.constantFrom<unknown>("", "\u001b[2J\u202e", "../x", null, true, false, 1e308, "cloud", "template"),
                fc.array(tie("any"), { maxLength: 3 }),
                tie("map"),
            ),
            map: fc.dictionary(
                fc.constantFrom(
                    "changed",
                    "cloudType",
                    "templates",
                    "differences",
                    "notes",
                    "test",
                    "hasUrl",
                    "clouds",
                    "wanted",
                    "problems",
                    "foreign",
                    "changed",
                    "removed",
                    "busy",
                    "ending",
                    "name",
                    "parameters",
                    "credentials",
                    "cloud",
                    "template",
                    "subject",
                    "id",
                    "existed",
                    "path",
                    "before",
                    "after",
                    "__proto__",
                    "text",
                ),
                tie("any"),
                { maxKeys: 12 },
            ),
        })).map;
        let now: unknown;
        const server = await scripted((request) =>
            request.method === "GET"
                ? { status: 200, body: PLUGINS }
                : request.path === "/scriptText"
                  ? { status: 200, body: framed(dataOf(request), { value: now }) }
                  : { status: 200, body: '<div class="ok">Success</div>' },
        );
        await fc.assert(
            fc.asyncProperty(value, fc.constantFrom(...Object.values(operations)), async (answer, operation) => {
                now = answer;
                await messageOf(operation(pushRequest(access(server.url))));
            }),
            { seed, numRuns: runs },
        );
    });

    it("a removal that never ends does end, with the time for the push", async () => {
        const server = await scripted((request) =>
            request.method === "GET"
                ? { status: 200, body: PLUGINS }
                : {
                      status: 200,
                      body: framed(dataOf(request), {
                          value: {
                              removed: false,
                              busy: ["\u001b[2Ja"],
                              notes: [],
                              isForeign: false,
                              cloudType: "",
                              agents: [],
                          },
                      }),
                  },
        );
        expect(await messageOf(operations.remove!(pushRequest(access(server.url))))).toMatch(/not done within/);
    });

    it("texts that take the patterns which read them as long as they can", () => {
        const redact = redactor(["a-secret-of-the-request", "x".repeat(5_000)]);
        for (const part of ["<", "<script", "</script", "&", "&#", "-", "…", "a…", "class=", 'class="']) {
            const page = part.repeat(2_000_000 / part.length);
            expect(excerpt(page, redact).length).toBeLessThan(320);
            expect(readVerdict(page, redact).kind).toBe("error");
        }
        const lines = (offset: number) =>
            Array.from({ length: 30_000 }, (_, index) => `${index * 2 + offset}`).join("\n");
        const difference = {
            subject: "template" as const,
            id: "linux",
            existed: true,
            wanted: true,
            path: ["initScript"],
            before: lines(0),
            after: lines(1),
        };
        const found = {
            controller: "team-a",
            cloud: "agents",
            jenkins: "2",
            plugin: "1",
            exists: true,
            foreign: [],
            templates: [],
            notes: [],
            differences: [difference],
        };
        expect(renderPlan(found)).toContain("(30000 lines) -> (30000 lines)");
    });
});

describe("the program that Pulumi runs, with a heap of 64 MB", () => {
    it.each<[string, (socket: Socket) => void]>([
        [
            "an answer without an end",
            (socket) => (socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`), pour(socket, chunked(65_536))),
        ],
        [
            "as much as is taken",
            (socket) => {
                const body = Buffer.alloc(32 * 1024 * 1024, "\u00e9");
                socket.write(`${OK}Content-Length: ${body.length}\r\n\r\n`);
                socket.write(body);
            },
        ],
    ])("ends by itself on %s", async (_, answer) => {
        const { url } = await raw((socket) => void answer(socket));
        const atExit = "process.on('exit', () => process.stderr.write(`RSS ${process.resourceUsage().maxRSS} KB`))";
        const program = spawn(process.execPath, [
            "--max-old-space-size=64",
            "--import",
            "tsx",
            "--import",
            `data:text/javascript,${encodeURIComponent(atExit)}`,
            join(__dirname, "..", "..", "jenkins", "push", "main.ts"),
            "apply",
        ]);
        program.stdin.end(JSON.stringify(pushRequest(access(url, { timeouts: patient }))));
        const said = await text(program.stderr);
        expect(said).toMatch(
            /controller team-a: http.* answered (with more than 33554432 bytes|a question for JSON with something else)/,
        );
        const peak = Number(/RSS (\d+) KB/.exec(said)?.[1]);
        expect(peak).toBeLessThan(400_000);
        if (process.env.HOSTILE_CASES) console.log(`peak memory: ${Math.round(peak / 1024)} MB`);
    });
});
