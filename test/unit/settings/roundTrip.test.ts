import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cloudPayload } from "../../../jenkins/payload";
import type { CloudReferences } from "../../../jenkins/payload/references";
import { apply } from "../../../jenkins/push/apply";
import { liveClouds } from "../../../cli/export/liveClouds";
import { plan } from "../../../jenkins/preview/compare";
import { CloudPayload } from "../../../jenkins/push/request";
import { CloudSettings, RawSettings, readSettings, StackSettings } from "../../../settings";
import { mapValues } from "../../../settings/collections";
import { fleetFile } from "../../../cli/export/fleetFile";
import { generations, newest } from "../../../playground/controller/generations";
import { benchOfEachGeneration } from "../../groovy/bench";
import { exampleFiles, writtenExample } from "./example";
import { lacks } from "../../../settings/plugin/lacks";
import { exampleFleets, projectFile, readFleet } from "./exampleFleets";
import { context } from "./support";

/** Nothing may be started: whoever asks this endpoint for an instance is refused. */
const nowhere = "http://127.0.0.1:9/";

/** The clouds of the settings as the plugin is to have them, in their order. */
function payloadsOf(settings: StackSettings): CloudPayload[] {
    const clouds = Object.values(settings.clouds);
    return clouds.map((cloud, index) => {
        const follows = clouds.slice(0, index).map(({ name }) => name);
        return cloudPayload(cloud, { ...references(cloud), follows, secretTexts: settings.secretTexts });
    });
}

function readExample(raw: RawSettings, files: Record<string, string> = {}): StackSettings {
    return readSettings(raw, context({ ...exampleFiles, ...files })).settings;
}

const payloadOf = (settings: StackSettings) => payloadsOf(settings).find(({ name }) => name === "agents")!;

/** What AWS would answer: the same for whoever asks for the same. */
function references({ identity, keyPair, network, templates }: CloudSettings): CloudReferences {
    return {
        owner: "jenkins-ec2-agents/test",
        controller: "team-a",
        follows: [],
        accessKey: identity.credentialsId === undefined ? { id: "key", secret: "secret" } : undefined,
        privateKey: keyPair.credentialsId === undefined ? "private key" : undefined,
        securityGroupIds: network.securityGroups.map((group) => found("sg", group)),
        templateSecurityGroupIds: mapValues(templates, (template) =>
            template.securityGroups.map((group) => found("sg", group)),
        ),
        subnetIds: mapValues(templates, ({ subnets, zones }) =>
            (subnets ?? [{ in: network.subnets, zones }]).map((subnet) => found("subnet", subnet)),
        ),
        imageIds: mapValues(templates, ({ image }) => (image.kind === "id" ? image.id : found("ami", image))),
        instanceProfileArns: mapValues({ "build-agents": "", "build-agent": "" }, (_, name) => `${profiles}/${name}`),
        windowsPasswords: { builder: "password", windows: "password" },
        tags: {},
        secretTexts: [],
    };
}

const profiles = "arn:aws:iam::123456789012:instance-profile";

const found = (kind: string, sought: unknown) =>
    typeof sought === "string"
        ? sought
        : `${kind}-0${createHash("sha256").update(JSON.stringify(sought)).digest("hex").slice(0, 16)}`;

/** The example without what an older generation lacks, and with instance types that it knows. */
function forOlderPlugin(raw: any, generation: string): void {
    const { agents } = raw.clouds;
    for (const { setting } of lacks(generation, readExample(raw))) {
        const path = setting.split(".");
        for (const part of [agents, ...Object.values<any>(agents.templates)]) {
            delete path.slice(0, -1).reduce((inner, key) => inner?.[key] ?? {}, part)[path.at(-1)!];
        }
    }
    agents.templates.mac.instanceType = "mac1.metal";
    agents.templates["linux-spot"].instanceType = ["m5.large", "m6i.large"];
    agents.defaults.instanceType = "m5.large";
}

const benchOf = benchOfEachGeneration(() => ({ awsEndpoint: nowhere }));

describe.each(generations)("ec2 %s: the example with every setting, pushed and exported", (generation) => {
    it("comes back as settings that change nothing", async () => {
        const raw = writtenExample() as any;
        if (generation !== newest) forOlderPlugin(raw, generation);
        const bench = benchOf(generation);
        const request = { ...bench.request(), cloud: payloadOf(readExample(raw)) };
        const { templates } = await apply(request, () => undefined);
        expect(templates).toHaveLength(9);

        const { clouds: exported } = await liveClouds(request.controller, "", () => undefined);
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
            { ...request, cloud: payloadOf(readExample(raw, { [path]: yaml, ...texts })) },
            () => undefined,
        );
        expect(again.differences).toEqual([]);
    });
});

const lines = (text: string) => text.split("\n").length;

describe.each(Object.entries(exampleFleets))("the example fleet %s, pushed and exported", (_, fleet) => {
    it("comes back as a fleet file that changes nothing", async () => {
        const { settings } = readFleet(fleet);
        const bench = benchOf(newest);
        await bench.run("clear.groovy");
        await bench.run("byHand.groovy");
        const request = bench.request();
        for (const cloud of payloadsOf(settings)) await apply({ ...request, cloud }, () => undefined);

        const { clouds } = await liveClouds(request.controller, "", () => undefined);
        const path = "fleets/exported.yaml";
        const [[id = "", { url, user }] = ["", { url: "", user: "" }]] = Object.entries(settings.controllers);
        const keepCredentials = Object.values(settings.clouds).some(({ keyPair }) => keyPair.credentialsId);
        const { yaml, texts } = fleetFile({ path, clouds, controllers: { [id]: { url, user } }, keepCredentials });

        expect(lines(yaml)).toBeLessThan(3 * lines(projectFile(fleet.path)!));
        const raw = { fleet: path, secrets: fleet.secrets, silence: settings.silence };
        const exported = readSettings(raw, context({ [path]: yaml, ...texts })).settings;
        expect(Object.keys(exported.clouds)).toEqual(Object.keys(settings.clouds));
        for (const cloud of payloadsOf(exported)) {
            expect((await plan({ ...request, cloud }, () => undefined)).differences).toEqual([]);
        }
    });
});
