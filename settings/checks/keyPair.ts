import { Findings } from "../read/findings";
import { StackSettings } from "../schema/stack";

/** A key of one's own is for some cloud. */
export function checkKeyPair({ clouds, keyPair }: StackSettings, findings: Findings): void {
    const unused = Object.values(clouds).every(({ keyPair: { credentialsId } }) => credentialsId !== undefined);
    if (keyPair.publicKey === undefined || !unused || findings.isUncertain("clouds")) return;
    findings.problem(
        "no-effect",
        ["keyPair", "publicKey"],
        "has no effect: every cloud has its key from credentials in Jenkins, as keyPair.credentialsId says",
    );
}
