import { TemplateSettings } from "../../settings";
import { valueAt } from "../../settings/path";
import { plainTemplateSettings } from "../../settings/schema/template";
import type { CloudReferences } from "./references";
import { PluginObject } from "../push/request";
import { imageParameters } from "./image";
import { nodeProperties } from "./nodeProperties";
import { scalar } from "./parameters";
import { loginData } from "./login";
import { deviceMapping, schedule, spot } from "./machine";

/** Without one of these the template would not be the template that was asked for, whatever the user said of it. */
export const indispensableForTemplate = [
    "ami",
    "amiType",
    "description",
    "remoteAdmin",
    "remoteFS",
    "securityGroups",
    "subnetId",
    "type",
];

/** Parameters of `SlaveTemplate`, all but what the user gives under `plugin`. */
export function templateParameters(template: TemplateSettings, references: CloudReferences): PluginObject {
    return {
        ...plainParameters(template),
        ...imageParameters(template, references),
        ...networkParameters(template, references),
        type: template.instanceType,
        initScript: template.initScript,
        userData: template.userData,
        labelString: template.labels.join(" "),
        stopOnTerminate: scalar(template.idle.then === "stop"),
        avoidUsingOrphanedNodes: scalar(!template.reuseOrphans),
        maxTotalUses: scalar(template.uses ?? -1),
        // Blank is no limit; the plugin's own form writes it so.
        launchTimeoutStr: template.launchTimeoutSeconds === 0 ? "" : scalar(template.launchTimeoutSeconds),
        tags: tags(template, references),
        iamInstanceProfile: instanceProfile(template, references),
        customDeviceMapping: deviceMapping(template.blockDevices),
        amiType: loginData(template, references),
        nodeProperties: nodeProperties(template),
        ...(template.spot === undefined ? {} : { spotConfig: spot(template.spot) }),
        ...(template.schedule === undefined
            ? {}
            : { minimumNumberOfInstancesTimeRangeConfig: schedule(template.schedule) }),
    };
}

/** Settings that one parameter takes as they are, as their declarations say. */
function plainParameters(template: TemplateSettings): PluginObject {
    return Object.fromEntries(
        plainTemplateSettings.map(({ path, parameter }) => [parameter, textAt(template, path.split("."))]),
    );
}

function textAt(template: TemplateSettings, path: readonly string[]): string {
    const value = valueAt(template, path);
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? scalar(value) : "";
}

function networkParameters(template: TemplateSettings, references: CloudReferences): PluginObject {
    return {
        // The oldest plugins split subnets at spaces only, and security groups at commas only (SlaveTemplate.chooseSubnetId, parseSecurityGroups).
        subnetId: [references.subnetIds[template.id] ?? []].flat().join(" "),
        securityGroups: securityGroups(template, references).join(","),
        // The subnets say the zone. Said as well, it would have to be the zone of whichever subnet comes next.
        zone: template.zones?.length === 1 ? template.zones.join() : "",
    };
}

/** A template may name one that the network names already. */
function securityGroups({ id }: TemplateSettings, references: CloudReferences): string[] {
    return [...new Set([...references.securityGroupIds, ...(references.templateSecurityGroupIds[id] ?? [])])];
}

function tags(template: TemplateSettings, references: CloudReferences): PluginObject[] {
    const all = {
        ...references.tags,
        ...template.tags,
        "jenkins-controller": `${references.owner}/${references.controller}`,
    };
    return Object.entries(all)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => ({ name, value }));
}

function instanceProfile({ instanceProfile: named }: TemplateSettings, references: CloudReferences): string {
    return named === undefined ? "" : (references.instanceProfileArns[named] ?? named);
}
