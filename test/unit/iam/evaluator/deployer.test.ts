import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../../../iam/policyDocument";
import { accountId, type Authorisation } from "./authorisation";
import { foreignDeployerRequests, previewRequests, upRequests } from "./deployer-requests";
import { refusedOf } from "./evaluate";

const read = (file: string): PolicyDocument =>
    JSON.parse(readFileSync(join(__dirname, "../../../../iam/deployer", file), "utf8")) as PolicyDocument;

const preview = read("preview.json");
/** Who runs `up` has both. */
const up: PolicyDocument = { ...preview, Statement: [...preview.Statement, ...read("up.json").Statement] };

const actions = ({ Statement }: PolicyDocument) => Statement.flatMap(({ Action }) => Action);

describe("the policy for a preview", () => {
    it("reads only", () => {
        expect(actions(preview).filter((action) => !/^\w+:(Describe|Get|List)/.test(action))).toEqual([]);
    });

    it("allows what a preview asks for, refreshed too", async () => {
        expect(await refusedOf(preview, previewRequests)).toEqual([]);
    });

    it("refuses all that an up writes, and what is none of the stack's", async () => {
        const others = [...upRequests, ...foreignDeployerRequests];
        expect(await refusedOf(preview, others)).toEqual(others);
    });
});

describe("the policies for an up", () => {
    it("allow what it reads and writes", async () => {
        expect(await refusedOf(up, [...previewRequests, ...upRequests])).toEqual([]);
    });

    it("refuse what is none of the stack's: other identities, other policies, instances", async () => {
        expect(await refusedOf(up, foreignDeployerRequests)).toEqual(foreignDeployerRequests);
    });
});

describe("the policies for an up within a permissions boundary, changed as docs/permissions.md says", () => {
    const boundary = "arn:aws:iam::111122223333:policy/ci-boundary";
    const within: PolicyDocument = {
        ...up,
        Statement: up.Statement.filter(({ Sid }) => Sid !== "TakeBoundariesAway").map((statement) =>
            statement.Sid === "MakeUsersAndRoles"
                ? { ...statement, Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } } }
                : statement,
        ),
    };
    const asked = (action: string, limit?: string): Authorisation => ({
        action: `iam:${action}`,
        resource: `arn:aws:iam::${accountId}:${action.includes("Role") ? "role/jenkins-aws" : "user/jenkins-aws-team-a"}`,
        context: limit === undefined ? {} : { "iam:PermissionsBoundary": limit },
    });
    const limited = ["CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"];

    it("make users and roles that have it", async () => {
        expect(
            await refusedOf(
                within,
                limited.map((action) => asked(action, boundary)),
            ),
        ).toEqual([]);
    });

    it("make none without it or with another, and take it from none", async () => {
        const others = [
            ...limited.map((action) => asked(action, "arn:aws:iam::aws:policy/AdministratorAccess")),
            ...["CreateRole", "CreateUser", "DeleteRolePermissionsBoundary", "DeleteUserPermissionsBoundary"].map(
                (action) => asked(action),
            ),
        ];
        expect(await refusedOf(within, others)).toEqual(others);
    });
});

describe("the policies for a state in S3 with secrets by KMS", () => {
    const [stateRead, stateWrite] = [read("state-read.json"), read("state-write.json")];
    const bucket = "arn:aws:s3:::jenkins-agents-state";
    const inState = (action: string, key = "stacks/jenkins-ec2-agents/prod.json"): Authorisation => ({
        action: `s3:${action}`,
        resource: `${bucket}/.pulumi/${key}`,
        context: {},
    });
    const decrypt = (alias: string): Authorisation => ({
        action: "kms:Decrypt",
        resource: `arn:aws:kms:eu-central-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
        context: { "kms:ResourceAliases": [alias] },
    });
    const reads = [
        { action: "s3:ListBucket", resource: bucket, context: {} },
        inState("GetObject"),
        decrypt("alias/jenkins-agents-state"),
    ];
    const lock = "locks/organization/jenkins-ec2-agents/prod/1.json";
    const writes = [inState("PutObject"), inState("PutObject", lock), inState("DeleteObject", lock)];

    it("allow to read it with the one, and to write it with both", async () => {
        expect(await refusedOf(stateRead, reads)).toEqual([]);
        expect(await refusedOf(stateRead, writes)).toEqual(writes);
        const both = { ...stateRead, Statement: [...stateRead.Statement, ...stateWrite.Statement] };
        expect(await refusedOf(both, [...reads, ...writes])).toEqual([]);
    });

    it("refuse other buckets, versions and keys", async () => {
        const others = [
            { ...inState("GetObject"), resource: "arn:aws:s3:::other/.pulumi/stacks/other/prod.json" },
            inState("DeleteObjectVersion"),
            decrypt("alias/other"),
        ];
        const both = { ...stateRead, Statement: [...stateRead.Statement, ...stateWrite.Statement] };
        expect(await refusedOf(both, others)).toEqual(others);
    });
});

it.each([
    ["preview.json", preview],
    ["up.json", read("up.json")],
    ["state-read.json", read("state-read.json")],
    ["state-write.json", read("state-write.json")],
])("%s names its actions one by one, each once, and fits into IAM's 6144 characters", (_, policy) => {
    expect(actions(policy).filter((action) => action.includes("*"))).toEqual([]);
    expect(new Set(actions(policy)).size).toBe(actions(policy).length);
    expect(JSON.stringify(policy).length).toBeLessThan(6144);
});
