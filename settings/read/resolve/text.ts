import { Buffer } from "node:buffer";
import { unkeepable } from "../bounds";
import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { Path } from "../../path";
import { looksSecret } from "../../looksSecret";

/** What is wrong with a file's text where its bytes were no UTF-8: U+FFFD stands for them when it is read. */
export function noUtf8(text: string): string | undefined {
    return text.includes("\ufffd")
        ? "is no UTF-8, or has the character U+FFFD, which stands for bytes that are none: save it as UTF-8"
        : undefined;
}

/** Text as the settings give it: a path (one line), the text (several lines), or either by name. */
export type WrittenText = string | { file: string } | { inline: string };

/** The text itself, or undefined with a problem reported: no such file, a secret in it. */
export function readText(
    written: WrittenText | undefined,
    path: Path,
    context: SettingsContext,
    findings: Findings,
): string | undefined {
    if (written === undefined) return "";
    const text = textOf(written, path, context, findings);
    if (text === undefined) return undefined;
    const lost = unkeepable(text);
    if (lost !== undefined) findings.problem("wrong-form", path, lost);
    if (looksSecret(text)) {
        findings.secret(
            path,
            "holds a secret in plain text: everyone who can read the repository, the controller's configuration or the instance's metadata can read it",
            "let the script fetch it, with the instance profile's rights, from Secrets Manager or Parameter Store",
        );
    }
    return text;
}

/** Reports a text of more bytes than allowed; `why` tells where the limit comes from. */
export function checkSize(text: string, path: Path, limit: { bytes: number; why: string }, findings: Findings): void {
    const size = Buffer.byteLength(text);
    if (size > limit.bytes)
        findings.problem("too-large", path, `has ${size} bytes; at most ${limit.bytes} are allowed: ${limit.why}`);
}

function textOf(written: WrittenText, path: Path, context: SettingsContext, findings: Findings): string | undefined {
    if (typeof written !== "string" && "inline" in written) return written.inline;
    if (typeof written === "string" && written.includes("\n")) return written;
    return readNamedFile(typeof written === "string" ? written : written.file, path, context, findings);
}

/** Text of a file; undefined, with a problem reported, where there is none. */
export function readNamedFile(
    file: string,
    path: Path,
    context: SettingsContext,
    findings: Findings,
): string | undefined {
    const text = context.readFile(file);
    if (text === undefined) {
        findings.problem(
            "unreadable-file",
            path,
            "no such file; paths are relative to the folder of Pulumi.yaml",
            "correct the path, or write { inline: … } for a text of one line",
        );
        return undefined;
    }
    const wrong = noUtf8(text);
    if (wrong !== undefined) findings.problem("unreadable-file", path, wrong);
    return text;
}
