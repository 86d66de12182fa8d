import { spawnSync } from "node:child_process";

/** Something that has to be on the machine, and is not. The same shape as in ../prerequisites.mjs. */
export interface Prerequisite {
    /** What is needed, with the lowest version. */
    name: string;
    /** What was found instead. */
    found: string;
    /** The commands that install it. */
    install: string;
}

interface Needed {
    name: string;
    version: readonly [number, number];
    command: [string, ...string[]];
    install: string;
}

const go: Needed = {
    name: "Go",
    // The go line of both modules; an older Go from 1.21 on would fetch this one by itself, but not everywhere.
    version: [1, 26],
    command: ["go", "version"],
    install:
        "apt-get install golang-1.26 from Debian's backports, or the archive from the Go project's site    (or: brew install go)",
};

const terraform: Needed = {
    name: "Terraform",
    version: [1, 0],
    command: ["terraform", "version"],
    install: "apt-get install terraform from HashiCorp's repository    (or: brew install hashicorp/tap/terraform)",
};

/** What building the engine needs and this machine lacks: all of it, not just the first. `for` limits it to what is to be built. */
export function missingPrerequisites(
    wanted: { go: boolean; terraform: boolean } = { go: true, terraform: true },
): Prerequisite[] {
    const needed = [...(wanted.go ? [go] : []), ...(wanted.terraform ? [terraform] : [])];
    return needed.flatMap(({ name, version, command, install }) => {
        const found = versionOf(command);
        if (found && (found[0] > version[0] || (found[0] === version[0] && found[1] >= version[1]))) return [];
        return [{ name: `${name} ${version.join(".")}+`, found: found ? found.join(".") : "none", install }];
    });
}

/** @throws an error with all that building needs and this machine lacks */
export function stopIfSomethingIsMissing(wanted: { go: boolean; terraform: boolean }): void {
    const missing = missingPrerequisites(wanted);
    if (missing.length === 0) return;
    const list = missing.map(({ name, found, install: how }) => `  ${name}, found: ${found}\n      ${how}`);
    throw new Error(`Building the engine needs what this machine lacks:\n${list.join("\n")}`);
}

function versionOf([command, ...args]: [string, ...string[]]): [number, number] | undefined {
    const answer = spawnSync(command, args, { encoding: "utf8" });
    const match = answer.status === 0 ? /v?(\d+)\.(\d+)/.exec(answer.stdout) : null;
    return match ? [Number(match[1]), Number(match[2])] : undefined;
}
