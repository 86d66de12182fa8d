import { join } from "node:path";
import ts from "typescript";
import { projectFolder } from "../../playground/world";
import type { Block } from "./pages";

/** A block of TypeScript and the page that it is on. */
export interface Sample extends Pick<Block, "text" | "line"> {
    path: string;
}

/** What the compiler says of samples, each a module of its own in the project's folder; all in one program, since types of AWS are large. */
export function typeFaults(samples: readonly Sample[]): string[] {
    const config = ts.readConfigFile(join(projectFolder, "tsconfig.json"), (path) => ts.sys.readFile(path));
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, projectFolder);
    // A sample may show a value that only its text goes on about.
    Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false });
    const files = new Map(samples.map((sample, index) => [join(projectFolder, `sample-${index}.ts`), sample]));
    const host = ts.createCompilerHost(options, true);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (path) => files.has(path) || fileExists(path);
    host.readFile = (path) => files.get(path)?.text ?? readFile(path);
    host.getSourceFile = (path, version, ...rest) => {
        const sample = files.get(path);
        return sample ? ts.createSourceFile(path, sample.text, version, true) : getSourceFile(path, version, ...rest);
    };
    host.getCurrentDirectory = () => projectFolder;
    const program = ts.createProgram([...files.keys()], options, host);
    return [...files].flatMap(([file, { path, line }]) => {
        const source = program.getSourceFile(file)!;
        return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
            ({ start = 0, messageText }) => {
                const at = line + 1 + source.getLineAndCharacterOfPosition(start).line;
                return `${path}:${at}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
            },
        );
    });
}
