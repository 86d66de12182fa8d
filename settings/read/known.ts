import * as pulumi from "@pulumi/pulumi";
import type { Path } from "../path";
import { UNKNOWN } from "../naming";

/** The same structure, in which any part may be an input of Pulumi: a value, a promise, another resource's output. */
export type Inputs<T> = pulumi.Input<T> | (T extends object ? { [Key in keyof T]: Inputs<T[Key]> } : never);

/** What every output has at run time; the SDK (3.270) leaves it out of its types. */
interface Settling<T> {
    promise(): Promise<T>;
    isKnown: Promise<boolean>;
}

const settling = <T>(output: pulumi.Output<T>) => output as unknown as Settling<T>;

/** The value once it is there: in a preview of something not yet made, undefined. Fails as the output's resource fails. */
export async function settled<T>(output: pulumi.Output<T>): Promise<T | undefined> {
    const { promise, isKnown } = settling(output);
    const value = await promise.call(output);
    return (await isKnown) ? value : undefined;
}

/**
 * The output where its resource is made; undefined where that fails, which Pulumi reports of the resource itself: what waits for
 * the output would report it again, in other words.
 */
export function unlessFailed<T>(output: pulumi.Output<T>): pulumi.Output<T | undefined> {
    if (pulumi.runtime.isDryRun()) return output;
    return pulumi.output(settled(output).catch(() => undefined)) as pulumi.Output<T | undefined>;
}

/** Nested inputs once they are there. */
export interface ReadInputs {
    /** A copy as plain values, without what is undefined, and with {@link UNKNOWN} in the place of what is not known yet. */
    value: unknown;
    /** Where secrets are. */
    secrets: Path[];
    /** Where values are that are not known yet. */
    unknown: Path[];
}

/** Reads each part for itself: Pulumi would call the whole unknown for one unknown leaf, and secret for one secret. */
export async function readInputs(input: unknown, path: Path = []): Promise<ReadInputs> {
    if (pulumi.Output.isInstance(input)) return readOutput(input as pulumi.Output<unknown>, path);
    if (input instanceof Promise) return readInputs(await input, path);
    if (typeof input !== "object" || input === null) return { value: input, secrets: [], unknown: [] };
    const keys = Array.isArray(input) ? [...input.keys()] : Object.keys(input);
    const parts = await Promise.all(
        keys.map(async (key) => ({
            key,
            ...(await readInputs((input as Record<PropertyKey, unknown>)[key], [...path, key])),
        })),
    );
    const there = parts.filter(({ value }) => value !== undefined);
    return {
        value: Array.isArray(input)
            ? there.map(({ value }) => value)
            : Object.fromEntries(there.map(({ key, value }) => [key, value])),
        secrets: parts.flatMap(({ secrets }) => secrets),
        unknown: parts.flatMap(({ unknown }) => unknown),
    };
}

async function readOutput(output: pulumi.Output<unknown>, path: Path): Promise<ReadInputs> {
    const value = await settled(output);
    const known = await settling(output).isKnown;
    const inner = known ? await readInputs(value, path) : { value: UNKNOWN, secrets: [], unknown: [path] };
    return (await pulumi.isSecret(output)) ? { ...inner, secrets: [path] } : inner;
}

/** Nested inputs as plain values, as far as they are known: a preview compares with what AWS has yet to answer left open. */
export async function knownValues<T>(inputs: T): Promise<pulumi.Unwrap<T>> {
    return (await readInputs(inputs)).value as pulumi.Unwrap<T>;
}
