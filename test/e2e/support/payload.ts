import { join } from "node:path";
import { parametersOf, readContract } from "../../../playground/controller/contract";
import { contracts, newest } from "../../../playground/controller/generations";
import type { PluginObject, PluginValue } from "../../../jenkins/push/request";

/** A version of the plugin, as far as its parameters differ from the newest one's, which payloads are written for. */
export interface Generation {
    version: string;
    /** Parameters of templates and clouds that it lacks. */
    lacks: string[];
    /** What a cloud is called there: the oldest puts `ec2-` before its name. */
    nameOf(cloud: string): string;
}

export function generationOf(version: string): Generation {
    const own = parameterNames(version);
    return {
        version,
        lacks: parameterNames(newest).filter((name) => !own.includes(name)),
        nameOf: (cloud) => (own.includes("cloudName") ? `ec2-${cloud}` : cloud),
    };
}

function parameterNames(version: string): string[] {
    const contract = readContract(join(contracts, `ec2-${version}.json`));
    return ["SlaveTemplate", "EC2Cloud", "AmazonEC2Cloud"].flatMap((name) =>
        parametersOf(contract, `hudson.plugins.ec2.${name}`).map((parameter) => parameter.name),
    );
}

/** The parameters of a payload as this generation has to have them: one type of value for texts, numbers and truth values. */
export function expectedParameters(payload: PluginObject, { lacks }: Generation): Record<string, unknown> {
    const kept = Object.entries(payload).filter(([name]) => !lacks.includes(name));
    const expected = plain(Object.fromEntries(kept)) as Record<string, unknown>;
    if (expected.type !== undefined) expected.type = instanceType(String(expected.type));
    if (lacks.includes("associateIPStrategy") && "associateIPStrategy" in payload) {
        // All that there was before associateIPStrategy.
        expected.associatePublicIp = String(payload.associateIPStrategy === "PUBLIC_IP");
    }
    return expected;
}

/** Those parameters of a controller that are in the expected ones, in the same form. A lacking one is there as `(absent)`. */
export function actualParameters(
    read: Record<string, unknown>,
    expected: Record<string, unknown>,
): Record<string, unknown> {
    const actual = alike(read, expected) as Record<string, unknown>;
    return actual.type === undefined ? actual : { ...actual, type: instanceType(String(actual.type)) };
}

/** `t3.micro` and `T3Micro`, the name of the constant in older generations, are one. */
const instanceType = (type: string) => type.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Null, empty text and an empty list are one for the plugin; every scalar is text; a class goes by its simple name. */
function plain(value: PluginValue): unknown {
    if (Array.isArray(value)) return value.length === 0 ? "" : value.map(plain);
    if (typeof value !== "object") return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, inner]) =>
            name === "$class" ? ["kind", String(inner).split(".").at(-1)] : [name, plain(inner)],
        ),
    );
}

/** What the controller holds, cut to the keys of what is expected. */
function alike(read: unknown, expected: unknown): unknown {
    if (read === undefined) return "(absent)";
    if (read === null || (Array.isArray(read) && read.length === 0)) return "";
    if (Array.isArray(read)) {
        return read.map((one, index) => alike(one, Array.isArray(expected) ? expected[index] : undefined));
    }
    if (typeof read !== "object") return String(read);
    if (typeof expected !== "object" || expected === null) return read;
    const from = read as Record<string, unknown>;
    return Object.fromEntries(Object.entries(expected).map(([name, inner]) => [name, alike(from[name], inner)]));
}
