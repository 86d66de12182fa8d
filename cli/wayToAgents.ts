import { lookup } from "node:dns/promises";
import { parse, parseCIDR } from "ipaddr.js";
import type { ControllerSettings, StackSettings } from "../settings";
import type { ReportedProblem } from "./reports/jsonReport";

interface Way {
    /** Who may connect to the agents, by cloud. */
    found: string[];
    warning?: ReportedProblem;
}

/**
 * Who may connect to the agents of a controller by the settings, and whether the controller's own address is among them, as far as
 * DNS tells: behind a proxy or a balancer it has another one. No agent is asked: `smoke` does that.
 */
export async function wayToAgents(settings: StackSettings, { id, url, addresses }: ControllerSettings): Promise<Way> {
    const clouds = Object.values(settings.clouds).filter(({ controllers }) => controllers.includes(id));
    const made = clouds.filter(({ network }) => network.makeSecurityGroup);
    const found = clouds.map(
        (cloud) => `cloud ${cloud.name}: agents take connections from ${sources(cloud, addresses)}`,
    );
    // Ranges alone can be compared: who is in a prefix list or another group is not known here.
    const compared = made.filter(
        ({ network: { ingress } }) => ingress.prefixLists.length + ingress.securityGroups.length === 0,
    );
    const own = await lookup(new URL(url).hostname.replace(/^\[|\]$/g, ""), { all: true }).catch(() => []);
    const outside = compared.filter(
        ({ network }) =>
            own.length > 0 && !own.some(({ address }) => isWithin(address, [...network.ingress.cidrs, ...addresses])),
    );
    if (outside.length === 0) return { found };
    const message = `the controller's name is ${own.map(({ address }) => address).join(", ")}, which the agents of ${outside.map(({ name }) => name).join(", ")} take no connection from; right where Jenkins is behind a proxy, a balancer or NAT, else say its address: controllers.${id}.addresses`;
    return { found, warning: { path: `controllers.${id}.addresses`, message } };
}

function sources({ network }: StackSettings["clouds"][string], addresses: string[]): string {
    if (!network.makeSecurityGroup) return "whom their existing security groups let in";
    const { cidrs, prefixLists, securityGroups } = network.ingress;
    const groups = securityGroups.map((group) => (typeof group === "string" ? group : JSON.stringify(group)));
    return [...cidrs, ...addresses, ...prefixLists, ...groups].join(", ");
}

function isWithin(address: string, ranges: string[]): boolean {
    const one = parse(address);
    return ranges.some((range) => {
        const [network, bits] = parseCIDR(range);
        return network.kind() === one.kind() && one.match(network, bits);
    });
}
