import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "./push/difference";

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

/** Whether the value is there: in a preview, that of something not yet made is not. */
export const isKnown = <T>(output: pulumi.Output<T>): Promise<boolean> => settling(output).isKnown;

/**
 * The output where its resource is made; undefined where that fails, which Pulumi says of the resource itself: whoever waits for
 * the output would say it again, in other words.
 */
export function unlessFailed<T>(output: pulumi.Output<T>): pulumi.Output<T | undefined> {
    if (pulumi.runtime.isDryRun()) return output;
    return pulumi.output(settled(output).catch(() => undefined)) as pulumi.Output<T | undefined>;
}

/**
 * A copy of nested inputs as plain values, with {@link UNKNOWN} in the place of each text that AWS has yet to answer. Pulumi
 * itself would call the whole unknown for one unknown leaf, and there would be nothing to compare.
 */
export async function knownValues<T>(inputs: T): Promise<pulumi.Unwrap<T>> {
    return (await plain(inputs)) as pulumi.Unwrap<T>;
}

async function plain(value: unknown): Promise<unknown> {
    if (pulumi.Output.isInstance(value)) {
        const inner = await settled(value as pulumi.Output<unknown>);
        return inner === undefined && !(await settling(value as pulumi.Output<unknown>).isKnown)
            ? UNKNOWN
            : plain(inner);
    }
    if (value instanceof Promise) return plain(await value);
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (value !== null && typeof value === "object") {
        const entries = await Promise.all(
            Object.entries(value).map(async ([key, one]) => [key, await plain(one)] as const),
        );
        return Object.fromEntries(entries);
    }
    return value;
}
