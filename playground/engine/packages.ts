import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A Pulumi package of the program that needs a provider plugin. */
export interface PluginPackage {
    name: string;
    /** Version of the npm package, which is the plugin's too. */
    version: string;
    /** Folder of the npm package. */
    folder: string;
}

/** The packages whose plugins the program needs, smallest plugin first. */
export function pluginPackages(): PluginPackage[] {
    return ["command", "tls", "aws"].map((name) => {
        const file = createRequire(__filename).resolve(join("@pulumi", name, "package.json"));
        const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
        return { name, version, folder: dirname(file) };
    });
}
