import { Findings } from "../findings";
import { CloudSettings } from "../schema/cloud";
import { StackSettings } from "../schema/stack";

/** The identity of a cloud is whole, and its policy allows what the templates need. */
export function checkIdentity(cloud: CloudSettings, settings: StackSettings, findings: Findings): void {
    const { identity } = cloud;
    const own = findings.valueAt(["clouds", cloud.id, "identity"]) !== undefined;
    const path = own ? ["clouds", cloud.id, "identity"] : ["access", "identity"];
    if (identity.roleArn !== undefined && identity.mode !== "role") {
        findings.problem(
            [...path, "roleArn"],
            `has an effect only with mode: role, and the mode is ${identity.mode}`,
            undefined,
            identity.roleArn,
        );
    }
    const policyIsOurs = identity.mode === "access-key" || (identity.mode === "role" && identity.roleArn === undefined);
    if (!policyIsOurs || settings.access.policy !== "seed") return;
    for (const template of Object.values(cloud.templates)) {
        const need = beyondSeed(template);
        if (need === undefined) continue;
        findings.problem(
            ["clouds", cloud.id, "templates", template.key, ...need.setting],
            `needs ${need.action}, which is not among the 17 actions of access.policy: seed`,
            "pulumi config set --path access.policy scoped",
        );
    }
}

function beyondSeed({
    instanceProfile,
    platform,
    winrm,
}: CloudSettings["templates"][string]): { setting: string[]; action: string } | undefined {
    if (instanceProfile !== undefined) return { setting: ["instanceProfile"], action: "iam:PassRole" };
    if (platform === "windows" && winrm.password === undefined) {
        return { setting: ["winrm", "password"], action: "ec2:GetPasswordData, as no password is given" };
    }
    return undefined;
}
