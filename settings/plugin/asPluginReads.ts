import { mapValues } from "../collections";
import type { CloudSettings } from "../schema/cloud";
import type { StackSettings } from "../schema/stack";
import { plainTemplateSettings, type TemplateSettings } from "../schema/template";

type Raw = TemplateSettings["plugin"];

/**
 * A cloud's settings with the stack's tags beneath its templates', and what `plugin` says laid over them, as far as a parameter is one setting's. Not read back: the
 * image, the login (`amiType`), volumes, the schedule and node properties, which no known fault is about.
 */
export function asPluginReads(cloud: CloudSettings, tags: StackSettings["tags"]): CloudSettings {
    const templates = mapValues(cloud.templates, (template) =>
        withParameters({ ...template, tags: { ...tags, ...template.tags } }),
    );
    const { identity, plugin } = cloud;
    return {
        ...cloud,
        cap: whole(given(plugin, "instanceCapStr", cloud.cap)),
        noDelayProvisioning: truth(given(plugin, "noDelayProvisioning", cloud.noDelayProvisioning)),
        cleanUpOrphanedNodes: truth(given(plugin, "cleanUpOrphanedNodes", cloud.cleanUpOrphanedNodes)),
        endpoint: filled(given(plugin, "altEC2Endpoint", cloud.endpoint)),
        identity: {
            ...identity,
            roleArn: filled(given(plugin, "roleArn", identity.roleArn)),
            roleSessionName: String(given(plugin, "roleSessionName", identity.roleSessionName)),
        },
        templates,
    };
}

function withParameters(template: TemplateSettings): TemplateSettings {
    const { plugin, idle } = template;
    if (Object.keys(plugin).length === 0) return template;
    const read = structuredClone(template);
    for (const { path, parameter, schema } of plainTemplateSettings) {
        const value = given(plugin, parameter, undefined);
        if (value !== undefined) put(read, path.split("."), typed(value, schema.type));
    }
    return {
        ...read,
        idle: {
            ...read.idle,
            then: truth(given(plugin, "stopOnTerminate", idle.then === "stop")) ? "stop" : "terminate",
        },
        labels: words(given(plugin, "labelString", template.labels.join(" "))),
        initScript: String(given(plugin, "initScript", template.initScript)),
        launchTimeoutSeconds: whole(given(plugin, "launchTimeoutStr", template.launchTimeoutSeconds)) ?? 0,
        subnets: Object.hasOwn(plugin, "subnetId") ? words(plugin["subnetId"]) : template.subnets,
        zones: Object.hasOwn(plugin, "zone") ? words(plugin["zone"]) : template.zones,
        tags: Object.hasOwn(plugin, "tags") ? tagsOf(plugin["tags"]) : template.tags,
        spot: Object.hasOwn(plugin, "spotConfig") ? spotOf(plugin["spotConfig"]) : template.spot,
    };
}

/** What the plugin is given; null leaves the setting as it is (payload/parameters.ts). */
function given(plugin: Raw, parameter: string, setting: unknown): unknown {
    return (Object.hasOwn(plugin, parameter) ? plugin[parameter] : undefined) ?? setting;
}

const truth = (value: unknown) => String(value) === "true";
const filled = (value: unknown) => (value === undefined || value === "" ? undefined : String(value));
const words = (value: unknown) =>
    String(value ?? "")
        .split(/[\s,;]+/)
        .filter((word) => word !== "");
const whole = (value: unknown) => {
    const text = filled(value);
    return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
};

function typed(value: unknown, type: string): unknown {
    if (type === "boolean") return truth(value);
    return type === "number" ? whole(value) : String(value);
}

function put(target: object, path: string[], value: unknown): void {
    const [key = "", ...rest] = path;
    const map = target as Record<string, unknown>;
    if (rest.length === 0) map[key] = value;
    else put(map[key] as object, rest, value);
}

function tagsOf(value: unknown): Record<string, string> {
    const list = (Array.isArray(value) ? value : []) as { name?: unknown; value?: unknown }[];
    return Object.fromEntries(list.map((tag) => [String(tag.name), String(tag.value)]));
}

function spotOf(value: unknown): TemplateSettings["spot"] {
    if (typeof value !== "object" || value === null) return undefined;
    const { useBidPrice, spotMaxBidPrice, fallbackToOndemand } = value as Record<string, unknown>;
    return {
        ...(truth(useBidPrice) ? { maxPricePerHour: whole(spotMaxBidPrice) ?? 0 } : {}),
        fallbackToOnDemand: truth(fallbackToOndemand),
        blockHours: 0,
    };
}
