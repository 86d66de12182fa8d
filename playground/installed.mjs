// Whether `node_modules` is what the lock file says. Node's own modules only: this runs before anything is installed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/**
 * Compares the lock file with npm's own record of what it has installed (`node_modules/.package-lock.json`), whoever ran it: a
 * second installation takes minutes where the network is slow, and fails where there is none.
 *
 * @param {string} project the folder with package-lock.json
 * @returns {boolean}
 */
export function isInstalledAsLocked(project) {
    const record = join(project, "node_modules", ".package-lock.json");
    if (!existsSync(record)) return false;
    const installed = packagesOf(record);
    return Object.entries(packagesOf(join(project, "package-lock.json"))).every(
        ([folder, { version, integrity, optional }]) => {
            if (folder === "") return true; // the project itself
            const found = installed[folder];
            // Optional ones are for other platforms, as a rule.
            if (!found) return optional === true;
            return found.version === version && found.integrity === integrity;
        },
    );
}
