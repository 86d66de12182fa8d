import { describe, expect, it } from "vitest";
import { CloudReferences, cloudPayload } from "../../../jenkins/payload";
import { apply } from "../../../jenkins/push/apply";
import { exportClouds } from "../../../jenkins/push/export";
import { plan } from "../../../jenkins/push/plan";
import { CloudPayload } from "../../../jenkins/push/request";
import { CloudSettings, RawSettings, readSettings } from "../../../settings";
import type { Existing } from "../../../settings/schema/template";
import { fleetFile } from "../../../settings/export/fleetFile";
import { generations } from "../../../playground/controller/generations";
import { startBench } from "../../groovy/bench";
import { exampleFiles, writtenExample } from "./example";
import { context } from "./support";

/** Nothing may be started: whoever asks this endpoint for an instance is refused. */
const nowhere = "http://127.0.0.1:9/";

function payloadOf(raw: RawSettings, files: Record<string, string> = {}): CloudPayload {
    const clouds = readSettings(raw, context({ ...exampleFiles, ...files })).settings.clouds;
    const cloud = clouds["agents"]!;
    return cloudPayload(cloud, references(cloud));
}

function references({ templates }: CloudSettings): CloudReferences {
    const perTemplate = <Value>(value: (id: string) => Value) =>
        Object.fromEntries(Object.keys(templates).map((id) => [id, value(id)]));
    return {
        owner: "jenkins-ec2-agents/test",
        controller: "team-a",
        follows: [],
        accessKey: { id: "key", secret: "secret" },
        privateKey: "private key",
        securityGroupIds: [],
        templateSecurityGroupIds: perTemplate((id) => templates[id]!.securityGroups.map(found("sg"))),
        subnetIds: perTemplate((id) => templates[id]!.subnets?.map(found("subnet")) ?? ["subnet-0123456789abcdef0"]),
        imageIds: perTemplate(() => "ami-0123456789abcdef0"),
        instanceProfileArns: { "build-agents": "arn:aws:iam::123456789012:instance-profile/build-agents" },
        windowsPasswords: { builder: "password", windows: "password" },
        tags: {},
        secretTexts: [],
    };
}

/** What AWS would find for what is said by name or tags. */
const found = (kind: string) => (which: Existing, position: number) =>
    typeof which === "string" ? which : `${kind}-0123456789abcde0${position}`;

/** The example without what plugins before 2026 cannot do, and with instance types that they know. */
function forOlderPlugins(raw: any): void {
    const { agents } = raw.clouds;
    delete agents.cleanUpOrphanedNodes;
    for (const template of Object.values<any>(agents.templates)) {
        for (const setting of ["enclave", "nestedVirtualization", "terminateIdleDuringShutdown", "reuseOrphans"])
            delete template[setting];
    }
    delete agents.templates.big.metadata.supported;
    agents.templates.big.publicAddress = "SUBNET";
    agents.templates.mac.instanceType = "mac1.metal";
    agents.templates["linux-spot"].instanceType = ["m5.large", "m6i.large"];
    agents.defaults.instanceType = "m5.large";
}

describe.each(generations)("ec2 %s: the example with every setting, pushed and exported", (generation) => {
    it("comes back as settings that change nothing", async () => {
        const raw = writtenExample() as any;
        if (!generation.startsWith("2059")) forOlderPlugins(raw);
        const bench = await startBench({ plugin: generation, awsEndpoint: nowhere });
        try {
            const request = { ...bench.request(), cloud: payloadOf(raw) };
            const { templates } = await apply(request, () => undefined);
            expect(templates).toHaveLength(9);

            const { clouds: exported } = await exportClouds(
                { ...request, cloud: { ...request.cloud, name: "" } },
                () => undefined,
            );
            const path = "fleets/team-a.yaml";
            const controllers = { "team-a": raw.controllers["team-a"] };
            const { yaml, texts, notes } = fleetFile({ path, clouds: exported, controllers });
            expect(notes).toEqual([
                "clouds.agents.templates.windows: its password is to be set: pulumi config set --secret --path 'secrets.windowsPasswords.windows'",
            ]);

            delete raw.controllers["team-a"];
            delete raw.clouds.agents;
            delete raw.access.policy;
            raw.clouds["us-east"].controllers = ["legacy"];
            delete raw.templateSets;
            raw.fleet = path;
            raw.secrets = { ...raw.secrets, windowsPasswords: { windows: "password" } };
            const again = await plan(
                { ...request, cloud: payloadOf(raw, { [path]: yaml, ...texts }) },
                () => undefined,
            );
            expect(again.differences).toEqual([]);
        } finally {
            await bench.stop();
        }
    });
});
