import { Findings } from "../read/findings";
import { Path, showPath } from "../path";
import { CloudSettings } from "../schema/cloud";
import { StackSettings } from "../schema/stack";
import { AwsReference } from "../schema/template";

/** Ids that one setting of a cloud holds, its own or an inherited one. */
interface RegionalIds {
    path: Path;
    ids: string[];
}

/**
 * Images, VPCs, subnets, security groups, prefix lists and snapshots are of one region: an id that clouds of two regions
 * use, as the stack's `network` or a template set makes it easy to write, is wrong in one of them.
 */
export function checkRegions({ clouds }: StackSettings, findings: Findings): void {
    const users = new Map<string, CloudSettings>();
    for (const cloud of Object.values(clouds)) {
        for (const { path, ids } of regionalIds(cloud)) {
            for (const id of ids) {
                const first = users.get(id) ?? cloud;
                users.set(id, first);
                if (first.region !== cloud.region) report(id, first, cloud, path, findings);
            }
        }
    }
}

function report(id: string, first: CloudSettings, cloud: CloudSettings, path: Path, findings: Findings): void {
    findings.problem(
        "wrong-region",
        path,
        `${id} is used by clouds.${first.id} in ${first.region} too, and this cloud is in ${cloud.region}: an id belongs to one region`,
        `set here what is in ${cloud.region}: ${showPath(path)}`,
    );
}

function regionalIds({ id, network, templates }: CloudSettings): RegionalIds[] {
    const at = (...path: string[]): Path => ["clouds", id, ...path];
    const { vpc, subnets, securityGroups, ingress } = network;
    const said: { path: Path; ids: readonly AwsReference[] }[] = [
        { path: at("network", "vpc", "id"), ids: [vpc.id ?? []].flat() },
        { path: at("network", "subnets", "ids"), ids: subnets.ids ?? [] },
        { path: at("network", "securityGroups"), ids: securityGroups },
        { path: at("network", "ingress", "prefixLists"), ids: ingress.prefixLists },
        { path: at("network", "ingress", "securityGroups"), ids: ingress.securityGroups },
        ...Object.values(templates).flatMap((template) => {
            const of = (setting: string): Path => at("templates", template.key, setting);
            return [
                { path: of("image"), ids: template.image.kind === "id" ? [template.image.id] : [] },
                { path: of("subnets"), ids: template.subnets ?? [] },
                { path: of("securityGroups"), ids: template.securityGroups },
                { path: of("blockDevices"), ids: template.blockDevices.flatMap(({ snapshot }) => snapshot ?? []) },
            ];
        }),
    ];
    return said.map(({ path, ids }) => ({
        path,
        ids: ids.filter((one): one is string => typeof one === "string" && one !== ""),
    }));
}
