import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RawSettings, readSettings } from "../../../settings";
import { context } from "./support";

const project = join(__dirname, "../../..");

/** The large fleets under examples/fleets, with what is set by command. */
export const exampleFleets: Record<string, { path: string; secrets: RawSettings }> = {
    "build-farm": {
        path: "examples/fleets/build-farm/fleet.yaml",
        secrets: { tokens: { builds: "a-token" } },
    },
    "open-source-ci": {
        path: "examples/fleets/open-source-ci/fleet.yaml",
        secrets: { tokens: { community: "a-token" }, variables: { monitoring: "key-of-the-monitoring" } },
    },
};

/** A file of the project; undefined where there is none. */
export function projectFile(path: string): string | undefined {
    const file = join(project, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The settings of a fleet. */
export function readFleet({ path, secrets }: (typeof exampleFleets)[string]) {
    return readSettings({ fleet: path, secrets }, context({}, { readFile: projectFile, region: undefined }));
}
