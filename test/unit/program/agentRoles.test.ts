import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../settings";
import { context, smallStack as settingsStack } from "../settings/support";
import { runWholeProgram, smallStack } from "./wholeProgram";

const withRoles = (policy: "broad" | "scoped", agentRoles: object) => ({
    ...smallStack,
    access: { policy, path: "/ci/", agentRoles },
    clouds: {
        agents: {
            ...smallStack.clouds.agents,
            defaults: { instanceProfile: "builds" },
            templates: {
                ...smallStack.clouds.agents.templates,
                release: {
                    ...smallStack.clouds.agents.templates.fixed,
                    instanceProfile: "release",
                },
            },
        },
    },
    controllers: { "team-a": smallStack.controllers["team-a"], "team-b": smallStack.controllers["team-b"] },
});
const roles = {
    builds: { managedPolicies: ["AmazonSSMManagedInstanceCore"] },
    release: { policy: join(__dirname, "../../../iam/deployer/preview.json") },
    unused: {},
};

describe("roles of the agents", () => {
    it("are made with their policies and an instance profile each, which templates get by its ARN", async () => {
        const { resources } = await runWholeProgram(withRoles("scoped", roles));
        const named = (type: string) => resources.filter((one) => one.type === type).map(({ inputs }) => inputs);
        const own = (inputs: Record<string, unknown>) => /-(builds|release|unused)$/.test(String(inputs.name));
        expect(named("aws:iam/role:Role").filter(own)).toMatchObject([
            { name: "jenkins-aws-builds", path: "/ci/" },
            { name: "jenkins-aws-release", path: "/ci/" },
            { name: "jenkins-aws-unused", path: "/ci/" },
        ]);
        expect(named("aws:iam/instanceProfile:InstanceProfile").filter(own)).toHaveLength(3);
        expect(named("aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual(
            expect.arrayContaining([
                expect.objectContaining({ policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" }),
            ]),
        );
        const [document] = named("aws:iam/policy:Policy").filter(({ name }) => name === "jenkins-aws-release");
        expect(document!.policy).toContain("iam:GetPolicy");
    });

    it("and a budget are there before the clouds, and go after them: a removal that is refused leaves AWS as it is", async () => {
        const budget = { usdPerMonth: 10, notify: ["builds@example.com"] };
        const { options } = await runWholeProgram({ ...withRoles("scoped", roles), budget });
        const needed = options["command:local:Command team-a-agents"]!.dependencies.map((urn) =>
            urn.split("::").slice(-2).join("::"),
        );
        expect(needed.map((urn) => urn.replace(/^.*\$/, ""))).toEqual(
            expect.arrayContaining([
                "aws:budgets/budget:Budget::budget",
                "aws:iam/instanceProfile:InstanceProfile::agents-builds",
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment::agents-builds-AmazonSSMManagedInstanceCore",
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment::agents-release",
            ]),
        );
    });

    it("have attachments whose names are readable and have no part of an ARN that separates a URN's parts", async () => {
        const own = "arn:aws:iam::123456789012:policy/teams/own";
        const managedPolicies = ["AmazonSSMManagedInstanceCore", own];
        const { resources } = await runWholeProgram(withRoles("scoped", { ...roles, builds: { managedPolicies } }));
        const attached = resources.filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
        expect(attached.map(({ name }) => name)).toEqual([
            "agents-builds-AmazonSSMManagedInstanceCore",
            "agents-builds-123456789012/teams/own",
            "agents-release",
        ]);
    });

    it("have the permissions boundary of access, or their own", async () => {
        const boundary = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
        const settings = withRoles("scoped", { ...roles, release: { permissionsBoundary: boundary("release") } });
        Object.assign(settings.access, { permissionsBoundary: boundary("all") });
        const { resources } = await runWholeProgram(settings);
        const of = (name: string) =>
            resources.find(({ type, inputs }) => type === "aws:iam/role:Role" && inputs.name === name)!;
        expect(of("jenkins-aws-builds").inputs.permissionsBoundary).toBe(boundary("all"));
        expect(of("jenkins-aws-release").inputs.permissionsBoundary).toBe(boundary("release"));
    });

    it("may be passed by the policy scoped: exactly those that templates name", async () => {
        const { resources } = await runWholeProgram(withRoles("scoped", roles));
        const policy = resources.find(
            ({ type, inputs }) => type === "aws:iam/policy:Policy" && inputs.name === "jenkins-aws",
        )!;
        const { Statement } = JSON.parse(String(policy.inputs.policy)) as {
            Statement: { Action: string[]; Resource: unknown }[];
        };
        const passing = Statement.filter(({ Action }) => Action.includes("iam:PassRole")).flatMap(
            ({ Resource }) => Resource,
        );
        expect(passing.map((arn) => String(arn).replace(/.*:role/, ""))).toEqual([
            "/ci/jenkins-aws-builds",
            "/ci/jenkins-aws-release",
        ]);
    });

    it.each([
        ["a file that is none", { release: { policy: "no-such.json" } }, /no such file/],
        ["a file that is no policy", { release: { policy: "other.json" } }, /is not a policy document/],
        ["a name that IAM does not take", { ["x".repeat(60)]: {} }, /at most 64 characters/],
    ])("refuse %s", (_, agentRoles, message) => {
        const read = () =>
            readSettings(
                { ...settingsStack(), access: { agentRoles } },
                context({ "other.json": '{ "name": "other" }' }),
            );
        expect(read).toThrow(message);
    });
});
