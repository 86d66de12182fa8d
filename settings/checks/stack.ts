import { SettingsContext } from "../read/context";
import { Findings } from "../read/findings";
import { ownTag } from "../naming";
import { StackSettings } from "../schema/stack";
import { suggestion } from "../nearest";

/** The canaries are controllers of this stack, and a template of them has the label of the smoke run. */
export function checkRollout({ rollout, controllers, clouds }: StackSettings, findings: Findings): void {
    const ids = Object.keys(controllers);
    rollout.canary.forEach((id, index) => {
        if (!ids.includes(id) && !findings.lacksControllers()) {
            findings.problem(
                "unknown-name",
                ["rollout", "canary", index],
                `there is no controller ${id}: ${suggestion(id, ids)}`,
            );
        }
    });
    const { smoke } = rollout;
    if (smoke === undefined) return;
    if (rollout.canary.length === 0) {
        findings.problem("no-effect", ["rollout", "smoke"], "needs canaries: set rollout.canary");
        return;
    }
    const known = Object.values(clouds)
        .filter((cloud) => cloud.controllers.some((id) => rollout.canary.includes(id)))
        .flatMap((cloud) => Object.values(cloud.templates).flatMap(({ labels }) => labels));
    if (!known.includes(smoke.label)) {
        findings.problem(
            "unknown-name",
            ["rollout", "smoke", "label"],
            `no template on the canaries has it: ${suggestion(smoke.label, [...new Set(known)])}`,
        );
    }
}

/** A budget without an address tells nobody. */
export function checkBudget({ budget }: StackSettings, findings: Findings): void {
    if (budget.usdPerMonth === undefined || budget.notify.length > 0) return;
    findings.problem("wrong-form", ["budget", "notify"], "must name at least one address");
}

/** A given public key is the key of at least one cloud. */
export function checkKeyPair({ clouds, keyPair }: StackSettings, findings: Findings): void {
    const unused = Object.values(clouds).every(({ keyPair: { credentialsId } }) => credentialsId !== undefined);
    if (keyPair.publicKey === undefined || !unused || findings.isUncertain("clouds")) return;
    findings.problem(
        "no-effect",
        ["keyPair", "publicKey"],
        "has no effect: every cloud uses Jenkins credentials (keyPair.credentialsId)",
    );
}

/** The tag that marks what a stack made is not the user's. */
export function checkOwnTag({ tags }: StackSettings, findings: Findings): void {
    if (ownTag in tags) {
        findings.problem("reserved", ["tags", ownTag], "is a tag that this program sets itself: remove it");
    }
}

/**
 * Pulumi passes the whole configuration in one environment variable. On Linux it has at most 128 KiB, name and end included
 * (MAX_ARG_STRLEN, 32 pages). With more, Pulumi cannot start the program: "fork/exec node: argument list too long".
 */
const most = 131_072 - "PULUMI_CONFIG=".length - 1;
/** The warning comes from three quarters on, so that there is time to move templates to a fleet file. */
const near = Math.floor(most * 0.75);

export function checkSize({ configurationBytes = 0 }: SettingsContext, findings: Findings): void {
    if (configurationBytes < near) return;
    findings.warn(
        "configuration-near-limit",
        ["clouds"],
        `the stack's configuration has ${configurationBytes} bytes; from ${most} on Pulumi cannot start. Move templates to a fleet file`,
    );
}
