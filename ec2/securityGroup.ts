import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../settings/problem";
import { nameTakenHook } from "../iam/nameTaken";
import { ruleExistsHook } from "./ruleExists";

export interface SecurityGroupArgs {
    /** Name in EC2, unique in a VPC. Another name is another group. */
    groupName: string;
    /** The setting of `groupName`, for messages. */
    setting: string;
    vpcId: pulumi.Input<string>;
    /** Id of the group after the last update, for messages. */
    deployedId?: string;
    /** Where the controllers connect from. */
    ingress: Peers;
    /**
     * Lets every address in the world in where `ingress` allows it.
     * @default false: `0.0.0.0/0` and `::/0` are errors
     */
    allowAnywhere?: boolean;
    /** What the controllers connect to. See `agentPorts`. */
    ports: AgentPort[];
    /**
     * Where agents may connect to, all protocols.
     * @default everywhere: builds download
     */
    egress?: Peers;
    /** @default none */
    tags?: Record<string, string>;
}

/** The other side of a rule. */
export interface Peers {
    /** IPv4 and IPv6 blocks: `10.1.0.0/16`, `2001:db8::/32`. A single address ends in `/32` or `/128`. */
    cidrs?: string[];
    /** Managed prefix lists, by id (`pl-…`) or by name. */
    prefixLists?: string[];
    /** Security groups by id (`sg-…`), of the same VPC or a peered one. */
    groups?: string[];
}

const everywhere: Peers = { cidrs: ["0.0.0.0/0", "::/0"] };

/**
 * The agents' security group: in from the controllers, on the ports that the templates need; out to everywhere unless told.
 *
 * Each rule is a resource of its own, named by port and peer and never by position: removing one touches no other.
 */
export class SecurityGroup extends pulumi.ComponentResource {
    /** `sg-…` */
    public readonly groupId: pulumi.Output<string>;
    public readonly groupName: pulumi.Output<string>;

    constructor(name: string, args: SecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("jenkins-ec2-agents:ec2:SecurityGroup", name, {}, opts);
        requireClosed(args);
        const group = this.group(name, args);
        const ruleOptions = { parent: this, hooks: { onError: [ruleExistsHook(this, `ec2:SecurityGroup:${name}`)] } };
        this.ingress(name, args, group, ruleOptions);
        this.egress(name, args, group, ruleOptions);
        this.groupId = group.id;
        this.groupName = group.name;
        this.registerOutputs({ groupId: this.groupId, groupName: this.groupName });
    }

    private group(name: string, args: SecurityGroupArgs): ec2.SecurityGroup {
        return new ec2.SecurityGroup(
            name,
            {
                name: args.groupName,
                description: "Jenkins agents that the EC2 plugin starts",
                vpcId: args.vpcId,
                tags: args.tags,
            },
            {
                parent: this,
                // Another VPC: names are unique per VPC, and the old group can't go while agents are in it.
                deleteBeforeReplace: false,
                hooks: {
                    onError: [
                        nameTakenHook({
                            component: this,
                            id: `ec2:SecurityGroup:${name}`,
                            setting: args.setting,
                            tags: args.tags,
                            deployedId: args.deployedId,
                        }),
                    ],
                },
            },
        );
    }

    private ingress(
        name: string,
        args: SecurityGroupArgs,
        group: ec2.SecurityGroup,
        opts: pulumi.CustomResourceOptions,
    ): void {
        for (const { port, protocol } of args.ports) {
            for (const peer of this.peers(args.ingress)) {
                new vpc.SecurityGroupIngressRule(
                    `${name}-in-${port}-${peer.key}`,
                    {
                        securityGroupId: group.id,
                        description: `${protocol} from Jenkins`,
                        ipProtocol: "tcp",
                        fromPort: port,
                        toPort: port,
                        ...peer.rule,
                        tags: args.tags,
                    },
                    { ...opts, aliases: formerNames(`${name}-in-${port}`, peer) },
                );
            }
        }
    }

