import { describe, expect, it } from "vitest";
import { typeFaults } from "../../docs/typescript";

/** A template in a program, and what the compiler has to find in it. */
const cases = {
    "several forms of settings": {
        template: `{
            image: { filter: { name: "agent-*" }, owners: ["self"] },
            instanceType: ["m7i.large", "m6i.large"],
            labels: { add: ["linux"] },
            executors: pulumi.output(2),
            subnets: [pulumi.output("subnet-0123456789abcdef0"), { tags: { tier: "private" } }],
            metadata: { hopLimit: 2 },
            spot: null,
        }`,
    },
    "a misspelt setting": {
        template: '{ instanceTyp: "m7i.large" }',
        fault: "Object literal may only specify known properties, and 'instanceTyp' does not exist in type 'Input<TemplateArgs>'.",
    },
    "a misspelt setting within another": {
        template: "{ metadata: { hoplimit: 2 } }",
        fault: "Object literal may only specify known properties, and 'hoplimit' does not exist in type 'Input<TemplateMetadataArgs>'.",
    },
    "text in place of a number": {
        template: '{ executors: "two" }',
        fault: "Type 'string' is not assignable to type 'Input<number> | null | undefined'.",
    },
    "an unknown word": {
        template: '{ mode: "normal" }',
        fault: `Type '"normal"' is not assignable to type 'Input<"NORMAL" | "EXCLUSIVE"> | null | undefined'. Did you mean '"NORMAL"'?`,
    },
    "two forms of an image": {
        template: '{ image: { id: "ami-0123456789abcdef0", ssm: "/image" } }',
        fault: "Type '{ id: string; ssm: string; }' is not assignable to type 'Input<TemplateImageArgs> | null | undefined'.\n  Types of property 'ssm' are incompatible.",
    },
    "an image by a filter without owners": {
        template: '{ image: { filter: { name: "agent-*" } } }',
        fault: "Property 'owners' is missing in type '{ filter: { name: string; }; }' but required in type 'TemplateImageByFilterArgs'.",
    },
} satisfies Record<string, { template: string; fault?: string }>;

const program = (template: string) =>
    `import * as pulumi from "@pulumi/pulumi"; import { JenkinsAgents } from "jenkins-ec2-agents";
    new JenkinsAgents("builders", {
        controllers: { main: { url: "https://jenkins.example.com/", user: "provisioner" } },
        clouds: { builders: { controllers: ["main"], templates: { linux: ${template} } } },
    });`;

describe("the compiler", () => {
    const faults = typeFaults(
        Object.entries(cases).map(([path, { template }]) => ({ path, line: 0, text: program(template) })),
    );

    it.each(Object.entries<{ template: string; fault?: string }>(cases))(
        "finds what is wrong in %s, in one error",
        (path, { fault }) => {
            const found = faults.filter((one) => one.startsWith(`${path}:`));
            expect(found).toHaveLength(fault === undefined ? 0 : 1);
            if (fault !== undefined) expect(found[0]).toContain(fault);
        },
    );
});
