import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { JenkinsClient } from "../../jenkins/push/client";
import { anything } from "../../jenkins/push/form";
import { compose, decode, encode, readFrame, runScript } from "../../jenkins/push/script";
import { access, FakeClock, asIs } from "./fixtures";
import { dataOf, framed, Reaction, ScriptedServer } from "./server";

let server: ScriptedServer;
afterEach(() => server?.stop());

/** A console that answers each script with what `answer` makes of its data. */
async function console(answer: (data: Record<string, unknown>) => string): Promise<JenkinsClient> {
    server = await ScriptedServer.start((request): Reaction => ({ status: 200, body: answer(dataOf(request)) }));
    return new JenkinsClient(access(server.url), () => undefined, asIs, new FakeClock());
}

describe("a script", () => {
    it("carries any data without a character that could become source text, in constants that Groovy takes", () => {
        fc.assert(
            fc.property(fc.object(), (data) => {
                const [, call] = compose("apply", encode(data)).split("\nanswer(");
                expect(call).toMatch(/^\[('[\w-]{1,60000}',?\n?)+\]\)\n$/);
                expect(decode(call.replace(/[^\w-]/g, ""))).toEqual(JSON.parse(JSON.stringify(data)));
            }),
        );
    });

    it("is the same source for any data", () => {
        const sources = [{ a: "x" }, { b: "'); System.exit(1); ('" }].map(
            (data) => compose("apply", encode(data)).split("\nanswer(")[0],
        );
        expect(sources[0]).toBe(sources[1]);
        expect(sources[0]).not.toContain("System.exit");
    });

    it("is refused as an answer without its nonce", () => {
        expect(readFrame("<<abc>>{}<<end abc>>", "abd")).toBeUndefined();
        expect(readFrame("<<abc>>{", "abc")).toBeUndefined();
        expect(readFrame("<<abc>>{<<end abc>>", "abc")).toBeUndefined();
        expect(readFrame('WARNING x\n<<abc>>{"value":1}<<end abc>>\n', "abc")).toEqual({ value: 1 });
    });
});

describe("running a script", () => {
    it("answers the framed value", async () => {
        const jenkins = await console((data) => `noise\n${framed(data, { value: { hello: data.name } })}`);
        expect(await runScript(jenkins, "export", { name: "agents" }, anything)).toEqual({ hello: "agents" });
    });

    it("ends with every problem that the script names", async () => {
        const jenkins = await console((data) =>
            framed(data, {
                problems: ["template a: x", "template b: y"].map((text) => ({ code: "parameter-refused", text })),
            }),
        );
        await expect(runScript(jenkins, "apply", {}, anything)).rejects.toThrow(
            "controller team-a:\n  - template a: x\n  - template b: y",
        );
    });

    it("takes a stack trace, which is a 200, as an error", async () => {
        const jenkins = await console(() => "java.lang.NullPointerException: x\n\tat Script1.run(Script1.groovy)");
        await expect(runScript(jenkins, "apply", {}, anything)).rejects.toThrow(
            /Jenkins at .* answered a script with: java.lang.Null/,
        );
    });

    it("sends what is larger than a form in parts, which then stand for it", async () => {
        const jenkins = await console((data) => framed(data, { value: "kept" }));
        const text = Array.from({ length: 60_000 }, (_, index) => Math.sin(index).toString(36)).join("");
        await runScript(jenkins, "apply", { text }, anything);
        const sizes = server.seen.map((each) => each.body.length);
        const sent = server.seen.map(dataOf);
        expect(Math.max(...sizes)).toBeLessThan(190_000);
        const { stash, count } = sent.at(-1)?.parts as { stash: string; count: number };
        const parts = sent.slice(0, -1);
        expect(parts).toHaveLength(count);
        expect(count).toBeGreaterThan(1);
        expect(parts.every((each) => each.stash === stash)).toBe(true);
        expect(decode(parts.map((each) => each.text).join(""))).toMatchObject({ text });
    });

    it("sends the parts once more if the controller has lost them", async () => {
        let finals = 0;
        const jenkins = await console((data) => {
            if (data.parts === undefined) {
                return framed(data, { value: "kept" });
            }
            finals++;
            return framed(
                data,
                finals === 1
                    ? { problems: [{ code: "parts-missing", text: "parts of the request are missing" }] }
                    : { value: "done" },
            );
        });
        const text = Array.from({ length: 60_000 }, (_, index) => Math.sin(index).toString(36)).join("");
        expect(await runScript(jenkins, "apply", { text }, anything)).toBe("done");
        expect(finals).toBe(2);
    });
});
