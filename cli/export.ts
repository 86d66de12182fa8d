import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { cloudsOfCasc } from "./export/casc/clouds";
import type { ExportedCloud } from "../settings/schema/codec";
import { newestRelease } from "../settings/plugin/releases";
import { fleetFile } from "./export/fleetFile";
import { liveClouds, type LiveCloud } from "./export/liveClouds";
import { hasLogin, isReadableOnTheWay, mustBeHttps } from "../settings/checks/controllers";
import { shown } from "../settings/path";
import { slashed } from "../settings/schema/controller";
import type { ControllerAccess } from "../jenkins/push/request";
import { printable } from "../settings/printable";
import { commands } from "./declarations";

/** EC2 clouds from where they are configured today, and what of them could not be taken. */
interface Found {
    clouds: ExportedCloud[];
    notes: string[];
    controller: { url: string; user: string };
    /** Version of the plugin there; the newest that is known where it can't be found. */
    plugin: string;
}

/**
 * Writes the EC2 clouds of a live controller, or of a Configuration as Code file (`--casc FILE`), as a fleet file of this
 * program with its scripts beside it, so that a fleet configured by hand moves in one step. The controller is named by
 * JENKINS_URL, JENKINS_USER and JENKINS_TOKEN. `--controller ID` is what it is called here (default `controller`),
 * `--output FILE` where the fleet file goes (default `fleets/ID.yaml`). A file that exists is never overwritten. With
 * `--keep-credentials` the clouds go on naming the credentials that they name.
 */
export async function exportCommand(args: string[], environment: NodeJS.ProcessEnv): Promise<number> {
    const { values } = parseArgs({ args, options: commands.export.options });
    const id = values.controller;
    if (!/^[A-Za-z0-9][\w-]{0,59}$/.test(id)) {
        throw new Error(`--controller is "${id}"; an id has letters, digits, - and _, and at most 60 characters.`);
    }
    const path = values.output ?? `fleets/${id}.yaml`;
    if (!/^[\w.-]+(\/[\w.-]+)*\.ya?ml$/.test(path)) {
        throw new Error(`--output is "${path}"; it must be a path within the project that ends in .yaml.`);
    }
    const found =
        values.casc === undefined
            ? await ofController(id, environment)
            : ofCasc(values.casc, variablesOf(values.set), environment);
    const file = fleetFile({
        path,
        clouds: found.clouds,
        controllers: { [id]: found.controller },
        keepCredentials: values["keep-credentials"],
        plugin: found.plugin,
    });
    write({ [path]: file.yaml, ...file.texts });
    for (const note of [...found.notes, ...file.notes]) process.stderr.write(printable(`note: ${note}\n`));
    process.stdout.write(
        `${[path, ...Object.keys(file.texts)].join("\n")}\n\n${next(id, path, file.makesSecurityGroup)}\n`,
    );
    return 0;
}

async function ofController(id: string, environment: NodeJS.ProcessEnv): Promise<Found> {
    const { JENKINS_URL: url, JENKINS_USER: user, JENKINS_TOKEN: token } = environment;
    if (!url || !user || !token) {
        throw new Error("export needs JENKINS_URL, JENKINS_USER and JENKINS_TOKEN, or --casc FILE.");
    }
    if (!/^https?:/.test(url) || !URL.canParse(url)) {
        throw new Error(
            `JENKINS_URL is ${shown(url, false)}; it must be the address of a Jenkins, like https://jenkins.example.com/team-a/`,
        );
    }
    if (hasLogin(new URL(url))) {
        throw new Error("JENKINS_URL must be without a user and a password: JENKINS_USER and JENKINS_TOKEN say them.");
    }
    if (isReadableOnTheWay(new URL(url))) throw new Error(`JENKINS_URL is ${url}; it ${mustBeHttps}.`);
    const access = accessTo(id, url, user, token);
    const live = await liveClouds(access, "", (line) => process.stderr.write(`${line}\n`));
    const { clouds, notes } = withoutOtherStacks(live.clouds);
    return { clouds, plugin: live.plugin, notes, controller: { url: access.url, user } };
}

