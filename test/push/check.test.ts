import { afterEach, describe, expect, it } from "vitest";
import { check, type CheckOptions } from "../../cli/checkController";
import type { PushRequest } from "../../jenkins/push/request";
import { access, FakeClock, pushRequest } from "./fixtures";
import { dataOf, framed, ScriptedServer, type Reaction, type Seen } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

let server: ScriptedServer;
afterEach(() => server?.stop());

const steps = ["address", "login", "administrator", "plugin", "clouds", "connection", "launches"];
const gone = (subject: string, id: string) => ({ subject, id, existed: false, path: [], before: "", after: id });

/** A controller on which every step passes. */
function sound(request: Seen): Reaction {
    if (request.path.includes("pluginManager/")) return plugins(newestRelease.version);
    if (request.path.includes("testConnection")) return { status: 200, body: '<div class="ok">Success</div>' };
    if (!request.path.includes("scriptText")) return { status: 200, body: "{}" };
    const data = dataOf(request);
    if (data.wanted)
        return script(data, { instance: "one", hasUrl: true, quietingDown: false, clouds: [], wanted: [] });
    if (data.cloud === undefined) return script(data, launches("DryRunOperation", "Request would have succeeded"));
    return script(data, { exists: true, foreign: [], templates: ["linux"], differences: [], notes: [] });
}
const launches = (code: string, message: string) => ({ templates: [{ description: "linux", code, message }] });
const plugins = (version: string): Reaction => ({
    status: 200,
    body: JSON.stringify({ plugins: [{ shortName: "ec2", version, active: true }] }),
});
const script = (data: Record<string, unknown>, value: object): Reaction => ({
    status: 200,
    body: framed(data, { value }),
});

async function checked(
    react: (request: Seen) => Reaction | undefined,
    judge: CheckOptions["judge"] = () => [],
    deployed: (request: PushRequest) => PushRequest[] = (request) => [request],
    watch: CheckOptions["watch"] = "heal",
) {
    server = await ScriptedServer.start((request) => react(request) ?? sound(request));
    const request = pushRequest(access(server.url));
    return check(request, deployed(request), () => undefined, { judge, watch, clock: new FakeClock() });
}

