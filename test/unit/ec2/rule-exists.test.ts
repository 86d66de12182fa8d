import { describe, expect, it } from "vitest";
import { findRule, isSameRule } from "../../../ec2/ruleExists";
import { withAws } from "../awsServer";

const ssh = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIpv4: "10.1.2.3/32" };

describe("a rule that a security group has", () => {
    it("is the wanted one with the same protocol, ports and peer", () => {
        const wanted = { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "10.1.2.3/32" };
        expect(isSameRule(ssh, wanted)).toBe(true);
        expect(isSameRule(ssh, { ...wanted, toPort: 23 })).toBe(false);
        expect(isSameRule(ssh, { ...wanted, ipProtocol: "udp" })).toBe(false);
        expect(isSameRule(ssh, { ...wanted, cidrIpv4: "10.1.2.4/32" })).toBe(false);
        expect(isSameRule(ssh, { ipProtocol: "tcp", fromPort: 22, toPort: 22, prefixListId: "pl-1" })).toBe(false);
    });

    it("is that for all protocols whatever its ports", () => {
        const all = { IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIpv6: "::/0" };
        expect(isSameRule(all, { ipProtocol: "-1", cidrIpv6: "::/0" })).toBe(true);
        expect(isSameRule(all, { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" })).toBe(false);
    });

    it("is found by EC2's list of the group's rules, in its direction", async () => {
        const rule = (id: string, isEgress: boolean) =>
            `<item><securityGroupRuleId>${id}</securityGroupRuleId><isEgress>${isEgress}</isEgress><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><cidrIpv4>10.1.2.3/32</cidrIpv4></item>`;
        const DescribeSecurityGroupRules = () =>
            `<securityGroupRuleSet>${rule("sgr-out", true)}${rule("sgr-in", false)}</securityGroupRuleSet>`;
        const wanted = {
            securityGroupId: "sg-1",
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrIpv4: "10.1.2.3/32",
        };
        const find = () => findRule(false, wanted, { region: "eu-central-1" });
        expect(await withAws({ DescribeSecurityGroupRules }, find)).toBe("sgr-in");
        expect(await withAws({}, find)).toBeUndefined();
    });
});
