import { scopedPolicy, type PolicyNeeds } from "../../../../iam/scopedPolicy";
import type { PolicyDocument } from "../../../../iam/policyDocument";
import { broadPolicy } from "../../../../iam/broadPolicy";
import type { Authorisation } from "./authorisation";
import { refusedOf } from "./evaluate";
import { foreignRequests } from "./foreign-requests";
import {
    agentRequests,
    cloudRequests,
    launchRequests,
    passedRole,
    pluginVersions,
    savedPage,
    type PluginRequest,
    type TemplateFeatures,
} from "./plugin-requests";

const features: TemplateFeatures = {
    spot: "none",
    instanceProfile: true,
    stops: true,
    checksHostKey: true,
    generatedPassword: true,
};

const withoutPrice: PolicyNeeds = {
    owner: "jenkins-ec2-agents/test",
    regions: ["eu-central-1"],
    spotWithPrice: false,
    passedRoles: [passedRole],
    former: { owners: [], jenkinsUrls: [], spotWithPrice: false },
};

const broad = broadPolicy();
const scoped = scopedPolicy(withoutPrice);
const scopedWithPrice = scopedPolicy({ ...withoutPrice, spotWithPrice: true });

/** Every request of a version, for templates that between them use everything. */
function requestsOf(version: string): PluginRequest[] {
    const spot: TemplateFeatures = { ...features, spot: "own price" };
    return [
        ...cloudRequests(version),
        ...[features, spot].flatMap((template) => launchRequests(version, template)),
        ...[features, spot].flatMap((template) => agentRequests(version, template)),
        savedPage(),
    ];
}

/** What the plugin does that a policy does not allow as a whole. */
export async function pluginTable(): Promise<string> {
    const requests = pluginVersions.flatMap(requestsOf);
    const names = [...new Set(requests.map(({ what }) => what))];
    const rows = names.map(async (name) => {
        const made = requests.filter(({ what }) => what === name);
        return [name, await answer(broad, made), await answer(scopedWithPrice, made)];
    });
    const refused = (await Promise.all(rows)).filter((row) => row.slice(1).some((each) => each !== "allowed"));
    return markdown(["What the plugin does", "`broad`", "`scoped`"], refused);
}

async function answer(policy: PolicyDocument, requests: PluginRequest[]): Promise<string> {
    const missing = await refusedOf(
        policy,
        requests.flatMap(({ needs }) => needs),
    );
    if (missing.length > 0) return `**refused**: ${actions(missing)}`;
    const survived = await refusedOf(
        policy,
        requests.flatMap(({ survives = [] }) => survives),
    );
    return survived.length > 0 ? `allowed, but for ${actions(survived)}` : "allowed";
}

function actions(asked: Authorisation[]): string {
    return [...new Set(asked.map(({ action }) => `\`${action}\``))].join(", ");
}

/** What a key that leaked allows beyond this stack's agents, by the policies that allow it. */
export async function foreignTable(): Promise<string> {
    const policies = { "`broad`": broad, "`scoped`": scoped, "`scoped` with a Spot price": scopedWithPrice };
    const rows = foreignRequests.map(async ({ what, asked }) => {
        const shares = await Promise.all(
            Object.entries(policies).map(async ([name, policy]) => shareName(name, await refusedShare(policy, asked))),
        );
        return [what, shares.filter((name) => name !== "").join(", ") || "no policy"];
    });
    return markdown(["What is not the plugin's to do", "Allowed by"], await Promise.all(rows));
}

const shareName = (name: string, refused: number) => (refused === 1 ? "" : refused === 0 ? name : `${name} in part`);

async function refusedShare(policy: PolicyDocument, asked: Authorisation[]): Promise<number> {
    return (await refusedOf(policy, asked)).length / asked.length;
}

function markdown(heads: string[], rows: string[][]): string {
    return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
