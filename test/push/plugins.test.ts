import { afterEach, describe, expect, it } from "vitest";
import { JenkinsClient } from "../../jenkins/push/client";
import { ensurePlugin, readPlugins } from "../../jenkins/push/plugins";
import { PluginPolicy } from "../../jenkins/push/request";
import { compareVersions } from "../../settings/plugin/versions";
import { access, FakeClock, asIs } from "./fixtures";
import { dataOf, framed, Reaction, ScriptedServer, Seen } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

let server: ScriptedServer;
let lines: string[];
afterEach(() => server?.stop());

const WANTED = newestRelease.version;

/** A controller whose plugin can be installed, as far as the client sees it. */
class Controller {
    ec2: string | undefined;
    active = true;
    restartNeeded = false;
    restarting = 0;
    jobs: object[] = [];
    /** Why the plugin failed to load. */
    failure = "";
    /** What the update centre offers. */
    offered = WANTED;
    readonly onInstall: () => void;

    constructor(changes: { ec2?: string; active?: boolean; onInstall?: (controller: Controller) => void } = {}) {
        this.ec2 = changes.ec2;
        this.active = changes.active ?? true;
        this.onInstall = () => changes.onInstall?.(this);
    }

    react = (request: Seen): Reaction => {
        if (this.restarting > 0) {
            this.restarting--;
            return { status: 503, body: "Please wait while Jenkins is getting ready to work" };
        }
        if (request.path.startsWith("/pluginManager/api/json")) {
            const plugins =
                this.ec2 === undefined
                    ? []
                    : [{ shortName: "ec2", version: this.ec2, active: this.active, enabled: true }];
            return { status: 200, body: JSON.stringify({ plugins }) };
        }
        if (request.path.startsWith("/updateCenter")) {
            const body = {
                jobs: this.jobs,
                restartRequiredForCompletion: this.restartNeeded,
            };
            return { status: 200, body: JSON.stringify(body) };
        }
        if (request.path === "/scriptText") {
            const value = { failure: this.failure, offered: this.offered };
            return { status: 200, body: framed(dataOf(request), { value }) };
        }
        if (request.path === "/pluginManager/installNecessaryPlugins") {
            this.onInstall();
            return { status: 302, headers: { location: "/updateCenter" } };
        }
        if (request.path === "/safeRestart") {
            this.restarting = 3;
            this.restartNeeded = false;
            this.ec2 = WANTED;
            return { status: 302, headers: { location: "/" } };
        }
        return { status: 404 };
    };
}

async function ensure(controller: Controller, changes: Partial<PluginPolicy> = {}) {
    server = await ScriptedServer.start(controller.react);
    lines = [];
    const client = new JenkinsClient(access(server.url), () => undefined, asIs, new FakeClock());
    const policy = { version: WANTED, minimum: "1688", install: true, restart: true, ...changes };
    return ensurePlugin({ client, report: (line) => lines.push(line) }, policy, await readPlugins(client));
}

let jobs = 0;
const job = (name: string, type: string, errorMessage?: string) => ({
    id: ++jobs,
    type: "InstallationJob",
    name,
    status: { type },
    errorMessage,
});

function upgraded(controller: Controller): void {
    controller.restartNeeded = true;
    controller.jobs = [job("ec2", "SuccessButRequiresRestart")];
}

/** What changes the controller. */
function posts(): string[] {
    return server.seen
        .filter(({ method, path }) => method === "POST" && path !== "/scriptText")
        .map((each) => each.path);
}

