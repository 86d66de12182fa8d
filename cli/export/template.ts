import { homeFolder, usualUser } from "../../settings/read/resolve/login";
import { Existing, templateSources, TemplateSettings } from "../../settings/schema/template";
import { ExportedValue, given, mapOf, mapsOf, masked, textOf, wordsOf } from "./data";
import { instanceTypeOf } from "./instanceType";
import { blockDevicesOf, imageOf, loginOf, scheduleOf, spotOf, toolsOf } from "./parts";
import { plainSettingsOf } from "./plain";

/** A template in the settings' terms, and what it could not say. */
export interface ConvertedTemplate {
    id: string;
    settings: Record<string, unknown>;
    notes: string[];
}

/** Names that older plugins have for what other parameters say. */
const oldNames = ["associatePublicIp", "connectUsingPublicIp", "usePrivateDnsName"];

/** One live template as settings; what is a default of this program is left out. */
export function convertTemplate(parameters: Record<string, ExportedValue>, id: string): ConvertedTemplate {
    const notes: string[] = [];
    const { settings: plain, raw } = plainSettingsOf(parameters);
    const description = textOf(parameters["description"]);
    const { settings: login, note } = loginOf(mapOf(parameters["amiType"]), id);
    if (note !== undefined) notes.push(note);
    const { remoteUser: _, remoteFolder: __, tenancy, ...rest } = plain;
    const ignored = ignoredParameters(parameters);
    const settings = given({
        ...rest,
        ...given({
            description: description === id ? undefined : description,
            image: imageOf(parameters),
            ...userAndFolder(plain, login["platform"]),
            tenancy: "tenancy" in ignored ? undefined : tenancy,
            instanceType: instanceTypeOf(textOf(parameters["type"])),
            labels: nonEmpty(wordsOf(parameters["labelString"])),
            initScript: inline(textOf(parameters["initScript"])),
            userData: inline(textOf(parameters["userData"])),
            idle: idle(plain["idle"], parameters),
            uses: Number(textOf(parameters["maxTotalUses"])) > 0 ? Number(parameters["maxTotalUses"]) : undefined,
            launchTimeoutSeconds: launchTimeout(parameters),
            reuseOrphans: textOf(parameters["avoidUsingOrphanedNodes"]) === "true" ? false : undefined,
            tags: tags(parameters["tags"]),
            blockDevices:
                "customDeviceMapping" in ignored
                    ? undefined
                    : nonEmpty(blockDevicesOf(textOf(parameters["customDeviceMapping"]))),
            subnets: nonEmpty(wordsOf(parameters["subnetId"])),
            zones: wordsOf(parameters["subnetId"]).length > 0 ? undefined : nonEmpty(wordsOf(parameters["zone"])),
            securityGroups: securityGroups(parameters, notes),
            publicAddress: textOf(parameters["associatePublicIp"]) === "true" ? "PUBLIC_IP" : plain["publicAddress"],
            spot: spotOf(mapOf(parameters["spotConfig"])),
            schedule: scheduleOf(mapOf(parameters["minimumNumberOfInstancesTimeRangeConfig"])),
            environment: environment(parameters["nodeProperties"], notes),
            tools: toolsOf(parameters["nodeProperties"]),
        }),
        ...login,
    });
    const further = { ...raw, ...ignored, ...zoneBesideSubnets(parameters), ...unknownParameters(parameters) };
    return { id, settings: { ...settings, ...(Object.keys(further).length === 0 ? {} : { plugin: further }) }, notes };
}

/** What is usual is left out. */
function userAndFolder(
    { remoteUser, remoteFolder }: Record<string, unknown>,
    platform: unknown,
): Record<string, unknown> {
    const kind = (platform ?? "unix") as TemplateSettings["platform"];
    const user = remoteUser ?? usualUser(kind);
    return {
        remoteUser: user === usualUser(kind) ? undefined : user,
        remoteFolder: remoteFolder === homeFolder(kind, String(user)) ? undefined : remoteFolder,
    };
}

