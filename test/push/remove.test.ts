import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { remove } from "../../jenkins/push/remove";
import type { PushRequest } from "../../jenkins/push/request";
import { withAws } from "../unit/awsServer";
import { access, FakeClock, pushRequest } from "./fixtures";
import { dataOf, framed, ScriptedServer } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

const PLUGINS = JSON.stringify({
    plugins: [{ shortName: "ec2", version: newestRelease.version, active: true, enabled: true }],
});

let server: ScriptedServer;
afterEach(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
});

/** What a removal finds: a cloud without agents, of which EC2 has no instance. */
const empty = {
    isForeign: false,
    cloudType: "hudson.plugins.ec2.EC2Cloud",
    agents: [] as object[],
    instances: [] as object[],
};
/** One agent. */
const idle = { ...empty, agents: [{ name: "EC2 (agents) - linux (i-1)", instance: "i-1" }] };
/** No agent any more, and its instance runs on. */
const left = { ...empty, instances: [{ id: "i-1", cloud: "agents", template: "demand_linux" }] };

/** Drains a cloud whose agent builds and then ends, each until that many seconds have passed; gives what was asked. */
async function drained(busyUntil: number, endingUntil: number) {
    const clock = new FakeClock();
    const asked: { seconds: number; last?: string }[] = [];
    server = await ScriptedServer.start((request) => {
        if (request.method === "GET") {
            return { status: 200, body: PLUGINS };
        }
        const data = dataOf(request);
        if ("readOnly" in data)
            return { status: 200, body: framed(data, { value: asked.length === 0 ? idle : empty }) };
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

/**
 * Removes a cloud; gives what came of it, and the requests but the looks.
 *
 * @param looks what each look answers in turn, the last one from then on
 */
async function removed(
    looks: object[],
    changes: Partial<PushRequest["policy"]> = {},
    lines: string[] = [],
    awsProfile?: string,
) {
    const asked: Record<string, unknown>[] = [];
    let looked = 0;
    server = await ScriptedServer.start((request) => {
        if (request.method === "GET") return { status: 200, body: PLUGINS };
        if (request.path.endsWith("testConnection")) {
            return { status: 200, body: '<div class="error">InvalidClientTokenId (Status Code: 403)</div>' };
        }
        const data = dataOf(request);
        if ("readOnly" in data) {
            return { status: 200, body: framed(data, { value: looks[Math.min(looked++, looks.length - 1)] }) };
        }
        asked.push(data);
        return { status: 200, body: framed(data, { value: { removed: data.isClear === true, notes: [] } }) };
    });
    const request = pushRequest(access(server.url));
    request.policy = { ...request.policy, ...changes };
    request.awsProfile = awsProfile;
    const outcome = await remove(request, (line) => lines.push(line), new FakeClock()).catch((error: Error) => error);
    return { outcome, asked };
}

describe("a removal whose plugin cannot reach EC2", () => {
    const refused = { ...idle, instances: undefined, problem: "The security token is invalid (InvalidClientTokenId)" };

    it.each([
        { how: "with testConnection: false too", looks: [refused], policy: { testConnection: false } },
        { how: "by Test Connection before ec2 1885", looks: [{ ...idle, instances: undefined }], policy: {} },
    ])("ends no agent, and names the instances, the reason and the remedy: $how", async ({ looks, policy }) => {
        const { outcome, asked } = await removed(looks, policy);
        expect(outcome).toMatchObject({ code: "agents-do-not-end" });
        expect(String(outcome)).toMatch(
            /cannot end the instances of cloud agents \(i-1\).*pulumi refresh, then pulumi up/,
        );
        expect(String(outcome)).toMatch(/InvalidClientTokenId.*AWS does not accept the access key/);
        expect(asked).toEqual([]);
    });

    it("goes on with busyAgents: force, and names the instances to look after", async () => {
        const lines: string[] = [];
        const { outcome, asked } = await removed([refused, empty], { busyAgents: "force" }, lines);
        expect(outcome).toBeUndefined();
        expect(asked).toHaveLength(2);
        expect(lines.join("\n")).toContain("look after the instances i-1");
    });
});

describe("a removal whose agents are gone", () => {
    it("removes the cloud once EC2 has none of its instances", async () => {
        const { outcome, asked } = await removed([idle, left, empty]);
        expect(outcome).toBeUndefined();
        expect(asked.map(({ isClear }) => isClear)).toEqual([undefined, undefined, true]);
    });

    it("looks only once where there were none", async () => {
        const { outcome, asked } = await removed([empty, left]);
        expect(outcome).toBeUndefined();
        expect(asked.map(({ isClear }) => isClear)).toEqual([true]);
    });

    it("leaves instances of another cloud of the controller alone", async () => {
        const others = [
            { id: "i-2", cloud: "other", template: "demand_linux" },
            { id: "i-3", cloud: "", template: "spot_of-another" },
        ];
        expect((await removed([{ ...empty, instances: others }])).outcome).toBeUndefined();
    });

    it("fails where they run on, with the instances, the cause and the remedy", async () => {
        const { outcome, asked } = await removed([
            { ...left, refusal: "UnauthorizedOperation: You are not authorized to perform this operation" },
        ]);
        expect(outcome).toMatchObject({ code: "agents-do-not-end" });
        expect(String(outcome)).toContain("aws ec2 terminate-instances --region eu-central-1 --instance-ids i-1");
        expect(String(outcome)).toMatch(/the plugin cannot end them: UnauthorizedOperation.*AWS knows the identity/);
        expect(asked.some(({ isClear }) => isClear)).toBe(false);
    });

    it("waits 180 s for instances that EC2 would end", async () => {
        const { outcome, asked } = await removed([idle, left]);
        expect(String(outcome)).toContain("run on in EC2, and no agent has them: i-1");
        expect(asked.at(-1)).toMatchObject({ last: "ending" });
    });

    it("only tells of them with busyAgents: force", async () => {
        const lines: string[] = [];
        expect((await removed([left], { busyAgents: "force" }, lines)).outcome).toBeUndefined();
        expect(lines.join("\n")).toContain("look after the instances i-1");
    });

    describe("and whose plugin cannot ask EC2", () => {
        const silent = { ...empty, instances: undefined, problem: "InvalidClientTokenId" };

        it("asks with pulumi's own login, and fails where an instance runs on", async () => {
            const instance =
                "<item><instanceId>i-7</instanceId><tagSet><item><key>jenkins_slave_type</key><value>demand_linux</value></item></tagSet></item>";
            const DescribeInstances = (asked: URLSearchParams) =>
                asked.get("Filter.1.Value.1") === "jenkins-ec2-agents/test/team-a"
                    ? `<reservationSet><item><instancesSet>${instance}</instancesSet></item></reservationSet>`
                    : undefined;
            const { outcome } = await withAws({ DescribeInstances }, () => removed([silent]));
            expect(String(outcome)).toContain("run on in EC2, and no agent has them: i-7");
            expect(String(outcome)).toContain("the plugin cannot end them: InvalidClientTokenId");
        });

        it("asks with the stack's aws:profile, where it has one, whatever the environment has", async () => {
            const folder = mkdtempSync(join(tmpdir(), "aws-profile-"));
            const file = join(folder, "credentials");
            writeFileSync(file, "[deployer]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n");
            vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", file);
            const keys: string[] = [];
            const DescribeInstances = (_: URLSearchParams, key: string) => {
                keys.push(key);
                return "<reservationSet/>";
            };
            await withAws({ DescribeInstances }, () => removed([silent], {}, [], "deployer"));
            expect([...new Set(keys)]).toEqual(["AKIAPROFILE"]);
            rmSync(folder, { recursive: true });
        });

        it("tells that nobody knows where that login is refused too", async () => {
            const lines: string[] = [];
            vi.stubEnv("AWS_ACCESS_KEY_ID", "");
            expect((await removed([silent], {}, lines)).outcome).toBeUndefined();
            expect(lines.join("\n")).toMatch(
                /whether its instances have ended is not known; the plugin: InvalidClientTokenId; pulumi's own login: .+ jenkins-controller=jenkins-ec2-agents\/test\/team-a/,
            );
        });
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