describe("a check of a controller", () => {
    it("tells which Java the agents' images need, where the Jenkins is one that needs more than 17", async () => {
        const address = async (version: string) => {
            const headers = { "x-jenkins": version };
            const [first] = await checked((request) => Object.assign(sound(request), { headers }));
            await server.stop();
            return first!.found.slice(1);
        };
        expect(await address("2.555.1")).toEqual([
            "agents of Jenkins 2.555.1 need Java 21 in their image (each Jenkins from 2.555 on does)",
        ]);
        expect(await address("2.541.3")).toEqual([]);
    });

    it("passes step by step, and says what it found", async () => {
        const found = await checked(() => undefined);
        expect(found.map(({ step, result }) => [step, result])).toEqual(steps.map((step) => [step, "passed"]));
        expect(found.flatMap(({ found }) => found)).toEqual([
            `Jenkins 2.479.3 answers at ${server.url}`,
            'user "provisioner" is who it says',
            'user "provisioner" may run scripts',
            `ec2 ${newestRelease.version}`,
            "cloud agents and its credentials: as deployed",
            "cloud agents, Test Connection in eu-central-1: Success",
            "cloud agents: EC2 would start an instance of 1 template",
        ]);
    });

    const page = (text: string): Reaction => ({ status: 200, body: `<div class="error">${text}</div>` });
    const at = (part: string, reaction: Reaction) => (request: Seen) =>
        request.path.includes(part) ? reaction : undefined;
    const refused = (reaction: Reaction) => () => reaction;

    it.each<[string, string, (request: Seen) => Reaction | undefined, RegExp]>([
        [
            "address",
            "a page that is not Jenkins'",
            refused({ status: 200, byProxy: true }),
            /not as Jenkins .*is url right/,
        ],
        [
            "address",
            "a login page in between",
            refused({ status: 302, headers: { location: "https://sso.example.com/login" } }),
            /sends to a login page/,
        ],
        ["address", "a sign-in of a proxy", refused({ status: 401, byProxy: true }), /not as Jenkins .*is url right/],
        ["address", "a wrong prefix", refused({ status: 404 }), /is the path prefix of url right/],
        [
            "login",
            "a token that is not valid",
            // Jenkins sends no X-Jenkins with a 401.
            ({ headers }) => (headers.authorization === undefined ? { status: 200 } : { status: 401, byProxy: true }),
            /refused user "provisioner" with this token \(401\): set a valid API token/,
        ],
        [
            "administrator",
            "a user with fewer rights",
            at("pluginManager", { status: 403, body: "provisioner is missing the Overall/Administer permission" }),
            /lacks the permission Overall\/Administer/,
        ],
        [
            "administrator",
            "a proxy that lets no script through",
            at("scriptText", { status: 403, byProxy: true, body: "blocked" }),
            /nothing in between may block scriptText/,
        ],
        [
            "plugin",
            "no plugin that is new enough",
            at("pluginManager", plugins("1.0")),
            /older than the minimum 2\.0\.7\. Set controllers\.team-a\.plugin\.install/,
        ],
        [
            "connection",
            "a key that AWS does not know",
            at("testConnection", page("AuthFailure")),
            /AWS does not accept the access key/,
        ],
        [
            "connection",
            "a private key of another pair",
            at("testConnection", page("The EC2 key pair private key isn't registered to this EC2 region")),
            /not the one of the key pair in this region/,
        ],
        [
            "connection",
            "no way to EC2",
            at(
                "testConnection",
                page("Unable to execute HTTP request: Connect to ec2.eu-central-1.amazonaws.com:443 timed out"),
            ),
            /Jenkins' machine gets no answer from EC2 in eu-central-1: is there a way out/,
        ],
        [
            "connection",
            "no right",
            at("testConnection", page("UnauthorizedOperation: You are not authorized to perform this operation")),
            /refuses it this: does the policy say it/,
        ],
    ])("%s: %s is explained, and nothing after it is tried", async (failing, _, react, explained) => {
        const found = await checked(react);
        const position = steps.indexOf(failing);
        expect(found.map(({ result }) => result)).toEqual(
            steps.map((_, index) => (index < position ? "passed" : index === position ? "failed" : "not tried")),
        );
        expect(found[position]!.found.join("\n")).toMatch(explained);
    });

    it("address: a host that is not there is explained", async () => {
        const request = pushRequest(access("http://127.0.0.1:1/"));
        const [first] = await check(request, [], () => undefined, {
            judge: () => [],
            watch: "heal",
            clock: new FakeClock(),
        });
        expect(first).toEqual({
            step: "address",
            result: "failed",
            found: [
                "http://127.0.0.1:1/ cannot be reached: nothing listens there (connection refused): is Jenkins running, and are host and port right?",
            ],
        });
    });

    it("plugin: what the settings meet on the version there fails", async () => {
        const found = await checked(
            () => undefined,
            ({ installed, hasUrl }) => [`ec2 ${installed.ec2}, ${hasUrl}`],
        );
        expect(found[3]).toEqual({ step: "plugin", result: "failed", found: [`ec2 ${newestRelease.version}, true`] });
    });

    it("clouds: what is gone from Jenkins fails, what else differs is said", async () => {
        const answer = (differences: object[]) => (request: Seen) => {
            if (!request.path.includes("scriptText")) return undefined;
            const data = dataOf(request);
            return data.cloud
                ? script(data, { exists: true, foreign: [], templates: [], differences, notes: [] })
                : undefined;
        };
        const [, , , , lost] = await checked(answer([gone("credential", "agents-aws"), gone("cloud", "")]));
        expect(lost).toMatchObject({
            result: "failed",
            found: [expect.stringContaining("not in Jenkins any more: credential agents-aws, cloud agents: pulumi up")],
        });
        await server.stop();
        const [, , , , edited] = await checked(answer([{ ...gone("template", "linux"), existed: true }]));
        expect(edited).toMatchObject({
            result: "passed",
            found: [expect.stringContaining("differs from what was deployed in 1 places")],
        });
    });

    it.each([
        ["UnauthorizedOperation", "You are not authorized", /Was the policy.* changed in AWS\? pulumi refresh/],
        ["InvalidAMIID.NotFound", "The image id '[ami-1]' does not exist", /Was it deleted in AWS\? pulumi refresh/],
        ["InvalidSubnetID.NotFound", "The subnet ID 'subnet-1' does not exist", /Was it deleted in AWS/],
        ["InvalidGroup.NotFound", "The security group 'sg-1' does not exist", /Was it deleted in AWS/],
    ])("launches: %s fails with AWS's own reason and what to do", async (code, message, remedy) => {
        const found = await checked((request) => {
            if (!request.path.includes("scriptText")) return undefined;
            const data = dataOf(request);
            return data.cloud || data.wanted ? undefined : script(data, launches(code, message));
        });
        expect(found.at(-1)).toMatchObject({ step: "launches", result: "failed" });
        expect(found.at(-1)!.found[0]).toContain(`template linux: EC2 would start no instance: ${code}: ${message}`);
        expect(found.at(-1)!.found[0]).toMatch(remedy);
    });

    it("says how what was changed is put back, by what watch has up do", async () => {
        const answer = (request: Seen) => {
            if (!request.path.includes("scriptText")) return undefined;
            const data = dataOf(request);
            const differences = [gone("cloud", "")];
            return data.cloud
                ? script(data, { exists: true, foreign: [], templates: [], differences, notes: [] })
                : undefined;
        };
        const [, , , , healed] = await checked(answer);
        expect(healed!.found[0]).toContain("cloud agents: pulumi up puts it back");
        await server.stop();
        const [, , , , reported] = await checked(answer, undefined, undefined, "report");
        expect(reported!.found[0]).toContain("not pushed (watch: report): an up with watch: heal puts it back");
    });

    it("mentions that Jenkins is in quiet-down", async () => {
        const found = await checked((request) => {
            const data = request.path.includes("scriptText") ? dataOf(request) : {};
            const state = { instance: "one", hasUrl: true, quietingDown: true, clouds: [], wanted: [] };
            return data.wanted ? script(data, state) : undefined;
        });
        expect(found[2]).toMatchObject({ step: "administrator", result: "passed" });
        expect(found[2]!.found[1]).toContain("Jenkins is in quiet-down");
    });

    it("without anything deployed there the clouds are not tried", async () => {
        const found = await checked(
            () => undefined,
            () => [],
            () => [],
        );
        expect(found.slice(4)).toEqual([
            { step: "clouds", result: "not tried", found: [] },
            { step: "connection", result: "not tried", found: [] },
            { step: "launches", result: "not tried", found: [] },
        ]);
    });

    it("shows no secret of the request", async () => {
        const found = await checked((request) => ({
            status: 500,
            body: JSON.stringify(request.headers) + "api-token-7d1f",
        }));
        expect(JSON.stringify(found)).toContain("500");
        expect(JSON.stringify(found)).not.toContain("api-token-7d1f");
    });
});
