import { expect, it } from "vitest";
import { withSettings } from "../../../jenkins/preview/settingNames";
import type { Difference } from "../../../jenkins/push/difference";
import type { CloudPayload } from "../../../jenkins/push/request";
import { UNKNOWN } from "../../../settings/naming";

const cloud = {
    settings: { instanceCapStr: "cap" },
    templates: [{ parameters: { description: "linux" }, settings: { labelString: "labels", amiType: "platform" } }],
} as unknown as CloudPayload;

const template = (path: string[], before: string, after: string): Difference =>
    ({ subject: "template", id: "linux", existed: true, wanted: true, path, before, after }) as Difference;

it.each<[string, string[], string, string, object | undefined]>([
    ["a list of words", ["labelString"], "a b", "a", { name: "labels", before: "a b", after: "a" }],
    [
        "what the plugin says the other way round",
        ["avoidUsingOrphanedNodes"],
        "false",
        "true",
        { name: "reuseOrphans", before: "true", after: "false" },
    ],
    [
        "what the plugin has other words for",
        ["stopOnTerminate"],
        "false",
        "true",
        { name: "idle.then", before: "terminate", after: "stop" },
    ],
    [
        "what AWS has yet to answer",
        ["subnetId"],
        "subnet-1",
        UNKNOWN,
        { name: "subnets", before: "subnet-1", after: UNKNOWN },
    ],
    ["a part of a parameter of several settings", ["amiType", "sshPort"], "22", "2222", undefined],
    ["a parameter without a setting", ["unknownToSettings"], "a", "b", undefined],
])("a difference has the setting behind it, with its own values: %s", (_, path, before, after, setting) => {
    expect(withSettings([template(path, before, after)], cloud)[0]!.setting).toEqual(setting);
});

it("tells a default of the program from what the settings give", () => {
    const [given, fallback] = withSettings(
        [template(["labelString"], "", "a"), template(["numExecutors"], "", "1")],
        cloud,
    );
    expect([given!.isDefault, fallback!.isDefault]).toEqual([undefined, true]);
});
