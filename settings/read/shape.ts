import { z } from "zod";
import { namesSecret } from "../looksSecret";
import { RawSettings } from "./context";
import { Findings } from "./findings";
import { suggestion } from "../nearest";
import { Path, secretCommand } from "../path";
import { repaired, schemaAt } from "./repair";
import { fixFor, wrongForm } from "./wrongForm";
import { parameterSources } from "../schema/parameters";
import { stack } from "../schema/stack";

/** The settings as written, each value of its declared form. */
export type WrittenStack = z.output<typeof stack>;

/**
 * Checks the form of every value and reports each that is wrong. What is left without the wrong ones, examples in place of
 * needed ones, is returned, so that the cross-checks can go on; undefined where nothing is.
 */
export function readShape(raw: RawSettings, findings: Findings): WrittenStack | undefined {
    let rest: unknown = raw;
    for (let round = 0; round < 20; round++) {
        const result = stack.safeParse(rest, { error: plainMessage });
        if (result.success) return result.data;
        const issues = result.error.issues.map(unfolded).flat();
        if (round === 0) issues.forEach((issue) => report(issue, findings));
        rest = repaired(stack, rest, issues);
    }
    return undefined;
}

type Issue = z.core.$ZodIssue;

/** Of a choice of forms, what is wrong within the one that was meant, where that is clear: the one of which something is right. */
function unfolded(issue: Issue): Issue[] {
    if (issue.code !== "invalid_union") return [issue];
    const meant = issue.errors.filter((issues) => issues.every(({ path }) => path.length > 0));
    const [only, ...more] = meant;
    if (only === undefined || more.length > 0) return [issue];
    return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue).flatMap(unfolded);
}

function report(issue: Issue, findings: Findings): void {
    if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) reportUnknownKey([...issue.path, key], findings);
    } else if (issue.code === "invalid_key") {
        findings.problem("wrong-form", issue.path, issue.issues[0]?.message ?? issue.message);
    } else {
        const missing = findings.valueAt(issue.path) === undefined;
        const message = missing ? `is needed: ${issue.message}` : wrongForm(issue, findings);
        findings.problem(missing ? "missing-setting" : "wrong-form", issue.path, message, fixFor(issue.path, findings));
    }
}

function reportUnknownKey(path: Path, findings: Findings): void {
    const key = String(path.at(-1));
    if (path[0] === "controllers" && path.length === 3 && namesSecret(key)) {
        const place = /token/i.test(key) ? "tokens" : "passwords";
        const fix = secretCommand(["secrets", place, path[1] as string]);
        findings.secret(path, "is a secret in plain text", fix);
        return;
    }
    const settings = settingsOf(key, path.slice(0, -1));
    findings.problem(
        "unknown-setting",
        path,
        settings === undefined
            ? `is not a setting: ${suggestion(key, keysAt(path.slice(0, -1)))}`
            : `is the ec2 plugin's name; the setting is ${settings.join(", ")}`,
    );
}

/** The settings that become a parameter of the plugin, by the parameter's name and where it was written. */
function settingsOf(parameter: string, path: Path): readonly string[] | undefined {
    const schema = schemaAt(stack, path);
    return schema instanceof z.ZodObject ? parameterSources(schema.shape).get(parameter) : undefined;
}

/** The keys that the declaration knows at a path. */
function keysAt(path: Path): string[] {
    const schema = schemaAt(stack, path);
    return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** Messages for what has none of its own. */
function plainMessage(issue: { code?: string; expected?: unknown }): string {
    if (issue.code !== "invalid_type") return "is not a value that can be used here";
    const forms: Record<string, string> = {
        boolean: "must be true or false",
        string: "must be text",
        number: "must be a number",
        int: "must be a whole number",
        array: "must be a list",
        object: "must be a map",
        record: "must be a map",
    };
    return forms[String(issue.expected)] ?? `must be ${String(issue.expected)}`;
}
