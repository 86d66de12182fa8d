import { IPv4, IPv6, isValid } from "ipaddr.js";
import { Findings } from "../read/findings";
import { Path } from "../path";
import { CloudSettings } from "../schema/cloud";
import { StackSettings } from "../schema/stack";

/** Each choice is made once, the address ranges are some, and somebody may connect to the agents. */
export function checkNetwork(cloud: CloudSettings, { controllers }: StackSettings, findings: Findings): void {
    const { network } = cloud;
    const at = (key: string): Path =>
        findings.valueAt(["clouds", cloud.id, "network", key]) === undefined
            ? ["network", key]
            : ["clouds", cloud.id, "network", key];
    if (network.vpc.id !== undefined && network.vpc.tags !== undefined)
        findings.problem("conflicting-settings", at("vpc"), "has id and tags: remove one of them");
    if (network.subnets.ids !== undefined && network.subnets.tags !== undefined) {
        findings.problem("conflicting-settings", at("subnets"), "has ids and tags: remove one of them");
    }
    network.ingress.cidrs.forEach((range, position) =>
        checkRange(range, [...at("ingress"), "cidrs", position], findings),
    );
    network.egress.forEach((range, position) => checkRange(range, [...at("egress"), position], findings));

    const addresses = cloud.controllers.flatMap((id) => {
        const ranges = controllers[id]?.addresses ?? [];
        ranges.forEach((range, position) => checkRange(range, ["controllers", id, "addresses", position], findings));
        return ranges;
    });
    if (!network.makeSecurityGroup) {
        for (const key of ["ingress", "egress"]) {
            const own: Path = ["clouds", cloud.id, "network", key];
            if (findings.valueAt(own) === undefined) continue;
            findings.problem("no-effect", own, "has no effect with makeSecurityGroup: false: remove it");
        }
        checkExistingGroups(cloud, at("makeSecurityGroup"), findings);
        return;
    }
    const { cidrs, prefixLists, securityGroups } = network.ingress;
    const peers = [...cidrs, ...prefixLists, ...securityGroups, ...addresses];
    const [known] = cloud.controllers.filter((id) => Object.hasOwn(controllers, id));
    const certain = known !== undefined && !findings.isUncertain("controllers");
    if (certain && peers.length === 0 && network.securityGroups.length === 0) {
        findings.problem(
            "nobody-can-connect",
            at("ingress"),
            "nobody may connect to the agents: set the controllers' addresses, network.ingress, or security groups of your own",
            `pulumi config set --path 'controllers.${known}.addresses[0]' 10.20.0.5/32`,
        );
    }
    if ([...cidrs, ...addresses].some((range) => range === "0.0.0.0/0" || range === "::/0")) {
        findings.warn(
            "open-to-the-world",
            at("ingress"),
            "the whole internet may connect to the agents: set the controllers' addresses instead",
        );
    }
}

/** Without a group of its own each agent needs one that is there: EC2 would take the VPC's default group, which lets nobody in. */
function checkExistingGroups({ network, templates }: CloudSettings, path: Path, findings: Findings): void {
    if (network.securityGroups.length > 0) return;
    const without = Object.values(templates).filter(({ securityGroups }) => securityGroups.length === 0);
    if (without.length === 0) return;
    findings.problem(
        "nobody-can-connect",
        path,
        `is false, and these templates have no security group: ${without.map(({ id }) => id).join(", ")}`,
        "set network.securityGroups, or securityGroups of these templates",
    );
}

function checkRange(range: string, path: Path, findings: Findings): void {
    const [address = "", length = ""] = range.split("/");
    const family = IPv4.isValidFourPartDecimal(address) ? IPv4 : IPv6;
    const bits = family === IPv4 ? 32 : 128;
    if (!isValid(address) || Number(length) > bits) {
        findings.problem(
            "wrong-form",
            path,
            "is not an address range: write an address and a length of at most 32 bits (IPv6: 128), such as 10.0.0.5/32",
            undefined,
            range,
        );
        return;
    }
    // EC2 cuts such bits off without a word, or refuses them, by the action.
    const first = family.networkAddressFromCIDR(range).toString();
    if (first !== family.parse(address).toString()) {
        findings.problem(
            "wrong-form",
            path,
            `has bits of a host: the range is ${first}/${length}, the one address ${address}/${bits}`,
            undefined,
            range,
        );
    }
}
