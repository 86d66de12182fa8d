import { describe, expect, it } from "vitest";
import { policyNeeds } from "../../../../iam/policyNeeds";
import type { PolicyDocument } from "../../../../iam/policyDocument";
import { scopedPolicy } from "../../../../iam/scopedPolicy";
import { broadPolicy } from "../../../../iam/broadPolicy";
import { resolved } from "../../settings/support";
import type { Authorisation } from "./authorisation";
import { refusedOf } from "./evaluate";
import { foreignRequests } from "./foreign-requests";
import {
    agentRequests,
    agentTags,
    cloudRequests,
    launchRequests,
    passedRole,
    pluginVersions,
    type PluginRequest,
    type TemplateFeatures,
} from "./plugin-requests";

/** A stack whose one template has these features, in the words of the settings. */
const settingsWith = (features: TemplateFeatures, change: (raw: any) => void = () => undefined) =>
    resolved((raw) => {
        raw.access = { policy: "scoped" };
        Object.assign(raw.clouds.agents.templates.linux, {
            ...(features.spot !== "none" && {
                spot: features.spot === "own price" ? { maxPricePerHour: 0.05 } : {},
            }),
            ...(features.instanceProfile && { instanceProfile: "build" }),
            idle: { minutes: 10, then: features.stops ? "stop" : "terminate" },
            ...(features.generatedPassword
                ? { platform: "windows" }
                : { hostKeyVerification: features.checksHostKey ? "CHECK_NEW_HARD" : "ACCEPT_NEW" }),
        });
        change(raw);
    });

const scopedFor = (features: TemplateFeatures, change?: (raw: any) => void): PolicyDocument =>
    scopedPolicy(policyNeeds(settingsWith(features, change), "aws", features.instanceProfile ? [passedRole] : []));

const either = [false, true];
const combinations: TemplateFeatures[] = (["none", "market price", "own price"] as const).flatMap((spot) =>
    either.flatMap((instanceProfile) =>
        either
            // The settings refuse Spot agents that are stopped.
            .filter((stops) => spot === "none" || !stops)
            .flatMap((stops) =>
                [
                    { checksHostKey: false, generatedPassword: false },
                    { checksHostKey: true, generatedPassword: false },
                    { checksHostKey: false, generatedPassword: true },
                ].map((login) => ({ spot, instanceProfile, stops, ...login })),
            ),
    ),
);

const plain = combinations[0]!;
const everything: TemplateFeatures = {
    spot: "own price",
    instanceProfile: true,
    stops: true,
    checksHostKey: true,
    generatedPassword: true,
};

const requests = (version: string, features: TemplateFeatures): PluginRequest[] => [
    ...cloudRequests(version),
    ...launchRequests(version, features),
    ...agentRequests(version, features),
];

/** Actions and resource types that are refused, each once. */
const refused = async (policy: PolicyDocument, asked: Authorisation[]) => {
    const all = await refusedOf(policy, asked);
    return [...new Set(all.map(({ action, resource }) => `${action} ${resource.split(":").at(-1)!.split("/")[0]}`))];
};

const shown = ({ spot, instanceProfile, stops, checksHostKey, generatedPassword }: TemplateFeatures) =>
    [
        `Spot: ${spot}`,
        ...(instanceProfile ? ["instance profile"] : []),
        ...(stops ? ["stops"] : []),
        ...(checksHostKey ? ["checks host keys"] : []),
        ...(generatedPassword ? ["generated password"] : []),
    ].join(", ");

describe.each(combinations.map((features) => ({ features, name: shown(features) })))(
    "scoped, $name",
    ({ features }) => {
        const policy = scopedFor(features);

        it.each(pluginVersions)(
            "allows all that plugin %s asks for, what it could do without included",
            async (version) => {
                const asked = requests(version, features).flatMap(({ needs, survives = [] }) => [
                    ...needs,
                    ...survives,
                ]);
                expect(await refused(policy, asked)).toEqual([]);
            },
        );

        it.each(foreignRequests)(
            "$what: refused, unless a Spot price lifts it",
            async ({ asked, allowedWithPrice }) => {
                const allowed = allowedWithPrice === true && features.spot === "own price";
                expect(await refusedOf(policy, asked)).toEqual(allowed ? [] : asked);
            },
        );
    },
);

