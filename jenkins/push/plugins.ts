import type { JenkinsClient } from "./client";
import type { PushError } from "./errors";
import type { Answer } from "./http";
import { backoff, Progress } from "./clock";
import { either, list, optional, record, text, textLike, truth } from "./form";
import { PluginPolicy } from "./request";
import type { Session } from "./session";
import { runScript } from "./script";
import { compareVersions } from "../../settings/plugin/versions";
import { printable } from "../../settings/printable";

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
            "not-jenkins",
            `${client.access.url} answers, but not as Jenkins (no X-Jenkins header): is url right, and does a proxy let it through?`,
        );
    }
    return printable(jenkins.slice(0, 100));
}

type Reporting = Pick<Session, "client" | "report">;

/**
 * Sees to an `ec2` plugin that is new enough: takes what there is, installs one if the policy allows it (restarting
 * Jenkins if allowed and needed), or names the command to run.
 *
 * Jenkins installs the newest version that its update centre offers and takes the pinned one as the least; a version
 * that differs from the pinned one is reported.
 */
export async function ensurePlugin(
    { client, report }: Reporting,
    policy: PluginPolicy,
    installed: InstalledPlugins,
): Promise<InstalledPlugins> {
    if (isNewEnough(installed, policy)) {
        return installed;
    }
    const problem = pluginProblem(client, policy, installed);
    if (problem !== undefined) {
        throw client.refuse("plugin-missing", problem);
    }
    report(`${stateOf(installed, policy)}: installing ${policy.version}`);
    await requireInstallable(client);
    await install({ client, report }, policy);
    const after = await readPlugins(client);
    if (!isNewEnough(after, policy)) {
        throw client.fail(
            "plugin-missing",
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

/**
 * What Java an image must bring for agents of this Jenkins, where it is more than 17. Jenkins' upgrade guide for 2.555: "requires Java 21
 * for controllers and agents".
 */
export function neededJava(jenkins: string): string[] {
    return compareVersions(jenkins, "2.555") < 0
        ? []
        : [`agents of Jenkins ${jenkins} need Java 21 in their image (each Jenkins from 2.555 on does)`];
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

/** What plugin.groovy answers of the ec2 plugin. */
interface Availability {
    /** Why the plugin that is on the disk failed to load; empty where it did not. Only a script can read it. */
    failure: string;
    /** The version that the update centre offers; empty where it knows none. */
    offered: string;
}

const availabilityForm = record({ failure: text, offered: text });

/** @throws PushError where an installation could not help */
async function requireInstallable(client: JenkinsClient): Promise<void> {
    const { failure, offered } = await runScript<Availability>(client, "plugin", {}, availabilityForm);
    const { url } = client.access;
    if (failure !== "") {
        const text = `the ec2 plugin of ${url} failed to load: ${failure}: mend that in ${url}manage/pluginManager/installed and restart Jenkins`;
        throw client.refuse("plugin-installation-failed", text);
    }
    if (offered === "") {
        const text = `the update centre of ${url} does not know the ec2 plugin: check for updates in ${url}manage/pluginManager/updates, and that Jenkins reaches its update site`;
        throw client.refuse("plugin-installation-failed", text);
    }
}

async function install({ client, report }: Reporting, policy: PluginPolicy): Promise<void> {
    const before = new Set((await updateCentre(client)).jobs.map((job) => job.id));
    await client.post({
        path: "pluginManager/installNecessaryPlugins",
        body: { type: "application/xml", text: `<jenkins><install plugin="ec2@${policy.version}"/></jenkins>` },
        accept: [200, 302],
        repeatable: true, // what is installed already, or about to be, is not installed again
    });
    if (await installed({ client, report }, policy, before)) await restartSafely({ client, report }, policy);
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

async function updateCentre(client: JenkinsClient): Promise<UpdateCentre> {
    return client.data<UpdateCentre>(await client.get("updateCenter/api/json?depth=1"), updateCentreForm);
}

/** What a job of the update centre has come to, by its status (hudson.model.UpdateCenter.DownloadJob). */
const ENDED = /Success|Installed|Skipped/;
const FAILED = /Failure|Canceled/;

/** Seconds after which a job that was asked for appears, or never does. */
const JOB_SECONDS = 30;

/**
 * Follows the jobs of the plugin and of its dependencies until each has ended. A dependency may ask for a restart long before the
 * plugin itself is there.
 *
 * @param before ids of the jobs that were there before
 * @returns whether a restart is needed
 */
async function installed({ client, report }: Reporting, policy: PluginPolicy, before: Set<number>): Promise<boolean> {
    const progress = new Progress(client.clock, report);
    const start = client.clock.now();
    for (let attempt = 1; client.remaining() > 0; attempt++) {
        await client.clock.sleep(backoff(Math.min(attempt, 3), client.clock));
        const centre = await updateCentre(client);
        const jobs = centre.jobs.filter((job) => !before.has(job.id) && job.type === "InstallationJob");
        const failed = jobs.find((job) => FAILED.test(statusOf(job)));
        if (failed !== undefined) throw installationFailed(client, policy, failed);
        const ended = jobs.every((job) => ENDED.test(statusOf(job)));
        if (ended && jobs.some(({ name }) => isEc2(name))) return centre.restartRequiredForCompletion;
        // Jenkins may have restarted meanwhile, which forgets its jobs; or somebody else has installed the plugin.
        if (ended && isThere((await readPlugins(client)).ec2, policy.version)) return false;
        if (jobs.length === 0 && client.clock.now() - start > JOB_SECONDS * 1000) {
            throw client.fail(
                "plugin-installation-failed",
                `${client.access.url} took the request to install ec2 ${policy.version} and began nothing: its log has the reason. ${commands(client, policy)}`,
            );
        }
        progress.waiting(`waiting for ${client.access.url} to install ec2 ${policy.version}`);
    }
    throw client.fail(
        "plugin-installation-failed",
        `ec2 ${policy.version} was not installed within ${client.access.timeouts.totalSeconds} s: raise controllers.${client.access.id}.timeouts.totalSeconds`,
    );
}

/** A job is called by the plugin's short name, in some releases of Jenkins by its title. */
const isEc2 = (name: string | undefined) => name === "ec2" || name === "Amazon EC2";

function installationFailed(
    client: JenkinsClient,
    policy: PluginPolicy,
    { name = "ec2", errorMessage }: UpdateCentre["jobs"][number],
): PushError {
    const reason = errorMessage ? `: ${errorMessage}` : "; its log has the reason";
    return client.fail(
        "plugin-installation-failed",
        `installing ${name} failed on the controller${reason}. ${commands(client, policy)}`,
    );
}

function isThere(installed: string | undefined, wanted: string): boolean {
    return installed !== undefined && compareVersions(installed, wanted) >= 0;
}

function statusOf(job: UpdateCentre["jobs"][number]): string {
    return typeof job.status === "string" ? job.status : (job.status?.type ?? "");
}

async function restartSafely({ client, report }: Reporting, policy: PluginPolicy): Promise<void> {
    const { url, id } = client.access;
    if (!policy.restart) {
        throw client.fail(
            "restart-needed",
            `ec2 ${policy.version} is installed and becomes active with a restart: restart Jenkins (${url}safeRestart), or set controllers.${id}.plugin.restart: true`,
        );
    }
    report(`restarting ${url} once its running builds have ended`);
    await client.post({ path: "safeRestart", accept: [200, 302], repeatable: true });
    await restarted({ client, report });
}

/** Waits until the restart is over: Jenkins has gone away or no longer asks for a restart, and answers again. */
async function restarted({ client, report }: Reporting): Promise<void> {
    const progress = new Progress(client.clock, report);
    while (client.remaining() > 0) {
        await client.clock.sleep(2_000);
        if (!(await updateCentre(client)).restartRequiredForCompletion) return;
        progress.waiting(`waiting for ${client.access.url}: running builds end before the restart`);
    }
    throw client.fail(
        "restart-needed",
        `Jenkins did not restart within ${client.access.timeouts.totalSeconds} s: builds may still run; raise controllers.${client.access.id}.timeouts.totalSeconds`,
    );
}
