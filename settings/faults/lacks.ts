import type { StackSettings } from "../schema/stack";
import type { TemplateSettings } from "../schema/template";
import { asPluginReads } from "./asPluginReads";
import { firstVersions } from "./firstVersions";
import type { JudgedSettings } from "./met";
import { leadingNumber } from "./releases";

type Cloud = StackSettings["clouds"][string];

/** A setting that is asked for, and that a release cannot do. */
export interface Lack {
    /** Path of the setting in a template or a cloud. */
    setting: string;
    /** The first release that can. */
    since: string;
}

/** What asks for what some releases lack, by parameter or class: a value that they cannot be without. */
const asking: Record<string, { setting: string; asks(template: TemplateSettings, cloud: Cloud): boolean }> = {
    metadataSupported: {
        setting: "metadata.supported",
        asks: ({ metadata, explicit }) => metadata.supported && explicit.includes("metadata.supported"),
    },
    enclaveEnabled: { setting: "enclave", asks: ({ enclave }) => enclave },
    avoidUsingOrphanedNodes: { setting: "reuseOrphans", asks: ({ reuseOrphans }) => !reuseOrphans },
    WindowsSSHData: { setting: "platform", asks: ({ platform }) => platform === "windows-ssh" },
    cleanUpOrphanedNodes: {
        setting: "cleanUpOrphanedNodes",
        asks: (_, { cleanUpOrphanedNodes }) => cleanUpOrphanedNodes,
    },
    terminateIdleDuringShutdown: {
        setting: "terminateIdleDuringShutdown",
        asks: ({ terminateIdleDuringShutdown }) => terminateIdleDuringShutdown,
    },
    // The other strategies have a counterpart in associatePublicIp.
    associateIPStrategy: {
        setting: "publicAddress",
        asks: ({ publicAddress }) => publicAddress === "PRIVATE_IP",
    },
    nestedVirtualizationEnabled: {
        setting: "nestedVirtualization",
        asks: ({ nestedVirtualization }) => nestedVirtualization,
    },
};

/** The settings that are asked for and that a version cannot do, each once. A push of them would be refused. */
export function lacks(version: string, { clouds, tags }: JudgedSettings): Lack[] {
    const asked = Object.values(clouds)
        .map((cloud) => asPluginReads(cloud, tags))
        .flatMap((cloud) => Object.values(cloud.templates).map((template) => ({ cloud, template })));
    return Object.entries(firstVersions).flatMap(([lacking, since]) => {
        const { setting, asks } = asking[lacking]!;
        const missing = leadingNumber(version) < leadingNumber(since);
        return missing && asked.some(({ template, cloud }) => asks(template, cloud)) ? [{ setting, since }] : [];
    });
}
