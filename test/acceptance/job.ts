import { setTimeout as sleep } from "node:timers/promises";
import type { Report } from "../../playground/progress";

/** A controller and the API token of an administrator of it, which needs no crumb. */
export interface Login {
    url: string;
    user: string;
    token: string;
}

const job = "acceptance-of-agents";
/** An instance boots, installs Java and builds within it, or something is wrong. */
const limitSeconds = 900;

/**
 * One build of a job of its own on an agent with the label, by Jenkins' REST API; the job goes afterwards.
 *
 * @throws where it does not succeed within a quarter of an hour, with the end of its log
 */
export async function buildOnce(
    login: Login,
    label: string,
    report: Report,
    { pauseSeconds = 5 }: { pauseSeconds?: number } = {},
): Promise<void> {
    const ask = asking(login);
    await ask("POST", `job/${job}/doDelete`, { accept: [302, 404] }); // of a run that was broken off
    await ask("POST", `createItem?name=${job}`, { xml: jobFor(label) });
    try {
        await ask("POST", `job/${job}/build`, { accept: [201] });
        const until = Date.now() + limitSeconds * 1000;
        let said = "";
        for (;;) {
            const { building, result, builtOn = "" } = await firstBuild(ask);
            const says = result ?? (building ? `the build runs on ${builtOn}` : "the build waits for an agent");
            if (says !== said) report(says);
            said = says;
            if (result === "SUCCESS") return;
            if (result || Date.now() > until) {
                const log = await ask("GET", `job/${job}/1/consoleText`, { accept: [200, 404] });
                throw new Error(`the build did not succeed: ${says}\n${log.slice(-2000)}`);
            }
            await sleep(pauseSeconds * 1000);
        }
    } finally {
        await ask("POST", `job/${job}/doDelete`, { accept: [302, 404] });
    }
}

interface Build {
    building?: boolean;
    result?: string | null;
    builtOn?: string;
}

type Ask = (method: string, path: string, how?: { xml?: string; accept?: number[] }) => Promise<string>;

/** Before the build has begun there is none of that number. */
async function firstBuild(ask: Ask): Promise<Build> {
    const text = await ask("GET", `job/${job}/1/api/json?tree=building,result,builtOn`, { accept: [200, 404] });
    return text.startsWith("{") ? (JSON.parse(text) as Build) : {};
}

function asking({ url, user, token }: Login): Ask {
    const authorization = `Basic ${Buffer.from(`${user}:${token}`).toString("base64")}`;
    return async (method, path, { xml, accept = [200] } = {}) => {
        const answer = await fetch(new URL(path, url), {
            method,
            body: xml,
            redirect: "manual",
            headers: { authorization, ...(xml === undefined ? {} : { "content-type": "application/xml" }) },
        });
        const text = await answer.text();
        if (!accept.includes(answer.status)) {
            throw new Error(`${method} ${path} was answered with ${answer.status}: ${text.slice(0, 300)}`);
        }
        return text;
    };
}

const jobFor = (label: string) => `<project>
  <assignedNode>${label}</assignedNode>
  <canRoam>false</canRoam>
  <builders><hudson.tasks.Shell><command>uname -a</command></hudson.tasks.Shell></builders>
</project>`;
