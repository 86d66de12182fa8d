// The main job on an AWS account and a Jenkins of one's own: docs/real-account.md#by-a-workflow says what it costs and needs.
//   node --import tsx test/acceptance/main.ts        deploys, builds once, changes, destroys, looks for what is left
//   node --import tsx test/acceptance/main.ts end    destroys what a run that was broken off has left
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { PulumiStack } from "../../playground/stack";
import { buildOnce } from "./job";
import { leftInAws } from "./left";
import { end, live, messageOf, type Place } from "./life";

const project = join(__dirname, "..", "..");
const report = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
    const place = await placeOf(process.env);
    if (process.argv[2] !== "end") return live(place, report);
    const problems = await end(place, report);
    if (problems.length > 0) throw new Error(problems.join("\n\n"));
}

/** The stack, its state in `.acceptance`, with the controller and the network of the environment. */
async function placeOf(environment: NodeJS.ProcessEnv): Promise<Place> {
    const said = (name: string) => {
        const value = environment[name];
        if (!value) throw new Error(`${name} is not set.`);
        return value;
    };
    const login = { url: said("JENKINS_URL"), user: said("JENKINS_USER"), token: said("JENKINS_TOKEN") };
    const region = said("AWS_REGION");
    const directory = join(project, ".acceptance");
    const configFile = join(directory, "Pulumi.acceptance.yaml");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!existsSync(configFile)) copyFileSync(join(__dirname, "Pulumi.acceptance.yaml"), configFile);
    const stack = new PulumiStack({
        engine: { command: "pulumi", environment: {} },
        project,
        stack: "acceptance",
        configFile,
        directory,
        passphrase: said("PULUMI_CONFIG_PASSPHRASE"),
        environment: {},
    });
    await stack.initialize();
    const settings = {
        "aws:region": region,
        "jenkins-ec2-agents:controllers.acceptance.url": login.url,
        "jenkins-ec2-agents:controllers.acceptance.user": login.user,
        "jenkins-ec2-agents:controllers.acceptance.addresses[0]": said("AGENTS_ARE_REACHED_FROM"),
        "jenkins-ec2-agents:clouds.acceptance.templates.small.instanceType": said("INSTANCE_TYPE"),
    };
    for (const [key, value] of Object.entries(settings)) await stack.configure(key, value);
    await stack.configure("jenkins-ec2-agents:secrets.tokens.acceptance", login.token, { secret: true });
    const aws = { ec2: new EC2Client({ region }), iam: new IAMClient({ region }) };
    return { stack, build: (label) => buildOnce(login, label, report), left: () => leftInAws(aws) };
}

main().catch((error: unknown) => {
    report(messageOf(error));
    process.exitCode = 1;
});
