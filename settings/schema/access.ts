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
import { matching, oneOf, text, wholeNumber } from "./declare";

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
            "`access-key`: a user and a key for each controller. `instance-profile`: the controller's own instance profile. `role`: a role that the one or the other (`base`) assumes.",
        codec: modeCodec,
    }),
    credentialsId: text()
        .optional()
        .meta({
            description:
                "Id of AWS credentials (an access key) that the controllers have already, made by somebody else: used as they are, and never changed or taken away. No user and no key is made for them, with `mode: access-key`; with `mode: role` they assume `roleArn`. What they may do is not this stack's to say: docs/permissions.md has what they need.",
            defaultText: "a user with a key is made for each controller",
            examples: ["aws-of-the-build-team"],
            codec: optionalTextCodec("credentialsId"),
        }),
    base: oneOf(["access-key", "instance-profile"])
        .default("access-key")
        .meta({ description: "Which identity assumes the role, with `mode: role`.", codec: baseCodec }),
    roleArn: roleArn.optional().meta({
        description:
            "An existing role to assume, with `mode: role`. This stack makes the key pair and the security group in its own account, so a role of another account fits only instances that may use them there; for agents wholly in another account, deploy a stack there. None of the plugin's versions can send an external id.",
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
                "What this stack was called before it was renamed, as `project/stack`: its agents of then have that in their tag.",
            examples: [["jenkins-ec2-agents/old-name"]],
        }),
    jenkinsUrls: z
        .array(matching(/^https?:\/\/[^\s*?]+\/$/, "an address that begins with http:// or https:// and ends with /"))
        .default([])
        .meta({
            description:
                "Addresses that controllers say of themselves (Manage Jenkins, System), whose agents were started before this program took over. The `url` of a controller whose cloud says `adopt: true` is among them by itself.",
            examples: [["https://jenkins.example.com/"]],
        }),
    spotWithPrice: z.boolean().default(false).meta({
        description:
            "Spot instances that were asked for with `spot.maxPricePerHour` are still starting, though no template has a price any more.",
    }),
});

/** What is made in IAM. */
export const access = z.strictObject({
    identity: identity.prefault({}).meta({ description: "The identity of every cloud that says no other." }),
    policy: oneOf(["seed", "scoped"]).default("seed").meta({
        description:
            "`seed`: the 17 actions on every resource. `scoped`: what the templates in use need, with conditions on tags, and PassRole for the instance profiles named; agents that are there keep what they need.",
    }),
    formerAgents: formerAgents.prefault({}).meta({
        description:
            "Agents from before that `policy: scoped` is to go on stopping, starting and ending. Take an entry away when they are gone.",
    }),
    path: matching(/^\/([\w+=,.@-]+\/)*$/, "an IAM path, beginning and ending with /")
        .default("/")
        .meta({
            description: "IAM path of all that is made.",
            examples: ["/ci/"],
        }),
    permissionsBoundary: matching(/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/, "the ARN of a policy")
        .optional()
        .meta({ description: "Permissions boundary of users and roles." }),
    controllerRole: text().optional().meta({
        description:
            "Existing role of the controllers' instance profile, which the policy is attached to where an identity is an instance profile.",
    }),
    accessKeySerial: wholeNumber(1, 1_000_000).default(1).meta({
        description:
            "Another number makes new access keys; the old ones go after every controller has passed Test Connection with its new one.",
    }),
    accessKeySeconds: wholeNumber(0, 600).default(90).meta({
        description: "Seconds that AWS may refuse a new access key before it is an error.",
    }),
});
