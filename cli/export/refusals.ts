import { faultProblems } from "../../settings/plugin/faultReport";
import { metBySettings } from "../../settings/plugin/met";
import { UserError, type Problem } from "../../settings/problem";
import { readSettings } from "../../settings/read/readSettings";
import { isMap } from "../../settings/collections";

/** A fleet file as it is going to lie in the project. */
export interface WrittenFleet {
    path: string;
    /** The file and the texts beside it, by path. */
    files: Record<string, string>;
    /** Id of the controller, and what the plugin's version is there. */
    controller: string;
    plugin: string;
    /** The clouds as settings, for the secrets that they name. */
    clouds: Record<string, Record<string, unknown>>;
}

/** Why this program refuses a fleet that is live today. */
export interface Refusals {
    /** Known faults of the plugin that are errors. */
    faults: Problem[];
    /** Settings that can't be read. */
    problems: string[];
}

/** Reads an exported fleet as `pulumi preview` will, once what no export has (region, secrets, whom to let in) is said. */
export function refusals({ path, files, controller, plugin, clouds }: WrittenFleet): Refusals {
    const said = {
        fleet: path,
        network: { ingress: { cidrs: ["10.0.0.0/8"] } },
        secrets: { tokens: { [controller]: "-" }, windowsPasswords: passwordsOf(clouds) },
    };
    try {
        const { settings } = readSettings(said, {
            project: "export",
            stack: "export",
            region: "us-east-1",
            readFile: (name) => files[name],
            listFolder: () => undefined,
            secretKeys: new Set(["secrets"]),
        });
        const met = metBySettings(plugin, settings).filter(({ severity }) => severity === "error");
        return {
            faults: faultProblems(
                met.map((one) => ({ ...one, controller, version: plugin })),
                [],
            ),
            problems: [],
        };
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { faults: [], problems: error.problems.map((one) => `${one.path}: ${one.message}`) };
    }
}

/** A password for each name that a template has for its own. */
function passwordsOf(value: unknown): Record<string, string> {
    if (!isMap(value)) return {};
    const { winrm } = value;
    const own = isMap(winrm) && typeof winrm["password"] === "string" ? { [winrm["password"]]: "-" } : {};
    return Object.values(value).reduce<Record<string, string>>((all, one) => ({ ...all, ...passwordsOf(one) }), own);
}
