import { readFileSync } from "node:fs";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { RunningController } from "../../../playground/controller/controller";
import { start } from "./support";

const certificates = join(__dirname, "..", "..", "push", "certificates");
const file = (name: string) => join(certificates, name);
const pem = (name: string) => readFileSync(file(name));

let jenkins: RunningController;

beforeAll(async () => {
    jenkins = await start({
        tls: { certificate: file("server.pem"), key: file("server.key.pem"), clientAuthority: file("authority.pem") },
    });
});

/** Status of an answer of /login; rejects where the connection fails. */
function login(options: RequestOptions): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
        httpsRequest(new URL("login", jenkins.url), options, (answer) => resolve(answer.resume().statusCode))
            .once("error", reject)
            .end();
    });
}

test("a client that trusts the authority and has a certificate of it is let in", async () => {
    const identity = { ca: pem("authority.pem"), cert: pem("client.pem"), key: pem("client.key.pem") };
    await expect.poll(() => login(identity), { timeout: 20_000 }).toBe(200);
});

test("a client without a certificate is refused", async () => {
    await expect(login({ ca: pem("authority.pem") })).rejects.toThrow(/alert|ECONNRESET|socket hang up/);
});

test("a client that does not know the authority refuses", async () => {
    await expect(login({})).rejects.toThrow(/unable to verify|self-signed|issuer/);
});
