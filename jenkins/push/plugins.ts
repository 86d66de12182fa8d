import { JenkinsClient } from "./client";
import { backoff, Progress } from "./clock";
import { either, list, optional, record, text, textLike, truth } from "./form";
import { Report } from "./logLine";
import { PluginPolicy } from "./request";
import type { Session } from "./session";
import type { Answer } from "./transport";
import { compareVersions } from "../../settings/versions";
import { visible } from "../../settings/visible";

export interface InstalledPlugins {
    jenkins: string;
    /** Version of the active `ec2` plugin, undefined where there is none. */
    ec2: string | undefined;
    /** Whether `ec2` is installed, but not active: disabled, or failed to load. */
    inactive: boolean;
}

const pluginsForm = record({
    plugins: optional(list(record({ shortName: text, version: textLike(/^[\w.+():/ -]{1,200}$/), active: truth }))),
});

/** Versions of Jenkins and of its `ec2` plugin. Waits until Jenkins answers. */
export async function readPlugins(client: JenkinsClient): Promise<InstalledPlugins> {
    const answer = await client.get("pluginManager/api/json?depth=1&tree=plugins[shortName,version,active,enabled]");
    const jenkins = jenkinsOf(client, answer);
    const { plugins = [] } = client.data<{ plugins?: { shortName: string; version: string; active: boolean }[] }>(
        answer,
        pluginsForm,
    );
    const ec2 = plugins.find((each) => each.shortName === "ec2");
    return {
        jenkins,
        ec2: ec2?.active ? ec2.version : undefined,
        inactive: ec2 !== undefined && !ec2.active,
    };
}

/** The version of Jenkins that has answered. */
export function jenkinsOf(client: JenkinsClient, { headers }: Answer): string {
    const jenkins = headers["x-jenkins"];
    if (typeof jenkins !== "string") {
        throw client.fail(
            `${client.access.url} answers, but not as Jenkins (no X-Jenkins header): is url right, and does a proxy let it through?`,
        );
    }
    return visible(jenkins.slice(0, 100));
}

/**
 * Sees to an `ec2` plugin that is new enough: takes what there is, installs one if the policy allows it (restarting
 * Jenkins if allowed and needed), or says the command to run.
 *
 * Jenkins installs the newest version that its update centre offers and takes the pinned one as the least; a version
 * that differs from the pinned one is reported.
 */
export async function ensurePlugin(
    { client, report }: Pick<Session, "client" | "report">,
    policy: PluginPolicy,
    installed: InstalledPlugins,
): Promise<InstalledPlugins> {
    if (isNewEnough(installed, policy)) {
        return installed;
    }
    const problem = pluginProblem(client, policy, installed);
    if (problem !== undefined) {
        throw client.refuse(problem);
    }
    report(`${stateOf(installed, policy)}: installing ${policy.version}`);
    await install(client, policy, report);
    const after = await readPlugins(client);
    if (!isNewEnough(after, policy)) {
        throw client.fail(
            `ec2 ${policy.version} was installed, but ${stateOf(after, policy)}. ${commands(client, policy)}`,
        );
    }
    if (after.ec2 !== policy.version) {
        report(
            `the update centre of ${client.access.url} offers ec2 ${after.ec2} in place of ${policy.version}: that is installed`,
        );
    }
    return after;
}

/** Why the pushes of this policy can't have their plugin, and the command that helps; undefined where they have it, or may install it. */
export function pluginProblem(
    client: JenkinsClient,
    policy: PluginPolicy,
    installed: InstalledPlugins,
): string | undefined {
    if (isNewEnough(installed, policy) || (policy.install && !installed.inactive)) {
        return undefined;
    }
    return `${stateOf(installed, policy)}. ${installed.inactive ? enableIt(client) : commands(client, policy)}`;
}

/** Whether the installed plugin is there, and not older than the policy's minimum. */
export function isNewEnough({ ec2 }: InstalledPlugins, { minimum }: PluginPolicy): boolean {
    return ec2 !== undefined && compareVersions(ec2, minimum) >= 0;
}

function stateOf(installed: InstalledPlugins, policy: PluginPolicy): string {
    if (installed.inactive) {
        return "the ec2 plugin is installed but not active";
    }
    return installed.ec2 === undefined
        ? "the ec2 plugin is not installed"
        : `the ec2 plugin is ${installed.ec2}, older than the minimum ${policy.minimum}`;
}

function enableIt(client: JenkinsClient): string {
    return `Enable it in ${client.access.url}manage/pluginManager/installed and restart Jenkins, or look for the reason in its log`;
}