    private egress(
        name: string,
        args: SecurityGroupArgs,
        group: ec2.SecurityGroup,
        opts: pulumi.CustomResourceOptions,
    ): void {
        for (const peer of this.peers(args.egress ?? everywhere)) {
            new vpc.SecurityGroupEgressRule(
                `${name}-out-${peer.key}`,
                { securityGroupId: group.id, ipProtocol: "-1", ...peer.rule, tags: args.tags },
                { ...opts, aliases: formerNames(`${name}-out`, peer) },
            );
        }
    }

    private peers({ cidrs = [], prefixLists = [], groups = [] }: Peers): Peer[] {
        return [
            ...[...new Set(cidrs)].map(cidrPeer),
            ...[...new Set(prefixLists)].map((list) => ({
                key: list,
                rule: { prefixListId: this.prefixListId(list) },
            })),
            ...[...new Set(groups)].map((id) => ({ key: id, rule: { referencedSecurityGroupId: id } })),
        ];
    }

    private prefixListId(list: string): pulumi.Input<string> {
        return list.startsWith("pl-") ? list : ec2.getManagedPrefixListOutput({ name: list }, { parent: this }).id;
    }
}

/** One peer: its part of a resource name, and its part of a rule. */
interface Peer {
    key: string;
    /** Its part of the name in states of 0.2 and before, where that was another. */
    formerKey?: string;
    rule: Pick<
        vpc.SecurityGroupIngressRuleArgs,
        "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedSecurityGroupId"
    >;
}

function cidrPeer(cidr: string): Peer {
    if (!cidr.includes(":")) return { key: cidr, rule: { cidrIpv4: cidr } };
    // `::` separates the parts of a Pulumi URN.
    const key = cidr.replaceAll(":", "-");
    return cidr === "::/0"
        ? { key: "all-ipv6", formerKey: key, rule: { cidrIpv6: cidr } }
        : { key, rule: { cidrIpv6: cidr } };
}

function formerNames(prefix: string, { formerKey }: Peer): pulumi.Alias[] {
    return formerKey === undefined ? [] : [{ name: `${prefix}-${formerKey}` }];
}

/** The settings are checked before; a program that uses the component directly is no less safe. */
function requireClosed({ ingress, allowAnywhere, setting }: SecurityGroupArgs): void {
    const open = (ingress.cidrs ?? []).filter((cidr) => cidr.endsWith("/0"));
    if (open.length > 0 && !allowAnywhere) {
        throw new UserError([
            {
                code: "open-to-everyone",
                path: setting,
                value: open.join(", "),
                message: "lets every address in the world try to log in to the agents",
                fix: "name the controllers' addresses (10.1.2.3/32), or set allowAnywhere to true if that is what you want",
            },
        ]);
    }
}

/** A TCP port of an agent that its controller connects to. */
export interface AgentPort {
    port: number;
    /** For the description of the rule. */
    protocol: string;
}

export const ssh: AgentPort = { port: 22, protocol: "SSH" };

/** How the plugin reaches the agents of a template. */
export type Connection = { kind: "ssh"; port?: number } | { kind: "winrm"; https: boolean };

/**
 * The ports that these connections need, each once, in order. WinRM needs SMB as well: the plugin copies `agent.jar` through
 * the administrative share and probes port 445 first (plugin `ec2`, `WinConnection`).
 */
export function agentPorts(connections: Connection[]): AgentPort[] {
    const ports = new Map(connections.flatMap(portsOf).map((port) => [port.port, port]));
    return [...ports.values()].sort((one, other) => one.port - other.port);
}

function portsOf(connection: Connection): AgentPort[] {
    if (connection.kind === "ssh") return [{ ...ssh, port: connection.port ?? ssh.port }];
    const winrm = connection.https ? { port: 5986, protocol: "WinRM over HTTPS" } : { port: 5985, protocol: "WinRM" };
    return [{ port: 445, protocol: "SMB" }, winrm];
}
