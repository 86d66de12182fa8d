import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { withShortTimeouts } from "../jenkins/push/session";
import type { ControllerAccess } from "../jenkins/push/request";
import { compareVersions } from "../settings/plugin/versions";
import { printable } from "../settings/printable";
import { commands } from "./declarations";
import { compile, type ControllerAnswer } from "./inventory/compile";
import { ofDeployed, ofFile, ofStack, type Asked } from "./inventory/controllers";
import { inventoryFleetFile } from "./inventory/fleetFile";
import { inventoryPage } from "./inventory/page";
import { readInventory } from "./inventory/readInventory";
import { headline, inventoryText } from "./inventory/text";
import { deployedPushes } from "./pulumi";
import { asJson } from "./reports/jsonReport";
import { hasSettings, settingsTakenUp, takeUpStack } from "./stackSettings";
import { reasonOf } from "./status/ask";

/** What `inventory` ends with. */
export enum InventoryExit {
    Whole = 0,
    Error = 1,
    /** Shown, but a controller could not be asked. */
    Parts = 2,
}

/** Controllers that are asked at a time. */
const PARALLEL = 10;
/** The release of Jenkins from which on it and its agents need Java 21. */
const NEEDS_JAVA_21 = "2.555";

/**
 * The permanent agents of controllers, how busy they were, and the templates that would take their place. Reads only. `--write` makes a
 * fleet file of it; one that is there is not overwritten.
 */
export async function inventoryCommand(
    args: string[],
    stackArguments: string[],
    environment: NodeJS.ProcessEnv,
): Promise<InventoryExit> {
    const { values } = parseArgs({ args, options: commands.inventory.options });
    const days = daysOf(values.days);
    if (values.write !== undefined) requireFree(values.write);
    const asked = await askedControllers(values.controllers, stackArguments, environment);
    const limit = pLimit(PARALLEL);
    const controllers = await Promise.all(asked.controllers.map((one) => limit(() => ask(one, days))));
    const { report, proposals } = compile({ at: new Date(), days, controllers, prices: asked.prices });
    if (values.html !== undefined) writeFileSync(values.html, inventoryPage(report));
    if (values.write !== undefined && proposals.length === 0) {
        process.stderr.write(`${values.write} is not written: no permanent agent was found that EC2 could replace\n`);
    } else if (values.write !== undefined) {
        const written = inventoryFleetFile({
            path: values.write,
            proposals,
            controllers: asked.written,
            java: javaOf(controllers),
            head: [
                `Written by inventory on ${report.at.slice(0, 10)}: ${headline(report)}.`,
                "What is marked as a guess is one: nobody can read it from Jenkins.",
                "To do for every template: put what was installed by hand into the image or the init script.",
            ],
        });
        mkdirSync(dirname(values.write), { recursive: true });
        writeFileSync(values.write, written);
        report.changes.push({ file: values.write, change: "written" });
        process.stderr.write(`${values.write} is written\n`);
    }
    process.stdout.write(values.json ? asJson(report) : printable(inventoryText(report)));
    return report.summary.unanswered > 0 ? InventoryExit.Parts : InventoryExit.Whole;
}

function daysOf(text: string): number {
    const days = Number(text);
    if (!/^\d+$/.test(text) || days < 1 || days > 56) {
        throw new Error(
            `--days is "${text}"; it must be a whole number from 1 to 56: Jenkins keeps no statistics for longer.`,
        );
    }
    return days;
}

function requireFree(path: string): void {
    if (!/^[\w.-]+(\/[\w.-]+)*\.ya?ml$/.test(path)) {
        throw new Error(`--write is "${path}"; it must be a path within the project that ends in .yaml.`);
    }
    if (existsSync(path))
        throw new Error(`There is already ${path}: move it away, or name another file after --write.`);
}

async function askedControllers(
    file: string | undefined,
    stackArguments: string[],
    environment: NodeJS.ProcessEnv,
): Promise<Asked> {
    if (file !== undefined) return ofFile(file, environment);
    if (stackArguments.length === 0) {
        throw new Error("inventory needs --controllers FILE, or --stack NAME for the controllers of a stack.");
    }
    await takeUpStack(stackArguments);
    return hasSettings() ? ofStack(await settingsTakenUp()) : ofDeployed(await deployedPushes(stackArguments));
}

async function ask(controller: ControllerAccess, days: number): Promise<ControllerAnswer> {
    const { id, url } = controller;
    try {
        const report = (line: string) => process.stderr.write(`${id}: ${line}\n`);
        return {
            id,
            url,
            inventory: await readInventory(withShortTimeouts({ controller }).controller, { days }, report),
        };
    } catch (error) {
        return { id, url, problem: reasonOf(error) };
    }
}

function javaOf(controllers: readonly ControllerAnswer[]): number {
    const isNew = controllers.some(
        ({ inventory }) => inventory !== undefined && compareVersions(inventory.jenkins, NEEDS_JAVA_21) >= 0,
    );
    return isNew ? 21 : 17;
}
