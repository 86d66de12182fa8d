import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Controller } from "../world";

/** What {@link readController} finds on a controller. */
export interface ControllerContents {
    clouds: { name: string; parameters: Record<string, unknown> & { templates: Record<string, unknown>[] } }[];
    credentials: { id: string; kind: string; scope: string; description: string }[];
    agents: { name: string; busy: number; offline: boolean }[];
    /** When config.xml was last written, in milliseconds: a save shows here. */
    configuration: number;
}

/** Sends a request with the controller's API token. */
export function request(controller: Controller, path: string, init: RequestInit = {}): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${controller.user}:${controller.token}`).toString("base64")}`;
    return fetch(new URL(path, controller.url), {
        redirect: "manual",
        ...init,
        headers: { authorization, ...(init.headers as Record<string, string> | undefined) },
    });
}

/** Runs a Groovy script on the controller and gives what it prints. */
export async function runScript(controller: Controller, script: string): Promise<string> {
    const answer = await request(controller, "scriptText", { method: "POST", body: new URLSearchParams({ script }) });
    if (answer.status !== 200) throw new Error(`scriptText answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
}

export async function readController(controller: Controller): Promise<ControllerContents> {
    return JSON.parse(
        await runScript(controller, readFileSync(join(__dirname, "read.groovy"), "utf8")),
    ) as ControllerContents;
}

/** A cloud and a credential that are nobody's business but the administrator's: they have to survive everything. */
export async function addForeignCloud(controller: Controller): Promise<void> {
    await runScript(controller, readFileSync(join(__dirname, "foreign.groovy"), "utf8"));
}

/** Removes what {@link addForeignCloud} made: an external controller keeps it after the test that needed it. */
export async function removeForeignCloud(controller: Controller): Promise<void> {
    await runScript(
        controller,
        `def clouds = jenkins.model.Jenkins.get().clouds
        clouds.findAll { it.name.endsWith('by-hand') }.each { clouds.remove(it) }
        def provider = com.cloudbees.plugins.credentials.SystemCredentialsProvider.instance
        def domain = com.cloudbees.plugins.credentials.domains.Domain.global()
        provider.credentials.findAll { it.id == 'by-hand' }.each { provider.store.removeCredentials(domain, it) }
        null`,
    );
}

/** The public half of the access key in one of the controller's credentials. */
export async function readAccessKeyId(controller: Controller, credentialId: string): Promise<string> {
    const script = `println com.cloudbees.plugins.credentials.SystemCredentialsProvider.instance.credentials.find { it.id == '${credentialId}' }.accessKey; null`;
    return (await runScript(controller, script)).trim();
}
