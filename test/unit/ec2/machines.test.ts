import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lookUpInAws } from "../../../ec2/lookUps";
import { RegionProviders } from "../../../ec2/providers";
import { keptImages } from "../../../component/formerOutputs";
import type { CloudOutputs, ImageOutputs } from "../../../component/outputs";
import type { CloudSettings } from "../../../settings";
import { configuredSettings } from "../../../settings/read/configuration";
import { configure, smallStack } from "../program/wholeProgram";
import { runProgram } from "../pulumi-mocks";

/** What EC2 has, in every region. */
const types: Record<string, string> = {
    "m7i.large": "x86_64",
    "m7a.large": "x86_64",
    "m7g.large": "arm64",
    "t4g.large": "arm64",
    "mac2.metal": "arm64_mac",
};

/** What the images are made for; EC2 has no others. */
const architectures: Record<string, string> = {
    "ami-0000000000000a386": "x86_64",
    "ami-00000000000000a64": "arm64",
    "ami-0000000000000a03c": "arm64_mac",
    "ami-0123456789abcdef0": "x86_64", // of the small stack
    "ami-00000000000000042": "x86_64",
};
const windowsImage = "ami-00000000000000042";
const absentImage = "ami-0000000000000dead";

interface Filter {
    name: string;
    values: string[];
}

interface Scene {
    /** Changes of the small stack. */
    change: (settings: any) => void;
    /** What the parameter of Systems Manager holds, and what the filters find. */
    newest?: string;
    deployed?: Record<string, ImageOutputs>;
    /** What AWS refuses, by token. */
    refused?: string[];
    /** What fails without a message, by token. */
    silent?: string[];
}

const warn = vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());
afterEach(() => warn.mockClear());
const warnings = () => warn.mock.calls.map(([text]) => text);

/** What the look-ups ended with, and what they asked EC2 of instance types and images. */
async function look({ change, newest = "ami-0000000000000a386", deployed = {}, refused = [], silent = [] }: Scene) {
    const raw = structuredClone(smallStack) as any;
    change(raw);
    configure(raw);
    const { result, calls } = await runProgram(
        () => {
            const { settings, region } = configuredSettings();
            return lookUpInAws(settings, new RegionProviders(region, settings), Promise.resolve(deployed)).then(
                () => "",
                (error: Error) => error.message,
            );
        },
        {
            call(token, { filters = [] }) {
                const name = token.split(":").at(-1)!;
                if (silent.includes(name)) throw refusal("");
                if (refused.includes(name)) throw refusal("api error UnauthorizedOperation: you are not authorized");
                return answer(name, filters as Filter[], newest);
            },
        },
    );
    return { text: result, asked: calls.map(({ token }) => token.split(":").at(-1)!) };
}

/** What a provider answers that fails: the SDK passes on the details of such an error. */
const refusal = (details: string) => Object.assign(new Error(details), { details });

function answer(name: string, filters: Filter[], newest: string): Record<string, unknown> {
    const valuesOf = (filter: string) => filters.find((one) => one.name === filter)?.values;
    switch (name) {
        case "getCallerIdentity":
            return { arn: "arn:aws:iam::111122223333:user/ci", accountId: "111122223333" };
        case "getVpc":
            return { id: "vpc-1" };
        case "getSubnets":
            return { ids: ["subnet-1"] };
        case "getParameter":
            return { value: newest };
        case "getInstanceTypes": {
            const made = valuesOf("processor-info.supported-architecture");
            const found = Object.keys(types).filter((type) => valuesOf("instance-type")?.includes(type) ?? true);
            return { instanceTypes: found.filter((type) => made?.includes(types[type]!) ?? true) };
        }
        case "getAmi": {
            const isWindows = valuesOf("name")?.[0] === "windows-*";
            const id = valuesOf("image-id")?.[0] ?? (isWindows ? windowsImage : newest);
            if (!(id in architectures)) throw refusal("Your query returned no results.");
            return { id, architecture: architectures[id], platform: id === windowsImage ? "windows" : "" };
        }
        default:
            throw new Error(name);
    }
}

