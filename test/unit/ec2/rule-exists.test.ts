import { describe, expect, it } from "vitest";
import { isSameRule } from "../../../ec2/ruleExists";

/** As the look-up answers: a rule for all protocols has the port -1, and what a rule has not is empty. */
const noPeer = { cidrIpv4: "", cidrIpv6: "", prefixListId: "", referencedSecurityGroupId: "" };
const ssh = { ...noPeer, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "10.1.2.3/32" };

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
        const all = { ...noPeer, ipProtocol: "-1", fromPort: -1, toPort: -1, cidrIpv6: "::/0" };
        expect(isSameRule(all, { ipProtocol: "-1", cidrIpv6: "::/0" })).toBe(true);
        expect(isSameRule(all, { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" })).toBe(false);
    });
});
