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

/** What the plugin asks for, and what the policies say to it. */
export async function pluginTable(): Promise<string> {
    const byVersion = pluginVersions.map((version) => ({ version, requests: requestsOf(version) }));
    const names = [...new Set(byVersion.flatMap(({ requests }) => requests.map(({ what }) => what)))];
    const rows = names.map(async (name) => {
        const made = byVersion.flatMap(({ version, requests }) =>
            requests.filter(({ what }) => what === name).map((request) => ({ version, request })),
        );
        const versions = [...new Set(made.map(({ version }) => version))];
        const requests = made.map(({ request }) => request);
        return [
            name,
            versions.length === pluginVersions.length ? "all" : versions.join(", "),
            await answer(broad, requests),
            await answer(scopedWithPrice, requests),
        ];
    });
    return markdown(["What the plugin does", "In", "`broad`", "`scoped`"], await Promise.all(rows));
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

/** What a key that leaked is good for beyond this stack's agents. */
export async function foreignTable(): Promise<string> {
    const rows = foreignRequests.map(async ({ what, asked }) => [
        what,
        ...(await Promise.all([broad, scoped, scopedWithPrice].map((policy) => share(policy, asked)))),
    ]);
    return markdown(
        ["What is not the plugin's to do", "`broad`", "`scoped`", "`scoped`, with a Spot price"],
        await Promise.all(rows),
    );
}

async function share(policy: PolicyDocument, asked: Authorisation[]): Promise<string> {
    const refused = (await refusedOf(policy, asked)).length;
    if (refused === 0) return "**allowed**";
    return refused === asked.length ? "refused" : "partly allowed";
}

function markdown(heads: string[], rows: string[][]): string {
    return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
