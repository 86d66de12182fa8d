import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lookUpInIam, type IamLookUps } from "../../../iam/iamLookUps";
import { UserError } from "../../../settings/problem";
import { runProgram } from "../pulumi-mocks";
import { resolved } from "../settings/support";

const account = "111122223333";
const refusal = (details: string) => Object.assign(new Error(details), { details });

const warn = vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());
afterEach(() => warn.mockClear());

/** What IAM is asked, and what the program makes of the answers. */
async function look(change: (raw: any) => void, refused?: string) {
    const { result, calls } = await runProgram(
        () => lookUpInIam(resolved(change), {}).catch((error: UserError) => error),
        {
            call(token, inputs) {
                const name = token.split(":").at(-1)!;
                const named = String(inputs.name ?? inputs.arn);
                if (name === "getCallerIdentity")
                    return { arn: `arn:aws:sts::${account}:assumed-role/ci/run`, accountId: account };
                if (refused !== undefined) throw refusal(refused);
                if (named.includes("absent")) throw refusal("couldn't find resource");
                const role = `arn:aws:iam::${account}:role/of-${named}`;
                return { arn: `arn:aws:iam::${account}:instance-profile/${named}`, roleArn: role };
            },
        },
    );
    const problems = result instanceof UserError ? result.problems.map(({ path, value }) => `${path}: ${value}`) : [];
    return { found: result as IamLookUps, problems, calls: calls.map(({ token }) => token.split(":").at(-1)) };
}

const template = (raw: any) => raw.clouds.agents.templates.linux;
const profile =
    (name: string, policy = "scoped") =>
    (raw: any) => {
        raw.access = { policy };
        template(raw).instanceProfile = name;
    };

describe("instance profiles, roles and policies that the settings name", () => {
    it("are asked for once each, and give the ARN and the role to pass", async () => {
        const { found, calls } = await look((raw) => {
            profile("build")(raw);
            raw.clouds.agents.templates.other = { ...template(raw), labels: ["other"] };
        });
        expect(found.profileArns).toEqual({ build: `arn:aws:iam::${account}:instance-profile/build` });
        expect(found.passedRoles).toEqual([`arn:aws:iam::${account}:role/of-build`]);
        expect(calls).toEqual(["getCallerIdentity", "getInstanceProfile"]);
    });

    it("are known by name where the ARN is given", async () => {
        const arn = `arn:aws:iam::${account}:instance-profile/ci/build`;
        expect((await look(profile(arn))).found.passedRoles).toEqual([`arn:aws:iam::${account}:role/of-build`]);
    });

    it("that are absent are one error with the settings' paths", async () => {
        const { problems } = await look((raw) => {
            profile("absent-profile")(raw);
            raw.access.permissionsBoundary = `arn:aws:iam::${account}:policy/absent-policy`;
            raw.access.controllerRole = "absent-role";
            raw.clouds.agents.identity = { mode: "role", roleArn: `arn:aws:iam::${account}:role/absent-other` };
        });
        expect(problems).toEqual([
            "clouds.agents.templates.linux.instanceProfile: absent-profile",
            "access.controllerRole: absent-role",
            `clouds.agents.identity.roleArn: arn:aws:iam::${account}:role/absent-other`,
            `access.permissionsBoundary: arn:aws:iam::${account}:policy/absent-policy`,
        ]);
    });

    it("of another account are not asked for: this account's IAM does not know them", async () => {
        const { problems, calls } = await look((raw) => {
            raw.clouds.agents.identity = { mode: "role", roleArn: "arn:aws:iam::999988887777:role/absent" };
            template(raw).instanceProfile = "arn:aws:iam::999988887777:instance-profile/absent";
        });
        expect([problems, calls]).toEqual([[], ["getCallerIdentity"]]);
    });

    it("are a warning where IAM refuses to answer", async () => {
        const { problems } = await look(
            (raw) => (raw.access = { policy: "scoped", controllerRole: "controllers" }),
            "api error AccessDenied: not authorized to perform iam:GetRole",
        );
        expect(problems).toEqual([]);
        expect(warn.mock.calls.map(([text]) => text)).toEqual([
            expect.stringMatching(
                /^access\.controllerRole: whether the role is there is not checked: .*#unchecked-in-ec2\)$/,
            ),
        ]);
    });
});
