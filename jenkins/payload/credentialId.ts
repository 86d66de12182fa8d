import { createHash } from "node:crypto";

/**
 * Id of a credential that belongs to a cloud: its name and the kind, `agents-aws`.
 *
 * The credentials plugin takes letters, digits, `_`, `.` and `-` in an id that is typed in; a cloud's name may hold more. Names
 * that would become one id are told apart by a part of their hash.
 */
export function credentialId(cloudName: string, kind: "aws" | "ssh" | "mark"): string {
    const plain = cloudName.replace(/[^\w.-]+/g, "-");
    if (plain === cloudName) return `${cloudName}-${kind}`;
    return `${plain}-${createHash("sha256").update(cloudName).digest("hex").slice(0, 6)}-${kind}`;
}
