import { beforeAll, describe, expect, test } from "vitest";
import type { RunningController } from "../../../playground/controller/controller";
import { basic, request, script, start } from "./support";

let jenkins: RunningController;

beforeAll(async () => {
    jenkins = await start({ contextPath: "/team-a" });
});

const post = (path: string, headers: Record<string, string>, body = new URLSearchParams({ script: "print 1" })) =>
    request(jenkins, path, { method: "POST", headers, body });

describe("every answer", () => {
    test("names the version of Jenkins", async () => {
        expect((await request(jenkins, "api/json")).headers.get("x-jenkins")).toBe("2.479.3");
    });

    test("is for the path prefix only", async () => {
        expect((await fetch(new URL("/api/json", jenkins.url))).status).toBe(404);
    });
});

describe("authentication", () => {
    test("a wrong token is 401", async () => {
        const answer = await post("scriptText", { authorization: basic("admin", "wrong") });
        expect(answer.status).toBe(401);
        expect(answer.headers.has("x-jenkins")).toBe(false);
        expect(await answer.text()).toContain("Invalid password/token for user: admin");
    });

    test("without credentials it is 403", async () => {
        const answer = await fetch(new URL("api/json", jenkins.url));
        expect(answer.status).toBe(403);
        expect(answer.headers.get("x-you-are-authenticated-as")).toBe("anonymous");
    });

    test("a user without Overall/Administer is told so by name", async () => {
        const answer = await post("scriptText", { authorization: basic(jenkins.viewer.user, jenkins.viewer.token) });
        expect(answer.status).toBe(403);
        expect(await answer.text()).toContain("viewer is missing the Overall/Administer permission");
    });

    test("such a user may read", async () => {
        const headers = { authorization: basic(jenkins.viewer.user, jenkins.viewer.token) };
        expect((await request(jenkins, "api/json", { headers })).status).toBe(200);
    });

    test("whoAmI names the user", async () => {
        const answer = await request(jenkins, "whoAmI/api/json");
        expect(await answer.json()).toMatchObject({ name: "admin", anonymous: false });
    });
});

describe("crumbs", () => {
    const password = () => ({ authorization: basic("admin", jenkins.password) });

    async function crumb(): Promise<Record<string, string>> {
        const answer = await request(jenkins, "crumbIssuer/api/json", { headers: password() });
        const given = (await answer.json()) as { crumb: string; crumbRequestField: string };
        return { [given.crumbRequestField]: given.crumb, cookie: answer.headers.get("set-cookie")!.split(";")[0]! };
    }

    test("an API token needs none", async () => {
        const answer = await post("scriptText", {});
        expect(answer.status).toBe(200);
        expect(answer.headers.has("x-jenkins")).toBe(false);
    });

    test("a password without one is 403", async () => {
        const answer = await post("scriptText", password());
        expect(answer.status).toBe(403);
        expect(await answer.text()).toContain("No valid crumb was included in the request");
    });

    test("a password with crumb and session is let through", async () => {
        expect((await post("scriptText", { ...password(), ...(await crumb()) })).status).toBe(200);
    });

    test("a crumb is worth nothing without its session", async () => {
        const { cookie: _cookie, ...rest } = await crumb();
        expect((await post("scriptText", { ...password(), ...rest })).status).toBe(403);
    });

    test("a crumb is worth nothing in another session", async () => {
        const [mine, other] = [await crumb(), await crumb()];
        expect((await post("scriptText", { ...password(), ...mine, cookie: other.cookie! })).status).toBe(403);
    });

    test("the issuer is not found where crumbs are off, and a password is enough", async () => {
        const open = await start({ crumbs: false });
        const headers = { authorization: basic("admin", open.password) };
        expect((await request(open, "crumbIssuer/api/json", { headers })).status).toBe(404);
        const body = new URLSearchParams({ script: "print 1" });
        expect((await request(open, "scriptText", { method: "POST", headers, body })).status).toBe(200);
    });

    test("a crumb expires", async () => {
        const strict = await start({ crumbSeconds: 0 });
        const headers = { authorization: basic("admin", strict.password) };
        const answer = await request(strict, "crumbIssuer/api/json", { headers });
        const { crumb: text } = (await answer.json()) as { crumb: string };
        const cookie = answer.headers.get("set-cookie")!.split(";")[0]!;
        const again = { ...headers, cookie, "Jenkins-Crumb": text };
        expect((await request(strict, "scriptText", { method: "POST", headers: again })).status).toBe(403);
    });
});

