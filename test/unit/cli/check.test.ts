import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsAdvice, errorsOf } from "../../../cli/awsAnswers";
import { wayToAgents } from "../../../cli/wayToAgents";
import { resolved, smallStack } from "../settings/support";
import { command } from "./command";
import { reportOf } from "./reportOf";

describe("npm run jenkins -- check", () => {
    let folder: string;
    beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), "check-"));
        // In the place of the engine: two questions for the configuration, one for the state, and the preview.
        const answers = {
            "stack export": "echo '{\"deployment\":{}}'",
            "stack --show-name": "echo small",
            "config --json": 'cat "$FOLDER/config.json"',
            "preview --non-interactive": 'echo "$PREVIEW"; exit $CODE',
        };
        const cases = Object.entries(answers).map(([asked, answer]) => `"${asked}") ${answer} ;;`);
        writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncase "$1 $2" in ${cases.join(" ")} *) exit 9 ;; esac\n`);
        chmodSync(join(folder, "pulumi"), 0o755);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    async function check(change: (raw: any) => void, environment: Record<string, string>, ...args: string[]) {
        const raw = smallStack();
        // Nothing listens there.
        Object.assign(raw.controllers["team-a"], { url: "http://127.0.0.1:1/", timeouts: { connectSeconds: 1 } });
        change(raw);
        const entries = Object.entries(raw).map(([key, value]) => [
            `jenkins-ec2-agents:${key}`,
            { value: JSON.stringify(value), secret: key === "secrets" },
        ]);
        const config = { "aws:region": { value: "eu-central-1" }, ...Object.fromEntries(entries) };
        writeFileSync(join(folder, "config.json"), JSON.stringify(config));
        const PATH = [folder, process.env.PATH].join(delimiter);
        return command(["check", ...args], join(__dirname, "../../.."), { FOLDER: folder, PATH, ...environment });
    }
    const fine = { CODE: "0", PREVIEW: "" };

    it("says where AWS refuses; the controllers are checked all the same, and what comes after a failed step is not tried", async () => {
        const PREVIEW = "Diagnostics:\n  error: api error ExpiredToken: The security token is expired";
        const { code, stdout } = await check(() => undefined, { CODE: "255", PREVIEW }, "--json");
        const { steps, controllers, errors, summary } = reportOf("check", stdout);
        expect(steps).toMatchObject([
            { step: "engine", result: "passed", found: ["stack small, with 0 clouds on controllers"] },
            { step: "settings", result: "passed", found: ["controllers: team-a"] },
            { step: "AWS", result: "failed" },
            { step: "state", result: "not tried" },
        ]);
        expect(controllers["team-a"][0]).toMatchObject({ step: "address", result: "failed" });
        expect(errors).toMatchObject([
            { message: expect.stringContaining("AWS: the AWS session is over: log in again") as string },
            { path: "controllers.team-a", message: expect.stringContaining("nothing listens there") as string },
        ]);
        expect(summary).toEqual({ passed: 2, failed: 2, untried: 8 });
        expect(code).toBe(2);
    });

    it("as text, says what is wrong with the settings, and tries nothing after that", async () => {
        const { code, stdout } = await check((raw) => (raw.clouds.agents.cap = 0), fine);
        expect(stdout).toContain("  ok      engine         stack small");
        expect(stdout).toMatch(/ {2}FAILED {2}settings .*\n\s+clouds\.agents\.cap: 0\n/);
        expect(stdout).toMatch(
            / {2}- {7}AWS +not tried\n {2}- {7}state +not tried\n1 failed, 1 passed, 2 not tried\.\n$/,
        );
        expect(stdout).not.toContain("token-of-team-a");
        expect(code).toBe(2);
    });

    it("ends with 1 for a controller that the settings have not", async () => {
        const { code, stderr } = await check(() => undefined, fine, "--controller", "team-b");
        expect(stderr).toContain('--controller is "team-b". There are: team-a.');
        expect(code).toBe(1);
    });

    it("without an engine that step fails", async () => {
        const { code, stdout } = await check(() => undefined, { PATH: join(process.execPath, "..") });
        expect(stdout).toMatch(/ {2}FAILED {2}engine +pulumi cannot be run: .* Is it on the PATH\?/);
        expect(code).toBe(2);
    });
});

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
        [
            "operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: x, api error UnknownError",
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
        const preview = `Previewing update (dev):\n\nDiagnostics:\n  pulumi:pulumi:Stack (dev):\n    Cost of instances\n    warning: cap-race\n    error: api error AccessDenied\n    fix: a right\n\nResources:\n    2 unchanged\n`;
        expect(errorsOf(preview)).toBe("error: api error AccessDenied\nfix: a right");
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
