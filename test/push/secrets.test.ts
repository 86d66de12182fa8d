import { afterEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { liveClouds } from "../../cli/export/liveClouds";
import { readControllerState } from "../../jenkins/preview/controllerState";
import { plan } from "../../jenkins/preview/compare";
import { remove } from "../../jenkins/push/remove";
import type { PushRequest } from "../../jenkins/push/request";
import { smoke } from "../../jenkins/push/smoke";
import { requestWithSecrets, secrets } from "../secrets/request";
import { hits, stretchesOf } from "../secrets/search";
import { access, FakeClock } from "./fixtures";
import { Reaction, ScriptedServer, Seen } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

let server: ScriptedServer;
afterEach(() => server?.stop());

/** What something in between may answer: all that it was sent, or that it knows, in its own way of writing. */
const echoes: Record<string, (request: Seen, everything: string) => string> = {
    "the headers": ({ headers }) => JSON.stringify(headers),
    "the form as it was sent": ({ body }) => body,
    "the script": ({ body }) => new URLSearchParams(body).get("script") ?? "",
    "the script's data": ({ body }) => (new URLSearchParams(body).get("script") ?? "").split("\nanswer(")[1] ?? "",
    "all of it as JSON": (_, everything) => everything,
    "all of it as a page": (_, everything) => `<pre>${html(everything)}</pre>`,
    "all of it in a URL": (_, everything) => encodeURIComponent(everything),
    "all of it in a URL with small digits": (_, everything) =>
        encodeURIComponent(everything).replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
    "all of it in base64": (_, everything) => Buffer.from(everything).toString("base64"),
    "all of it in hex": (_, everything) => Buffer.from(everything).toString("hex"),
    ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, () => `<p>${html(value)}</p>`])),
};
const html = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#039;");

const statuses = [200, 302, 400, 401, 403, 404, 413, 500, 503];

const operations: Record<string, (request: PushRequest, report: (line: string) => void) => Promise<unknown>> = {
    apply: (request, report) => apply(request, report, { clock: new FakeClock() }),
    remove: (request, report) => remove(request, report, new FakeClock()),
    plan: (request, report) => plan(request, report, { clock: new FakeClock() }),
    preflight: (request, report) => readControllerState(request, [request], { report, clock: new FakeClock() }),
    export: (request, report) => liveClouds(request.controller, "", report, new FakeClock()),
    smoke: (request, report) => smoke(request, { label: "linux" }, report, new FakeClock()),
};

const PLUGINS = JSON.stringify({
    plugins: [{ shortName: "ec2", version: newestRelease.version, active: true, enabled: true }],
});

/** What an operation said and threw with each status, where the plugins are asked for and where the script is run. */
async function saidAfter(echo: string, operation: string): Promise<Record<string, string>> {
    const request = requestWithSecrets(access("http://127.0.0.1/"));
    // An export is given no cloud, so there is none of its secrets to come back.
    const everything = JSON.stringify(operation === "export" ? request.controller : request);
    let answer = { status: 200, to: "", words: 0 };
    server = await ScriptedServer.start((seen): Reaction => {
        if (!seen.path.includes(answer.to)) return { status: 200, body: PLUGINS };
        const body = echoes[echo]!(seen, everything);
        const location = `/login/${encodeURI(secrets[echo] ?? body.slice(0, 2000))}`;
        return { status: answer.status, headers: { location }, body: "word ".repeat(answer.words) + body };
    });
    request.controller.url = server.url;
    const said: Record<string, string> = {};
    for (const status of statuses) {
        for (const to of ["pluginManager", "scriptText"]) {
            for (const words of [0, 56]) {
                answer = { status, to, words };
                const lines: string[] = [];
                const outcome = await operations[operation]!(request, (line) => lines.push(line)).catch(
                    (error: Error) => error,
                );
                const result = outcome instanceof Error ? `${outcome.stack}` : JSON.stringify(outcome);
                said[`${to} ${status} behind ${words} words`] = [...lines, result].join("\n");
            }
        }
    }
    return said;
}

describe("an answer of whatever status that repeats secrets: none is in what is said or thrown, in part either", () => {
    const cases = [
        ...Object.keys(echoes).map((echo) => ({ echo, operation: "apply" })),
        ...Object.keys(operations).map((operation) => ({ echo: "all of it as JSON", operation })),
    ];
    it.each(cases)("$echo, by $operation", async ({ echo, operation }) => {
        const said = await saidAfter(echo, operation);
        expect(hits(secrets, said)).toEqual([]);
        expect(hits(stretchesOf(secrets, 12), said).slice(0, 5)).toEqual([]);
    });
});