describe("the script console", () => {
    test("answers what is printed, as plain text", async () => {
        const answer = await post("scriptText", {}, new URLSearchParams({ script: "println 'Grüße'" }));
        expect(answer.headers.get("content-type")).toContain("text/plain");
        expect(await answer.text()).toBe("Grüße\n");
    });

    test("is Groovy 2.4.21", async () => {
        expect(await script(jenkins, "println GroovySystem.version")).toBe("2.4.21\n");
    });

    test("adds the last value unless it is null", async () => {
        expect(await script(jenkins, "println 1; 42")).toBe("1\nResult: 42\n");
        expect(await script(jenkins, "println 1; null")).toBe("1\n");
    });

    test("an exception is 200, with the trace after the output", async () => {
        const text = await script(jenkins, "println 'before'; throw new IllegalStateException('inner trouble')");
        expect(text).toMatch(/^before\njava\.lang\.IllegalStateException: inner trouble\n\tat /);
    });

    test("a compile error is 200 too", async () => {
        expect(await script(jenkins, "this is no groovy (")).toContain("MultipleCompilationErrorsException");
    });

    test("a string constant of 70,000 characters does not compile", async () => {
        expect(await script(jenkins, `print '${"x".repeat(70_000)}'.size()`)).toMatch(
            /String too long.*only a maximum of 65535 is allowed/,
        );
    });

    test("GET is 405", async () => {
        expect((await request(jenkins, "scriptText")).status).toBe(405);
    });

    test("does not read a multipart form", async () => {
        const form = new FormData();
        form.set("script", "println 1");
        const answer = await request(jenkins, "scriptText", { method: "POST", body: form });
        expect([answer.status, await answer.text()]).toEqual([200, ""]);
    });

    test("runs scripts at the same time", async () => {
        const meet = `synchronized (System) { System.setProperty('meet', System.getProperty('meet', '') + '1') }
            while (System.getProperty('meet').size() < 2) Thread.sleep(10)
            println 'met'`;
        expect(await Promise.all([script(jenkins, meet), script(jenkins, meet)])).toEqual(["met\n", "met\n"]);
    });
});

describe("the form limit", () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const ofBytes = (bytes: number) => "script=print+1//".padEnd(bytes, "x");
    const send = (controller: RunningController, bytes: number) =>
        request(controller, "scriptText", { method: "POST", headers: form, body: ofBytes(bytes) });

    test("a form of 200,000 bytes passes", async () => {
        expect(await (await send(jenkins, 200_000)).text()).toBe("1");
    });

    test("one byte more is refused", async () => {
        const answer = await send(jenkins, 200_001);
        expect(answer.status).toBe(400);
        expect(await answer.text()).toContain("Form is larger than max length 200000");
    });

    test("there is none where it is set to 0", async () => {
        const open = await start({ formLimit: 0 });
        expect(await (await send(open, 2_000_000)).text()).toBe("1");
    });
});

describe("starting", () => {
    test("is 503 with Jenkins' words, then ready", async () => {
        const slow = await start({ startSeconds: 2 });
        const answer = await request(slow, "api/json");
        expect(answer.status).toBe(503);
        expect(await answer.text()).toContain("Please wait while Jenkins is getting ready to work");
        await expect.poll(async () => (await request(slow, "api/json")).status, { timeout: 20_000 }).toBe(200);
    });
});

describe("the page", () => {
    test("says that it is a stand-in, and shows no secret", async () => {
        const page = await (await fetch(jenkins.url)).text();
        expect(page).toContain("A stand-in of the playground, not Jenkins");
        expect(page).not.toContain(jenkins.token);
    });
});
