import { ruleOf } from "../../plugin/conditions";
import type { TemplateCheck } from "./templateCheck";

/** Idle time, caps, minimum numbers, launch timeout and Spot. */
export function checkLifetime(check: TemplateCheck): void {
    checkNumbers(check);
    checkIdle(check);
    checkLaunchTimeout(check);
    checkSpot(check);
}

function checkNumbers({ template, cloud, problem, warn }: TemplateCheck): void {
    const { minimumInstances, spareInstances, schedule, cap } = template;
    if (cap !== undefined && cloud.cap !== undefined && cap > cloud.cap) {
        warn("cap-over-the-clouds", "cap", `is more than the cloud's cap of ${cloud.cap}, which is reached first`);
    }
    const least = Math.max(minimumInstances, spareInstances);
    const setting = minimumInstances >= spareInstances ? "minimumInstances" : "spareInstances";
    if (least > (template.cap ?? Infinity))
        problem("conflicting-settings", setting, `is more than the template's cap of ${template.cap}`);
    if (least > (cloud.cap ?? Infinity))
        problem("conflicting-settings", setting, `is more than the cloud's cap of ${cloud.cap}`);
    if (schedule === undefined) return;
    if (least === 0 && ruleOf(template, cloud) === undefined) {
        problem("no-effect", "schedule", "has an effect only with minimumInstances, spareInstances or hotSpares");
    }
    if (schedule.from === schedule.to) problem("wrong-form", "schedule", "must end at another time than it starts");
}

function checkIdle({ template, warn }: TemplateCheck): void {
    const { idle, reuseOrphans } = template;
    if (idle.then === "stop" && !reuseOrphans) {
        warn(
            "stopped-agents-never-started",
            "reuseOrphans",
            "with idle.then: stop, stopped instances never start again, and you pay for their volumes: set true",
        );
    }
}

/** EC2RetentionStrategy.internalCheck, run once a minute. */
function checkLaunchTimeout({ template, warn }: TemplateCheck): void {
    const { launchTimeoutSeconds: seconds, grace, explicit } = template;
    if (grace?.then === "terminate" && explicit.includes("launchTimeoutSeconds") && grace.minutes * 60 < seconds) {
        warn(
            "launch-timeout-after-grace",
            "launchTimeoutSeconds",
            `has no effect: the grace period ends the instance after ${grace.minutes} minutes`,
        );
    }
    if (seconds === 0 || seconds >= 60) return;
    warn(
        "launch-timeout-under-a-minute",
        "launchTimeoutSeconds",
        "is in seconds, and hardly any instance boots so fast: set 300 or more, or 0 for no limit",
    );
}

function checkSpot({ template, problem, warn }: TemplateCheck): void {
    const { spot, idle, platform } = template;
    if (spot === undefined) return;
    if (idle.then === "stop")
        problem("not-possible", "idle.then", "must be terminate: the plugin's Spot instances can't be stopped");
    if (platform === "mac") problem("not-possible", "spot", "must be absent: there are no Macs on Spot");
    // Without a price, plugins up to 1881 fall back; from 1885 SlaveTemplate.provisionOndemand asks for Spot again.
    if (!spot.fallbackToOnDemand && spot.maxPricePerHour === undefined) {
        warn(
            "spot-without-fallback",
            "spot",
            "builds wait while EC2 has no Spot capacity; from plugin 1885 on fallbackToOnDemand works only with maxPricePerHour",
        );
    }
}
