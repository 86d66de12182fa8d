import { afterEach, describe, expect, it } from "vitest";
import { JenkinsClient } from "../../jenkins/push/client";
import { ControllerAccess } from "../../jenkins/push/request";
import { withShortTimeouts } from "../../jenkins/push/session";
import { access, FakeClock, asIs } from "./fixtures";
import { Reaction, ScriptedServer, Seen } from "./server";

let server: ScriptedServer;
let lines: string[];
let clock: FakeClock;

async function client(
    react: (request: Seen, count: number) => Reaction,
    changes: Partial<ControllerAccess> = {},
): Promise<JenkinsClient> {
    server = await ScriptedServer.start(react);
    lines = [];
    clock = new FakeClock();
    return new JenkinsClient(access(server.url, changes), (line) => lines.push(line), asIs, clock);
}

afterEach(() => server?.stop());

const starting: Reaction = { status: 503, body: "Please wait while Jenkins is getting ready to work ..." };

describe("signing in", () => {
    it("sends the API token and no crumb", async () => {
        const jenkins = await client(() => ({ status: 200 }));
        await jenkins.post({ path: "scriptText", form: { script: "1" } });
        expect(server.seen).toHaveLength(1);
        expect(server.seen[0].headers.authorization).toBe(
            `Basic ${Buffer.from("provisioner:api-token-7d1f").toString("base64")}`,
        );
    });

    it("with a password, sends the crumb and the session cookie that it came with", async () => {
        const jenkins = await client(withCrumbs(), { token: undefined, password: "hunter2" });
        await jenkins.post({ path: "scriptText", form: { script: "1" } });
        await jenkins.post({ path: "scriptText", form: { script: "2" } });
        expect(server.seen.map((each) => each.path)).toEqual(["/crumbIssuer/api/json", "/scriptText", "/scriptText"]);
        expect(server.seen[1].headers).toMatchObject({ "jenkins-crumb": "crumb-1", cookie: "JSESSIONID=session-1" });
    });

    it("fetches a crumb again when Jenkins says that it is not valid", async () => {
        const jenkins = await client(withCrumbs({ stale: ["crumb-1"] }), { token: undefined, password: "hunter2" });
        const answer = await jenkins.post({ path: "scriptText", form: { script: "1" } });
        expect(answer.text).toBe("done");
        expect(server.seen.at(-1)?.headers["jenkins-crumb"]).toBe("crumb-2");
    });

    it("gives up when a fresh crumb is not valid either, and says what may be wrong", async () => {
        const jenkins = await client(withCrumbs({ stale: ["crumb-1", "crumb-2", "crumb-3", "crumb-4"] }), {
            token: undefined,
            password: "x",
        });
        await expect(jenkins.post({ path: "scriptText" })).rejects.toThrow(
            /did not accept its own crumb.*proxy drop cookies/,
        );
    });

    it("does without a crumb where they are off", async () => {
        const jenkins = await client((request) => ({ status: request.path.startsWith("/crumb") ? 404 : 200 }), {
            token: undefined,
            password: "hunter2",
        });
        await jenkins.post({ path: "scriptText" });
        await jenkins.post({ path: "scriptText" });
        expect(server.seen.filter((each) => each.path.startsWith("/crumb"))).toHaveLength(1);
    });

    function withCrumbs({ stale = [] as string[] } = {}) {
        let issued = 0;
        return (request: Seen): Reaction => {
            if (request.path === "/crumbIssuer/api/json") {
                issued++;
                return {
                    status: 200,
                    headers: { "set-cookie": `JSESSIONID=session-${issued}; Path=/; HttpOnly` },
                    body: JSON.stringify({ crumb: `crumb-${issued}`, crumbRequestField: "Jenkins-Crumb" }),
                };
            }
            const crumb = String(request.headers["jenkins-crumb"]);
            return stale.includes(crumb)
                ? { status: 403, body: "No valid crumb was included in the request" }
                : { status: 200, body: "done" };
        };
    }
});

describe("path prefixes", () => {
    it("keeps the prefix of the controller's URL", async () => {
        const jenkins = await client(() => ({ status: 200 }));
        const prefixed = new JenkinsClient(access(`${server.url}team-a/`), () => undefined, asIs, clock);
        await prefixed.get("pluginManager/api/json");
        expect(server.seen[0].path).toBe("/team-a/pluginManager/api/json");
        jenkins.close();
    });
});

