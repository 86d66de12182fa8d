import { z } from "zod";
import {
    filledText,
    isTrue,
    optionalTextCodec,
    parameterCodec,
    scalar,
    textOf,
    type Codec,
    type PluginObject,
} from "./codec";
import { agentRole } from "./agentRole";
import { identifier, matching, oneOf, text, wholeNumber } from "./declare";

const roleArn = matching(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "the ARN of a role");

/** What the codecs of an identity look at beside their own setting. */
interface WithIdentity {
    identity: { credentialsId?: string; roleArn?: string };
}

/** The plugin acts as the controller's instance where no credentials are named, and assumes a role where one is. */
const modeCodec: Codec<string, WithIdentity> = {
    parameters: ["useInstanceProfileForCredentials", "credentialsId"],
    to: (_, { identity: { credentialsId } }) => ({
        useInstanceProfileForCredentials: scalar(credentialsId === undefined),
    }),
    from: (parameters) => (textOf(parameters["roleArn"]) === "" ? baseIn(parameters) : "role"),
};

const baseCodec: Codec<string | undefined> = {
    parameters: ["useInstanceProfileForCredentials"],
    to: () => ({}),
    from: (parameters) => (textOf(parameters["roleArn"]) === "" ? undefined : baseIn(parameters)),
};

const baseIn = (parameters: PluginObject) =>
    isTrue(parameters["useInstanceProfileForCredentials"]) ? "instance-profile" : "access-key";

const sessionNameCodec = parameterCodec<string | undefined, WithIdentity>(
    "roleSessionName",
    (name, { identity: { roleArn } }) => (roleArn === undefined ? "" : name),
    filledText,
);

/** As which AWS identity a controller's plugin acts. */
export const identity = z.strictObject({
    mode: oneOf(["access-key", "instance-profile", "role"]).default("access-key").meta({
        description:
            "`access-key`: a user and a key for each controller. `instance-profile`: the controller's own instance profile. `role`: a role that one of these (`base`) assumes.",
        codec: modeCodec,
    }),
    credentialsId: text()
        .optional()
        .meta({
            description:
                "Id of AWS credentials (an access key) that the controllers have already. The stack never changes or removes them. With `mode: access-key` it makes no user and no key; with `mode: role` they assume `roleArn`. What they must allow: docs/permissions.md.",
            defaultText: "a user with a key is made for each controller",
            examples: ["aws-of-the-build-team"],
            codec: optionalTextCodec("credentialsId"),
        }),
    base: oneOf(["access-key", "instance-profile"])
        .default("access-key")
        .meta({ description: "Which identity assumes the role, with `mode: role`.", codec: baseCodec }),
    roleArn: roleArn.optional().meta({
        description:
            "An existing role to assume, with `mode: role`. The stack makes key pair and security group in its own account, so for agents in another account deploy a stack there. Its trust policy must not ask for an external id.",
        defaultText: "a role is made",
        codec: optionalTextCodec("roleArn"),
    }),
    roleSessionName: matching(/^[\w+=,.@-]{2,64}$/, "2 to 64 letters, digits and + = , . @ -")
        .default("jenkins")
        .meta({
            description: "Name of the role's sessions, as CloudTrail shows it.",
            codec: sessionNameCodec,
        }),
});

export type IdentitySettings = z.output<typeof identity>;

/** What a controller proves itself to AWS with: where a role is assumed, what assumes it. */
export const baseOf = ({ mode, base }: IdentitySettings) => (mode === "role" ? base : mode);

/** Whether the rights of an identity are not this stack's to give: a role or credentials that somebody else made. */
export const isOthers = ({ mode, roleArn, credentialsId }: IdentitySettings): boolean =>
    credentialsId !== undefined || (mode === "role" && roleArn !== undefined);

/** Agents that the policy `scoped` would not know by the settings of today. */
const formerAgents = z.strictObject({
    owners: z
        .array(matching(/^[^/\s*?]+\/[^/\s*?]+$/, "project/stack"))
        .default([])
        .meta({
            description:
                "Former names of this stack, as `project/stack`. Its old agents have such a name in their tag.",
            examples: [["jenkins-ec2-agents/old-name"]],
        }),
    jenkinsUrls: z
        .array(matching(/^https?:\/\/[^\s*?]+\/$/, "an address that begins with http:// or https:// and ends with /"))
        .default([])
        .meta({
            description:
                "Jenkins URLs (Manage Jenkins, System) of controllers whose agents started before this program took over. The `url` of a controller with a cloud that has `adopt: true` is included.",
            examples: [["https://jenkins.example.com/"]],
        }),
    spotWithPrice: z.boolean().default(false).meta({
        description:
            "`true` while Spot instances requested with `spot.maxPricePerHour` still start, although no template has a price any more.",
    }),
});

/** What is made in IAM. */
export const access = z.strictObject({
    identity: identity.prefault({}).meta({ description: "The identity of every cloud without one of its own." }),
    policy: oneOf(["broad", "scoped"], { seed: "broad" }).default("broad").meta({
        description:
            "`broad`: the 17 actions on every resource. `scoped`: what templates and existing agents need, with conditions on tags, and PassRole for the named instance profiles.",
    }),
    formerAgents: formerAgents.prefault({}).meta({
        description:
            "Old agents that `policy: scoped` may still stop, start and end. Remove an entry when they are gone.",
    }),
    path: matching(/^\/([\w+=,.@-]+\/)*$/, "an IAM path, beginning and ending with /")
        .default("/")
        .meta({
            description: "IAM path of everything that the stack makes.",
            examples: ["/ci/"],
        }),
    permissionsBoundary: matching(/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, "the ARN of a policy")
        .optional()
        .meta({ description: "Permissions boundary of users and roles." }),
    agentRoles: z
        .record(identifier, agentRole)
        .default({})
        .meta({
            description:
                "Roles that agents run with, each with an instance profile. A cloud (`defaults`) or a template names one in `instanceProfile` by its id here.",
            examples: [{ builds: { managedPolicies: ["AmazonSSMManagedInstanceCore"] } }],
        }),
    controllerRole: text().optional().meta({
        description:
            "Existing role of the controllers' instance profile. With `mode: instance-profile` the policy is attached to it.",
    }),
    accessKeySerial: wholeNumber(1, 1_000_000).default(1).meta({
        description:
            "Another number makes new access keys. The old ones are deleted after every controller has passed Test Connection with its new key.",
    }),
    accessKeySeconds: wholeNumber(0, 600).default(90).meta({
        description: "Seconds for which AWS may refuse a new access key.",
    }),
});
