import { RawSettings, SettingsContext } from "../read/context";
import { Findings } from "../read/findings";
import { suggestion } from "../nearest";
import { Path, secretCommand, valueAt } from "../path";
import { StackSettings } from "../schema/stack";
import { looksSecret } from "../looksSecret";
import { secretTexts, stackFile } from "../read/secretTexts";

/** Secrets are where they belong and nowhere else, and belong to something. */
export function checkSecrets(settings: StackSettings, context: SettingsContext, findings: Findings): void {
    checkEncrypted(context, findings);
    const raw = findings.valueAt([]);
    findPlainSecrets(raw, [], new Set(secretTexts(raw as RawSettings, context)), findings);
    const controllers = Object.keys(settings.controllers);
    for (const kind of ["tokens", "passwords", "clientKeys"] as const) {
        for (const id of Object.keys(settings.secrets[kind])) {
            if (!controllers.includes(id) && !findings.lacksControllers()) {
                findings.problem(
                    "unknown-name",
                    ["secrets", kind, id],
                    `there is no controller ${id}: ${suggestion(id, controllers)}`,
                );
            }
        }
    }
    checkWindowsPasswords(settings, findings);
    checkSecretVariables(settings, findings);
}

/**
 * One `--secret` makes the whole of `secrets` a secret for Pulumi, whatever else is in it. The stack's file, where it is
 * in its usual place, shows each value.
 */
function checkEncrypted(context: SettingsContext, findings: Findings): void {
    const secrets = findings.valueAt(["secrets"]);
    if (typeof secrets !== "object" || secrets === null) return;
    const plain = findings.isSecretKey("secrets") ? plainInFile(context) : leaves(secrets, ["secrets"]);
    for (const path of plain) {
        findings.secret(path, "is in plain text in the stack's configuration", secretCommand(path));
    }
}

/** Paths of secrets that the stack's file does not encrypt; an encrypted one is { secure: … } there. */
function plainInFile(context: SettingsContext): Path[] {
    const secrets = valueAt(stackFile(context), [`${context.project}:secrets`]);
    return secrets === undefined ? [] : leaves(secrets, ["secrets"]).filter((path) => path.at(-1) !== "secure");
}

/** @param encrypted texts that the stack's file has encrypted */
function findPlainSecrets(value: unknown, path: Path, encrypted: ReadonlySet<string>, findings: Findings): void {
    if (path[0] === "secrets") return;
    if (typeof value === "string" && looksSecret(value) && !encrypted.has(value)) {
        findings.secret(
            path,
            "looks like a secret in plain text",
            "take it out, set it under secrets, and replace it where it is valid: it has been in a file",
        );
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
        findPlainSecrets(inner, [...path, Array.isArray(value) ? Number(key) : key], encrypted, findings);
    }
}

function checkSecretVariables({ secrets, clouds }: StackSettings, findings: Findings): void {
    const templates = Object.values(clouds).flatMap((cloud) => Object.values(cloud.templates));
    const used = templates.flatMap(({ variables }) =>
        Object.values(variables).flatMap((variable) => (typeof variable === "object" ? [variable.secret] : [])),
    );
    for (const name of Object.keys(secrets.variables)) {
        if (!used.includes(name)) {
            findings.warn("unused-secret", ["secrets", "variables", name], "no template uses it in variables");
        }
    }
}

function checkWindowsPasswords({ secrets, clouds }: StackSettings, findings: Findings): void {
    const used = Object.values(clouds).flatMap(({ templates }) =>
        Object.values(templates).map(({ winrm }) => winrm.password),
    );
    for (const name of Object.keys(secrets.windowsPasswords)) {
        if (!used.includes(name)) {
            findings.warn(
                "unused-secret",
                ["secrets", "windowsPasswords", name],
                "no template uses it in winrm.password",
            );
        }
    }
}

function leaves(value: unknown, path: Path): Path[] {
    if (typeof value !== "object" || value === null) return [path];
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