const linux = (template: object) => (settings: any) => Object.assign(settings.clouds.agents.templates.linux, template);
const fixed = (template: object) => (settings: any) => Object.assign(settings.clouds.agents.templates.fixed, template);

describe("instance types", () => {
    it("that EC2 has are asked for together: two requests in each region", async () => {
        const { text, asked } = await look({ change: linux({ instanceType: ["m7i.large", "m7a.large"] }) });
        expect(text).toBe("");
        expect(asked.filter((name) => name === "getInstanceTypes")).toHaveLength(4);
        expect(warnings()).toEqual([]);
    });

    it("that EC2 has not are named with the settings that say them, the region and the nearest names", async () => {
        const { text } = await look({
            change: (settings) => {
                linux({ instanceType: "m7i.lrage" })(settings);
                fixed({ instanceType: "m7i.lrage" })(settings);
                settings.clouds.west.templates.windows.instanceType = "hpc9z.96xlarge";
            },
        });
        expect(text).toContain("2 settings are wrong.");
        expect(text).toContain(
            "clouds.agents.templates.{fixed,linux}.instanceType: m7i.lrage\n" +
                "    EC2 has no such instance type in eu-central-1; near to it: m7i.large, m7a.large, m7g.large\n" +
                "    fix: correct it; ",
        );
        expect(text).toContain(
            "clouds.west.templates.windows.instanceType: hpc9z.96xlarge\n    EC2 has no such instance type in eu-west-1\n",
        );
    });

    it("are a warning where EC2 refuses to say, once a region, and silence takes it", async () => {
        const { text } = await look({ change: () => undefined, refused: ["getInstanceTypes"] });
        expect(text).toBe("");
        expect(warnings()).toEqual([
            "clouds.agents.templates.{fixed,linux}.instanceType: the instance types are not checked: AWS did not answer (" +
                "api error UnauthorizedOperation: you are not authorized) (docs/messages.md#unchecked-in-ec2)",
            expect.stringContaining("clouds.west.templates.windows.instanceType: the instance types are not checked"),
        ]);
        warn.mockClear();
        const silence = (settings: any) => (settings.silence = ["unchecked-in-ec2"]);
        expect((await look({ change: silence, refused: ["getInstanceTypes"] })).text).toBe("");
        expect(warnings()).toEqual([]);
    });
});

