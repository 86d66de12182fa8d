import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentNotes, javaNotes, removals, removalText, type Deployed } from "../../../jenkins/preview/agents";
import type { Plan } from "../../../jenkins/preview/compare";
import type { ControllerState, LiveCloud } from "../../../jenkins/preview/controllerState";
import type { Difference } from "../../../jenkins/push/difference";
import type { PlannedPush } from "../../../jenkins/requests";
import { dataOf, framed, ScriptedServer } from "../../push/server";
import { resolved } from "../settings/support";
import { runWholeProgram, smallStack } from "./wholeProgram";
import { newestRelease } from "../../../settings/plugin/releases";

type Settings = Record<string, any>;

let server: ScriptedServer;
let live: LiveCloud[];
beforeEach(async () => {
    live = [];
    server = await ScriptedServer.start((seen) => {
        if (seen.method === "GET") {
            const plugins = [{ shortName: "ec2", version: newestRelease.version, active: true }];
            return { status: 200, body: JSON.stringify({ plugins }) };
        }
        const data = dataOf(seen);
        const verdicts = ((data.wanted ?? []) as object[]).map(() => ({ problems: [], foreign: [], changed: [] }));
        const same = { exists: true, foreign: [], templates: [], differences: [], notes: [] };
        const value =
            data.wanted === undefined
                ? same
                : { instance: "one", hasUrl: true, quietingDown: false, clouds: live, wanted: verdicts };
        return { status: 200, body: framed(data, { value }) };
    });
});
afterEach(() => server.stop());

const agent = (busy = false) => ({ name: "EC2 (agents) - linux (i-1)", template: "linux", busy });
const cloudIn = (group: string, agents = [agent()]): LiveCloud => ({
    name: "agents",
    templates: ["linux", "fixed"],
    securityGroups: [group],
    agents,
});
const deployed = (id: string, securityGroupId: string, controller = "team-a") => ({
    clouds: { [id]: { region: "eu-central-1", vpcId: "vpc-1", securityGroupId } },
    controllers: {
        [controller]: { url: server.url, clouds: { [id]: { cloud: "agents", templates: ["linux", "fixed"] } } },
    },
});

/** One controller and one cloud, whose group has the id `agents-id` by the mocks. */
function stack(change: (settings: Settings) => void = () => undefined): Settings {
    const settings = structuredClone(smallStack) as Settings;
    settings.watch = "report";
    settings.controllers = { "team-a": { url: server.url, user: "admin" } };
    settings.secrets.tokens = { "team-a": "token-of-team-a" };
    settings.clouds = { agents: { ...settings.clouds.agents, controllers: ["team-a"] } };
    change(settings);
    return settings;
}
const renameCloud = ({ clouds }: Settings) => {
    clouds.linux = { ...clouds.agents, name: "agents" };
    delete clouds.agents;
};
const run = (settings: Settings, outputs: object) => runWholeProgram(settings, undefined, outputs);

describe("agents in a security group that goes", () => {
    it.each([
        ["the group is replaced", () => undefined, "agents"],
        ["the cloud's id is renamed", renameCloud, "agents"],
        ["the state has lost the cloud, and its id is another", renameCloud, "agents-before"],
    ])("are looked for on the controller, and keep it: %s", async (_, change, formerId) => {
        live = [cloudIn("sg-old")];
        await expect(run(stack(change), deployed(formerId, "sg-old"))).rejects.toThrow(
            /cloud agents: this change deletes the security group sg-old, and agents are in it: "EC2 \(agents\) - linux \(i-1\)"/,
        );
    });

    it("keep nothing where the group stays, none is there, or the controllers are not asked", async () => {
        live = [cloudIn("agents-id")];
        await run(stack(), deployed("agents", "agents-id"));
        live = [cloudIn("sg-old", [])];
        await run(stack(), deployed("agents", "sg-old"));
        live = [cloudIn("sg-old")];
        const unwatched = stack((settings) => (settings.watch = "off"));
        await run(unwatched, deployed("agents", "sg-old"));
    });

    it("do not count where their cloud goes: its removal ends them first, or is refused", async () => {
        live = [cloudIn("sg-old")];
        const other = stack(({ clouds }) => {
            clouds.others = clouds.agents;
            delete clouds.agents;
        });
        await run(other, deployed("agents", "sg-old"));
    });
});

