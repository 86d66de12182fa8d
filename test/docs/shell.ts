import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { separated } from "../../cli/stackArguments";
import { commands, type Declaration } from "../../cli/declarations";
import { projectFolder } from "../../playground/world";

const { scripts } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
};

/** Options of the scripts that take some, read in their programs. Those of `jenkins` are in its declarations. */
const scriptOptions: Record<string, readonly string[]> = {
    demo: optionsIn("playground/demo.ts"),
    bench: optionsIn("test/bench/main.ts"),
    reliability: optionsIn("test/reliability/main.ts"),
};

/** What of Pulumi's command line the pages may name, with the second word where there is one. */
const pulumiCommands: Record<string, readonly string[]> = {
    about: [],
    cancel: [],
    config: ["cp", "env", "get", "refresh", "rm", "rm-all", "set", "set-all"],
    destroy: [],
    env: ["edit", "get", "init", "ls", "open", "rm", "run", "set"],
    import: [],
    install: [],
    login: [],
    logout: [],
    logs: [],
    new: [],
    org: ["get-default", "set-default"],
    package: ["add", "gen-sdk", "get-schema"],
    plugin: ["install", "ls", "rm"],
    preview: [],
    refresh: [],
    stack: [
        "change-secrets-provider",
        "export",
        "graph",
        "history",
        "import",
        "init",
        "ls",
        "output",
        "rename",
        "rm",
        "select",
        "tag",
        "unselect",
    ],
    state: ["delete", "move", "protect", "rename", "repair", "taint", "unprotect", "untaint", "upgrade"],
    up: [],
    update: [],
    version: [],
    watch: [],
    whoami: [],
};

/** What is wrong with a text for a shell: its syntax, and commands and options in it that are not there. */
export function shellFaults(text: string): string[] {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
    return [...(status === 0 ? [] : [stderr.trim()]), ...commandFaults(text)];
}

/** The same without its syntax: for code within text, where square brackets stand for what may be left out. */
export function commandFaults(text: string): string[] {
    return simpleCommands(text).flatMap((words) => {
        const [program, ...rest] = words;
        if (program === "npm" && rest[0] === "run") return npmRun(rest.slice(1).filter((word) => word !== "-s"));
        if (program === "npx" && rest[0] === "jenkins-ec2-agents") return ownCommand(rest.slice(1));
        if (program === "pulumi") return pulumi(rest);
        return [];
    });
}

/** The words of each command in a text, without quotes, comments and redirections. Good enough for what pages show. */
function simpleCommands(text: string): string[][] {
    return text
        .replaceAll("\\\n", " ")
        .split(/\n|\|\||&&|[|;]|\$\(/)
        .map((command) =>
            command
                .replace(/(^|\s)#.*/, "")
                .replace(/[[\]()'"]/g, "")
                .split(/\s+/)
                .filter((word) => word !== ""),
        )
        .map((words) =>
            words.slice(words.findIndex((word) => !/^[A-Z_]+=|^(do|then|if|!|exec|nice|time)$/.test(word))),
        );
}

function npmRun([script = "", separator, ...rest]: string[]): string[] {
    if (isPlaceholder(script)) return [];
    if (!(script in scripts)) return [`npm run ${script}: package.json has no such script`];
    if (separator === undefined) return [];
    if (separator !== "--") return [`npm run ${script} ${separator}: what is for the script stands after --`];
    if (script === "jenkins") return ownCommand(rest);
    const known = scriptOptions[script] ?? [];
    return unknownOptions(rest, known).map((option) => `npm run ${script} -- ${option}: no such option`);
}

function ownCommand([name = "", ...rest]: string[]): string[] {
    if (name === "" || name === "--help" || isPlaceholder(name)) return [];
    const declared = (commands as Record<string, Declaration>)[name];
    if (declared === undefined) return [`${name}: no such command (${Object.keys(commands).join(", ")})`];
    const { own } = separated(rest, declared);
    return [
        ...unknownOptions(own, ["help", ...Object.keys(declared.options)]).map(
            (option) => `${name} ${option}: no such option`,
        ),
        ...(rest.includes("--") && !declared.asksPulumi ? [`${name} --: it asks no pulumi`] : []),
    ];
}

function pulumi(words: string[]): string[] {
    const [name, second] = words.filter((word) => !word.startsWith("-"));
    if (name === undefined || isPlaceholder(name)) return [];
    const seconds = pulumiCommands[name];
    if (seconds === undefined) return [`pulumi ${name}: no such command`];
    if (seconds.length === 0 || second === undefined || isPlaceholder(second)) return [];
    return seconds.includes(second) ? [] : [`pulumi ${name} ${second}: no such command`];
}

function unknownOptions(words: string[], known: readonly string[]): string[] {
    return words
        .filter((word) => word.startsWith("--"))
        .filter((word) => !known.includes(word.slice(2).split("=")[0]!));
}

function optionsIn(program: string): string[] {
    const text = readFileSync(join(projectFolder, program), "utf8");
    return [...text.matchAll(/"--([a-z-]+)"|^ *options: \{ (.*) \},$|^ {2}--([a-z-]+) /gm)].flatMap(
        ([, quoted, declared, helped]) =>
            declared === undefined
                ? [quoted ?? helped!]
                : [...declared.matchAll(/(\w+): \{/g)].map(([, name]) => name!),
    );
}

const isPlaceholder = (word: string) => word === "…" || word === "..." || /^[A-Z]+$/.test(word);
