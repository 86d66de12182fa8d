import { Findings } from "../read/findings";
import { baseOf, isOthers } from "../schema/access";
import { CloudSettings } from "../schema/cloud";
import { StackSettings } from "../schema/stack";

type Template = CloudSettings["templates"][string];

/** The identity of a cloud is whole, and its policy allows what the templates need. */
export function checkIdentity(cloud: CloudSettings, settings: StackSettings, findings: Findings): void {
    const { identity } = cloud;
    const own = findings.valueAt(["clouds", cloud.id, "identity"]) !== undefined;
    const path = own ? ["clouds", cloud.id, "identity"] : ["access", "identity"];
    if (identity.roleArn !== undefined && identity.mode !== "role") {
        findings.problem(
            "no-effect",
            [...path, "roleArn"],
            `has an effect only with mode: role; the mode is ${identity.mode}`,
            undefined,
            identity.roleArn,
        );
    }
    checkCredentials(cloud, path, findings);
    if (isOthers(identity)) checkOthers(cloud, path, findings);
    else if (settings.access.policy === "broad") checkAgainstBroad(cloud, findings);
}

/** What `broad` costs, and what has no effect with it. One policy serves every cloud, so it is reported once for the stack. */
export function checkBroad({ access, clouds }: StackSettings, findings: Findings): void {
    if (access.policy !== "broad") return;
    const { owners, jenkinsUrls, spotWithPrice } = access.formerAgents;
    if (owners.length > 0 || jenkinsUrls.length > 0 || spotWithPrice) {
        findings.problem(
            "no-effect",
            ["access", "formerAgents"],
            "has an effect only with policy: scoped, because broad allows every instance",
            undefined,
            access.formerAgents,
        );
    }
    const late = Object.values(clouds)
        .filter(({ identity }) => !isOthers(identity))
        .flatMap((cloud) =>
            Object.values(cloud.templates)
                .filter(checksConsole)
                .map(({ key }) => `${cloud.id}/${key}`),
        );
    if (late.length === 0) return;
    findings.warn(
        "broad-reads-consoles-late",
        ["access", "policy"],
        `broad lacks ec2:DescribeInstanceTypes: on Nitro types host keys are read late or not in time. Templates: ${listed([...new Set(late)])}`,
    );
}

/** Credentials that somebody else made are an access key, and of whom, this stack does not know. */
function checkCredentials({ identity }: CloudSettings, path: (string | number)[], findings: Findings): void {
    const { credentialsId, mode, roleArn } = identity;
    if (credentialsId === undefined) return;
    const problem =
        baseOf(identity) === "instance-profile"
            ? `are an access key, and the ${mode === "role" ? "base" : "mode"} is instance-profile`
            : mode === "role" && roleArn === undefined
              ? "cannot assume a role that this stack makes: set roleArn of an existing role"
              : undefined;
    if (problem !== undefined)
        findings.problem("conflicting-settings", [...path, "credentialsId"], problem, undefined, credentialsId);
}

function checksConsole({ platform, hostKeyVerification }: Template): boolean {
    return platform !== "windows" && ["CHECK_NEW_HARD", "CHECK_NEW_SOFT"].includes(hostKeyVerification);
}

/** What a role or credentials of others may do is not this stack's to decide or to see. */
function checkOthers(cloud: CloudSettings, path: (string | number)[], findings: Findings): void {
    const needs = Object.values(cloud.templates).flatMap((template) => {
        const need = beyondBroad(template);
        return need === undefined ? [] : [`${need.action} (${template.key})`];
    });
    if (needs.length === 0) return;
    const more = `to have, beyond the 17 actions: ${listed([...new Set(needs)])}. This stack does not give it`;
    if (cloud.identity.mode === "role")
        findings.warn("existing-role-needs-more", [...path, "roleArn"], `the role has ${more}`);
    else findings.warn("existing-credentials-need-more", [...path, "credentialsId"], `the credentials have ${more}`);
}

function checkAgainstBroad(cloud: CloudSettings, findings: Findings): void {
    for (const template of Object.values(cloud.templates)) {
        const need = beyondBroad(template);
        if (need === undefined) continue;
        findings.problem(
            "not-in-policy",
            ["clouds", cloud.id, "templates", template.key, ...need.setting],
            `needs ${need.action}, which is not among the 17 actions of access.policy: broad`,
            "pulumi config set --path access.policy scoped",
        );
    }
}

function beyondBroad({
    instanceProfile,
    platform,
    winrm,
}: Template): { setting: string[]; action: string } | undefined {
    if (instanceProfile !== undefined) return { setting: ["instanceProfile"], action: "iam:PassRole" };
    if (platform === "windows" && winrm.password === undefined) {
        return { setting: ["winrm", "password"], action: "ec2:GetPasswordData, as no password is given" };
    }
    return undefined;
}

/** At most three names: a fleet has hundreds. */
function listed(names: readonly string[]): string {
    const more = names.length > 3 ? [`and ${names.length - 3} more`] : [];
    return [...names.slice(0, 3), ...more].join(", ");
}