describe("a Jenkins that starts", () => {
    it("is waited for, also by a POST, with progress at growing intervals", async () => {
        const jenkins = await client((_, count) => (count < 10 ? starting : { status: 200, body: "up" }));
        expect((await jenkins.post({ path: "scriptText" })).text).toBe("up");
        expect(lines.length).toBeGreaterThan(1);
        expect(lines.length).toBeLessThan(9);
        expect(lines[0]).toMatch(/^waiting for http.*: Jenkins is starting \(\d+ s\)$/);
    });

    it("is not waited for beyond the time for the whole push", async () => {
        const jenkins = await client(() => starting);
        await expect(jenkins.get("api/json")).rejects.toThrow(
            /^controller team-a: Jenkins at .* was still starting after 120 s/,
        );
        expect(clock.now()).toBeLessThanOrEqual(120_000);
    });

    it("is waited for longer where the operation waits by itself", async () => {
        const jenkins = await client(() => starting);
        jenkins.extendBy(600);
        await expect(jenkins.get("api/json")).rejects.toThrow(/was still starting/);
        expect(clock.now()).toBeGreaterThan(600_000);
    });

    const states: [string, Reaction][] = [
        ["500 without X-Jenkins", { status: 500, body: "DefaultCrumbIssuer is missing its descriptor", byProxy: true }],
        ["500 with X-Jenkins", { status: 500, body: "Oops!" }],
        ["401 for a valid token", { status: 401, byProxy: true }],
        ["403 for a valid token", { status: 403, body: "No valid crumb was included in the request" }],
        ["503 without X-Jenkins", { status: 503, body: "no healthy upstream", byProxy: true }],
    ];
    it.each(states)("may answer %s, which is waited for while it serves no login page", async (_, state) => {
        let asked = 0;
        const jenkins = await client(({ path }) => {
            if (asked >= 10) return { status: 200, body: "up" };
            if (path === "/login") return { status: 503, byProxy: true };
            asked++;
            return state;
        });
        expect((await jenkins.post({ path: "scriptText", repeatable: true })).text).toBe("up");
        expect(clock.now()).toBeGreaterThan(60_000);
    });

    it("is told from a wrong token, which stays wrong once the login page is there", async () => {
        const jenkins = await client(({ path }) => ({ status: path === "/login" ? 200 : 401 }));
        await expect(jenkins.get("api/json")).rejects.toMatchObject({ code: "token-refused", refused: true });
        expect(server.seen.filter(({ path }) => path === "/api/json")).toHaveLength(3);
        expect(clock.now()).toBe(5_000);
        expect(server.seen.filter(({ path }) => path === "/login").map(({ headers }) => headers.authorization)).toEqual(
            [undefined, undefined, undefined],
        );
    });

    it("may refuse a valid token for a moment although the login page is there", async () => {
        let asked = 0;
        const jenkins = await client(({ path }) =>
            path === "/login" || asked++ > 1 ? { status: 200, body: "up" } : { status: 401 },
        );
        expect((await jenkins.get("api/json")).text).toBe("up");
    });

    it("is waited for again after it was lost", async () => {
        let lost = 0;
        const jenkins = await client(({ path }, count) => {
            if (count === 1 || lost > 12) return { status: 200, body: "up" };
            if (path === "/login") return "drop";
            return lost++ === 0 ? "drop" : { status: 401 };
        });
        await jenkins.get("api/json");
        expect((await jenkins.get("api/json")).text).toBe("up");
    });

    it("is left alone for as long as Retry-After says", async () => {
        const jenkins = await client((_, count) =>
            count === 1 ? { ...starting, headers: { "retry-after": "17" } } : { status: 200 },
        );
        await jenkins.get("api/json");
        expect(clock.pauses).toEqual([17_000]);
    });
});

