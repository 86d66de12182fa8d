import { SettingsContext } from "../context";
import { Findings } from "../findings";
import { slashed, type ControllerSettings } from "../../schema/controller";
import { WrittenStack } from "../shape";
import { readNamedFile } from "./text";

/** A controller with its files read and its URL ending in a slash. */
export function resolveController(
    id: string,
    stack: WrittenStack,
    context: SettingsContext,
    findings: Findings,
): ControllerSettings {
    const { certificateAuthority, clientCertificate, ...rest } = stack.controllers[
        id
    ] as WrittenStack["controllers"][string];
    return {
        ...rest,
        id,
        url: slashed(rest.url),
        ...certificate("certificateAuthority", certificateAuthority),
        ...certificate("clientCertificate", clientCertificate),
    };

    function certificate(
        key: "certificateAuthority" | "clientCertificate",
        file: string | undefined,
    ): Partial<ControllerSettings> {
        if (file === undefined) return {};
        const path = ["controllers", id, key];
        const pem = readNamedFile(file, path, context, findings);
        if (pem !== undefined && !pem.includes("-----BEGIN CERTIFICATE-----")) {
            findings.problem(
                "unreadable-file",
                path,
                "is not a certificate in PEM form: it has no line BEGIN CERTIFICATE",
            );
        }
        return pem === undefined ? {} : { [key]: pem };
    }
}
