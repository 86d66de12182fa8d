import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { secretCommand } from "../../path";
import { KeyPairSettings } from "../../schema/keyPair";
import { WrittenStack } from "../shape";
import { checkSize, readText } from "./text";

/** The key pair, with a public key of the user's own read; both halves must be there, and of a kind that the plugin can use. */
export function resolveKeyPair(stack: WrittenStack, context: SettingsContext, findings: Findings): KeyPairSettings {
    const { publicKey: written, bits } = stack.keyPair;
    const path = ["keyPair", "publicKey"];
    if (written === undefined) {
        if (stack.secrets.privateKey !== undefined) {
            findings.problem(
                "missing-setting",
                ["secrets", "privateKey"],
                "has no public half",
                `pulumi config set --path keyPair.publicKey FILE`,
            );
        }
        return { bits };
    }
    if (stack.secrets.privateKey === undefined && !findings.isUncertain("secrets")) {
        findings.problem("missing-secret", path, "has no private half", secretCommand(["secrets", "privateKey"]));
    }
    // A key is one line: text that has the form of one is no path.
    const inline = typeof written === "string" && /^(ssh|ecdsa)-\S+ /.test(written) ? { inline: written } : written;
    const publicKey = readText(inline, path, context, findings)?.trim();
    checkSize(publicKey ?? "", path, { bytes: 16_384, why: "that is no public key" }, findings);
    if (publicKey !== undefined && !/^ssh-rsa AAAA[A-Za-z0-9+/]+=*( .*)?$/.test(publicKey)) {
        findings.problem(
            "wrong-form",
            path,
            "is not an RSA public key in OpenSSH form (ssh-rsa AAAA…): the plugin works with RSA keys only",
            "ssh-keygen -t rsa -b 4096 -m PEM -f agents",
        );
    }
    return { bits, ...(publicKey === undefined ? {} : { publicKey }) };
}