function nonEmpty<Element>(list: Element[]): Element[] | undefined {
    return list.length === 0 ? undefined : list;
}

/** Several lines are a text as they are; one line would be a path. */
function inline(text: string): string | { inline: string } | undefined {
    if (text === "") return undefined;
    return text.includes("\n") ? text : { inline: text };
}

function idle(plain: unknown, parameters: Record<string, ExportedValue>): unknown {
    const stop = textOf(parameters["stopOnTerminate"]) === "true";
    return stop ? { ...(plain as object | undefined), then: "stop" } : plain;
}

function launchTimeout(parameters: Record<string, ExportedValue>): number | undefined {
    if (!("launchTimeoutStr" in parameters)) return undefined;
    const seconds = Number(textOf(parameters["launchTimeoutStr"]));
    return seconds === 1_200 ? undefined : seconds;
}

function tags(value: ExportedValue | undefined): Record<string, string> | undefined {
    const own = mapsOf(value).filter(({ name }) => name !== "jenkins-controller");
    return own.length === 0
        ? undefined
        : Object.fromEntries(own.map((tag) => [textOf(tag["name"]), textOf(tag["value"])]));
}

function securityGroups(parameters: Record<string, ExportedValue>, notes: string[]): Existing[] | undefined {
    // Names may have blanks: the plugin splits at commas only (SlaveTemplate.parseSecurityGroups, 2.0.7 to 2059).
    const all = textOf(parameters["securityGroups"])
        .split(",")
        .map((group) => group.trim());
    const groups = [...new Set(all)].filter((group) => group !== "");
    const names = groups.filter((group) => !group.startsWith("sg-"));
    if (names.length > 0) notes.push(`security groups by name have to be in the network's VPC: ${names.join(", ")}`);
    return nonEmpty(groups.map((group) => (group.startsWith("sg-") ? group : { name: group })));
}

function environment(properties: ExportedValue | undefined, notes: string[]): Record<string, string> | undefined {
    const variables = mapsOf(properties).flatMap((property) => mapsOf(property["env"]));
    const hidden = variables.filter(({ value }) => value === masked).map(({ key }) => textOf(key));
    if (hidden.length > 0) notes.push(`variables that look like secrets are left out: ${hidden.join(", ")}`);
    const shown = variables.filter(({ value }) => value !== masked);
    return shown.length === 0
        ? undefined
        : Object.fromEntries(shown.map((one) => [textOf(one["key"]), textOf(one["value"])]));
}

/** Settings say one of the two; the plugin may have both. */
function zoneBesideSubnets(parameters: Record<string, ExportedValue>): Record<string, string> {
    const zone = textOf(parameters["zone"]);
    return zone !== "" && textOf(parameters["subnetId"]) !== "" ? { zone } : {};
}

/**
 * What the plugin ignores beside other parameters, and settings therefore refuse (checks/template): it stays as it is, so
 * that a takeover changes nothing.
 */
function ignoredParameters(parameters: Record<string, ExportedValue>): Record<string, string> {
    const [tenancy, devices] = [textOf(parameters["tenancy"]), textOf(parameters["customDeviceMapping"])];
    const price = textOf(mapOf(parameters["spotConfig"])?.["useBidPrice"]) === "true";
    const dedicatedInNoZone = tenancy === "Dedicated" && wordsOf(parameters["zone"]).length !== 1;
    const local = textOf(parameters["useEphemeralDevices"]) === "true";
    return {
        ...(dedicatedInNoZone || (price && ["Dedicated", "Host"].includes(tenancy)) ? { tenancy } : {}),
        ...(local && devices !== "" ? { customDeviceMapping: devices } : {}),
    };
}

/** What no setting stands for goes on under the plugin's own name. */
function unknownParameters(parameters: Record<string, ExportedValue>): Record<string, ExportedValue> {
    return Object.fromEntries(
        Object.entries(parameters).filter(
            ([name, value]) => !templateSources.has(name) && !oldNames.includes(name) && value !== "",
        ),
    );
}
