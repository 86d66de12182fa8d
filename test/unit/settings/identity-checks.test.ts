import { describe, expect, it } from "vitest";
import { problems, warnings } from "./support";

const existing = "arn:aws:iam::123456789012:role/agents";
const template = (change: Record<string, unknown>) => (raw: any) =>
    Object.assign(raw.clouds.agents.templates.linux, change);

describe("a template that needs more than the 17 actions", () => {
    const features: [setting: string, change: Record<string, unknown>, need: string][] = [
        ["instanceProfile", { instanceProfile: "builds" }, "iam:PassRole"],
        ["winrm.password", { platform: "windows" }, "ec2:GetPasswordData, as no password is given"],
    ];
    const ours = [
        { mode: "access-key" },
        { mode: "instance-profile" },
        { mode: "role" },
        { mode: "role", base: "instance-profile" },
    ];

    it.each(
        ours.flatMap((identity) => features.map(([setting, change, need]) => ({ identity, setting, change, need }))),
    )("is refused with broad and $identity: $setting", ({ identity, setting, change, need }) => {
        const found = problems((raw) => {
            raw.access = { identity };
            template(change)(raw);
        });
        expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual([
            `clouds.agents.templates.linux.${setting} needs ${need}, which is not among the 17 actions of access.policy: broad`,
        ]);
    });

    it.each(ours)("is taken with scoped and %o", (identity) => {
        expect(
            problems((raw) => {
                raw.access = { identity, policy: "scoped" };
                template({ instanceProfile: "builds" })(raw);
            }),
        ).toEqual([]);
    });

    it.each(["broad", "scoped"])(
        "is a warning with an existing role, whose rights are not this stack's (%s)",
        (policy) => {
            const change = (raw: any) => {
                raw.access = { identity: { mode: "role", roleArn: existing }, policy };
                template({ instanceProfile: "builds" })(raw);
            };
            expect(problems(change)).toEqual([]);
            expect(warnings(change).map(({ code, path }) => `${code} ${path}`)).toEqual([
                "existing-role-needs-more access.identity.roleArn",
            ]);
        },
    );
});

describe("what the check of host keys costs with broad", () => {
    const names = (change: (raw: any) => void) => warnings(change).map(({ code }) => code);

    it.each(["CHECK_NEW_SOFT", "CHECK_NEW_HARD"])("is said once for all templates with %s", (hostKeyVerification) => {
        const [warning, ...others] = warnings((raw) => {
            template({ hostKeyVerification })(raw);
            raw.clouds.agents.templates.arm = { ...raw.clouds.agents.templates.linux, labels: ["arm"] };
        });
        expect(warning!.code).toBe("broad-reads-consoles-late");
        expect(warning!.message).toMatch(/Templates: agents\/arm, agents\/linux$/);
        expect(others).toEqual([]);
    });

    it.each([
        ["scoped", (raw: any) => (raw.access = { policy: "scoped" })],
        ["a role that exists", (raw: any) => (raw.access = { identity: { mode: "role", roleArn: existing } })],
        ["a template that trusts new keys", template({ hostKeyVerification: "ACCEPT_NEW" })],
    ])("is nothing with %s", (_, change) => {
        expect(
            names((raw) => {
                template({ hostKeyVerification: "CHECK_NEW_SOFT" })(raw);
                change(raw);
            }),
        ).toEqual([]);
    });
});

it("agents from before are no matter of broad, which knows every instance", () => {
    const found = problems((raw) => (raw.access = { formerAgents: { owners: ["project/old"] } }));
    expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual([
        "access.formerAgents has an effect only with policy: scoped, because broad allows every instance",
    ]);
});
