import { describe, expect, it } from "vitest";
import { agentPorts, SecurityGroup, type SecurityGroupArgs } from "../../../ec2/securityGroup";
import { runProgram } from "../pulumi-mocks";

const group = (args: Partial<SecurityGroupArgs>) =>
    runProgram(
        () =>
            new SecurityGroup("agents", {
                groupName: "jenkins-aws-agents",
                setting: "clouds.agents.network",
                vpcId: "vpc-1",
                ingress: { cidrs: ["10.1.2.3/32"] },
                ports: agentPorts([{ kind: "ssh" }]),
                ...args,
            }),
        { call: () => ({ id: "pl-found" }) },
    );

const rules = async (args: Partial<SecurityGroupArgs>) => {
    const { resources } = await group(args);
    return Object.fromEntries(
        resources.filter(({ type }) => type.startsWith("aws:vpc/")).map(({ name, inputs }) => [name, inputs]),
    );
};

const ports = async (args: Partial<SecurityGroupArgs>) =>
    Object.values(await rules(args))
        .filter(({ ipProtocol }) => ipProtocol === "tcp")
        .map(({ fromPort, toPort }) => {
            expect(toPort).toBe(fromPort);
            return fromPort;
        });

describe("the agents' security group", () => {
    it("is pinned: these names are in the state of existing stacks, another one would replace the resource", async () => {
        const { resources } = await group({
            ingress: { cidrs: ["10.1.0.0/16", "2001:db8::/32"], prefixLists: ["pl-1"], groups: ["sg-1"] },
        });
        expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
            "aws:ec2/securityGroup:SecurityGroup agents",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule agents-out-0.0.0.0/0",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule agents-out-all-ipv6",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule agents-in-22-10.1.0.0/16",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule agents-in-22-2001-db8--/32",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule agents-in-22-pl-1",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule agents-in-22-sg-1",
            "jenkins-ec2-agents:ec2:SecurityGroup agents",
        ]);
    });

    it("lets the controllers in over SSH, and everything out", async () => {
        expect(await rules({})).toEqual({
            "agents-in-22-10.1.2.3/32": {
                securityGroupId: "agents-id",
                description: "SSH from Jenkins",
                ipProtocol: "tcp",
                fromPort: 22,
                toPort: 22,
                cidrIpv4: "10.1.2.3/32",
            },
            "agents-out-0.0.0.0/0": { securityGroupId: "agents-id", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
            "agents-out-all-ipv6": { securityGroupId: "agents-id", ipProtocol: "-1", cidrIpv6: "::/0" },
        });
    });

    it("takes IPv6 blocks, prefix lists by id or name, and security groups as sources", async () => {
        const made = await rules({
            ingress: { cidrs: ["2001:db8::/32"], prefixLists: ["pl-1", "office"], groups: ["sg-1"] },
        });
        expect(made["agents-in-22-2001-db8--/32"]).toMatchObject({ cidrIpv6: "2001:db8::/32" });
        expect(made["agents-in-22-pl-1"]).toMatchObject({ prefixListId: "pl-1" });
        expect(made["agents-in-22-office"]).toMatchObject({ prefixListId: "pl-found" });
        expect(made["agents-in-22-sg-1"]).toMatchObject({ referencedSecurityGroupId: "sg-1" });
    });

    it("names rules by port and source: a source that goes leaves the others' names alone, one given twice counts once", async () => {
        const before = Object.keys(await rules({ ingress: { cidrs: ["10.1.0.0/16", "10.2.0.0/16", "10.2.0.0/16"] } }));
        const after = Object.keys(await rules({ ingress: { cidrs: ["10.2.0.0/16"] } }));
        expect(before.filter((name) => !after.includes(name))).toEqual(["agents-in-22-10.1.0.0/16"]);
    });

    it("goes out only where egress says", async () => {
        const made = Object.keys(await rules({ egress: { cidrs: ["10.0.0.0/8"] } }));
        expect(made.filter((name) => name.startsWith("agents-out"))).toEqual(["agents-out-10.0.0.0/8"]);
    });

    it.each(["0.0.0.0/0", "::/0"])("refuses %s as a source, and says what to do", async (cidr) => {
        await expect(group({ ingress: { cidrs: ["10.1.2.3/32", cidr] } })).rejects.toThrow(
            new RegExp(
                `clouds\\.agents\\.network: ${cidr}\\s+lets every address in the world .*\\s+fix: name the controllers' addresses`,
            ),
        );
    });

    it("opens to the world where that is asked for in so many words", async () => {
        expect(await ports({ ingress: { cidrs: ["0.0.0.0/0"] }, allowAnywhere: true })).toEqual([22]);
    });
});

describe("the ports", () => {
    it("are SSH's alone for agents over SSH, on whatever port their templates say", async () => {
        expect(
            await ports({ ports: agentPorts([{ kind: "ssh" }, { kind: "ssh" }, { kind: "ssh", port: 2222 }]) }),
        ).toEqual([22, 2222]);
    });

    it("are WinRM's and SMB's for Windows over WinRM, without SSH", async () => {
        expect(await ports({ ports: agentPorts([{ kind: "winrm", https: true }]) })).toEqual([445, 5986]);
        expect(await ports({ ports: agentPorts([{ kind: "winrm", https: false }]) })).toEqual([445, 5985]);
    });
});
