import type { Path } from "../path";

/** The configuration keys of the project's namespace with their values, already parsed. */
export type RawSettings = Record<string, unknown>;

/** What the settings are read against. */
export interface SettingsContext {
    project: string;
    stack: string;
    /** Name of the component whose arguments are read; absent for the stack's configuration. */
    component?: string;
    /** `aws:region`; undefined where it is not configured. */
    region: string | undefined;
    /** Text of a file, by its path relative to the project's folder; undefined where there is no such file. */
    readFile(path: string): string | undefined;
    /** Names of the files in a folder, by its path relative to the project's folder; undefined where there is no such folder. */
    listFolder(path: string): string[] | undefined;
    /** Configuration keys that are Pulumi secrets. */
    secretKeys: ReadonlySet<string>;
    /** Where in those the secrets are, beside `secrets`; undefined where only the stack's file shows it. */
    secretPaths?: Path[];
    /** Where the stack's configuration has a setting, as `Pulumi.prod.yaml:12:7`; undefined where that is not known. */
    placeInConfiguration?(path: Path): string | undefined;
    /** Size of the stack's whole configuration, as Pulumi hands it over; undefined where it is not known. */
    configurationBytes?: number;
}
