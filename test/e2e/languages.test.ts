import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StackOutputs } from "../../component/outputs";
import { newest } from "../../playground/controller/generations";
import { obtainLanguages } from "../../playground/engine/languages";
import type { PulumiStack } from "../../playground/stack";
import { readController } from "../../playground/testing/controller";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";
import { externalController, openStack, projectFolder } from "../../playground/world";
import { withoutAny } from "./support/secrets";

/** The program of another stack, in YAML, that reads what the agents' stack tells. */
const reader = (project: string) => `
name: reader
runtime: yaml
resources:
  agents:
    type: pulumi:pulumi:StackReference
    properties: { name: organization/${project}/own }
outputs:
  group: \${agents.outputs["clouds"]["builders"]["securityGroupId"]}
  version: \${agents.outputs["builders"]["controllers"]["main"]["clouds"]["builders"]["plugin"]}
`;

const languages = [
    {
        language: "yaml",
        source: "Pulumi.yaml",
        misspelt: ["instanceType", "instanceTyp"],
        safety: ["      network:", "      safety: { least: 1 }\n      network:"],
        label: ["labels: [linux]", "labels: [other]"],
    },
    {
        language: "python",
        source: "__main__.py",
        misspelt: ["instance_type", "instance_typ"],
        safety: ["    network=", "    safety=jenkins.SafetyArgs(least=1),\n    network="],
        label: ['labels=["linux"]', 'labels=["other"]'],
    },
] satisfies { language: string; source: string; [change: string]: string | [text: string, other: string] }[];

describe.skipIf(externalController()).each(languages)(
    "the Pulumi package in a program in $language",
    ({ language, source, ...changes }) => {
        let scratch: string;
        let world: TestWorld;
        let stack: PulumiStack;
        const project = () => join(scratch, language);
        const names = async () => {
            const { clouds } = await readController(world.world.controllers[0]!);
            return clouds.map(({ name }) => name);
        };

        /** What an `up` tells of the program with other texts in it, which it refuses. */
        const refused = async (...others: string[][]) => {
            const file = join(project(), source);
            const right = readFileSync(file, "utf8");
            const wrong = others.reduce((text, [one, other]) => text.replace(one!, other!), right);
            writeFileSync(file, wrong);
            const { code, stdout, stderr } = await stack.up({ accept: "any" });
            writeFileSync(file, right);
            expect(code).not.toBe(0);
            return stdout + stderr;
        };

        beforeAll(async () => {
            scratch = mkdtempSync(join(tmpdir(), "languages-"));
            cpSync(join(projectFolder, "examples", "other-languages", language), project(), { recursive: true });
            world = await startTestWorld({ main: { plugin: newest } });
            await obtainLanguages(world.parts.engine, () => undefined);
            const [controller] = world.world.controllers;
            const configFile = join(scratch, "own.yaml");
            writeFileSync(configFile, "");
            stack = await openStack(world.world, world.parts.engine, { stack: "own", configFile, project: project() });
            const configure = (key: string, value: string, options = {}) =>
                stack.configure(`jenkins-agents-in-${language}:${key}`, value, options);
            await stack.configure("aws:region", world.world.region);
            await configure("url", controller!.url);
            await configure("user", controller!.user);
            await configure("token", controller!.token, { secret: true });
            await stack.run(["package", "add", projectFolder]);
        });
        afterAll(async () => {
            await world?.stop();
            rmSync(scratch, { recursive: true });
        });

        test("up makes the cloud, and a second one changes nothing", async () => {
            await stack.up({ preview: true });
            expect(await names()).toEqual(["builders"]);
            expect((await stack.up()).stdout).toMatch(/Resources:\n\s+\d+ unchanged\n/);
        });

        test("the state and the outputs show no secret", async () => {
            const { keys, privateKeys } = (await stack.outputs({ showSecrets: true })) as unknown as {
                keys: StackOutputs["accessKeys"];
                privateKeys: StackOutputs["privateKeys"];
            };
            const secrets = [
                world.world.controllers[0]!.token,
                keys.main!.secretAccessKey,
                ...Object.values(privateKeys),
            ];
            withoutAny(secrets, "the state", await stack.exportState());
            withoutAny(secrets, "the outputs", JSON.stringify(await stack.outputs()));
        });

        test("a second stack reads the outputs", async () => {
            const { clouds } = (await stack.outputs()) as unknown as { clouds: StackOutputs["clouds"] };
            const folder = join(scratch, "reader");
            mkdirSync(folder);
            writeFileSync(join(folder, "Pulumi.yaml"), reader(`jenkins-agents-in-${language}`));
            const configFile = join(scratch, "reader.yaml");
            writeFileSync(configFile, "");
            const second = await openStack(world.world, world.parts.engine, {
                stack: "reader",
                configFile,
                project: folder,
            });
            await second.up();
            expect(await second.outputs({ showSecrets: true })).toEqual({
                group: clouds.builders!.securityGroupId,
                version: newest,
            });
        });

        test("plan, status and check work in the program's folder", async () => {
            const { PATH, ...environment } = stack.environment;
            const command = async (name: string) => {
                const given = [name, "--json", "--stack", "own", "--config-file", stack.options.configFile];
                const { stdout } = await promisify(execFile)(
                    process.execPath,
                    [join(projectFolder, "start.cjs"), ...given],
                    {
                        cwd: project(),
                        env: { ...process.env, ...environment, PATH: PATH ?? process.env.PATH },
                    },
                );
                return JSON.parse(stdout) as { summary: Record<string, number>; errors: unknown[] };
            };
            expect(await command("plan")).toMatchObject({ summary: { pushes: 1, same: 1 }, errors: [] });
            expect(await command("check")).toMatchObject({ summary: { failed: 0, untried: 0 }, errors: [] });
            expect(await command("status")).toMatchObject({ controllers: [{ id: "main" }] });
        });

        test("a misspelt setting, a wrong value and a change that is too large are refused, and change nothing", async () => {
            expect(await refused(changes.misspelt)).toMatch(new RegExp(`${changes.misspelt[1]}\\b`));
            expect(await refused(["m7i.large", "m7i.enormous"])).toContain(
                "clouds.builders.templates.linux.instanceType: m7i.enormous",
            );
            expect(await refused(changes.safety, changes.label)).toContain(
                "1 of 1 templates would be removed or changed",
            );
            expect(await names()).toEqual(["builders"]);
        });

        test("destroy leaves nothing", async () => {
            await stack.destroy();
            expect(await names()).toEqual([]);
            const { Policies = [] } = await world.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
            expect(Policies).toEqual([]);
        });
    },
);
