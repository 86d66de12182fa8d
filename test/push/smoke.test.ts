import { afterEach, describe, expect, it } from "vitest";
import { smoke } from "../../jenkins/push/smoke";
import { access, FakeClock, pushRequest } from "./fixtures";
import { dataOf, framed, Reaction, ScriptedServer } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

const PLUGINS = JSON.stringify({
    plugins: [{ shortName: "ec2", version: newestRelease.version, active: true, enabled: true }],
});
const AGENT = "EC2 (agents) - linux (i-1)";

let server: ScriptedServer;
afterEach(() => server?.stop());

/** The error of a trial whose agent writes one part of its log at each question, and is deleted after the last. */
async function failureOf(log: string[]): Promise<string> {
    let position = 0;
    server = await ScriptedServer.start((request): Reaction => {
        const path = decodeURIComponent(request.path);
        if (path.startsWith("/pluginManager")) return { status: 200, body: PLUGINS };
        if (path === "/scriptText") {
            const data = dataOf(request);
            return { status: 200, body: framed(data, { value: { cloud: "agents", template: "linux" } }) };
        }
        if (path.startsWith("/cloud/agents/provision")) {
            return { status: 302, headers: { location: `/computer/${encodeURIComponent(AGENT)}` } };
        }
        if (path.includes("/logText/")) {
            const start = Number(/start=(\d+)/.exec(path)?.[1]);
            const part = log[position++];
            if (part === undefined) return { status: 404 };
            expect(start).toBe(log.slice(0, position - 1).join("").length);
            return { status: 200, headers: { "x-text-size": String(start + part.length) }, body: part };
        }
        if (path.includes("/api/json")) {
            return position >= log.length ? { status: 404 } : { status: 200, body: JSON.stringify({ offline: true }) };
        }
        return { status: path.endsWith("/doDelete") ? 404 : 500 };
    });
    const request = pushRequest(access(server.url));
    return smoke(request, { label: "linux" }, () => undefined, new FakeClock()).then(
        () => "",
        (error: Error) => error.message,
    );
}

describe("a trial whose agent fails to launch and is deleted by the plugin", () => {
    it("has the end of its log, which was read while the agent was there, without carriage returns", async () => {
        const message = await failureOf([
            "Connecting to 10.0.0.7\r\n",
            "Executing init script\r\n",
            "init script failed: exit code=3\r\n",
        ]);
        expect(message).toMatch(
            /went away before it came online.*The end of its log:\nConnecting to 10\.0\.0\.7\nExecuting init script\ninit script failed: exit code=3$/s,
        );
    });

    it("names the Java of the image where that is too old", async () => {
        const message = await failureOf([
            "java.lang.UnsupportedClassVersionError: hudson/remoting/Launcher has been compiled by a more recent version of the Java Runtime (class file version 65.0)\r\n",
        ]);
        expect(message).toContain("The image's Java is older than this Jenkins needs (from Jenkins 2.555: Java 21)");
    });
});
