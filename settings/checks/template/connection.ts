import { secretCommand } from "../../path";
import type { TemplateCheck } from "./templateCheck";

/** Zones, addresses and logins. */
export function checkConnection(check: TemplateCheck): void {
    const { template, cloud, stack, problem, warn } = check;
    const { zones, subnets, platform, winrm } = template;
    for (const zone of zones ?? []) {
        if (!zone.startsWith(cloud.region))
            problem("wrong-region", "zones", `${zone} is not in the cloud's region ${cloud.region}`);
    }
    if (zones !== undefined && subnets !== undefined) {
        problem(
            "conflicting-settings",
            "zones",
            "excludes subnets, because zones choose among the cloud's subnets: remove one of the two",
        );
    }
    checkPublicAddress(check);
    if (platform !== "windows") return;
    if (winrm.password !== undefined && !Object.hasOwn(stack.secrets.windowsPasswords, winrm.password)) {
        problem(
            "missing-secret",
            "winrm.password",
            `there is no secrets.windowsPasswords.${winrm.password}`,
            secretCommand(["secrets", "windowsPasswords", winrm.password]),
        );
    }
    if (!winrm.https)
        warn("winrm-without-https", "winrm.https", "over plain HTTP others can read the password on the way: set true");
}

/** With a price, SlaveTemplate.provisionSpot takes DEFAULT for PRIVATE_IP (2036 to 2059; before, for what is not PUBLIC_IP). */
function checkPublicAddress({ template, problem, warn }: TemplateCheck): void {
    const { publicAddress, connectionStrategy, spot } = template;
    const outside = connectionStrategy.startsWith("PUBLIC");
    const takenForNone = publicAddress === "DEFAULT" && spot?.maxPricePerHour !== undefined;
    if (outside && publicAddress === "PRIVATE_IP") {
        problem(
            "conflicting-settings",
            "connectionStrategy",
            "needs a public address, and publicAddress is PRIVATE_IP: change one of the two",
        );
    } else if (outside && takenForNone) {
        problem(
            "conflicting-settings",
            "connectionStrategy",
            "needs a public address, and DEFAULT with spot.maxPricePerHour gives none: set publicAddress: SUBNET or PUBLIC_IP",
        );
    } else if (takenForNone) {
        warn(
            "no-public-address-with-price",
            "publicAddress",
            "with spot.maxPricePerHour the plugin uses DEFAULT like PRIVATE_IP: set PRIVATE_IP if you mean that, otherwise SUBNET",
        );
    }
}