describe("the ec2 plugin", () => {
    it("is taken as it is when it is new enough", async () => {
        expect(await ensure(new Controller({ ec2: "1822.v87175d209b_b_5" }))).toMatchObject({
            jenkins: "2.479.3",
            ec2: "1822.v87175d209b_b_5",
        });
        expect(posts()).toEqual([]);
    });

    it("is installed at the pinned version when it is missing, without a restart if none is needed", async () => {
        const controller = new Controller({
            onInstall: (each) => {
                each.ec2 = WANTED;
                each.jobs = [job("ec2", "Success")];
            },
        });
        expect((await ensure(controller)).ec2).toBe(WANTED);
        expect(posts()).toEqual(["/pluginManager/installNecessaryPlugins"]);
        expect(server.seen.find((each) => each.path.endsWith("installNecessaryPlugins"))?.body).toBe(
            `<jenkins><install plugin="ec2@${WANTED}"/></jenkins>`,
        );
    });

    it("is upgraded with a safe restart, which is waited for", async () => {
        const controller = new Controller({ ec2: "2.0.7", onInstall: upgraded });
        expect((await ensure(controller)).ec2).toBe(WANTED);
        expect(posts()).toEqual(["/pluginManager/installNecessaryPlugins", "/safeRestart"]);
        expect(lines[0]).toBe(`the ec2 plugin is 2.0.7, older than the minimum 1688: installing ${WANTED}`);
    });

    it("is not made active by a restart that is not allowed", async () => {
        const controller = new Controller({ ec2: "2.0.7", onInstall: upgraded });
        await expect(ensure(controller, { restart: false })).rejects.toThrow(
            /becomes active with a restart.*safeRestart.*controllers\.team-a\.plugin\.restart: true/,
        );
        expect(posts()).toEqual(["/pluginManager/installNecessaryPlugins"]);
    });

    it("is not installed unasked: the error holds the commands", async () => {
        await expect(ensure(new Controller(), { install: false })).rejects.toThrow(
            new RegExp(
                `the ec2 plugin is not installed. .*install-plugin ec2:${WANTED}.*jenkins-plugin-cli --plugins ec2:${WANTED}`,
                "s",
            ),
        );
        expect(posts()).toEqual([]);
    });

    it("that is disabled is not reinstalled", async () => {
        await expect(ensure(new Controller({ ec2: WANTED, active: false }))).rejects.toThrow(
            /installed but not active. Enable it in/,
        );
        expect(posts()).toEqual([]);
    });

    it("whose installation fails on the controller ends with the reason", async () => {
        const controller = new Controller({
            onInstall: (each) => (each.jobs = [job("structs", "Success"), job("ec2", "Failure", "checksum mismatch")]),
        });
        await expect(ensure(controller)).rejects.toThrow(/installing ec2 failed on the controller: checksum mismatch/);
    });

    it("is waited for although a dependency already asks for a restart", async () => {
        const controller = new Controller({
            ec2: "2.0.7",
            onInstall: (each) => {
                each.restartNeeded = true;
                each.jobs = [job("structs", "SuccessButRequiresRestart"), job("ec2", "Pending")];
            },
        });
        let asked = 0;
        const react = controller.react;
        controller.react = (request) => {
            if (request.path.startsWith("/updateCenter") && controller.jobs.length > 0 && ++asked === 5)
                upgraded(controller);
            return react(request);
        };
        expect((await ensure(controller)).ec2).toBe(WANTED);
        const restart = server.seen.findIndex(({ path }) => path === "/safeRestart");
        expect(server.seen.slice(0, restart).filter(({ path }) => path.startsWith("/updateCenter"))).toHaveLength(6);
    });

    it("that is there and failed to load ends with the reason, and installs nothing", async () => {
        const controller = new Controller();
        controller.failure = "IOException: structs 338 is missing";
        await expect(ensure(controller)).rejects.toThrow(/failed to load: IOException: structs 338 is missing/);
        expect(posts()).toEqual([]);
    });

    it("that the update centre does not know ends with that, and installs nothing", async () => {
        const controller = new Controller();
        controller.offered = "";
        await expect(ensure(controller)).rejects.toThrow(/does not know the ec2 plugin: check for updates/);
        expect(posts()).toEqual([]);
    });

    it("for which Jenkins begins no job ends within half a minute", async () => {
        await expect(ensure(new Controller())).rejects.toThrow(/began nothing: its log has the reason/);
    });

    it("is not looked for on a page that is not of Jenkins", async () => {
        server = await ScriptedServer.start(() => ({ status: 200, body: "<html>Welcome</html>", byProxy: true }));
        const client = new JenkinsClient(access(server.url), () => undefined, asIs, new FakeClock());
        await expect(readPlugins(client)).rejects.toThrow(/answers, but not as Jenkins \(no X-Jenkins header\)/);
    });
});

describe("versions", () => {
    it("are ordered by their numbers, not by the commit in them", () => {
        const ordered = ["1.68", "2.0.7", "2.0.10", "1688.v8c07e01d657f", "1822.v87175d209b_b_5", "2059.v05f9d511d7e5"];
        expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
        expect(compareVersions("1822.vaaa", "1822.vbbb")).toBe(0);
        expect(compareVersions("1822", "1822.0")).toBe(0);
    });
});