describe("an image of another architecture than the instance type's", () => {
    const [x86, arm, mac] = Object.keys(architectures) as [string, string, string];

    it.each([
        ["an image by id", { image: { id: x86 }, instanceType: "m7g.large" }, x86],
        ["a parameter's image", { image: { ssm: "/an/image" }, instanceType: "m7g.large" }, x86],
        ["a filter's image", { image: { filter: { name: "x-*" }, owners: ["self"] }, instanceType: "m7g.large" }, x86],
    ])("is refused: %s", async (_, template, image) => {
        const { text } = await look({ change: fixed(template) });
        expect(text).toContain(
            "clouds.agents.templates.fixed.instanceType: m7g.large\n" +
                `    has ARM processors and starts images of arm64 only; the image ${image} is made for x86_64`,
        );
    });

    it("is refused the other way round, for all templates in one line", async () => {
        const { text } = await look({
            change: (settings) => {
                settings.clouds.agents.templates.other = structuredClone(settings.clouds.agents.templates.fixed);
                settings.clouds.agents.templates.other.image = settings.clouds.agents.templates.fixed.image = {
                    id: arm,
                };
            },
        });
        expect(text).toContain(
            "clouds.agents.templates.{fixed,other}.instanceType: m7i.large\n" +
                `    starts no image of arm64; the image ${arm} is made for arm64`,
        );
    });

    it.each([
        ["arm64 on ARM", { image: { id: arm }, instanceType: "t4g.large" }],
        ["x86_64 on Intel", { image: { id: x86 }, instanceType: "m7i.large" }],
        ["a Mac's", { image: { id: mac }, instanceType: "mac2.metal", platform: "mac", tenancy: "Host" }],
        [
            "one that the plugin finds at launch",
            { image: { filter: { name: "x" }, owners: ["self"], resolve: "launch" }, instanceType: "t4g.large" },
        ],
    ])("is not refused: %s", async (_, template) => {
        expect((await look({ change: fixed(template) })).text).toBe("");
        expect(warnings()).toEqual([]);
    });

    it("is no problem where the state keeps an older image, which fits", async () => {
        const kept = { "agents/linux": { ami: arm, source: "ssm:/an/image" } };
        const change = linux({ instanceType: "m7g.large" });
        expect((await look({ change, newest: x86, deployed: kept })).text).toBe("");
        const other = { "agents/linux": { ami: arm, source: "ssm:/another/image" } };
        expect((await look({ change, newest: x86, deployed: other })).text).toContain(`the image ${x86} is made for`);
    });

    it("is unknown where EC2 refuses to show images: a warning", async () => {
        const change = (settings: any) => {
            delete settings.clouds.west;
            fixed({ image: { id: x86 }, instanceType: "m7g.large" })(settings);
        };
        expect((await look({ change, refused: ["getAmi"] })).text).toBe("");
        expect(warnings()).toContainEqual(
            expect.stringMatching(
                /^clouds\.agents\.templates\.fixed\.image: the image ami-0000000000000a386 is not checked/,
            ),
        );
    });
});

describe("an image that EC2 does not have", () => {
    it("is refused with the settings that name it, and the region", async () => {
        const { text } = await look({ change: fixed({ image: { id: absentImage } }) });
        expect(text).toContain(
            `clouds.agents.templates.fixed.image.id: ${absentImage}\n` +
                `    EC2 has no image ${absentImage} that this account may start in eu-central-1\n`,
        );
    });

    it("is refused where the provider logs AWS's answer, and fails without a message", async () => {
        const change = (settings: any) => {
            delete settings.clouds.west;
            fixed({ image: { id: absentImage } })(settings);
        };
        const { text } = await look({ change, silent: ["getAmi"] });
        expect(text).toContain(`EC2 has no image ${absentImage} that this account may start in eu-central-1\n`);
        expect(text).toContain("allow ec2:DescribeImages: AWS's answer is above");
    });

    it("is refused where a parameter of Systems Manager holds its id", async () => {
        const { text } = await look({ change: () => undefined, newest: absentImage });
        expect(text).toContain(`clouds.agents.templates.linux.image: ${absentImage}\n`);
    });
});

describe("an image of another platform than the template's", () => {
    it("is refused: a Linux image that a Windows template inherits", async () => {
        const change = (settings: any) =>
            (settings.clouds.west.templates.windows.image = { id: "ami-0000000000000a386" });
        expect((await look({ change })).text).toContain(
            "clouds.west.templates.windows.platform: windows\n    the image ami-0000000000000a386 is no Windows image\n",
        );
    });

    it("is refused: a Windows image in a Linux template", async () => {
        expect((await look({ change: fixed({ image: { id: windowsImage } }) })).text).toContain(
            `clouds.agents.templates.fixed.platform: unix\n    the image ${windowsImage} is a Windows image\n`,
        );
    });
});

describe("after a change of the region", () => {
    it("nothing of the old region is asked for in the new one", () => {
        const images = { "agents/linux": { ami: "ami-1", source: "ssm:/an/image" } };
        const deployed = { images, clouds: { agents: { region: "eu-west-1" } as CloudOutputs } };
        const settings = (region: string) => ({ clouds: { agents: { region } as CloudSettings } });
        expect(keptImages(settings("eu-west-1"), deployed)).toEqual(images);
        expect(keptImages(settings("eu-central-1"), deployed)).toEqual({});
    });
});
