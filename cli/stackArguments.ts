import type { Declaration } from "./declarations";

/** Flags of `pulumi` that name the project's folder, each with a value. */
const folders = ["--cwd", "-C"];
/** Those and the flags that choose the stack and its configuration. */
const choosing = ["--stack", "-s", "--config-file", ...folders];

export interface SeparatedArguments {
    /** What the command reads itself. */
    own: string[];
    /** What goes to `pulumi`. */
    stackArguments: string[];
}

/**
 * Separates a command's own arguments from those for `pulumi`: all behind `--`, and the flags that choose the stack wherever they
 * stand. A command that does not run `pulumi` reads them itself.
 */
export function separated(words: string[], { asksPulumi }: Pick<Declaration, "asksPulumi">): SeparatedArguments {
    const divider = words.includes("--") ? words.indexOf("--") : words.length;
    const [before, after] = [words.slice(0, divider), words.slice(divider + 1)];
    if (!asksPulumi) return { own: [...before, ...after], stackArguments: [] };
    const isForPulumi = (word: string, index: number) =>
        choosing.some((flag) => word === flag || word.startsWith(`${flag}=`)) ||
        choosing.includes(before[index - 1] ?? "");
    return {
        own: before.filter((word, index) => !isForPulumi(word, index)),
        stackArguments: [...before.filter(isForPulumi), ...after],
    };
}

/**
 * Enters the project's folder where the arguments name one: the command reads files of the project itself, and `pulumi` runs there.
 *
 * @returns the other arguments
 */
export function enterFolder(stackArguments: string[]): string[] {
    const isFolder = (word: string, index: number) =>
        folders.some((flag) => word === flag || word.startsWith(`${flag}=`)) ||
        folders.includes(stackArguments[index - 1] ?? "");
    const folder = stackArguments.filter(isFolder).at(-1);
    if (folder !== undefined) process.chdir(folder.replace(/^(--cwd|-C)=/, ""));
    return stackArguments.filter((word, index) => !isFolder(word, index));
}
