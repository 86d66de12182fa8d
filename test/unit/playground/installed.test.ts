import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isInstalledAsLocked } from "../../../playground/installed.mjs";

type Packages = Record<string, { version?: string; integrity?: string; optional?: boolean }>;

const locked: Packages = {
    "": { version: "0.1.0" },
    "node_modules/zod": { version: "4.0.0", integrity: "sha512-a" },
    "node_modules/other-platform": { version: "1.0.0", integrity: "sha512-b", optional: true },
};

function project(installed: Packages | undefined): string {
    const folder = mkdtempSync(join(tmpdir(), "installed-"));
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: locked }));
    if (installed) {
        mkdirSync(join(folder, "node_modules"));
        writeFileSync(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages: installed }));
    }
    return folder;
}

test("packages are in place when npm's own record has every one of the lock file, whoever installed them", () => {
    const { "node_modules/zod": zod } = locked;
    expect(isInstalledAsLocked(project({ "node_modules/zod": zod! }))).toBe(true);
});

test.each<[string, Packages | undefined]>([
    ["nothing was installed", undefined],
    ["a package is missing", {}],
    ["a package has another version", { "node_modules/zod": { version: "3.0.0", integrity: "sha512-a" } }],
    ["a package has other content", { "node_modules/zod": { version: "4.0.0", integrity: "sha512-x" } }],
])("they are not when %s", (_, installed) => {
    expect(isInstalledAsLocked(project(installed))).toBe(false);
});
