import { posix } from "node:path";
import { SettingsContext } from "../context";
import { Problem } from "../../problem";
import { showPath } from "../../path";
import { noUtf8 } from "../resolve/text";

/** A fleet file by its path relative to the project. */
export interface FleetFile {
    file: string;
    text: string;
}

/** The files that `fleet` names: files themselves, and of folders every `*.yaml`, in the order of their names. */
export function fleetFiles(fleet: unknown, context: SettingsContext, problems: Problem[]): FleetFile[] {
    const named = Array.isArray(fleet) ? fleet : fleet === undefined ? [] : [fleet];
    const seen = new Set<string>();
    return named.flatMap((name: unknown, position) => {
        // Another form is reported with the form of every other value.
        if (typeof name !== "string") return [];
        const path = showPath(Array.isArray(fleet) ? ["fleet", position] : ["fleet"]);
        const problem = (message: string): [] => {
            problems.push({ code: "unreadable-file", severity: "error", path, value: JSON.stringify(name), message });
            return [];
        };
        const text = context.readFile(name);
        const folder = text === undefined ? context.listFolder(name) : undefined;
        if (text === undefined && folder === undefined) {
            return problem("no such file or folder; paths are relative to the folder of Pulumi.yaml");
        }
        const inFolder = (folder ?? []).filter((file) => file.endsWith(".yaml")).sort();
        if (folder !== undefined && inFolder.length === 0) return problem("is a folder without a file *.yaml");
        const files = text === undefined ? inFolder.map((file) => posix.join(name, file)) : [posix.normalize(name)];
        return files.flatMap((file) => {
            if (seen.has(file)) return problem(`names ${file} a second time`);
            seen.add(file);
            const content = text ?? context.readFile(file);
            if (content === undefined) return [];
            const wrong = noUtf8(content);
            return wrong === undefined ? [{ file, text: content }] : problem(`${file} ${wrong}`);
        });
    });
}