function commands(client: JenkinsClient, policy: PluginPolicy): string {
    const { url } = client.access;
    return [
        `Set controllers.${client.access.id}.plugin.install: true to let this program do it, or install it by one of:`,
        `java -jar jenkins-cli.jar -s ${url} install-plugin ec2:${policy.version} -restart`,
        `jenkins-plugin-cli --plugins ec2:${policy.version}   (container images; then restart)`,
        `${url}manage/pluginManager/available   (in the browser)`,
    ].join("\n      ");
}

async function install(client: JenkinsClient, policy: PluginPolicy, report: Report): Promise<void> {
    const before = new Set((await jobs(client)).jobs.map((job) => job.id));
    await client.post({
        path: "pluginManager/installNecessaryPlugins",
        body: { type: "application/xml", text: `<jenkins><install plugin="ec2@${policy.version}"/></jenkins>` },
        accept: [200, 302],
    });
    const restart = await installed(client, policy, before, report);
    if (restart) {
        await restartSafely(client, policy, report);
    }
}

const updateCentreForm = record({
    jobs: list(
        record({
            id: (value, place) => (typeof value === "number" ? undefined : place),
            type: text,
            name: optional(text),
            status: optional(either(text, record({ type: optional(text) }))),
            errorMessage: optional(text),
        }),
    ),
    restartRequiredForCompletion: truth,
});

interface UpdateCentre {
    jobs: {
        id: number;
        type: string;
        name?: string;
        status?: { type?: string; success?: boolean } | string;
        errorMessage?: string | null;
    }[];
    restartRequiredForCompletion: boolean;
}

async function jobs(client: JenkinsClient): Promise<UpdateCentre> {
    return client.data<UpdateCentre>(await client.get("updateCenter/api/json?depth=1"), updateCentreForm);
}

/** Follows the installation to its end; answers whether a restart is needed. */
async function installed(
    client: JenkinsClient,
    policy: PluginPolicy,
    before: Set<number>,
    report: Report,
): Promise<boolean> {
    const progress = new Progress(client.clock, report);
    for (let attempt = 1; client.remaining() > 0; attempt++) {
        await client.clock.sleep(backoff(Math.min(attempt, 3), client.clock));
        const centre = await jobs(client);
        const ours = centre.jobs.filter((job) => !before.has(job.id) && job.type === "InstallationJob");
        const failed = ours.find((job) => /Failure/.test(statusOf(job)));
        if (failed !== undefined) {
            const reason = failed.errorMessage ? `: ${failed.errorMessage}` : "; its log says why";
            throw client.fail(
                `installing ${failed.name ?? "ec2"} failed on the controller${reason}. ${commands(client, policy)}`,
            );
        }
        if (centre.restartRequiredForCompletion) {
            return true;
        }
        const done = ours.length > 0 && ours.every((job) => /Success|Installed|Skipped/.test(statusOf(job)));
        if (done || isThere((await readPlugins(client)).ec2, policy.version)) {
            return false;
        }
        progress.waiting(`waiting for ${client.access.url} to install ec2 ${policy.version}`);
    }
    throw client.fail(
        `ec2 ${policy.version} was not installed within ${client.access.timeouts.totalSeconds} s: raise controllers.${client.access.id}.timeouts.totalSeconds`,
    );
}

function isThere(installed: string | undefined, wanted: string): boolean {
    return installed !== undefined && compareVersions(installed, wanted) >= 0;
}

function statusOf(job: UpdateCentre["jobs"][number]): string {
    return typeof job.status === "string" ? job.status : (job.status?.type ?? "");
}

async function restartSafely(client: JenkinsClient, policy: PluginPolicy, report: Report): Promise<void> {
    const { url } = client.access;
    if (!policy.restart) {
        throw client.fail(
            `ec2 ${policy.version} is installed and becomes active with a restart: restart Jenkins (${url}safeRestart), or set controllers.${client.access.id}.plugin.restart: true`,
        );
    }
    report(`restarting ${url} once its running builds have ended`);
    await client.post({ path: "safeRestart", accept: [200, 302] });
    await restarted(client, report);
}

/** Waits until the restart is over: Jenkins has gone away or no longer asks for a restart, and answers again. */
async function restarted(client: JenkinsClient, report: Report): Promise<void> {
    const progress = new Progress(client.clock, report);
    while (client.remaining() > 0) {
        await client.clock.sleep(2_000);
        if (!(await jobs(client)).restartRequiredForCompletion) {
            return;
        }
        progress.waiting(`waiting for ${client.access.url}: running builds end before the restart`);
    }
    throw client.fail(
        `Jenkins did not restart within ${client.access.timeouts.totalSeconds} s: builds may still run; raise controllers.${client.access.id}.timeouts.totalSeconds`,
    );
}
