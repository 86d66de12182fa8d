import { expect, it } from "vitest";
import { withSettings } from "../../../jenkins/preview/settingNames";
import type { Difference } from "../../../jenkins/push/difference";
import type { PluginValue } from "../../../settings/schema/codec";
import type { CloudPayload } from "../../../jenkins/push/request";
import { UNKNOWN } from "../../../settings/naming";

const cloud = {
    settings: { instanceCapStr: "cap" },
    templates: [
        {
            parameters: {
                description: "linux",
                spotConfig: { useBidPrice: "true", spotMaxBidPrice: "0.06", fallbackToOndemand: "false" },
                tags: [
                    { name: "jenkins-controller", value: "p/s/c" },
                    { name: "owner", value: "you" },
                ],
            },
            settings: { labelString: "labels", amiType: "platform", ami: "image.ssm" },
        },
    ],
} as unknown as CloudPayload;

const template = (path: string[], before: PluginValue, after: PluginValue): Difference =>
    ({ subject: "template", id: "linux", existed: true, wanted: true, path, before, after }) as Difference;

const tag = (name: string, value: string) => ({ name, value });

it.each<[string, string[], PluginValue, PluginValue, object | undefined]>([
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
    [
        "an image, which is an id in Jenkins whatever it is looked up by",
        ["ami"],
        "ami-1",
        "ami-2",
        { name: "image", before: "ami-1", after: "ami-2" },
    ],
    [
        "a map of the plugin, as the settings' map",
        ["spotConfig"],
        "",
        { useBidPrice: "true", spotMaxBidPrice: "0.05", fallbackToOndemand: "true" },
        { name: "spot", before: "", after: "{ maxPricePerHour: 0.05, fallbackToOnDemand: true, blockHours: 0 }" },
    ],
    [
        "tags, without that of the program",
        ["tags"],
        "",
        [tag("jenkins-controller", "p/s/c"), tag("owner", "me")],
        { name: "tags", before: "", after: "{ owner: me }" },
    ],
    [
        "the tag of the program, where only that differs",
        ["tags"],
        [tag("owner", "me")],
        [tag("jenkins-controller", "p/s/c"), tag("owner", "me")],
        {
            name: "tags",
            before: [tag("owner", "me")],
            after: [tag("jenkins-controller", "p/s/c"), tag("owner", "me")],
        },
    ],
    [
        "a value in a map",
        ["spotConfig", "spotMaxBidPrice"],
        "0.05",
        "0.06",
        { name: "spot.maxPricePerHour", before: "0.05", after: "0.06" },
    ],
    ["a value in a list", ["tags", "1", "value"], "me", "you", { name: "tags.owner", before: "me", after: "you" }],
    [
        "a new element of a list",
        ["tags", "1"],
        "",
        tag("owner", "you"),
        { name: "tags.owner", before: "", after: "you" },
    ],
    [
        "a value that is masked on both sides",
        ["tags", "1", "value"],
        "****",
        "****",
        { name: "tags.1.value", before: "****", after: "****" },
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