describe("repeating", () => {
    it("repeats a GET whose connection was dropped", async () => {
        const jenkins = await client((_, count) => (count === 1 ? "drop" : { status: 200, body: "second" }));
        expect((await jenkins.get("api/json")).text).toBe("second");
    });

    it("repeats a POST whose answer was lost only if that is said to be safe", async () => {
        const jenkins = await client((_, count) => (count === 1 ? "drop" : { status: 200, body: "second" }));
        expect((await jenkins.post({ path: "scriptText", repeatable: true })).text).toBe("second");
    });

    it("does not repeat any other POST whose answer was lost", async () => {
        const jenkins = await client(() => "drop");
        await expect(jenkins.post({ path: "safeRestart" })).rejects.toThrow(/closed the connection without an answer/);
        expect(server.seen).toHaveLength(1);
    });

    it("does not repeat a POST that a gateway answered with 502, unless that is said to be safe", async () => {
        const jenkins = await client(() => ({ status: 502, body: "Bad gateway" }));
        await expect(jenkins.post({ path: "safeRestart" })).rejects.toThrow(/502/);
        expect(server.seen).toHaveLength(1);
    });

    it("tries a dropped GET a few times with growing pauses, then says so", async () => {
        const jenkins = await client(() => "drop");
        await expect(jenkins.get("api/json")).rejects.toThrow(/closed the connection/);
        expect(server.seen).toHaveLength(5);
        expect(clock.pauses).toEqual([500, 1000, 2000, 4000]);
    });
});

describe("errors name the controller, what happened and the fix", () => {
    const cases: [string, Reaction, RegExp][] = [
        [
            "a wrong token",
            { status: 401, byProxy: true }, // Jenkins sends no X-Jenkins here
            /refused user "provisioner" with this token \(401\): set a valid API token/,
        ],
        [
            "a password in place of the token",
            { status: 403, body: "No valid crumb was included in the request" },
            /secrets\.tokens\.team-a is no API token of user "provisioner" .*a password belongs in secrets\.passwords\.team-a/,
        ],
        [
            "a missing permission",
            { status: 403, body: "provisioner is missing the Overall/Administer permission" },
            /"provisioner" lacks the permission Overall\/Administer .*a push needs Overall\/Administer/,
        ],
        ["a wrong path prefix", { status: 404 }, /\(404\): is the path prefix of url right/],
        [
            "a sign-in page",
            { status: 302, headers: { location: "https://sso.example.com/saml/login?token=abc" } },
            /sends to a login page \(302 to https:\/\/sso.example.com\/saml\/login\): use an API token/,
        ],
        [
            "a moved controller",
            { status: 301, headers: { location: "https://new.example.com/" } },
            /redirects to https:\/\/new.example.com\/ \(301\): set url/,
        ],
        ["a form that is too large", { status: 413 }, /refused the size of the request \(413\)/],
        ["an error page", { status: 500, body: "<html><h1>Oops</h1><script>x</script></html>" }, /with 500: Oops/],
    ];
    it.each(cases)("%s", async (_, reaction, message) => {
        const jenkins = await client(() => reaction);
        const error = await jenkins.get("pluginManager/api/json").then(
            () => undefined,
            (each: Error) => each,
        );
        expect(error?.message).toMatch(/^controller team-a: /);
        expect(error?.message).toMatch(message);
        expect(error?.message).not.toContain("abc");
    });

    it("a connection that is refused is waited for, as Jenkins may be about to start", async () => {
        const jenkins = await client(() => ({ status: 200 }));
        await server.stop();
        await expect(jenkins.get("api/json")).rejects.toThrow(
            /cannot be reached: nothing listens there.*is Jenkins running/,
        );
        expect(clock.now()).toBeGreaterThan(60_000);
        expect(clock.now()).toBeLessThanOrEqual(120_000);
    });

    it("a connection that is refused to a question is waited for no longer than a connection may take", async () => {
        const jenkins = await client(() => ({ status: 200 }));
        await server.stop();
        const question = new JenkinsClient(
            withShortTimeouts({ controller: access(server.url) }).controller,
            () => undefined,
            asIs,
            clock,
        );
        await expect(question.get("api/json")).rejects.toThrow(/cannot be reached/);
        expect(clock.now()).toBeLessThanOrEqual(5_000);
        jenkins.close();
    });

    it("a connection that is refused after Jenkins had answered is a restart, and waited for longer", async () => {
        const jenkins = await client(() => ({ status: 200 }));
        await jenkins.get("api/json");
        await server.stop();
        await expect(jenkins.get("api/json")).rejects.toThrow(/cannot be reached/);
        expect(clock.now()).toBeGreaterThan(60_000);
    });
});
