import type { JenkinsClient } from "./client";
import { list, record, text } from "./form";
import { runScript } from "./script";

/** What EC2 answered to a dry run of one template. */
export interface DryRun {
    /** Description of the template. */
    description: string;
    /** AWS's code; empty where EC2 was not asked. */
    code: string;
    /** AWS's own words, or why EC2 was not asked. */
    message: string;
}

/** The code with which EC2 answers that it would have started the instance. */
const WOULD_START = "DryRunOperation";

export const wouldStart = ({ code }: DryRun) => code === WOULD_START;
export const isRefused = ({ code }: DryRun) => code !== "" && code !== WOULD_START;

const answersForm = record({ templates: list(record({ description: text, code: text, message: text })) });

/**
 * Has a controller ask EC2, for each template of a cloud, whether it would start an instance, with the controller's own identity.
 * Starts nothing and costs nothing.
 *
 * @param cloud its name in Jenkins
 */
export async function dryRuns(client: JenkinsClient, cloud: string): Promise<DryRun[]> {
    return (await runScript<{ templates: DryRun[] }>(client, "dryRun", { name: cloud }, answersForm)).templates;
}
