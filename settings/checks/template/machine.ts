import { BlockDevice } from "../../schema/template";
import type { TemplateCheck } from "../templates";

/** Instance type, volumes and tags go together. */
export function checkMachine({ template, stack, problem }: TemplateCheck): void {
    const { instanceType, tags } = template;
    const mac = /^mac\d/.test(instanceType);
    if (instanceType !== "" && mac !== (template.platform === "mac")) {
        problem(
            "platform",
            mac ? `${instanceType} is a Mac: the platform must be mac` : `must not be mac: ${instanceType} is no Mac`,
        );
    }
    if (mac && template.tenancy !== "Host") problem("tenancy", "must be Host: Macs run on dedicated hosts only");
    if (template.unlimitedCpuCredits && !/^t\d/.test(instanceType)) {
        problem("unlimitedCpuCredits", `must be false: ${instanceType} has no CPU credits, only T instances have`);
    }
    if ("jenkins-controller" in tags)
        problem(
            "tags.jenkins-controller",
            "is the tag by which controllers know their own agents; it is set by the program",
        );
    const count = Object.keys({ ...stack.tags, ...tags }).length + 1;
    if (count > 50) problem("tags", `makes ${count} tags with the stack's and jenkins-controller; EC2 allows 50`);
    checkDevices(template.blockDevices, problem);
}

function checkDevices(devices: readonly BlockDevice[], problem: TemplateCheck["problem"]): void {
    devices.forEach((device, position) => {
        const setting = `blockDevices.${position}`;
        if (devices.findIndex((other) => other.device === device.device) !== position) {
            problem(setting, `names the device ${device.device} twice`);
        }
        if (device.iops !== undefined && !["io1", "io2", "gp3"].includes(device.type ?? "")) {
            problem(setting, "has iops, which only io1, io2 and gp3 have");
        }
        if (device.throughputMiBps !== undefined && device.type !== "gp3")
            problem(setting, "has throughputMiBps, which only gp3 has");
        if (device.type !== undefined && ["io1", "io2"].includes(device.type) && device.iops === undefined) {
            problem(setting, `needs iops, as its type is ${device.type}`);
        }
    });
}
