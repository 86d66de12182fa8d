import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { refuseMissingIds } from "../../../ec2/givenIds";
import { UserError } from "../../../settings/problem";
import { runProgram } from "../pulumi-mocks";
import { resolved } from "../settings/support";

const warn = vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());
afterEach(() => warn.mockClear());

const absent = (kind: string) => `${kind}-0000000000000dead`;
const present = (kind: string) => `${kind}-0000000000000beef`;

async function look(change: (raw: any) => void, refused = false) {
    const { result, calls } = await runProgram(
        () =>
            refuseMissingIds(
                resolved(change),
                (region) => ({ id: region }) as object,
                ({ network }) => Promise.resolve(network.vpc.id ?? "vpc-of-the-region"),
            ).catch((error: UserError) => error),
        {
            call(_, { filters }) {
                if (refused) throw Object.assign(new Error("x"), { details: "UnauthorizedOperation: you may not" });
                const [{ values }, vpc] = filters as { values: string[] }[];
                const isThere = (id: string) => !id.endsWith("dead") && !(vpc && id.endsWith("e15e"));
                return { ids: values.filter(isThere) };
            },
        },
    );
    const problems = result instanceof UserError ? result.problems.map(({ path, value }) => `${path}: ${value}`) : [];
    return { problems, calls: calls.map(({ token }) => token.split(":").at(-1)) };
}

const everyKind = (id: (kind: string) => string) => (raw: any) => {
    raw.network = {
        vpc: { id: id("vpc") },
        subnets: { ids: [id("subnet"), "subnet-0000000000000cafe"] },
        securityGroups: [id("sg"), { name: "by-name" }],
        ingress: { prefixLists: [id("pl")], securityGroups: [id("sg")] },
    };
    const { linux } = raw.clouds.agents.templates;
    const blockDevices = [{ device: "/dev/sdb", snapshot: id("snap") }];
    raw.clouds.agents.templates.other = { ...linux, subnets: [id("subnet")], labels: ["other"], blockDevices };
};

describe("ids that the settings give to EC2", () => {
    it("are asked for in one request for each kind", async () => {
        const { problems, calls } = await look(everyKind(present));
        expect(problems).toEqual([]);
        expect([...new Set(calls)].sort()).toEqual([
            "getManagedPrefixLists",
            "getSecurityGroups",
            "getSnapshotIds",
            "getSubnets",
            "getVpcs",
        ]);
        // Security groups that are let in may be of a peered VPC.
        expect(calls).toHaveLength(6);
    });

    const withVpc = (id: (kind: string) => string) => (raw: any) => {
        everyKind(id)(raw);
        raw.network.vpc.id = present("vpc");
    };

    it("that EC2 does not have are one error, each id once with all its paths", async () => {
        const { problems } = await look(withVpc(absent));
        expect(problems).toEqual([
            "network.subnets.ids[0], clouds.agents.templates.other.subnets[0]: subnet-0000000000000dead",
            "network.securityGroups[0], network.ingress.securityGroups[0]: sg-0000000000000dead",
            "network.ingress.prefixLists[0]: pl-0000000000000dead",
            "clouds.agents.templates.other.blockDevices[0].snapshot: snap-0000000000000dead",
        ]);
    });

    it("of what is in another VPC than the stack's security group are missing; in a VPC that is missing they are not told", async () => {
        const elsewhere = (kind: string) => `${kind}-0000000000000e15e`;
        const { problems } = await look(withVpc(elsewhere));
        expect(problems).toEqual([
            "network.subnets.ids[0], clouds.agents.templates.other.subnets[0]: subnet-0000000000000e15e",
            "network.securityGroups[0]: sg-0000000000000e15e",
        ]);
        const missing = (raw: any) => {
            withVpc(elsewhere)(raw);
            raw.network.vpc.id = absent("vpc");
        };
        expect((await look(missing)).problems).toEqual(["network.vpc.id: vpc-0000000000000dead"]);
    });

    it("are a warning where EC2 refuses to answer", async () => {
        const { problems } = await look(everyKind(absent), true);
        expect(problems).toEqual([]);
        expect(warn).toHaveBeenCalledTimes(6);
    });
});
