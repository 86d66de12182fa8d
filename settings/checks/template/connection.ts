import { setCommand } from "../../path";
import type { TemplateCheck } from "../templates";

/** Zones, addresses and logins. */
export function checkConnection({ template, cloud, stack, problem, warn }: TemplateCheck): void {
    const { zones, subnets, publicAddress, connectionStrategy, platform, winrm } = template;
    for (const zone of zones ?? []) {
        if (!zone.startsWith(cloud.region)) problem("zones", `${zone} is not in the cloud's region ${cloud.region}`);
    }
    if (zones !== undefined && subnets !== undefined) {
        problem(
            "zones",
            "says with subnets the same thing twice; zones choose among the cloud's subnets, so one of the two is allowed",
        );
    }
    if (publicAddress === "PRIVATE_IP" && connectionStrategy.startsWith("PUBLIC")) {
        problem("connectionStrategy", "needs a public address, and publicAddress is PRIVATE_IP: never one");
    }
    if (platform !== "windows") return;
    if (winrm.password !== undefined && !Object.hasOwn(stack.secrets.windowsPasswords, winrm.password)) {
        problem(
            "winrm.password",
            `there is no secrets.windowsPasswords.${winrm.password}`,
            setCommand(["secrets", "windowsPasswords", winrm.password], { secret: true }),
        );
    }
    if (!winrm.https)
        warn("winrm-without-https", "winrm.https", "over plain HTTP the password can be read on the way to the agent");
}