describe("a cloud that keeps its name in Jenkins under another id", () => {
    const aliases = async (settings: Settings, outputs: object) =>
        Object.entries((await run(settings, outputs)).options)
            .filter(([key]) => key.startsWith("jenkins-ec2-agents:jenkins:Cloud "))
            .map(([key, { aliases: names }]) => [key.split(" ")[1], names.filter((name) => name !== "")]);

    it("is the same resource by an alias", async () => {
        expect(await aliases(stack(renameCloud), deployed("agents", "agents-id"))).toEqual([
            ["team-a-linux", ["team-a-agents"]],
        ]);
    });

    it("is so as well where the controller's id is renamed", async () => {
        expect(await aliases(stack(), deployed("agents", "agents-id", "team-old"))).toEqual([
            ["team-a-agents", ["team-old-agents"]],
        ]);
    });

    it("is another resource where the former id is still in the settings, or is on another controller", async () => {
        const both = stack(({ clouds }) => (clouds.linux = { ...clouds.agents, name: "more" }));
        const none = (names: unknown[]) => names.every((entry) => (entry as [string, string[]])[1].length === 0);
        expect(none(await aliases(both, deployed("agents", "agents-id")))).toBe(true);
        const elsewhere = deployed("before", "agents-id");
        elsewhere.controllers["team-a"]!.url = "https://elsewhere.example.com/";
        expect(none(await aliases(stack(), elsewhere))).toBe(true);
    });
});

describe("a removal", () => {
    const removal = { controller: "team-a", cloud: "agents", templates: ["linux"] };

    it("names the cloud, its templates and its agents, busy or not", () => {
        const agents = [agent(true), { ...agent(), name: "second" }];
        expect(removalText({ ...removal, agents })).toBe(
            [
                "controller team-a, cloud agents",
                "  - cloud agents",
                "  - template linux",
                "  - agent EC2 (agents) - linux (i-1) (BUSY)",
                "  - agent second (idle)",
            ].join("\n"),
        );
    });

    it("is also that of a cloud with another name in Jenkins, and one whose controller is another Jenkins, of which agents are not known", () => {
        const outputs = deployed("agents", "sg-old");
        const push = { name: "team-a-agents", isSame: false } as PlannedPush;
        const state = { clouds: [cloudIn("sg-old")], instance: "one" } as unknown as ControllerState;
        const of = (url: string) =>
            removals(
                [push],
                resolved((raw) => (raw.controllers["team-a"].url = url)),
                outputs as unknown as Deployed,
                { "team-a": { state } },
            )["team-a-agents"];
        expect(of(server.url)).toMatchObject({ cloud: "agents", templates: ["linux", "fixed"], agents: [agent()] });
        expect(of("https://another.example.com/")?.agents).toBeUndefined();
        expect(removals([{ ...push, isSame: true }], resolved(), outputs as unknown as Deployed, {})).toEqual({});
    });

    it("says so where the controller cannot be asked for its agents", () => {
        expect(removalText(removal)).toContain("its agents are not known");
    });
});

describe("what a change means for agents that run", () => {
    const plan = (...differences: Partial<Difference>[]) => ({ differences }) as Plan;
    const cloud = (name: string): Partial<Difference> => ({ subject: "cloud", existed: true, path: [name] });
    const credential = (name: string): Partial<Difference> => ({ subject: "credential", existed: true, path: [name] });

    it.each([
        ["the region", cloud("region"), "1 agent stays in the old region"],
        ["the key pair", credential("privateKey"), "1 agent keeps the old public key"],
        ["the credential of the key pair", cloud("sshKeysCredentialsId"), "1 agent keeps the old public key"],
        ["the access key", credential("secretKey"), "with the new identity"],
        ["the role", cloud("roleArn"), "with the new identity"],
    ])("is said of %s", (_, difference, text) => {
        const notes = agentNotes(plan(difference), [agent()]);
        expect(notes).toHaveLength(1);
        expect(notes[0]).toContain(text);
    });

    it("is nothing for another setting, a new credential, or without agents", () => {
        expect(agentNotes(plan(cloud("instanceCapStr")), [agent()])).toEqual([]);
        expect(agentNotes(plan({ ...credential("privateKey"), existed: false }), [agent()])).toEqual([]);
        expect(agentNotes(plan(cloud("region")), [])).toEqual([]);
    });
});

describe("the Java of the agents' images", () => {
    const template = (path: string[], existed = true) => ({
        ...{ subject: "template" as const, id: "linux", existed, wanted: true, path, before: "", after: "x" },
    });
    const notes = (jenkins: string, difference: ReturnType<typeof template>) =>
        javaNotes({ jenkins, differences: [difference] });

    it("is named where a template comes or gets another image, on a Jenkins that needs more than Java 17", () => {
        const note = ["agents of Jenkins 2.568.2 need Java 21 in their image (each Jenkins from 2.555 on does)"];
        expect(notes("2.568.2", template([], false))).toEqual(note);
        expect(notes("2.568.2", template(["ami"]))).toEqual(note);
    });

    it("is no subject of other changes, nor of an older Jenkins", () => {
        expect(notes("2.568.2", template(["labelString"]))).toEqual([]);
        expect(notes("2.541.3", template([], false))).toEqual([]);
    });
});
