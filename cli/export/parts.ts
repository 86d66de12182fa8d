import { tokenized } from "./tokens";
import { ExportedValue, given, mapsOf, masked, textOf, wordsOf } from "./data";

type Parameters = Record<string, ExportedValue>;

/** The image: an id, or the query that the plugin makes at each start. */
export function imageOf(parameters: Parameters): Record<string, unknown> {
    const id = textOf(parameters["ami"]);
    if (id !== "") return { id };
    const filters = mapsOf(parameters["amiFilters"]).map(({ name, values }): [string, string[]] => [
        textOf(name),
        tokenized(textOf(values)),
    ]);
    const users = wordsOf(parameters["amiUsers"]);
    return {
        filter: Object.fromEntries(filters.map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
        owners: wordsOf(parameters["amiOwners"]),
        ...(users.length === 0 ? {} : { users }),
        resolve: "launch",
    };
}

const platforms: Record<string, string> = {
    UnixData: "unix",
    MacData: "mac",
    WindowsData: "windows",
    WindowsSSHData: "windows-ssh",
};

/** Platform and login; the note says which secret is to be set. */
export function loginOf(
    amiType: Parameters | undefined,
    id: string,
): { settings: Record<string, unknown>; note?: string } {
    if (amiType === undefined) return { settings: {} };
    const platform = platforms[textOf(amiType["$class"]).replace(/^.*\./, "")] ?? "unix";
    if (platform === "windows") return windowsOf(amiType, id);
    const prefix = given({
        port: different(Number(textOf(amiType["sshPort"]) || 22), 22),
        rootCommandPrefix: different(textOf(amiType["rootCommandPrefix"]), ""),
        agentCommandPrefix: different(textOf(amiType["slaveCommandPrefix"]), ""),
        agentCommandSuffix: different(textOf(amiType["slaveCommandSuffix"]), ""),
        bootDelaySeconds: different(Number(textOf(amiType["bootDelay"])), 0),
    });
    return {
        settings: given({
            platform: different(platform, "unix"),
            ssh: Object.keys(prefix).length === 0 ? undefined : prefix,
        }),
    };
}

function windowsOf(amiType: Parameters, id: string): { settings: Record<string, unknown>; note?: string } {
    const own = textOf(amiType["specifyPassword"]) === "true" || textOf(amiType["password"]) === masked;
    const winrm = given({
        password: own ? id : undefined,
        https: different(textOf(amiType["useHTTPS"]) === "true", true),
        allowSelfSignedCertificate: different(textOf(amiType["allowSelfSignedCertificate"]) === "true", true),
        bootDelaySeconds: different(Number(textOf(amiType["bootDelay"])), 0),
    });
    return {
        settings: given({ platform: "windows", winrm: Object.keys(winrm).length === 0 ? undefined : winrm }),
        ...(own
            ? { note: `its password is to be set: pulumi config set --secret --path 'secrets.windowsPasswords.${id}'` }
            : {}),
    };
}

/** Spot, if the template has it. */
export function spotOf(spot: Parameters | undefined): Record<string, unknown> | undefined {
    if (spot === undefined) return undefined;
    return given({
        maxPricePerHour: textOf(spot["useBidPrice"]) === "true" ? Number(textOf(spot["spotMaxBidPrice"])) : undefined,
        fallbackToOnDemand: textOf(spot["fallbackToOndemand"]) === "true" ? true : undefined,
        blockHours: different(Number(textOf(spot["spotBlockReservationDuration"])), 0),
    });
}

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** When the minimum numbers hold, if not always. */
export function scheduleOf(schedule: Parameters | undefined): Record<string, unknown> | undefined {
    if (schedule === undefined) return undefined;
    return {
        from: clock(textOf(schedule["minimumNoInstancesActiveTimeRangeFrom"])),
        to: clock(textOf(schedule["minimumNoInstancesActiveTimeRangeTo"])),
        days: days.filter((day) => textOf(schedule[day]) === "true"),
    };
}

/** The plugin takes `1:00 PM` as well as `13:00`. */
function clock(text: string): string {
    const [, hour = "", minute = "", half = ""] = /^(\d{1,2}):(\d{2}) ?([AP]M)?$/i.exec(text) ?? [];
    if (hour === "") return text;
    const hours = half === "" ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
    return `${String(hours).padStart(2, "0")}:${minute}`;
}

/** Volumes, of the plugin's text form (see jenkins/payload/machine.ts). */
export function blockDevicesOf(text: string): Record<string, unknown>[] {
    return text
        .split(",")
        .filter((mapping) => mapping.includes("="))
        .map((mapping) => {
            const [device = "", volume = ""] = mapping.trim().split("=");
            const [snapshot, size, deleted, type, iops, encryption, throughput] = volume
                .split(":")
                .map((part) => (part === "" ? undefined : part));
            return given({
                device,
                snapshot,
                sizeGiB: size === undefined ? undefined : Number(size),
                deleteOnTermination: deleted === "false" ? false : undefined,
                type,
                iops: iops === undefined ? undefined : Number(iops),
                encrypted: encryption === undefined ? undefined : encryption === "encrypted",
                throughputMiBps: throughput === undefined ? undefined : Number(throughput),
            });
        });
}

/** Tool locations by the tool's name. */
export function toolsOf(
    properties: ExportedValue | undefined,
): Record<string, { type: string; home: string }> | undefined {
    const locations = mapsOf(properties).flatMap((property) => mapsOf(property["locations"]));
    if (locations.length === 0) return undefined;
    return Object.fromEntries(
        locations.map((location) => {
            const [type = "", ...name] = textOf(location["key"]).split("@");
            return [name.join("@") || textOf(location["name"]), { type, home: textOf(location["home"]) }];
        }),
    );
}

function different<Value>(value: Value, fallback: Value): Value | undefined {
    return value === fallback ? undefined : value;
}
