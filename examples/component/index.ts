// Two groups of agents in a program of one's own: builders in the default VPC, and testers in a network that the program makes.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { JenkinsAgents, type inputs } from "jenkins-ec2-agents";

const config = new pulumi.Config();
const main = {
    controllers: { main: { url: config.require("url"), user: config.require("user") } },
    secrets: { tokens: { main: config.requireSecret("token") } },
    network: { ingress: { cidrs: ["10.20.0.0/24"] } },
};
const linux: inputs.TemplateArgs = {
    image: { ssm: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" },
    instanceType: "m7i.large",
};

const buildAgents = new JenkinsAgents("builders", {
    ...main,
    clouds: { builders: { controllers: ["main"], cap: 20, templates: { linux: { ...linux, labels: ["build"] } } } },
    transform: {
        policy: { description: "What the builders' controller may do" },
        securityGroup: (args) => {
            args.tags = pulumi.output(args.tags).apply((tags) => ({ ...tags, "data-class": "internal" }));
        },
    },
});

const vpc = new aws.ec2.Vpc("tests", { cidrBlock: "10.60.0.0/16" });
const subnet = new aws.ec2.Subnet("tests", { vpcId: vpc.id, cidrBlock: "10.60.1.0/24" });
const testAgents = new JenkinsAgents("testers", {
    ...main,
    network: { ...main.network, vpc: { id: vpc.id }, subnets: { ids: [subnet.id] } },
    clouds: { testers: { controllers: ["main"], cap: 5, templates: { linux: { ...linux, labels: ["test"] } } } },
});

/** For other stacks. */
export const clouds = pulumi
    .all([buildAgents.clouds, testAgents.clouds])
    .apply(([ofBuilders, ofTesters]) => ({ ...ofBuilders, ...ofTesters }));

/** By the components' names: what the guard against changes that are too large knows of the last update. */
export const builders = buildAgents.all;
export const testers = testAgents.all;
