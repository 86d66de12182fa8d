import { afterEach, describe, expect, it } from "vitest";
import { buildOnce } from "../../acceptance/job";
import { ScriptedServer, type Reaction } from "../../push/server";

let server: ScriptedServer;
afterEach(() => server?.stop());

/** A Jenkins whose build is, at each look, what comes next; the last stays. */
async function build(looks: Reaction[]): Promise<string[]> {
    const said: string[] = [];
    server = await ScriptedServer.start(({ path }) => {
        if (path.endsWith("/doDelete")) return { status: 302 };
        if (path.endsWith("/build")) return { status: 201 };
        if (path.endsWith("/consoleText")) return { status: 200, body: "uname: not found" };
        return path.startsWith("/createItem") ? { status: 200 } : looks.length > 1 ? looks.shift()! : looks[0]!;
    });
    const login = { url: server.url, user: "admin", token: "11abc" };
    await buildOnce(login, "acceptance", (line) => said.push(line), { pauseSeconds: 0 });
    return said;
}
const isBuild = (body: object): Reaction => ({ status: 200, body: JSON.stringify(body) });
const waits = { status: 404 };
const asked = () => server.seen.map(({ method, path }) => `${method} ${path.split("?")[0]}`);

describe("the build of the acceptance", () => {
    it("is of a job of its own with the label, waited for, and the job goes", async () => {
        const runs = { building: true, result: null, builtOn: "EC2 (acceptance) - small (i-1)" };
        const said = await build([
            waits,
            isBuild(runs),
            isBuild(runs),
            isBuild({ building: false, result: "SUCCESS" }),
        ]);
        expect(said).toEqual([
            "the build waits for an agent",
            "the build runs on EC2 (acceptance) - small (i-1)",
            "SUCCESS",
        ]);
        const { headers, body } = server.seen.find(({ path }) => path === "/createItem?name=acceptance-of-agents")!;
        expect(body).toContain("<assignedNode>acceptance</assignedNode>");
        expect(headers.authorization).toBe(`Basic ${Buffer.from("admin:11abc").toString("base64")}`);
        expect(asked()[0]).toBe("POST /job/acceptance-of-agents/doDelete");
        expect(asked().at(-1)).toBe("POST /job/acceptance-of-agents/doDelete");
    });

    it("that fails is an error with the end of its log, and the job goes", async () => {
        await expect(build([isBuild({ building: false, result: "FAILURE" })])).rejects.toThrow(
            "the build did not succeed: FAILURE\nuname: not found",
        );
        expect(asked().at(-1)).toBe("POST /job/acceptance-of-agents/doDelete");
    });

    it("that cannot be asked for is an error that says what Jenkins answered", async () => {
        await expect(build([{ status: 403, body: "no permission" }])).rejects.toThrow(
            /was answered with 403: no permission/,
        );
    });
});
