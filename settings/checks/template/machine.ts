import { agentTag } from "../../naming";
import type { TemplateCheck } from "./templateCheck";

/** Instance type, tenancy and tags go together. */
export function checkMachine(check: TemplateCheck): void {
    const { template, stack, problem } = check;
    const { instanceType, tags } = template;
    const mac = /^mac\d/.test(instanceType);
    if (instanceType !== "" && mac !== (template.platform === "mac")) {
        problem(
            "not-possible",
            "platform",
            mac ? `${instanceType} is a Mac: the platform must be mac` : `must not be mac: ${instanceType} is no Mac`,
        );
    }
    checkTenancy(check, mac);
    if (template.unlimitedCpuCredits && !/^t\d/.test(instanceType)) {
        problem(
            "not-possible",
            "unlimitedCpuCredits",
            `must be false: ${instanceType} has no CPU credits, only T instances have`,
        );
    }
    if (agentTag in tags) problem("reserved", `tags.${agentTag}`, "is a tag that this program sets itself: remove it");
    const count = Object.keys({ ...stack.tags, ...tags }).length + 1;
    if (count > 50)
        problem("not-possible", "tags", `makes ${count} tags with the stack's and ${agentTag}; EC2 allows 50`);
}

/** The plugin asks for a tenancy in some of its requests only (SlaveTemplate.provisionOndemand and provisionSpot, 2.0.7 to 2059). */
function checkTenancy({ template, problem }: TemplateCheck, mac: boolean): void {
    const { tenancy, zones, spot, plugin } = template;
    if (mac) {
        if (tenancy !== "Host") problem("not-possible", "tenancy", "must be Host: Macs run on dedicated hosts only");
    } else if (tenancy !== "Default" && spot?.maxPricePerHour !== undefined) {
        problem(
            "not-possible",
            "tenancy",
            "must be Default with spot.maxPricePerHour: the plugin's Spot requests name no tenancy",
        );
    } else if (tenancy === "Dedicated" && zones?.length !== 1 && (plugin["zone"] ?? "") === "") {
        problem(
            "not-possible",
            "tenancy",
            "needs exactly one zone in zones, and no subnets: otherwise the plugin omits the tenancy, and instances share hardware",
        );
    }
}
