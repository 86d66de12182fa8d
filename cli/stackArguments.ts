import type { Declaration } from "./declarations";

/** Flags of `pulumi` that choose the stack and its configuration, each with a value. */
const choosing = ["--stack", "-s", "--config-file", "--cwd", "-C"];

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