describe("scoped does not shrink under agents that are there", () => {
    const newest = pluginVersions.at(-1)!;
    const handling = (features: TemplateFeatures, tags?: Record<string, string>, region?: string) =>
        agentRequests(newest, features, tags, region).flatMap(({ needs }) => needs);

    it.each(combinations.map((features) => ({ features, name: shown(features) })))(
        "an agent of before: $name",
        async ({ features }) => {
            expect(await refused(scopedFor(plain), handling({ ...features, stops: true }))).toEqual([]);
        },
    );

    it("in a region that has no cloud any more", async () => {
        expect(await refused(scopedFor(plain), handling(everything, agentTags, "us-east-1"))).toEqual([]);
    });

    describe("of a stack that was renamed", () => {
        const tags = { ...agentTags, "jenkins-controller": "jenkins-ec2-agents/old/team-a" };

        it("as long as access.formerAgents.owners has its old name", async () => {
            const policy = scopedFor(plain, (raw) => {
                raw.access.formerAgents = { owners: ["jenkins-ec2-agents/old"] };
            });
            expect(await refused(policy, handling(everything, tags))).toEqual([]);
            for (const { asked } of foreignRequests) expect(await refusedOf(policy, asked)).toEqual(asked);
        });

        it("not otherwise", async () => {
            expect(await refusedOf(scopedFor(plain), handling(everything, tags))).toEqual(handling(everything, tags));
        });
    });

    describe("that the controller started before this program took its cloud over", () => {
        const { "jenkins-controller": _, ...tags } = agentTags;
        const adopting = (raw: any) => {
            raw.clouds.agents.adopt = true;
        };

        it("as long as the cloud says adopt: true", async () => {
            const policy = scopedFor(plain, adopting);
            expect(await refused(policy, handling(everything, tags))).toEqual([]);
            for (const { asked } of foreignRequests) expect(await refusedOf(policy, asked)).toEqual(asked);
        });

        it("or access.formerAgents.jenkinsUrls has the address that Jenkins says of itself", async () => {
            const own = "https://public.example.com/";
            const policy = scopedFor(plain, (raw) => {
                raw.access.formerAgents = { jenkinsUrls: [own] };
            });
            expect(await refused(policy, handling(everything, { ...tags, jenkins_server_url: own }))).toEqual([]);
        });

        it("not otherwise", async () => {
            expect(await refusedOf(scopedFor(plain), handling(everything, tags))).toEqual(handling(everything, tags));
        });
    });

    it("Spot instances that were asked for with a price and have no tag yet: as long as access.formerAgents.spotWithPrice says so", async () => {
        const starting = launchRequests("2056", { ...everything, instanceProfile: false })
            .filter(({ what }) => !/^(Find|Ask)/.test(what))
            .flatMap(({ needs }) => needs);
        const policy = scopedFor(plain, (raw) => {
            raw.access.formerAgents = { spotWithPrice: true };
        });
        expect(await refused(policy, starting)).toEqual([]);
        expect(await refusedOf(scopedFor(plain), starting)).not.toEqual([]);
    });
});

describe("broad", () => {
    it.each(pluginVersions)(
        "allows all that plugin %s cannot do without for Linux without an instance profile",
        async (version) => {
            for (const features of combinations.filter(
                ({ instanceProfile, generatedPassword }) => !instanceProfile && !generatedPassword,
            )) {
                const asked = requests(version, features).flatMap(({ needs }) => needs);
                expect(await refused(broadPolicy(), asked), shown(features)).toEqual([]);
            }
        },
    );

    it("lacks what the settings refuse and what host keys, the page of a cloud and nothing else could do without", async () => {
        const asked = pluginVersions.flatMap((version) => requests(version, everything));
        expect(
            await refused(
                broadPolicy(),
                asked.flatMap(({ needs }) => needs),
            ),
        ).toEqual(["ec2:GetPasswordData instance", "iam:PassRole role"]);
        expect(
            await refused(
                broadPolicy(),
                asked.flatMap(({ survives = [] }) => survives),
            ),
        ).toEqual(["ec2:DescribeSpotPriceHistory *", "ec2:DescribeInstanceTypes *"]);
    });

    it.each(foreignRequests)("$what: not kept from it", async ({ asked, notInBroad }) => {
        expect(await refusedOf(broadPolicy(), asked)).toEqual(notInBroad === true ? asked : []);
    });
});
