import { readdirSync, readFileSync, statSync, type Stats } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../problem";
import type { SettingsContext } from "./context";

/**
 * The files that settings name, by their paths in the project's folder.
 *
 * @throws UserError when one is read that is there and cannot be read
 */
export function projectFiles(folder: () => string): Pick<SettingsContext, "readFile" | "listFolder"> {
    return {
        readFile: (path) => {
            const file = resolve(folder(), path);
            if (!statusOf(file)?.isFile()) return undefined;
            try {
                return readFileSync(file, "utf8");
            } catch (error) {
                const message = `cannot be read: ${(error as Error).message}`;
                throw new UserError([{ code: "unreadable-file", path, message }], {
                    heading: "A file cannot be read",
                });
            }
        },
        listFolder: (path) => {
            const inside = resolve(folder(), path);
            return statusOf(inside)?.isDirectory() ? readdirSync(inside) : undefined;
        },
    };
}

/** Undefined also where the path can be none: a script of one line in place of its file is too long for a name. */
function statusOf(file: string): Stats | undefined {
    try {
        return statSync(file, { throwIfNoEntry: false });
    } catch {
        return undefined;
    }
}
