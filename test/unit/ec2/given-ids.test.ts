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
            refuseMissingIds(resolved(change), (region) => ({ id: region }) as object).catch(
                (error: UserError) => error,
            ),
        {
            call(_, { filters }) {
                if (refused) throw Object.assign(new Error("x"), { details: "UnauthorizedOperation: you may not" });
                const [{ values }] = filters as [{ values: string[] }];
                return { ids: values.filter((id) => !id.endsWith("dead")) };
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
    raw.clouds.agents.templates.other = { ...linux, subnets: [id("subnet")], labels: ["other"] };
};

describe("ids that the settings give to EC2", () => {
    it("are asked for in one request for each kind", async () => {
        const { problems, calls } = await look(everyKind(present));
        expect(problems).toEqual([]);
        expect(calls.sort()).toEqual(["getManagedPrefixLists", "getSecurityGroups", "getSubnets", "getVpcs"]);
    });

    it("that EC2 does not have are one error, each id once with all its paths", async () => {
        const { problems } = await look(everyKind(absent));
        expect(problems).toEqual([
            "network.vpc.id: vpc-0000000000000dead",
            "network.subnets.ids[0], clouds.agents.templates.other.subnets[0]: subnet-0000000000000dead",
            "network.securityGroups[0], network.ingress.securityGroups[0]: sg-0000000000000dead",
            "network.ingress.prefixLists[0]: pl-0000000000000dead",
        ]);
    });

    it("are a warning where EC2 refuses to answer", async () => {
        const { problems } = await look(everyKind(absent), true);
        expect(problems).toEqual([]);
        expect(warn).toHaveBeenCalledTimes(4);
    });
});
