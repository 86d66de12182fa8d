import { afterEach, describe, expect, it } from "vitest";
import { diffClouds } from "../../../jenkins/preview/diff";
import type { PlannedPush } from "../../../jenkins/requests";
import type { StackOutputs } from "../../../component/outputs";
import { access, pushRequest } from "../../push/fixtures";
import { dataOf, framed, ScriptedServer } from "../../push/server";
import { resolved } from "../settings/support";
import { newestRelease } from "../../../settings/plugin/releases";

let server: ScriptedServer;
afterEach(() => server?.stop());

describe("a comparison", () => {
    it("masks what the last up kept secret, by the stack's outputs", async () => {
        const same = { exists: true, foreign: [], templates: [], differences: [], notes: [] };
        server = await ScriptedServer.start((seen) => ({ status: 200, body: framed(dataOf(seen), { value: same }) }));
        const push = {
            name: "team-a-agents",
            isSame: true,
            controller: { id: "team-a" },
            cloud: { id: "agents" },
            references: {},
            request: () => pushRequest(access(server.url)),
        } as unknown as PlannedPush;
        const installed = { jenkins: "2.528.1", ec2: newestRelease.version, inactive: false };
        const preflights = {
            "team-a": {
                state: {
                    controller: "team-a",
                    installed,
                    instance: "one",
                    hasUrl: true,
                    quietingDown: false,
                    clouds: [],
                    changed: [],
                    problems: [],
                },
            },
        };
        const clouds = { agents: { secret: { "": ["roleArn"], linux: ["userData"] } } };
        const deployed = { controllers: { "team-a": { clouds } } } as unknown as Partial<StackOutputs>;

        await diffClouds([push], resolved(), preflights, deployed);
        const { cloud } = dataOf(server.seen.at(-1)!) as {
            cloud: { secret: string[]; templates: { secret: string[] }[] };
        };
        expect([cloud.secret, ...cloud.templates.map(({ secret }) => secret)]).toEqual([["roleArn"], ["userData"], []]);

        await diffClouds([push], resolved(), preflights, {});
        expect((dataOf(server.seen.at(-1)!) as { cloud: { secret: string[] } }).cloud.secret).toEqual([]);
    });
});
