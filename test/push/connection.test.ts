import { afterEach, describe, expect, it } from "vitest";
import { JenkinsClient } from "../../jenkins/push/client";
import { readVerdict, testConnection } from "../../jenkins/push/connection";
import type { CloudPayload } from "../../jenkins/push/request";
import { access, FakeClock, pushRequest, asIs } from "./fixtures";
import { Reaction, ScriptedServer, Seen } from "./server";

let server: ScriptedServer;
let clock: FakeClock;
afterEach(() => server?.stop());

const OK = '<div class="ok">Success</div>';
const NOT_YET = '<div class="error">AWS was not able to validate the provided access credentials (AuthFailure)</div>';

async function test(
    react: (request: Seen, count: number) => Reaction,
    {
        ids = {},
        seconds = 90,
        change = () => undefined,
    }: { ids?: Record<string, string>; seconds?: number; change?: (cloud: CloudPayload) => void } = {},
) {
    server = await ScriptedServer.start(react);
    clock = new FakeClock();
    const client = new JenkinsClient(access(server.url), () => undefined, asIs, clock);
    const session = {
        client,
        report: () => undefined,
        stopIfParentEnded: () => undefined,
    };
    const type = "hudson.plugins.ec2.EC2Cloud";
    const request = pushRequest(access(server.url));
    change(request.cloud);
    return testConnection(session, request, type, ids, { seconds });
}

describe("the page of Test Connection", () => {
    it("is an error if it holds one, also beside Success", () => {
        const page = `<div class="error">The EC2 key pair private key isn't registered to this EC2 region</div>${OK}`;
        expect(readVerdict(page, asIs).kind).toBe("error");
        expect(readVerdict(OK, asIs)).toEqual({ kind: "ok", text: "Success" });
        expect(readVerdict('<div class="warning">Old key</div>', asIs).kind).toBe("warning");
        expect(readVerdict("<html>Sign in</html>", asIs).kind).toBe("error");
    });
});

describe("testing the connection", () => {
    it("sends the fields of the form, with the credentials to test in place of the cloud's", async () => {
        expect(await test(() => ({ status: 200, body: OK }), { ids: { credentialsId: "agents-aws-staged-1" } })).toBe(
            "Success",
        );
        expect(Object.fromEntries(new URLSearchParams(server.seen[0].body))).toEqual({
            region: "eu-central-1",
            useInstanceProfileForCredentials: "false",
            credentialsId: "agents-aws-staged-1",
            sshKeysCredentialsId: "agents-ssh",
        });
    });

    it("finds the test of older plugins under their class", async () => {
        await test((request) =>
            request.path.includes("AmazonEC2Cloud") ? { status: 200, body: OK } : { status: 404 },
        );
        expect(server.seen.map((each) => each.path)).toEqual([
            "/descriptorByName/hudson.plugins.ec2.EC2Cloud/testConnection",
            "/descriptorByName/hudson.plugins.ec2.AmazonEC2Cloud/testConnection",
        ]);
    });

    it.each([
        "AWS was not able to validate the provided access credentials (Service: Ec2, Status Code: 401, AuthFailure)",
        "The security token included in the request is invalid (InvalidClientTokenId)",
        "You are not authorized to perform this operation. (Service: Ec2, Status Code: 403, UnauthorizedOperation)",
        "User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/b",
        "Access denied (Service: Sts, Status Code: 403, AccessDenied)",
    ])("waits for AWS to know a fresh identity: %s", async (said) => {
        const refused = `<div class="error">${said}</div>`;
        expect(await test((_, count) => ({ status: 200, body: count < 6 ? refused : OK }))).toBe("Success");
        expect(clock.now()).toBeGreaterThan(10_000);
    });

    it("does not wait for an identity that AWS has known before", async () => {
        await expect(test(() => ({ status: 200, body: NOT_YET }), { seconds: 0 })).rejects.toThrow(/AuthFailure/);
        expect(server.seen).toHaveLength(1);
    });

    it("says what may be in the way of a right", async () => {
        const body = '<div class="error">You are not authorized to perform this operation</div>';
        await expect(test(() => ({ status: 200, body }))).rejects.toThrow(/permissions boundary/);
    });

    it("gives up on a key that AWS does not accept within the time for that", async () => {
        await expect(test(() => ({ status: 200, body: NOT_YET }))).rejects.toThrow(
            /Test Connection failed: AWS was not able to validate.*was it deleted or made inactive.*access\.accessKeySeconds/,
        );
        expect(clock.now()).toBeLessThanOrEqual(90_000);
    });

    const unregistered = `<div class="error">The EC2 key pair private key isn&#039;t registered to this EC2 region</div>${OK}`;

    it("says how EC2 gets the public half of a private key that somebody else put into Jenkins", async () => {
        const change = ({ credentials, parameters }: CloudPayload) => {
            credentials.pop();
            parameters.sshKeysCredentialsId = "team-ssh";
        };
        await expect(test(() => ({ status: 200, body: unregistered }), { change })).rejects.toThrow(
            /private key in the credentials "team-ssh": import its public half into eu-central-1: .*aws ec2 import-key-pair --region eu-central-1/,
        );
    });

    it("does not repeat another error", async () => {
        await expect(test(() => ({ status: 200, body: unregistered }))).rejects.toThrow(
            /not the one of the key pair in this region/,
        );
        expect(server.seen).toHaveLength(1);
    });
});
