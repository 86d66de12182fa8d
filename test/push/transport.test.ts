import { readFileSync } from "node:fs";
import { createServer as createProxy, IncomingMessage, Server } from "node:http";
import { createServer, ServerOptions } from "node:https";
import { AddressInfo, connect, createServer as createTcpServer, Socket } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { JenkinsClient } from "../../jenkins/push/client";
import { plan } from "../../jenkins/preview/compare";
import { access, asIs, FakeClock, pushRequest } from "./fixtures";

const pem = (name: string) => readFileSync(join(__dirname, "certificates", name), "utf8");
const authority = pem("authority.pem");
const client = { clientCertificate: pem("client.pem"), clientKey: pem("client.key.pem") };

const servers: Server[] = [];
const afterThis: (() => void)[] = [];
afterEach(() => {
    afterThis.splice(0).forEach((step) => step());
    vi.unstubAllEnvs();
    servers.splice(0).forEach((server) => {
        server.closeAllConnections();
        server.close();
    });
});

async function listening(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
}

async function secureJenkins(options: ServerOptions = {}): Promise<string> {
    const server = createServer({ key: pem("server.key.pem"), cert: pem("server.pem"), ...options }, (_, response) => {
        response.writeHead(200, { "x-jenkins": "2.479.3" }).end("hello");
    });
    return `https://127.0.0.1:${await listening(server)}/`;
}

function get(url: string, changes: Parameters<typeof access>[1] = {}): Promise<string> {
    return clientOf(url, changes)
        .get("api/json")
        .then((answer) => answer.text);
}

function clientOf(url: string, changes: Parameters<typeof access>[1] = {}): JenkinsClient {
    return new JenkinsClient(access(url, changes), () => undefined, asIs, new FakeClock());
}

describe("TLS", () => {
    it("trusts a private authority that the settings give", async () => {
        expect(await get(await secureJenkins(), { certificateAuthority: authority })).toBe("hello");
    });

    it("without it, names the setting", async () => {
        await expect(get(await secureJenkins())).rejects.toThrow(
            /not trusted here \(\w+\): set controllers\.team-a\.certificateAuthority/,
        );
    });

    it("shows a client certificate to a server that asks for one", async () => {
        const url = await secureJenkins({ ca: authority, requestCert: true, rejectUnauthorized: true });
        expect(await get(url, { certificateAuthority: authority, ...client })).toBe("hello");
        await expect(get(url, { certificateAuthority: authority })).rejects.toThrow(
            /clientCertificate|closed the connection/,
        );
    });
});

describe("a connection", () => {
    /** A server whose answers never come, or never whole. */
    async function silent(answer = ""): Promise<{ url: string; connections: () => number }> {
        let connections = 0;
        const server = createTcpServer((socket) => {
            connections++;
            socket.on("error", () => socket.destroy());
            socket.once("data", () => (answer === "" ? undefined : socket.end(answer)));
        });
        const port = await new Promise<number>((resolve) =>
            server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
        );
        afterThis.push(() => server.close());
        return { url: `http://127.0.0.1:${port}/`, connections: () => connections };
    }

    it("is kept for the next request", async () => {
        const url = await secureJenkins();
        let connections = 0;
        servers.at(-1)!.on("secureConnection", () => connections++);
        const jenkins = clientOf(url, { certificateAuthority: authority });
        await jenkins.get("api/json");
        await jenkins.get("api/json");
        jenkins.close();
        expect(connections).toBe(1);
    });

    it("that brings no answer ends with the setting that says how long", async () => {
        const { url } = await silent();
        const timeouts = { connectSeconds: 5, answerSeconds: 0.1, totalSeconds: 120 };
        await expect(get(url, { timeouts })).rejects.toThrow(
            /did not answer within 0.1 s: .*raise controllers\.team-a\.timeouts\.answerSeconds/,
        );
    });

    it("whose TLS is never made ends with what may be in between", async () => {
        const { url, connections } = await silent();
        const timeouts = { connectSeconds: 0.1, answerSeconds: 30, totalSeconds: 120 };
        await expect(get(url.replace("http:", "https:"), { timeouts })).rejects.toThrow(
            /cannot be reached: no connection within 0.1 s/,
        );
        expect(connections()).toBe(1);
    });

    it("that breaks in the middle of an answer is tried again where that is safe", async () => {
        const { url, connections } = await silent(
            "HTTP/1.1 200 OK\r\nX-Jenkins: 2.479.3\r\nContent-Length: 100\r\n\r\nhalf",
        );
        await expect(get(url)).rejects.toThrow(/closed the connection without an answer/);
        expect(connections()).toBeGreaterThan(1);
    });
});

describe("a proxy", () => {
    /** A forward proxy that tunnels, or refuses with a status. */
    async function proxy(refuse?: number): Promise<{ url: string; asked: string[] }> {
        const asked: string[] = [];
        const server = createProxy();
        server.on("connect", (request: IncomingMessage, socket: Socket, head: Buffer) => {
            asked.push(String(request.url));
            if (refuse !== undefined) {
                socket.end(`HTTP/1.1 ${refuse} Refused\r\n\r\n`);
                return;
            }
            const [host, port] = String(request.url).split(":");
            const onward = connect(Number(port), host, () => {
                socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
                onward.write(head);
                onward.pipe(socket).pipe(onward);
            });
            onward.on("error", () => socket.destroy());
            socket.on("error", () => onward.destroy());
        });
        return { url: `http://127.0.0.1:${await listening(server)}`, asked };
    }

    it("of the settings carries the requests", async () => {
        const url = await secureJenkins();
        const forward = await proxy();
        expect(await get(url, { certificateAuthority: authority, proxy: forward.url })).toBe("hello");
        expect(forward.asked).toEqual([new URL(url).host]);
    });

    const unusable = "http://me:pl4nted-pass word@proxy.example.com:99999";

    it("that is no usable address is named by its setting, and its password is not said", async () => {
        const failure = plan(pushRequest(access("https://127.0.0.1:9/", { proxy: unusable })), () => undefined);
        await expect(failure).rejects.toThrow(
            /^controller team-a: controllers\.team-a\.proxy is no usable address of a proxy: write http:\/\/USER:PASSWORD@HOST:PORT/,
        );
        expect(inspect(await failure.catch((error: unknown) => error))).not.toContain("pl4nted");
    });

    it("of the environment is named by its variables, and its password is not said", async () => {
        vi.stubEnv("HTTPS_PROXY", unusable);
        const failure = plan(pushRequest(access("https://127.0.0.1:9/")), () => undefined);
        await expect(failure).rejects.toThrow(/^controller team-a: HTTPS_PROXY is no usable address of a proxy/);
        expect(inspect(await failure.catch((error: unknown) => error))).not.toContain("pl4nted");
    });

    it("with a percent sign in its password that stands for itself is refused, and the password is not said", async () => {
        const proxy = "http://me:100%25pl4nted%zz@proxy.example.com";
        const failure = plan(pushRequest(access("https://127.0.0.1:9/", { proxy })), () => undefined);
        await expect(failure).rejects.toThrow(/a % in it as %25/);
        expect(inspect(await failure.catch((error: unknown) => error))).not.toContain("pl4nted");
    });

    it("that refuses is named as the reason", async () => {
        const forward = await proxy(407);
        const url = await secureJenkins();
        await expect(get(url, { certificateAuthority: authority, proxy: forward.url })).rejects.toThrow(
            /the proxy refused to connect to .*407/,
        );
    });
});
