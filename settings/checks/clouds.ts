import { Findings } from "../read/findings";
import { suggestion } from "../nearest";
import { CloudSettings, cloudSources } from "../schema/cloud";
import { StackSettings } from "../schema/stack";
import { checkHotSpares, checkWeights } from "./hotSpares";
import { isLoopback } from "./controllers";

/** A cloud goes to controllers that there are, has a cap, and an endpoint of its own region. */
export function checkCloud(cloud: CloudSettings, settings: StackSettings, findings: Findings): void {
    const path = ["clouds", cloud.id];
    const known = Object.keys(settings.controllers);
    cloud.controllers.forEach((id, position) => {
        const place = [...path, "controllers", position];
        if (!known.includes(id) && !findings.lacksControllers())
            findings.problem("unknown-name", place, `there is no controller ${id}: ${suggestion(id, known)}`);
    });
    if (cloud.cap === undefined && Object.values(cloud.templates).some((template) => template.cap === undefined)) {
        findings.warn(
            "no-cap",
            path,
            "neither the cloud nor each of its templates has a cap: instances may start without limit",
        );
    }
    // eslint-disable-next-line no-control-regex -- ASCII
    if (/[^\x00-\x7f]/.test(cloud.name)) {
        findings.warn(
            "cloud-name-beyond-ascii",
            [...path, "name"],
            "has characters beyond ASCII: after a save of the cloud's form in Jenkins the next page is an error 400",
        );
    }
    checkEndpoint(cloud, findings);
    checkDescriptions(cloud, findings);
    checkPlugin(cloud, findings);
    checkHotSpares(cloud, findings);
    checkWeights(cloud, findings);
    if (cloud.cleanUpOrphanedNodes && sharing(cloud, settings).length > 1) {
        findings.warn(
            "orphan-clean-up-on-shared-cloud",
            [...path, "cleanUpOrphanedNodes"],
            `the controllers ${sharing(cloud, settings).join(", ")} have a cloud ${cloud.name} in ${cloud.region}: in one account one may terminate the other's agents`,
        );
    }
}

/** Raw parameters must not make another cloud of it, and need not repeat a setting. */
function checkPlugin({ id, plugin }: CloudSettings, findings: Findings): void {
    for (const parameter of Object.keys(plugin)) {
        const path = ["clouds", id, "plugin", parameter];
        const settings = cloudSources.get(parameter);
        if (["name", "templates", "privateKey", "credentialsId", "sshKeysCredentialsId"].includes(parameter)) {
            const setting = settings?.at(-1);
            const instead = setting === undefined ? "" : `; the setting is ${setting}`;
            findings.problem("reserved", path, `is managed by this program and not allowed under plugin${instead}`);
        } else if (settings !== undefined) {
            findings.warn(
                "plugin-parameter-has-setting",
                path,
                `overrides the setting ${settings.join(", ")}: use that setting, which is checked`,
            );
        }
    }
}

/** Controllers with a cloud of this name in this region. */
function sharing(cloud: CloudSettings, { clouds }: StackSettings): string[] {
    const same = Object.values(clouds).filter(({ name, region }) => name === cloud.name && region === cloud.region);
    return [...new Set(same.flatMap(({ controllers }) => controllers))].sort();
}

/** A controller knows its clouds by name. */
export function checkCloudNames({ clouds }: StackSettings, findings: Findings): void {
    const seen = new Map<string, string>();
    for (const { id, name, controllers } of Object.values(clouds)) {
        for (const controller of new Set(controllers)) {
            const key = JSON.stringify([controller, name]);
            const other = seen.get(key);
            if (other !== undefined) {
                findings.problem(
                    "named-twice",
                    ["clouds", id, "name"],
                    `the controller ${controller} has a cloud ${name} already, clouds.${other}: set another name`,
                    undefined,
                    name,
                );
            }
            seen.set(key, id);
        }
    }
}

function checkEndpoint({ id, endpoint, region }: CloudSettings, findings: Findings): void {
    if (endpoint === undefined) return;
    const path = ["clouds", id, "endpoint"];
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === "http:" && !isLoopback(hostname))
        findings.problem("insecure-url", path, "must be https; http is for this machine only");
    const named = /(?:^|\.)ec2\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazonaws|vpce)/.exec(hostname)?.[1];
    if (named !== undefined && named !== region)
        findings.problem("wrong-region", path, `belongs to the region ${named}, and the cloud is in ${region}`);
}

/** The plugin knows templates by their descriptions. */
function checkDescriptions({ id, templates }: CloudSettings, findings: Findings): void {
    const seen = new Map<string, string>();
    for (const template of Object.values(templates)) {
        const other = seen.get(template.description);
        if (other !== undefined) {
            findings.problem(
                "named-twice",
                ["clouds", id, "templates", template.key, "description"],
                `is the description of templates.${other} too: the plugin finds templates by it, so it must be unique in a cloud`,
                undefined,
                template.description,
            );
        }
        seen.set(template.description, template.key);
    }
}
