import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { broadPolicy } from "../../iam/broadPolicy";
import { PulumiStack } from "../../playground/stack";
import { projectFolder } from "../../playground/world";

/**
 * The floor: a plain Pulumi program that makes the same resources as the stack, checks nothing and runs `node -e 0` where the
 * stack runs a push. No program that makes these resources can be faster.
 */
export async function openFloor(stack: PulumiStack, controllers: number): Promise<PulumiStack> {
    const project = join(stack.options.directory, "floor");
    mkdirSync(project);
    symlinkSync(join(projectFolder, "node_modules"), join(project, "node_modules"));
    const runtime = { name: "nodejs", options: { typescript: false } };
    writeFileSync(join(project, "Pulumi.yaml"), stringify({ name: "floor", runtime, main: "index.js" }));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "floor", version: "1.0.0" }));
    writeFileSync(join(project, "index.js"), program(controllers));
    const configFile = join(stack.options.directory, "Pulumi.floor.yaml");
    writeFileSync(configFile, stringify({ config: { "aws:region": "eu-central-1", "floor:label": "first" } }));
    const floor = new PulumiStack({ ...stack.options, project, stack: "floor", configFile });
    await floor.initialize();
    return floor;
}

const program = (controllers: number) => `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const tls = require("@pulumi/tls");
const { local } = require("@pulumi/command");

const label = new pulumi.Config().require("label");
const policy = new aws.iam.Policy("floor", { name: "floor", policy: ${JSON.stringify(JSON.stringify(broadPolicy()))} });
const group = new aws.iam.Group("floor", { name: "floor" });
const attachment = new aws.iam.GroupPolicyAttachment("floor", { group: group.name, policyArn: policy.arn });
const privateKey = new tls.PrivateKey("floor", { algorithm: "RSA", rsaBits: 4096 });
const keyPair = new aws.ec2.KeyPair("floor", { keyName: "floor", publicKey: privateKey.publicKeyOpenssh });
const securityGroup = new aws.ec2.SecurityGroup("floor", { name: "floor", description: "floor" });
const everything = { securityGroupId: securityGroup.id, ipProtocol: "-1" };
const rules = [
    new aws.vpc.SecurityGroupEgressRule("floor-4", { ...everything, cidrIpv4: "0.0.0.0/0" }),
    new aws.vpc.SecurityGroupEgressRule("floor-6", { ...everything, cidrIpv6: "::/0" }),
    new aws.vpc.SecurityGroupIngressRule("floor", {
        securityGroupId: securityGroup.id, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "10.20.0.0/24",
    }),
];
for (let index = 1; index <= ${controllers}; index++) {
    const name = "floor-" + index;
    const user = new aws.iam.User(name, { name });
    const membership = new aws.iam.UserGroupMembership(name, { user: user.name, groups: [group.name] });
    const accessKey = new aws.iam.AccessKey(name, { user: user.name });
    const stdin = pulumi.secret(pulumi.all([accessKey.secret, privateKey.privateKeyOpenssh]).apply((keys) => keys + label));
    const [create, update, remove] = Array(3).fill("node -e 0");
    new local.Command(name, { create, update, delete: remove, stdin }, { dependsOn: [attachment, membership, keyPair, ...rules] });
}
`;