/** A cloud of a Pulumi stack cannot move by an export: two stacks would push it. */
function withoutOtherStacks(live: LiveCloud[]): Pick<Found, "clouds" | "notes"> {
    const clouds = live.filter(({ stack }) => stack === "");
    const notes = live
        .filter(({ stack }) => stack !== "")
        .map(({ name, stack }) => `cloud "${name}" is left out: it belongs to the Pulumi stack ${stack}`);
    if (clouds.length === 0) throw new Error(["There is no EC2 cloud to export.", ...notes].join("\n  "));
    return { clouds, notes };
}

function ofCasc(paths: string[], given: Record<string, string>, environment: NodeJS.ProcessEnv): Found {
    const { clouds, notes, url } = cloudsOfCasc(paths, { given, readFile: (path) => fileBeside(paths, path) });
    const controller = { url: environment.JENKINS_URL ?? url, user: environment.JENKINS_USER };
    const missing = Object.entries(controller).filter(([, value]) => !value);
    return {
        clouds,
        plugin: newestRelease.version,
        notes: [
            ...notes,
            ...missing.map(([key]) => `the controller's ${key} is not known: correct it in the fleet file`),
        ],
        controller: { url: controller.url ?? "https://jenkins.example.com/", user: controller.user ?? "provisioner" },
    };
}

/** The values of `--set NAME=VALUE`. */
function variablesOf(set: readonly string[] = []): Record<string, string> {
    return Object.fromEntries(
        set.map((text) => {
            const { name, value } = /^(?<name>[^=]+)=(?<value>.*)$/s.exec(text)?.groups ?? {};
            if (name === undefined || value === undefined)
                throw new Error(`--set is "${text}"; it must be NAME=VALUE.`);
            return [name, value];
        }),
    );
}

/**
 * A file that a Configuration as Code file reads. An absolute path is one of the controller's machine: here the file of that name
 * counts that lies beside the Configuration as Code file. Nothing outside of that folder is read.
 */
function fileBeside(paths: readonly string[], path: string): Buffer | undefined {
    const inside = isAbsolute(path) ? basename(path) : normalize(path);
    if (inside.startsWith("..")) return undefined;
    const folders = paths.map((one) => (statSync(one).isDirectory() ? one : dirname(one)));
    const file = folders
        .map((folder) => join(folder, inside))
        .find((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true);
    return file === undefined ? undefined : readFileSync(file);
}

/** All or none: what is there already is somebody's work. */
function write(files: Record<string, string>): void {
    const there = Object.keys(files).filter((path) => existsSync(path));
    if (there.length > 0) {
        throw new Error(`There is already ${there.join(", ")}: move it away, or say --output with another file.`);
    }
    for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
    }
}

/** What no controller can report of itself, as the commands that set it. */
function next(id: string, path: string, makesSecurityGroup: boolean): string {
    const ingress = `pulumi config set --path 'jenkins-ec2-agents:network.ingress.cidrs[0]' ADDRESS/32    # where ${id} connects to its agents from`;
    const commands = [
        "pulumi config set aws:region REGION",
        `pulumi config set jenkins-ec2-agents:fleet ${path}`,
        ...(makesSecurityGroup ? [ingress] : []),
        `pulumi config set --secret --path 'jenkins-ec2-agents:secrets.tokens.${id}'`,
        "pulumi preview    # what taking over would change",
    ];
    return ["Next:", ...commands].join("\n  ");
}

/** Where the clouds of a controller are read from. */
function accessTo(id: string, url: string, user: string, token: string): ControllerAccess {
    const timeouts = { connectSeconds: 10, answerSeconds: 60, totalSeconds: 120 };
    return { id, url: slashed(url), user, token, timeouts };
}
