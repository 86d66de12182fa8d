import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const parameter = z.strictObject({ name: z.string().min(1), type: z.string().min(1) });

/** One class of the plugin. */
const pluginClass = z.strictObject({
    abstract: z.boolean(),
    /** Simple name of the class that it extends; null where that is Object. */
    extends: z.string().nullable(),
    /** Parameters of the data-bound constructor; null where the class has none. */
    constructor: z.array(parameter).nullable(),
    /** Data-bound setters, by the name of what they set. */
    setters: z.array(parameter),
    getters: z.array(z.string().regex(/^\w+\(\):.+$/, "must be written as getName():Type")),
    /** By which Configuration as Code and pipelines name it. */
    symbols: z.array(z.string()),
});

/** A contract file: what one generation of the `ec2` plugin is to a script that builds its objects. */
const contractForm = z.strictObject({
    plugin: z.literal("ec2"),
    version: z.string().regex(/^\d+(\.\w+)+$/, "must be a version of the plugin, like 2059.v05f9d511d7e5"),
    /** Day of the release's tag. */
    date: z.iso.date(),
    /** By whole name. */
    classes: z.record(z.string(), pluginClass).refine((classes) => "hudson.plugins.ec2.SlaveTemplate" in classes, {
        message: "must have hudson.plugins.ec2.SlaveTemplate",
    }),
    /** Constants by the enum's whole name. */
    enums: z.record(z.string(), z.array(z.string()).min(1)),
    /** Version of Jenkins that the release is built against. */
    jenkins: z.string().min(1),
});

export type Contract = z.output<typeof contractForm>;

/** @throws an error that says every place at which the file has not the form of a contract */
export function readContract(file: string): Contract {
    const text = readFileSync(file, "utf8");
    const contract = contractForm.safeParse(parsed(text, file));
    if (contract.success) return contract.data;
    const places = contract.error.issues.map(({ path, message }) => `  ${path.join(": ") || "the file"}: ${message}`);
    throw new Error(`${file} is no contract:\n${places.join("\n")}`);
}

/** Every contract in a folder, the oldest first. */
export function readContracts(folder: string): Contract[] {
    return readdirSync(folder)
        .filter((name) => /^ec2-.*\.json$/.test(name))
        .map((name) => readContract(join(folder, name)))
        .sort((one, other) => parseFloat(one.version) - parseFloat(other.version));
}

/** Parameters by which an object of a class is built; none where the generation has no such class. */
export function parametersOf({ classes }: Contract, className: string): { name: string; type: string }[] {
    const found = Object.hasOwn(classes, className) ? classes[className] : undefined;
    return found === undefined ? [] : [...(found.constructor ?? []), ...found.setters];
}

function parsed(text: string, file: string): unknown {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Error(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
    }
}
