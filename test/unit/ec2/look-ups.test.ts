import { describe, expect, it } from "vitest";
import { imageSource, newerImage, newestImage, pinnedImage, shortSource, type ImageSource } from "../../../ec2/images";
import { findSubnets, findVpc } from "../../../ec2/network";
import { runProgram, valueOf } from "../pulumi-mocks";

const call = (token: string) =>
    ({
        "aws:ec2/getVpc:getVpc": { id: "vpc-found" },
        "aws:ec2/getSubnets:getSubnets": { ids: ["subnet-b", "subnet-a"] },
        "aws:ec2/getAmi:getAmi": { id: "ami-newest" },
        "aws:ssm/getParameter:getParameter": { value: "ami-parameter" },
    })[token]!;

describe("a VPC", () => {
    it("by id is not looked up", async () => {
        const { result, calls } = await runProgram(() => findVpc({ id: "vpc-1" }, "network.vpc", {}), { call });
        expect(await valueOf(result)).toBe("vpc-1");
        expect(calls).toEqual([]);
    });

    it.each([{ default: true } as const, { tags: { Name: "builds" } }])("by %o is", async (selector) => {
        const { result, calls } = await runProgram(() => findVpc(selector, "network.vpc", {}), { call });
        expect(await valueOf(result)).toBe("vpc-found");
        expect(calls).toEqual([{ token: "aws:ec2/getVpc:getVpc", inputs: selector }]);
    });
});

describe("subnets", () => {
    it("by id are not looked up, and keep their order", async () => {
        const { result, calls } = await runProgram(
            () => findSubnets({ ids: ["subnet-2", "subnet-1"] }, "vpc-1", "network.subnets", {}),
            {
                call,
            },
        );
        expect(await valueOf(result)).toEqual(["subnet-2", "subnet-1"]);
        expect(calls).toEqual([]);
    });

    it("by tags are those of the VPC, in an order that stays", async () => {
        const { result, calls } = await runProgram(
            () => findSubnets({ tags: { tier: "x" } }, "vpc-1", "network.subnets", {}),
            { call },
        );
        expect(await valueOf(result)).toEqual(["subnet-a", "subnet-b"]);
        expect(calls[0]?.inputs).toEqual({ filters: [{ name: "vpc-id", values: ["vpc-1"] }], tags: { tier: "x" } });
    });

    it("of some zones are looked up by both", async () => {
        const zones = ["eu-central-1a"];
        const { result, calls } = await runProgram(
            () => findSubnets({ ids: ["subnet-a"], zones }, "vpc-1", "network.subnets", {}),
            {
                call,
            },
        );
        await valueOf(result);
        expect(calls[0]?.inputs.filters).toEqual([
            { name: "vpc-id", values: ["vpc-1"] },
            { name: "subnet-id", values: ["subnet-a"] },
            { name: "availability-zone", values: zones },
        ]);
    });
});

describe("an image that is looked up", () => {
    const filter: ImageSource = { kind: "filter", filters: { name: ["al2023-*"] }, owners: ["amazon"], users: [] };

    it.each<[ImageSource, string]>([
        [filter, "ami-newest"],
        [{ kind: "ssm", parameter: "/images/linux" }, "ami-parameter"],
    ])("is found and kept in the state: %o", async (source, ami) => {
        const { result, resources } = await runProgram(
            () => pinnedImage("agents-linux", { source, newest: ami, refresh: 0, setting: "image" }),
            { call, outputs: ({ inputs }) => ({ output: inputs.input }) },
        );
        expect(await valueOf(result)).toBe(ami);
        expect(resources).toEqual([{ type: "pulumi:index:Stash", name: "agents-linux", inputs: { input: ami } }]);
    });

    it("is what the state kept, when a newer one is there", async () => {
        const { result } = await runProgram(
            () => pinnedImage("agents-linux", { source: filter, newest: "ami-newest", refresh: 0, setting: "image" }),
            { call, outputs: () => ({ output: "ami-kept" }) },
        );
        expect(await valueOf(result)).toBe("ami-kept");
    });

    it("asks for the newest of the owners", async () => {
        const { calls } = await runProgram(() => newestImage(filter, "image", {}), { call });
        expect(calls[0]?.inputs).toEqual({
            filters: [{ name: "name", values: ["al2023-*"] }],
            owners: ["amazon"],
            mostRecent: true,
        });
    });

    it("says that there is a newer one, and how to move to it", () => {
        expect(newerImage("clouds.a.image", "ami-1", "ami-1")).toBeUndefined();
        expect(newerImage("clouds.a.image", "ami-1", "ami-2")).toBe(
            "clouds.a.image: pinned to ami-1; the look-up now finds ami-2. Raise refresh to move to it.",
        );
    });

    it("comes from the same source whatever the order of its filters and values", () => {
        const one: ImageSource = {
            kind: "filter",
            filters: { name: ["a", "b"], arch: ["x"] },
            owners: ["1", "2"],
            users: [],
        };
        const other: ImageSource = {
            kind: "filter",
            filters: { arch: ["x"], name: ["b", "a"] },
            owners: ["2", "1"],
            users: [],
        };
        expect(imageSource(one)).toBe("filter:arch=x;name=a,b;owners=1,2");
        expect(imageSource(other)).toBe(imageSource(one));
        expect(imageSource({ ...one, users: ["self"] })).not.toBe(imageSource(one));
        expect(imageSource({ kind: "ssm", parameter: "/p" })).toBe("ssm:/p");
    });

    it.each([
        ["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "al2023-ami-kernel-default-x86_64-"],
        [
            "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
            "canonical-ubuntu-server-22.04-amd64-",
        ],
        [
            "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
            "ecs-optimized-ami-amazon-linux-2023-",
        ],
        [`/${"long/".repeat(300)}image`, "long-"],
    ])("is called by a short name: %s", (parameter, name) => {
        const short = shortSource({ kind: "ssm", parameter });
        expect(short.length).toBeLessThanOrEqual(47);
        expect(short.startsWith(name)).toBe(true);
    });

    it("has another short name where only the part differs that a short name leaves out", () => {
        const of = (parameter: string) => shortSource({ kind: "ssm", parameter });
        expect(of("/aws/service/images/stable/linux")).not.toBe(of("/aws/service/images/current/linux"));
        expect(shortSource(filter)).toMatch(/^al2023-[0-9a-f]{6}$/);
        expect(shortSource({ ...filter, owners: ["self"] })).not.toBe(shortSource(filter));
    });
});
