import { jsonFaults, yamlFaults } from "./data";
import type { Page } from "./pages";
import { commandFaults, shellFaults } from "./shell";
import { typeFaults } from "./typescript";

/** What is found in a block of a language. Those of `null` are for reading only. TypeScript is checked all at once. */
const checks: Record<string, ((text: string) => string[]) | null> = {
    yaml: yamlFaults,
    json: jsonFaults,
    shell: shellFaults,
    sh: shellFaults,
    typescript: null,
    text: null,
    diff: null,
    groovy: null,
    hcl: null,
    mermaid: null,
};

/** Blocks of code that say no known language, or that their language's check finds something in. */
export function faultyBlocks(pages: readonly Page[]): string[] {
    return pages.flatMap(({ path, blocks }) =>
        blocks.flatMap(({ language, text, line }) => {
            const known = Object.keys(checks).join(", ");
            const faults =
                language in checks
                    ? (checks[language]?.(text) ?? [])
                    : [`a block is fenced and says its language, one of ${known}; this one says "${language}"`];
            return faults.map((fault) => `${path}:${line}: ${fault}`);
        }),
    );
}

/** What the compiler says of all blocks of TypeScript. */
export function faultySamples(pages: readonly Page[]): string[] {
    return typeFaults(
        pages.flatMap(({ path, blocks }) =>
            blocks.filter(({ language }) => language === "typescript").map((block) => ({ path, ...block })),
        ),
    );
}

/** Commands within text that are not there. */
export function faultyCommands(pages: readonly Page[]): string[] {
    return pages.flatMap(({ path, codes }) =>
        codes.flatMap(({ text, line }) => commandFaults(text).map((fault) => `${path}:${line}: \`${text}\`: ${fault}`)),
    );
}
