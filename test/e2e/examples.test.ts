import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import {
    CopyImageCommand,
    DescribeKeyPairsCommand,
    DescribeSecurityGroupsCommand,
    RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import { GetAccountAuthorizationDetailsCommand, ListPoliciesCommand, type IAMClient } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { broadActions } from "../../iam/broadPolicy";
import type { StackOutputs } from "../../component/outputs";
import type { PulumiStack } from "../../playground/stack";
import { externalController, openStack, projectFolder } from "../../playground/world";
import { makeByHand } from "./support/by-hand";
import { startCodeHost, type CodeHost } from "./support/code-host";
import { readController, runScript } from "../../playground/testing/controller";
import { editCloud } from "./support/edit";
import { addControllers } from "../../playground/testing/many";
import { cloneProject } from "./support/project";
import { secretsOf, withoutAny } from "./support/secrets";
import { administratorElsewhere } from "./support/session";
import { startTestWorld, type TestWorld } from "../../playground/testing/test-world";

const namespace = "jenkins-ec2-agents:";

// They want controllers whose whole set-up is known.
describe.skipIf(externalController())("examples and recipes, in a clone of the project", () => {
    let world: TestWorld;
    /** The salt of the passphrase and the controllers' token under it: encrypted once, as each takes a call of the engine. */
    let encrypted: { encryptionsalt: string; token: object };
    /** The stack of the running test until it is destroyed. */
    let deployed: PulumiStack | undefined;
    const clone = () => world.world.directory;
    const controller = (number = 0) => world.world.controllers[number]!;
    const cloudsOf = async (number = 0) =>
        (await readController(controller(number))).clouds.map(({ name, parameters }) => ({
            name,
            ...parameters,
            templates: parameters.templates,
        }));
    const templatesOf = async (cloud: string) =>
        (await cloudsOf()).find(({ name }) => name === cloud)!.templates as Record<string, any>[];

    /** The stack of an example's file, with the tokens set, not deployed yet. */
    const open = async (folder: string, stack = folder) => {
        const file = parse(readFileSync(join(clone(), "examples", folder, "Pulumi.example.yaml"), "utf8")) as {
            config: Record<string, any>;
            encryptionsalt?: string;
        };
        file.encryptionsalt = encrypted.encryptionsalt;
        const ids = Object.keys((file.config[`${namespace}controllers`] as object | undefined) ?? { "team-a": {} });
        file.config[`${namespace}secrets`] = {
            tokens: Object.fromEntries(ids.map((id) => [id, encrypted.token])),
        };
        const configFile = join(clone(), `Pulumi.${stack}.yaml`);
        writeFileSync(configFile, stringify(file, { aliasDuplicateObjects: false }));
        deployed = await openStack(world.world, world.parts.engine, { stack, configFile, project: clone() });
        return deployed;
    };
    const deploy = async (...how: Parameters<typeof open>) => {
        const stack = await open(...how);
        await stack.up();
        return stack;
    };
    /** What the examples' stacks have made in an account, by name; the administrator's and what was there before is left out. */
    const made = async (iam: IAMClient, ec2 = world.ec2) => {
        const details = await iam.send(
            new GetAccountAuthorizationDetailsCommand({ Filter: ["User", "Group", "Role"] }),
        );
        const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
        const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}));
        const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
        const names = (all: (string | undefined)[]) =>
            all.filter((name) => name!.startsWith("jenkins-aws")).sort() as string[];
        return {
            policies: names(Policies.map(({ PolicyName }) => PolicyName)),
            groups: names((details.GroupDetailList ?? []).map(({ GroupName }) => GroupName)),
            users: names((details.UserDetailList ?? []).map(({ UserName }) => UserName)),
            roles: names((details.RoleDetailList ?? []).map(({ RoleName }) => RoleName)),
            keyPairs: names(KeyPairs.map(({ KeyName }) => KeyName)),
            securityGroups: names(SecurityGroups.map(({ GroupName }) => GroupName)),
        };
    };
    const nothing = { policies: [], groups: [], users: [], roles: [], keyPairs: [], securityGroups: [] };
    /** As the README's `Undo` says. */
    const undo = async (stack: PulumiStack) => {
        await stack.destroy();
        deployed = undefined;
        expect(await made(world.iam)).toEqual(nothing);
        expect(await cloudsOf()).toEqual([]);
    };
    /**
     * Runs a script in the clone, with the stack's engine and an `aws` on the PATH. `--norc`: Node's pipe is a socket, for
     * which bash reads ~/.bashrc, and that may put another `aws` first.
     */
    const shell = async (command: string, stack: PulumiStack, more: Record<string, string> = {}) => {
        const path = [join(clone(), "bin"), dirname(stack.options.engine.command), process.env.PATH].join(delimiter);
        const env = { ...process.env, ...stack.environment, PATH: path, ...more };
        return promisify(execFile)("bash", ["--norc", "-eo", "pipefail", "-c", command], { cwd: clone(), env }).then(
            ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
            (error: { code: number; stdout: string; stderr: string }) => ({
                code: error.code,
                output: error.stdout + error.stderr,
            }),
        );
    };

    beforeAll(async () => {
        world = await startTestWorld({});
        await addControllers(world.world, ["team-a", "team-b", "team-c"]);
        cloneProject(world.world);
        const configFile = join(clone(), "Pulumi.secret.yaml");
        writeFileSync(configFile, "");
        const stack = await openStack(world.world, world.parts.engine, {
            stack: "secret",
            configFile,
            project: clone(),
        });
        await stack.configure("token", controller().token, { secret: true });
        const { encryptionsalt, config } = parse(readFileSync(configFile, "utf8")) as {
            encryptionsalt: string;
            config: Record<string, object>;
        };
        encrypted = { encryptionsalt, token: config[`${namespace}token`]! };
    });
    afterAll(() => world?.stop());

    describe("examples", () => {
        // What a failed test leaves would fail all that follow.
        afterEach(async () => {
            await deployed?.destroy({ accept: "any" });
            deployed = undefined;
        });

        test("each folder is deployed here or by another test", () => {
            const folders = readdirSync(join(projectFolder, "examples"), { withFileTypes: true })
                .filter((entry) => entry.isDirectory())
                .map(({ name }) => name);
            const text = readFileSync(__filename, "utf8");
            // package, other-stacks, static-agents and languages.test.ts; the recipes below; every-setting names every setting once, for
            // test/unit/settings: no stack can have all of them.
            const elsewhere = ["component", "consumer", "static-agents", "other-languages", "ci", "every-setting"];
            for (const folder of folders)
                expect(elsewhere.includes(folder) || text.includes(`("${folder}"`)).toBe(true);
        });

        test("first-fleet", async () => {
            const stack = await deploy("first-fleet");
            expect(await made(world.iam)).toEqual({
                policies: ["jenkins-aws"],
                groups: ["jenkins-aws"],
                users: ["jenkins-aws-team-a"],
                roles: [],
                keyPairs: ["jenkins-aws"],
                securityGroups: ["jenkins-aws-agents"],
            });
            const { policyArn } = (await stack.outputs()) as unknown as StackOutputs;
            expect(policyArn).toContain(":policy/jenkins-aws");
            expect(broadActions).toHaveLength(17);
            const { credentials } = await readController(controller());
            expect(credentials.map(({ id }) => id).sort()).toEqual(["agents-aws", "agents-ssh"]);
            expect(await templatesOf("agents")).toMatchObject([
                {
                    description: "linux",
                    labelString: "linux",
                    initScript: "sudo dnf install --assumeyes git java-21-amazon-corretto-headless",
                    idleTerminationMinutes: "30",
                    stopOnTerminate: false,
                },
            ]);
            await undo(stack);
        });

        test("spot", async () => {
            const stack = await deploy("spot");
            const templates = await templatesOf("spot");
            expect(templates.map(({ description, labelString }) => [description, labelString])).toEqual([
                ["cheap-m7i.large", "linux"],
                ["cheap-m6i.large", "linux"],
                ["on-demand", "linux"],
            ]);
            expect(
                templates.map(({ spotConfig }) => (spotConfig as Record<string, unknown> | null)?.useBidPrice),
            ).toEqual([false, false, undefined]);
            await undo(stack);
        });

        test("windows", async () => {
            const { ImageId } = await world.ec2.send(
                // One of the emulator's own Windows images: one that is registered is of no platform there.
                new CopyImageCommand({
                    Name: "jenkins-agent-windows-2026.1",
                    SourceImageId: "ami-b7e93bce",
                    SourceRegion: "eu-central-1",
                }),
            );
            const stack = await deploy("windows");
            expect(await templatesOf("windows")).toMatchObject([
                { ami: ImageId, remoteAdmin: "Administrator", remoteFS: "C:\\Jenkins", launchTimeoutStr: "900" },
            ]);
            const { SecurityGroups = [] } = await world.ec2.send(
                new DescribeSecurityGroupsCommand({
                    Filters: [{ Name: "group-name", Values: ["jenkins-aws-windows-windows"] }],
                }),
            );
            expect(
                SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions.map(({ FromPort }) => FromPort)),
            ).toEqual([22]);
            await undo(stack);
        });

        test("many-controllers", async () => {
            const stack = await open("many-controllers");
            const { stdout } = await stack.up();
            for (const id of ["team-a", "team-b", "team-c"]) {
                expect(stdout).toMatch(new RegExp(`^ *${id} +shared +in place`, "m"));
            }
            expect((await made(world.iam)).users).toEqual([
                "jenkins-aws-many-team-a",
                "jenkins-aws-many-team-b",
                "jenkins-aws-many-team-c",
            ]);
            for (const number of [0, 1, 2])
                expect((await cloudsOf(number)).map(({ name }) => name)).toEqual(["shared"]);
            await undo(stack);
        });

        test("cross-account", async () => {
            const elsewhere = await administratorElsewhere(world.world.emulator, "222222222222", "deploy-agents");
            const stack = await deploy("cross-account");
            expect(await made(world.iam)).toEqual(nothing);
            const there = await made(elsewhere);
            expect(there).toMatchObject({
                groups: ["jenkins-aws-builds-assume"],
                users: ["jenkins-aws-builds-team-a"],
                roles: ["jenkins-aws-builds"],
            });
            const [cloud] = await cloudsOf();
            expect(cloud).toMatchObject({
                name: "builds",
                roleArn: "arn:aws:iam::222222222222:role/jenkins-aws-builds",
            });
            await undo(stack);
            expect(await made(elsewhere)).toEqual(nothing);
        });

        test("ssm-images", async () => {
            const stack = await deploy("ssm-images");
            const images = (await templatesOf("al2023")).map(({ ami }) => ami as string);
            expect(new Set(images).size).toBe(2);
            const { images: said } = (await stack.outputs()) as unknown as StackOutputs;
            expect(JSON.stringify(said)).toContain(images[0]);
            for (const template of ["x86", "arm"]) {
                await stack.configure(`${namespace}clouds.al2023.templates.${template}.image.refresh`, "2");
            }
            await stack.up();
            await undo(stack);
        });

        test("warm-spares", async () => {
            const stack = await deploy("warm-spares");
            expect(await templatesOf("warm")).toMatchObject([
                {
                    minimumNumberOfInstances: 2,
                    minimumNumberOfInstancesTimeRangeConfig: {
                        minimumNoInstancesActiveTimeRangeFrom: "07:30",
                        minimumNoInstancesActiveTimeRangeTo: "18:00",
                        monday: true,
                        tuesday: true,
                        wednesday: true,
                        thursday: true,
                        friday: true,
                        saturday: false,
                        sunday: false,
                    },
                    minimumNumberOfSpareInstances: 0,
                    idleTerminationMinutes: "30",
                    stopOnTerminate: false,
                },
            ]);
            await undo(stack);
        });

        test("hot-spares", async () => {
            const stack = await deploy("hot-spares");
            const [cloud] = await cloudsOf();
            expect(cloud).toMatchObject({
                roundRobinTemplatesByLabel: true,
                hotSpareConfigsByLabel: [{ label: "linux", baseHotSpares: 1, maxHotSpares: 4, gracePeriodMinutes: 10 }],
            });
            expect((await templatesOf("hot")).map(({ hotSpareWeight }) => hotSpareWeight)).toEqual([3, 1]);
            await undo(stack);
        });

        test("fleets", async () => {
            const stack = await deploy("fleets");
            const clouds = await cloudsOf();
            expect(clouds.map(({ name }) => name)).toEqual(["zone-a", "zone-b"]);
            for (const { name, templates } of clouds) {
                expect(templates.map(({ description, zone }) => [description, zone])).toEqual([
                    ["spot", `eu-central-1${name.at(-1)}`],
                    ["on-demand", `eu-central-1${name.at(-1)}`],
                ]);
            }
            expect((await made(world.iam)).securityGroups).toEqual([
                "jenkins-aws-fleets-zone-a",
                "jenkins-aws-fleets-zone-b",
            ]);
            await undo(stack);
        });

        test("image-pipeline", async () => {
            makeAws(join(clone(), "bin"), world);
            const stack = await open("image-pipeline");
            const bake = async (Name: string) =>
                (await world.ec2.send(new RegisterImageCommand({ Name, Architecture: "x86_64" }))).ImageId!;
            const publish = (image: string, run: number) =>
                shell(`examples/image-pipeline/publish.sh ${image} ${run}`, stack);
            const images = [await bake("first"), await bake("second")];
            for (const [run, image] of images.entries()) {
                const { code, output } = await publish(image, run + 1);
                expect(code, output).toBe(0);
                expect(await templatesOf("pipeline")).toMatchObject([{ ami: image }]);
            }
            await undo(stack);
        });

        test("takeover", async () => {
            await makeByHand(world, controller());
            const before = await templatesOf("fleet");
            const stack = await open("takeover");
            const { url, user, token } = controller();
            const written = await shell(
                "npm run -s jenkins -- export --controller team-a --output examples/takeover/fleet.yaml",
                stack,
                { JENKINS_URL: url, JENKINS_USER: user, JENKINS_TOKEN: token },
            );
            expect(written.code, written.output).toBe(0);
            await stack.up();
            expect((await templatesOf("fleet")).map(({ description }) => description)).toEqual(
                before.map(({ description }) => description),
            );
            const ids = (await readController(controller())).credentials.map(({ id }) => id);
            expect(ids).toEqual(expect.arrayContaining(["fleet-aws", "fleet-ssh"]));
        });
    });

    describe("the recipes of examples/ci/README.md", () => {
        let stack: PulumiStack;
        let host: CodeHost;
        const label = async () => (await templatesOf("agents"))[0]!.labelString as string;
        const say = (name: string) => {
            const file = stack.options.configFile;
            writeFileSync(file, readFileSync(file, "utf8").replace(/labels:\n *- .*|labels: .*/, `labels: [${name}]`));
        };
        const environments = (): Record<string, Record<string, string>> => ({
            GitHub: { GITHUB_API_URL: host.url, GITHUB_REPOSITORY: "team/agents", PULL_REQUEST: "7" },
            GitLab: { CI_API_V4_URL: host.url, CI_PROJECT_ID: "12", CI_MERGE_REQUEST_IID: "7" },
            Jenkins: { GITHUB_API_URL: host.url, GITHUB_REPOSITORY: "of/jenkins", PULL_REQUEST: "7" },
        });
        const lists: Record<string, { comments: string; issues: string }> = {
            GitHub: { comments: "/repos/team/agents/issues/7/comments", issues: "/repos/team/agents/issues" },
            GitLab: { comments: "/projects/12/merge_requests/7/notes", issues: "/projects/12/issues" },
            Jenkins: { comments: "/repos/of/jenkins/issues/7/comments", issues: "/repos/of/jenkins/issues" },
        };
        let recipes: Record<string, Record<"preview" | "deploy" | "drift", string>>;
        const run = (service: string, step: "preview" | "deploy" | "drift") =>
            shell(recipes[service]![step], stack, {
                STACK: "prod",
                REPORT_TOKEN: `token-of-${service}`,
                ...environments()[service],
            });

        beforeAll(async () => {
            host = await startCodeHost();
            stack = await open("first-fleet", "prod");
            recipes = {
                GitHub: githubSteps(),
                GitLab: gitlabSteps(),
                Jenkins: jenkinsSteps(await readJenkinsfile()),
            };
        });
        afterAll(() => host?.stop());

        const readJenkinsfile = async () => {
            const data = readFileSync(join(projectFolder, "examples", "ci", "Jenkinsfile")).toString("base64");
            const script = readFileSync(join(__dirname, "support", "jenkinsfile.groovy"), "utf8");
            return JSON.parse(await runScript(controller(), script.replace("DATA", data))) as Noted;
        };

        test("the Jenkinsfile is declarative: a deployment waits for an approval, for the one before it, and is not cut", async () => {
            const file = await readJenkinsfile();
            expect(file.below.map(({ name }) => name)).toEqual(["pipeline"]);
            const [pipeline] = file.below;
            expect(names(pipeline!)).toEqual(["agent", "options", "triggers", "environment", "stages"]);
            expect(names(find(pipeline!, "options")[0]!)).toEqual(["disableConcurrentBuilds"]);
            const stages = find(pipeline!, "stage").filter(
                ({ below }) => !names({ below } as Noted).includes("matrix"),
            );
            expect(stages.map(({ given }) => given[0])).toEqual([
                "Let preview",
                "Preview",
                "Approve",
                "Deploy",
                "Drift",
            ]);
            for (const stage of stages) {
                for (const name of names(stage)) expect(["when", "agent", "options", "steps"]).toContain(name);
            }
            const [, , approve, deploy] = stages;
            expect(find(approve!, "input")[0]!.given[0]).toMatchObject({ submitter: "deployers" });
            expect(find(deploy!, "timeout")).toEqual([]);
        });

        test("all three run the same commands", () => {
            expect(recipes.GitLab).toEqual(recipes.GitHub);
            expect(recipes.Jenkins).toEqual(recipes.GitHub);
        });

        test("preview: a comment with what changes in AWS and in Jenkins, brought up to date by the next run", async () => {
            for (const service of ["GitLab", "Jenkins"]) {
                const { code, output } = await run(service, "preview");
                expect(code, output).toBe(0);
                const [comment, ...others] = host.said[lists[service]!.comments]!;
                expect(others).toEqual([]);
                expect(comment!.body).toMatch(
                    /^### Preview of prod\n\n\*\*Resources:\*\* \d+ to create\n[^]*\n\n```text\n/,
                );
                expect(comment!.body).toContain("+ template linux");
                expect(comment!.body).toContain("aws:iam:Policy");
            }
            expect(await cloudsOf()).toEqual([]);
        });

        test("deployment, and a wrong push that is reverted", async () => {
            expect((await run("GitHub", "deploy")).code).toBe(0);
            expect(await label()).toBe("linux");
            say("wrong");
            expect((await run("GitLab", "preview")).code).toBe(0);
            const comments = host.said[lists.GitLab!.comments]!;
            expect(comments).toHaveLength(1);
            expect(comments[0]!.body).toContain("~ linux.labels: linux -> wrong");
            expect((await run("GitLab", "deploy")).code).toBe(0);
            expect(await label()).toBe("wrong");
            say("linux");
            expect((await run("Jenkins", "deploy")).code).toBe(0);
            expect(await label()).toBe("linux");
        });

        test("drift: no issue while nothing differs; then one, whatever number of nights; secrets are in none", async () => {
            expect((await run("GitHub", "drift")).code).toBe(0);
            expect(host.said[lists.GitHub!.issues]).toBeUndefined();
            await editCloud(controller(), "agents", { templates: { linux: { labelString: "edited" } } });
            for (const service of ["GitHub", "GitLab", "GitLab"]) {
                expect((await run(service, "drift")).code).toBe(2);
                const [issue, ...others] = host.said[lists[service]!.issues]!;
                expect(others).toEqual([]);
                expect(issue!.title).toBe("Drift of prod");
                expect(issue!.body ?? issue!.description).toContain("~ linux.labels: edited -> linux");
            }
            expect([...host.tokens].sort()).toEqual([
                "Bearer token-of-GitHub",
                "Bearer token-of-Jenkins",
                "token-of-GitLab",
            ]);
            withoutAny(await secretsOf(stack, world.world), "what was said", JSON.stringify(host.said));
        });
    });
});

