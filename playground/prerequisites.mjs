// What has to be on the machine before anything starts. Node's own modules only: this runs before `npm ci`.
import { spawnSync } from "node:child_process";

/**
 * @typedef {object} Prerequisite
 * @property {string} name what is needed, with the lowest version
 * @property {string} found what was found instead
 * @property {string} install the commands that install it
 */

const firstVersion = (text) =>
    /(\d+)(?:\.(\d+))?(?:\.(\d+))?/
        .exec(text)
        ?.slice(1)
        .map((part) => Number(part ?? 0));

const atLeast = (found, needed) => {
    for (const [index, part] of needed.entries()) {
        if ((found[index] ?? 0) !== part) return (found[index] ?? 0) > part;
    }
    return true;
};

const versionOf = (command, args) => {
    const answer = spawnSync(command, args, { encoding: "utf8" });
    // Maven prints its name in bold even to a pipe: the escape codes hold digits too.
    return answer.status === 0
        ? firstVersion((answer.stdout + answer.stderr).replace(/\x1b\[[\d;]*m/g, ""))
        : undefined;
};

const required = [
    {
        name: "Node",
        needed: [20, 18, 1],
        version: () => firstVersion(process.version),
        install: "nvm install 22    (or: apt-get install nodejs, brew install node)",
    },
    {
        name: "Java (JDK)",
        needed: [17],
        version: () => versionOf("javac", ["-version"]),
        install: "apt-get install openjdk-17-jdk-headless    (or: brew install openjdk@17)",
    },
    {
        name: "Maven",
        needed: [3, 6],
        version: () => versionOf("mvn", ["--version"]),
        install: "apt-get install maven    (or: brew install maven)",
    },
    {
        name: "Python",
        // moto 5.2 itself asks for 3.10.
        needed: [3, 10],
        version: () => versionOf("python3", ["-c", "import sys, venv, ensurepip; print(sys.version)"]),
        install: "apt-get install python3 python3-venv    (or: brew install python)",
    },
];

/** @returns {Prerequisite[]} everything that is missing, not just the first. */
export function missingPrerequisites() {
    return required.flatMap(({ name, needed, version, install }) => {
        const found = version();
        if (found && atLeast(found, needed)) return [];
        return [{ name: `${name} ${needed.join(".")}+`, found: found ? found.join(".") : "none", install }];
    });
}
