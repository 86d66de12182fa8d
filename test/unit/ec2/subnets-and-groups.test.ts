import { describe, expect, it } from "vitest";
import { findSubnetsAndGroups, type Use } from "../../../ec2/subnetsAndGroups";
import type { AwsReference } from "../../../settings/schema/template";
import { runProgram } from "../pulumi-mocks";

const sought = (kind: Use["kind"], which: AwsReference, ...path: string[]): Use => ({ kind, which, path });
const group = (which: AwsReference) => sought("security group", which, "network", "securityGroups");

/** Finds what all say, in a VPC in which every question has these ids for an answer. */
function find(uses: Use[], ids: string[]) {
    return runProgram(() => findSubnetsAndGroups(uses, "vpc-1", {}).catch((error: Error) => error.message), {
        call: () => ({ ids }),
    });
}

/** What the error says, without its heading and its links. */
const problem = async (uses: Use[], ids: string[]) =>
    String((await find(uses, ids)).result).replaceAll(/^.* wrong\.\n\n|\n {4}see docs.*$/gm, "");

describe("what is there already, in AWS", () => {
    it("is asked for once by name and once by tags, in the VPC, and never by id", async () => {
        const [name, tags] = [{ name: "agents" }, { tags: { role: "cache" } }];
        const uses = [
            group("sg-1"),
            group(name),
            sought("security group", name, "clouds", "agents", "templates", "linux", "securityGroups"),
            group(tags),
            sought("subnet", name, "clouds", "agents", "templates", "linux", "subnets"),
        ];
        const { result: idsOf, calls } = await find(uses, ["x"]);
        const inVpc = { name: "vpc-id", values: ["vpc-1"] };
        expect(calls).toHaveLength(3);
        expect(new Set(calls)).toEqual(
            new Set([
                {
                    token: "aws:ec2/getSecurityGroups:getSecurityGroups",
                    inputs: { filters: [inVpc, { name: "group-name", values: ["agents"] }] },
                },
                {
                    token: "aws:ec2/getSecurityGroups:getSecurityGroups",
                    inputs: { filters: [inVpc], tags: { role: "cache" } },
                },
                {
                    token: "aws:ec2/getSubnets:getSubnets",
                    inputs: { filters: [inVpc, { name: "tag:Name", values: ["agents"] }] },
                },
            ]),
        );
        expect(typeof idsOf === "string" ? idsOf : idsOf("security group", ["sg-1", name, tags])).toEqual([
            "sg-1",
            "x",
        ]);
    });

    it("by tags is all that have them, in an order that stays", async () => {
        const { result: idsOf } = await find([group({ tags: { role: "cache" } })], ["sg-b", "sg-a"]);
        expect(typeof idsOf === "string" ? idsOf : idsOf("security group", [{ tags: { role: "cache" } }])).toEqual([
            "sg-a",
            "sg-b",
        ]);
    });

    it("has the name letter by letter: EC2's filters take * and ? for others", async () => {
        const { calls } = await find([group({ name: "a*b?c\\d" })], ["sg-1"]);
        expect(calls[0]!.inputs.filters).toContainEqual({ name: "group-name", values: ["a\\*b\\?c\\\\d"] });
    });

    it("is an error by the settings that say it, where there is none", async () => {
        const inTemplate = (key: string) =>
            sought("subnet", { tags: { tier: "x" } }, "clouds", "agents", "templates", key, "subnets");
        expect(await problem([group({ name: "agents" })], [])).toBe(
            "network.securityGroups: { name: agents }\n    vpc-1 has no security group with this name\n    fix: correct it; aws ec2 describe-security-groups --filters Name=vpc-id,Values=vpc-1 lists what there is",
        );
        expect(await problem([inTemplate("a"), inTemplate("b")], [])).toBe(
            "clouds.agents.templates.{a,b}.subnets: { tags: { tier: x } }\n    vpc-1 has no subnet with these tags\n    fix: correct it; aws ec2 describe-subnets --filters Name=vpc-id,Values=vpc-1 lists what there is",
        );
    });

    it("is an error with what was found, where several have the name", async () => {
        expect(await problem([group({ name: "agents" })], ["sg-b", "sg-a"])).toBe(
            "network.securityGroups: { name: agents }\n    2 security groups of vpc-1 have this name: sg-a, sg-b\n    fix: name the one that is meant by its id",
        );
    });
});
