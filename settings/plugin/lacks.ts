import { valueAt } from "../path";
import { completeCloud } from "../schema/cloud";
import { plainSettings, type PlainSetting } from "../schema/parameters";
import type { StackSettings } from "../schema/stack";
import { plainTemplateSettings, type TemplateSettings } from "../schema/template";
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

/** A setting, and whether a template or its cloud has a value in it that the plugin cannot be without. */
interface Asking {
    setting: string;
    asks(template: TemplateSettings, cloud: Cloud): boolean;
}

/** By parameter or class, where it is not simply another value than the default. */
const otherwise: Partial<Record<string, Asking>> = {
    metadataSupported: {
        setting: "metadata.supported",
        asks: ({ metadata, explicit }) => metadata.supported && explicit.includes("metadata.supported"),
    },
    WindowsSSHData: { setting: "platform", asks: ({ platform }) => platform === "windows-ssh" },
    // The other strategies have a counterpart in associatePublicIp.
    associateIPStrategy: {
        setting: "publicAddress",
        asks: ({ publicAddress }) => publicAddress === "PRIVATE_IP",
    },
};

const plainCloudSettings = plainSettings(completeCloud.shape);

/** @throws an Error where no setting becomes it as it is, and {@link otherwise} has none */
function askingFor(name: string): Asking {
    const ofTemplate = plainTemplateSettings.find(({ parameter }) => parameter === name);
    const ofCloud = plainCloudSettings.find(({ parameter }) => parameter === name);
    const found = ofTemplate ?? ofCloud;
    if (found === undefined) throw new Error(`no setting asks for ${name}`);
    return {
        setting: found.path,
        asks: (template, cloud) => differs(ofTemplate === undefined ? cloud : template, found),
    };
}

function differs(said: TemplateSettings | Cloud, { path, default: usual }: PlainSetting): boolean {
    return valueAt(said, path.split(".")) !== usual;
}

const asking = Object.entries(firstVersions).map(([name, since]) => ({
    since,
    ...(otherwise[name] ?? askingFor(name)),
}));

/** The settings that are asked for and that a version cannot do, each once. A push of them would be refused. */
export function lacks(version: string, { clouds, tags }: JudgedSettings): Lack[] {
    const asked = Object.values(clouds)
        .map((cloud) => asPluginReads(cloud, tags))
        .flatMap((cloud) => Object.values(cloud.templates).map((template) => ({ cloud, template })));
    return asking.flatMap(({ setting, since, asks }) => {
        const missing = leadingNumber(version) < leadingNumber(since);
        return missing && asked.some(({ template, cloud }) => asks(template, cloud)) ? [{ setting, since }] : [];
    });
}
