import { afterEach, describe, expect, it } from "vitest";
import { remove } from "../../jenkins/push/remove";
import { access, FakeClock, pushRequest } from "./fixtures";
import { dataOf, framed, ScriptedServer } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

const PLUGINS = JSON.stringify({
    plugins: [{ shortName: "ec2", version: newestRelease.version, active: true, enabled: true }],
});

let server: ScriptedServer;
afterEach(() => server?.stop());

/** What a removal finds: one agent. */
const idle = {
    cloudType: "hudson.plugins.ec2.EC2Cloud",
    agents: [{ name: "EC2 (agents) - linux (i-1)", instance: "i-1" }],
};

/** Drains a cloud whose agent builds and then ends, each until that many seconds have passed; gives what was asked. */
async function drained(busyUntil: number, endingUntil: number) {
    const clock = new FakeClock();
    const asked: { seconds: number; last?: string }[] = [];
    server = await ScriptedServer.start((request) => {
        if (request.method === "GET") {
            return { status: 200, body: PLUGINS };
        }
        if (request.path.endsWith("testConnection")) return { status: 200, body: '<div class="ok">Success</div>' };
        const data = dataOf(request);
        if ("readOnly" in data) return { status: 200, body: framed(data, { value: idle }) };
        const seconds = clock.now() / 1000;
        asked.push({ seconds, last: data.last as string | undefined });
        const value =
            seconds < busyUntil
                ? { removed: false, busy: ["agent"], ending: [], notes: [] }
                : seconds < endingUntil && data.last !== "ending"
                  ? { removed: false, busy: [], ending: ["agent"], notes: [] }
                  : { removed: true, notes: [] };
        return { status: 200, body: framed(data, { value }) };
    });
    const request = pushRequest(access(server.url));
    request.policy = { ...request.policy, busyAgents: "drain", drainMinutes: 10 };
    await remove(request, () => undefined, clock);
    return asked;
}

describe("a removal that drains", () => {
    it("gives idle agents their whole time to end, however long the builds took", async () => {
        const asked = await drained(500, 600);
        expect(asked.at(-1)!.seconds).toBeGreaterThanOrEqual(600);
        expect(asked.filter((each) => each.last !== undefined)).toEqual([]);
    });

    it("asks for the last time 180 s after no agent was busy any more", async () => {
        const asked = await drained(500, Infinity);
        const idle = asked.find((each) => each.seconds >= 500)!;
        const final = asked.at(-1)!;
        expect(asked.filter((each) => each.last !== undefined)).toEqual([final]);
        expect(final.last).toBe("ending");
        expect(final.seconds - idle.seconds).toBeGreaterThan(180);
        expect(final.seconds - idle.seconds).toBeLessThan(190);
    });

    it("says of builds that their time is over after drainMinutes, and ends the agent if it has become idle just then", async () => {
        const asked = await drained(601, 650);
        expect(asked.filter((each) => each.last !== undefined).map((each) => each.last)).toEqual(["busy"]);
        expect(asked.at(-1)!.last).toBeUndefined();
    });
});

describe("a removal whose plugin cannot reach EC2", () => {
    /** Removes a cloud with an agent, whose access key AWS does not know; gives the scripts that were run. */
    async function removed(busyAgents: "refuse" | "force", lines: string[] = []) {
        const scripts: Record<string, unknown>[] = [];
        server = await ScriptedServer.start((request) => {
            if (request.method === "GET") return { status: 200, body: PLUGINS };
            if (request.path.endsWith("testConnection")) {
                return { status: 200, body: '<div class="error">InvalidClientTokenId (Status Code: 403)</div>' };
            }
            const data = dataOf(request);
            scripts.push(data);
            const value = "readOnly" in data ? idle : { removed: true, notes: [] };
            return { status: 200, body: framed(data, { value }) };
        });
        const request = pushRequest(access(server.url));
        request.policy = { ...request.policy, busyAgents };
        const outcome = await remove(request, (line) => lines.push(line), new FakeClock()).catch(
            (error: Error) => error,
        );
        return { outcome, scripts };
    }

    it("ends no agent, and names the instances, the reason and the remedy", async () => {
        const { outcome, scripts } = await removed("refuse");
        expect(outcome).toMatchObject({ code: "agents-do-not-end" });
        expect(String(outcome)).toMatch(
            /cannot end the instances of cloud agents \(i-1\).*pulumi refresh, then pulumi up/,
        );
        expect(String(outcome)).toMatch(/InvalidClientTokenId .*AWS does not accept the access key/);
        expect(scripts.map((each) => "readOnly" in each)).toEqual([true]);
    });

    it("goes on with busyAgents: force, and names the instances to look after", async () => {
        const lines: string[] = [];
        const { outcome, scripts } = await removed("force", lines);
        expect(outcome).toBeUndefined();
        expect(scripts).toHaveLength(2);
        expect(lines.join("\n")).toContain("look after the instances i-1");
    });
});

describe("a removal from a controller that cannot be reached", () => {
    it("fails, and says the way out if the controller is gone for good", async () => {
        server = await ScriptedServer.start(() => "drop");
        const request = pushRequest(access(server.url));
        await server.stop();
        await expect(remove(request, () => undefined, new FakeClock())).rejects.toThrow(
            /cannot be reached: .*; if this controller is gone for good: pulumi state delete URN \(pulumi stack --show-urns lists it\)$/,
        );
    });

    it.each([401, 403])("that refuses the user (%d) says that the new token needs an up first", async (status) => {
        server = await ScriptedServer.start(() => ({ status, body: "refused" }));
        await expect(remove(pushRequest(access(server.url)), () => undefined, new FakeClock())).rejects.toThrow(
            /; a removal goes by what the last up knew: .* run pulumi up with this cloud still in them, and then remove it; if this controller is gone for good/,
        );
    });

    it("does not say so once it has answered", async () => {
        server = await ScriptedServer.start(({ method }) =>
            method === "GET" ? { status: 200, body: PLUGINS } : { status: 403 },
        );
        const removal = remove(pushRequest(access(server.url)), () => undefined, new FakeClock());
        await expect(removal).rejects.toThrow(/^((?!gone for good).)*$/s);
    });
});
