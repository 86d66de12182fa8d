import type * as pulumi from "@pulumi/pulumi";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import type { StackSettings } from "../settings";
import { groupBy } from "../settings/collections";
import { awsAnswer, awsReason } from "../settings/messages/awsAnswers";
import { showPath, showPaths, type Path } from "../settings/path";
import { allOrProblems, UserError } from "../settings/problem";
import { isOthers } from "../settings/schema/access";
import { agentRoleArn } from "./agentRoles";
import { partitionOf } from "./arn";
import { lookUp, warnUnchecked } from "./lookUp";

/** What IAM has of the names and ARNs that the settings give. */
export interface IamLookUps {
    /** `aws`, `aws-cn` or `aws-us-gov`. */
    partition: string;
    /** Of the login that Pulumi has. */
    accountId: string;
    /** ARNs of the templates' instance profiles, by their names in the settings: the plugin takes ARNs only. */
    profileArns: Record<string, string>;
    /** ARNs of the roles in the instance profiles of clouds whose identity this stack makes, each once. */
    passedRoles: string[];
}

/**
 * Asks IAM for every instance profile, role and policy that the settings name, each once, before any resource is registered.
 *
 * @throws UserError with all that IAM does not have. What IAM refuses to look up is a warning, but for an instance profile whose ARN
 * or role is needed
 */
export async function lookUpInIam(settings: StackSettings, opts: pulumi.InvokeOptions): Promise<IamLookUps> {
    const { arn: caller, accountId } = await getCallerIdentity({}, opts);
    const [profiles] = await allOrProblems([
        lookUpProfiles(settings, accountId, opts),
        ...namedInIam(settings, accountId).map((named) => refuseMissing(named, settings, opts)),
    ]);
    const partition = partitionOf(caller);
    const ownRoles = passedAgentRoles(settings).map((id) => agentRoleArn(settings, id, partition, accountId));
    return {
        partition,
        accountId,
        profileArns: Object.fromEntries(profiles.map(({ given, arn }) => [given, arn])),
        passedRoles: [
            ...new Set([...ownRoles, ...profiles.flatMap(({ passed, roleArn }) => (passed ? [roleArn] : []))]),
        ].sort(),
    };
}

/** Ids of the agents' roles that controllers pass with the stack's own policy. */
function passedAgentRoles({ clouds, access }: StackSettings): string[] {
    const used = Object.values(clouds)
        .filter(({ identity }) => !isOthers(identity))
        .flatMap(({ templates }) => Object.values(templates).flatMap(({ instanceProfile }) => instanceProfile ?? []));
    return Object.keys(access.agentRoles).filter((id) => access.policy === "scoped" && used.includes(id));
}

interface Profile {
    /** The name or ARN in the settings. */
    given: string;
    arn: string;
    roleArn: string;
    /** Whether the stack's own policy lets controllers pass its role. */
    passed: boolean;
}

async function lookUpProfiles(
    { clouds, access }: StackSettings,
    accountId: string,
    opts: pulumi.InvokeOptions,
): Promise<Profile[]> {
    const uses = Object.values(clouds).flatMap((cloud) =>
        Object.values(cloud.templates).flatMap(({ key, instanceProfile: given }) => {
            const path: Path = ["clouds", cloud.id, "templates", key, "instanceProfile"];
            const passed = access.policy === "scoped" && !isOthers(cloud.identity);
            const isOwn = given !== undefined && Object.hasOwn(access.agentRoles, given);
            return given === undefined || isOwn ? [] : [{ given, path, passed }];
        }),
    );
    const groups = [...groupBy(uses, ({ given }) => given)].map(([given, same]) => ({
        given,
        path: showPaths(same.map(({ path }) => path)),
        passed: same.some(({ passed }) => passed),
    }));
    // IAM shows those of the caller's account only; another account's is needed by its ARN alone.
    const asked = groups.filter(({ given, passed }) => passed || !isElsewhere(given, accountId));
    return allOrProblems(
        asked.map(async ({ given, path, passed }) => {
            const { arn, roleArn } = await lookUp(iam.getInstanceProfile({ name: lastPart(given) }, opts), {
                setting: path,
                value: given,
                none: "IAM has no such instance profile",
                fix: "correct it; aws iam list-instance-profiles lists what there is",
            });
            return { given, arn, roleArn, passed };
        }),
    );
}

/** A role or policy that somebody else made. */
interface Named {
    noun: string;
    given: string;
    path: Path;
    list: string;
    ask(opts: pulumi.InvokeOptions): Promise<unknown>;
}

function namedInIam({ access, clouds }: StackSettings, accountId: string): Named[] {
    const role = (given: string | undefined, path: Path): Named[] =>
        given === undefined || isElsewhere(given, accountId)
            ? []
            : [
                  {
                      noun: "role",
                      given,
                      path,
                      list: "list-roles",
                      ask: (opts) => iam.getRole({ name: lastPart(given) }, opts),
                  },
              ];
    const boundary = access.permissionsBoundary;
    const all = [
        ...role(access.controllerRole, ["access", "controllerRole"]),
        ...role(access.identity.roleArn, ["access", "identity", "roleArn"]),
        ...Object.values(clouds).flatMap(({ id, identity }) =>
            role(identity.roleArn, ["clouds", id, "identity", "roleArn"]),
        ),
        ...(boundary === undefined
            ? []
            : [
                  {
                      noun: "policy",
                      given: boundary,
                      path: ["access", "permissionsBoundary"],
                      list: "list-policies",
                      ask: (opts: pulumi.InvokeOptions) => iam.getPolicy({ arn: boundary }, opts),
                  },
              ]),
    ];
    // A cloud has the stack's identity where it has none of its own: the first place is the one that gives it.
    return [...groupBy(all, ({ noun, given }) => `${noun} ${given}`).values()].map(([first]) => first!);
}

async function refuseMissing(
    { noun, given, path, list, ask }: Named,
    settings: StackSettings,
    opts: pulumi.InvokeOptions,
): Promise<void> {
    try {
        await ask(opts);
    } catch (error) {
        const reason = awsReason(error);
        if (awsAnswer(reason) !== "not-found") {
            await warnUnchecked(settings, [path], `whether the ${noun} is there is not checked`, reason);
            return;
        }
        throw new UserError([
            {
                code: "not-in-aws",
                path: showPath(path),
                value: given,
                message: `IAM has no such ${noun}`,
                fix: `correct it; aws iam ${list} lists what there is`,
            },
        ]);
    }
}

/** An ARN of another account than the caller's: IAM of this one cannot tell whether it is there. */
function isElsewhere(nameOrArn: string, accountId: string): boolean {
    return nameOrArn.startsWith("arn:") && nameOrArn.split(":")[4] !== accountId;
}

/** The name, which an ARN has after the path. */
const lastPart = (nameOrArn: string) => nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);
