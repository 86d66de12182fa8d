import { afterEach, describe, expect, it } from "vitest";
import { sameClouds } from "../../../jenkins/preview/successor";
import type { ControllerOutputs } from "../../../jenkins/controllerOutputs";
import type { StackSettings } from "../../../settings";
import { resolved } from "../settings/support";
import { dataOf, framed, ScriptedServer } from "../../push/server";

const servers: ScriptedServer[] = [];
afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
});

/** A Jenkins with that identity; without one it refuses the token. */
async function jenkins(instance?: string): Promise<string> {
    const server = await ScriptedServer.start((request) => {
        if (request.path === "/login") return { status: 200 };
        if (instance === undefined) return { status: 401 };
        return {
            status: 200,
            body: framed(dataOf(request), {
                value: { instance, hasUrl: true, quietingDown: false, clouds: [], wanted: [] },
            }),
        };
    });
    servers.push(server);
    return server.url;
}

const settings = (url: string, name = "agents"): StackSettings =>
    resolved((raw) => {
        raw.controllers["team-a"].url = url;
        raw.clouds.agents.name = name;
    });
const deployed = (url: string, instance?: string) => ({
    controllers: {
        "team-a": { url, instance, clouds: { agents: { cloud: "agents" } } } as unknown as ControllerOutputs,
    },
});

describe("a cloud of the last update", () => {
    it("is the same where nothing of its place changed, and nobody is asked", async () => {
        const url = await jenkins("one");
        expect([...(await sameClouds(settings(url), deployed(url), {}))]).toHaveLength(1);
        expect(servers[0]!.seen).toEqual([]);
    });

    it("is the same where the same Jenkins has another address", async () => {
        const [before, after] = [await jenkins("one"), await jenkins("one")];
        expect([...(await sameClouds(settings(after), deployed(before), {}))]).toHaveLength(1);
    });

    it("is the same where the Jenkins that the last update found has moved, and nothing answers at the old address", async () => {
        const after = await jenkins("one");
        const before = deployed("http://127.0.0.1:9/", "one");
        expect([...(await sameClouds(settings(after), before, {}))]).toHaveLength(1);
        const another = deployed("http://127.0.0.1:9/", "another");
        expect([...(await sameClouds(settings(after), another, {}))]).toEqual([]);
    });

    it("is another one on another Jenkins that is known to work", async () => {
        const [before, after] = [await jenkins("one"), await jenkins("two")];
        expect([...(await sameClouds(settings(after), deployed(before), {}))]).toEqual([]);
    });

    it.each([
        ["nothing listens at the new address", () => Promise.resolve("http://127.0.0.1:9/")],
        ["the new address refuses the token", () => jenkins()],
    ])("is not removed where %s: both addresses are named", async (_, place) => {
        const [before, after] = [await jenkins("one"), await place()];
        const failure = sameClouds(settings(after), deployed(before), {});
        await expect(failure).rejects.toThrow(`controllers.team-a.url: ${JSON.stringify(after)}`);
        await expect(failure).rejects.toThrow(`at ${before} cloud agents would be removed first`);
    });

    it("is not removed for another name where its controller does not answer", async () => {
        const url = "http://127.0.0.1:9/";
        await expect(sameClouds(settings(url, "builders"), deployed(url), {})).rejects.toThrow(
            /controllers\.team-a\.url: .*cloud agents there would be removed before/s,
        );
    });

    it("is named with the others of its controller, once", async () => {
        const before = deployed(await jenkins("one"));
        const [agents] = Object.values(before.controllers["team-a"].clouds);
        const wanted = resolved((raw) => {
            raw.controllers["team-a"].url = "http://127.0.0.1:9/";
            raw.clouds.spare = { ...raw.clouds.agents, name: "spare" };
        });
        before.controllers["team-a"].clouds = { agents: agents!, spare: { ...agents!, cloud: "spare" } };
        const text = String(await sameClouds(wanted, before, {}).catch(String));
        expect(text.match(/successor-unknown/g)).toHaveLength(1);
        expect(text).toContain("clouds agents, spare would be removed first");
    });
});