/** An `aws` for scripts: the emulator's own boto3, which takes the same operations and options. */
function makeAws(folder: string, { parts }: TestWorld): void {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "aws");
    if (existsSync(file)) return;
    const program = readFileSync(join(__dirname, "support", "aws.py"), "utf8");
    writeFileSync(file, `#!${join(parts.emulator, "bin", "python")}\n${program}`);
    chmodSync(file, 0o755);
}

/** What a Jenkinsfile calls, with what it is given, and what stands in its braces. */
interface Noted {
    name: string;
    given: unknown[];
    below: Noted[];
}

const names = ({ below }: Noted) => below.map(({ name }) => name);
const find = (noted: Noted, name: string): Noted[] =>
    noted.below.flatMap((one) => [...(one.name === name ? [one] : []), ...find(one, name)]);

/** The steps that are the project's own: what installs and signs in is the service's. */
const own = (lines: string[]) => lines.filter((line) => line.startsWith("examples/ci/")).join("\n");

function githubSteps() {
    const steps = (name: string) => {
        const file = join(projectFolder, ".github", "workflows", `${name}.yml`);
        const { jobs } = parse(readFileSync(file, "utf8")) as { jobs: Record<string, { steps: { run?: string }[] }> };
        return own(jobs[name]!.steps.flatMap(({ run = "" }) => run.split("\n")));
    };
    return { preview: steps("preview"), deploy: steps("deploy"), drift: steps("drift") };
}

function gitlabSteps() {
    const file = parse(readFileSync(join(projectFolder, "examples", "ci", "gitlab-ci.yml"), "utf8")) as Record<
        string,
        { script: string[] }
    >;
    const steps = (name: string) => own(file[name]!.script);
    return { preview: steps("preview"), deploy: steps("deploy"), drift: steps("drift") };
}

function jenkinsSteps(file: Noted) {
    const steps = (name: string) =>
        own(
            find(file, "stage")
                .filter(({ given }) => given[0] === name)
                .flatMap((stage) => find(stage, "sh").map(({ given }) => given[0] as string)),
        );
    return { preview: steps("Preview"), deploy: steps("Deploy"), drift: steps("Drift") };
}
