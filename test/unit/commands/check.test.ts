import { describe, expect, it } from "vitest";
import { awsAdvice, errorsOf } from "../../../jenkins/commands/awsAnswers";
import { wayToAgents } from "../../../jenkins/commands/wayToAgents";
import { resolved } from "../settings/support";

// Texts as the AWS provider, botocore and the AWS SDKs have them.
describe("what AWS answers a preview", () => {
    it.each([
        [
            "error: No valid credential sources found. Please see https://…",
            /^there are no AWS credentials here: log in/,
        ],
        [
            "operation error STS: GetCallerIdentity, … api error ExpiredToken: The security token is expired",
            /session is over/,
        ],
        [
            "api error InvalidClientTokenId: The security token included in the request is invalid.",
            /does not know the access key/,
        ],
        ["api error UnauthorizedOperation: You are not authorized to perform this operation.", /refuses it a right/],
        [
            "dial tcp: lookup ec2.eu-centrl-1.amazonaws.com: no such host",
            /cannot be reached from here.*is aws:region right/,
        ],
    ])("%s", (said, advice) => expect(awsAdvice(said)).toMatch(advice));

    it("is handed on without advice where that is not known", () => {
        expect(awsAdvice("error: 3 templates would be removed, more than safety.percent allows")).toBeUndefined();
    });

    it("is what stands among the diagnostics, without warnings and counts", () => {
        const preview = `Previewing update (dev):\n\nDiagnostics:\n  pulumi:pulumi:Stack (dev):\n    warning: cap-race\n    error: api error AccessDenied\n\nResources:\n    2 unchanged\n`;
        expect(errorsOf(preview)).toBe("error: api error AccessDenied");
    });
});

describe("the way to the agents", () => {
    const way = (change: (raw: any) => void = () => undefined) => {
        const settings = resolved((raw) => {
            raw.controllers["team-a"].url = "http://127.0.0.1:8080/";
            change(raw);
        });
        return wayToAgents(settings, settings.controllers["team-a"]!);
    };

    it("is from the controller's addresses and what the network lets in; its own name should be among them", async () => {
        const { found, warning } = await way((raw) => (raw.network = { ingress: { cidrs: ["10.30.0.0/16"] } }));
        expect(found).toEqual(["cloud agents: agents take connections from 10.30.0.0/16, 10.20.0.5/32"]);
        expect(warning).toMatchObject({
            path: "controllers.team-a.addresses",
            message: expect.stringContaining(
                "is 127.0.0.1, which the agents of agents take no connection from",
            ) as string,
        });
    });

    it.each([
        ["its name is within a range", (raw: any) => (raw.controllers["team-a"].addresses = ["127.0.0.0/8"])],
        ["a group lets it in", (raw: any) => (raw.network = { ingress: { securityGroups: ["sg-0123456789abcdef0"] } })],
    ])("has no warning where %s", async (_, change) => {
        expect((await way(change)).warning).toBeUndefined();
    });

    it("is through existing groups where none is made", async () => {
        const { found, warning } = await way(
            (raw) => (raw.network = { makeSecurityGroup: false, securityGroups: ["sg-0123456789abcdef0"] }),
        );
        expect(found).toEqual([
            "cloud agents: agents take connections from whom their existing security groups let in",
        ]);
        expect(warning).toBeUndefined();
    });
});
