// Lets the agents into an artifact cache of this stack's own: the agents' stack says which security group they are in.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackOutputs } from "../../component/outputs";

const config = new pulumi.Config();
const agents = new pulumi.StackReference(config.require("agentsStack"));
const clouds = agents.requireOutput("clouds") as pulumi.Output<StackOutputs["clouds"]>;
const cloud = clouds.apply((all) => {
    const name = config.require("cloud");
    const found = all[name];
    if (!found) throw new Error(`The agents' stack has no cloud ${name}; it has ${Object.keys(all).join(", ")}.`);
    const [group] = found.securityGroupIds;
    if (!group)
        throw new Error(`The agents of ${name} are in no common security group; only their templates say some.`);
    return { vpcId: found.vpcId, group };
});

const cache = new aws.ec2.SecurityGroup("artifact-cache", {
    description: "Artifact cache of the builds",
    vpcId: cloud.vpcId,
});
new aws.vpc.SecurityGroupIngressRule("agents", {
    securityGroupId: cache.id,
    referencedSecurityGroupId: cloud.group,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    description: "Jenkins agents",
});

export const cacheSecurityGroupId = cache.id;
/** Which controllers have agents, and of which templates. */
export const templates = agents
    .requireOutput("controllers")
    .apply((controllers: StackOutputs["controllers"]) =>
        Object.fromEntries(
            Object.entries(controllers).map(([id, { clouds }]) => [
                id,
                Object.values(clouds).flatMap(({ templates }) => templates),
            ]),
        ),
    );
