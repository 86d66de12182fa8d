import { compareVersions } from "../../../../jenkins/push/versions";
import type { Authorisation } from "./evaluate";

/** A request of the plugin to EC2, with all that AWS asks IAM for before it is done. */
export interface PluginRequest {
    what: string;
    needs: Authorisation[];
}

const region = "eu-central-1";

/** What the plugin asks of EC2 to start an agent on demand. */
export function launch(version: string): PluginRequest[] {
    const since = (first: string) => compareVersions(version, first) >= 0;
    const tags = { "jenkins-controller": "fleet/prod/team-a" };
    const tagged = ["instance", "volume", ...(since("1723") ? ["network-interface"] : [])];
    return [
        { what: "count agents", needs: [look("ec2:DescribeInstances")] },
        ...(since("1795") ? [{ what: "count Spot agents", needs: [look("ec2:DescribeSpotInstanceRequests")] }] : []),
        {
            what: "launch",
            needs: [
                ...["image", "snapshot"].map((type) => on("ec2:RunInstances", type, {}, "")),
                ...["key-pair", "subnet", "security-group"].map((type) => on("ec2:RunInstances", type)),
                ...["instance", "volume", "network-interface"].map((type) =>
                    on("ec2:RunInstances", type, tagged.includes(type) ? requestTags(tags) : {}),
                ),
                ...tagged.map((type) =>
                    on("ec2:CreateTags", type, { ...requestTags(tags), "ec2:CreateAction": "RunInstances" }),
                ),
            ],
        },
    ];
}

function look(action: string): Authorisation {
    return { action, resource: "*", context: { "aws:RequestedRegion": region } };
}

function on(action: string, type: string, context = {}, account = "111122223333"): Authorisation {
    return {
        action,
        resource: `arn:aws:ec2:${region}:${account}:${type}/${type}-1`,
        context: { "aws:RequestedRegion": region, ...context },
    };
}

function requestTags(tags: Record<string, string>): Record<string, string | string[]> {
    const named = Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value]);
    return { ...Object.fromEntries(named), "aws:TagKeys": Object.keys(tags) };
}
