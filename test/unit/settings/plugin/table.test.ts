import { describe, expect, it } from "vitest";
import { affects, metBySettings, metByController } from "../../../../settings/plugin/met";
import { leadingNumber, newestRelease, releases } from "../../../../settings/plugin/releases";
import { faults } from "../../../../settings/plugin/table";
import { resolved } from "../support";

/** A change of the small stack's settings. */
type Change = (raw: any) => void;

interface Case {
    /** Leading numbers of releases that have the fault: the first and the last at least. */
    affected: number[];
    /** Those beside them that have not. */
    free: number[];
    /** Settings that meet it. */
    meets: Change[];
    /** Settings near them that do not. */
    spared: Change[];
}

/** Leading number of the newest release that is known. */
const latest = leadingNumber(newestRelease.version);

const cloud =
    (settings: object): Change =>
    (raw) =>
        Object.assign(raw.clouds.agents, settings);
const linux =
    (settings: object): Change =>
    (raw) =>
        Object.assign(raw.clouds.agents.templates.linux, settings);
/** A second template, with a label of its own or another one. */
const second =
    (settings: object, first: object = {}): Change =>
    (raw) => {
        linux(first)(raw);
        raw.clouds.agents.templates.second = { ...raw.clouds.agents.templates.linux, labels: ["second"], ...settings };
    };
/** A template in a cloud with a rule for hot spares of its label. */
const ruled =
    (settings: object): Change =>
    (raw) => {
        linux({ labels: ["linux"], ...settings })(raw);
        cloud({ hotSpares: { builds: { label: "linux", maximum: 5 } } })(raw);
    };
const windows = (settings: object = {}) =>
    cloud({
        templates: {
            windows: {
                image: { id: "ami-0123456789abcdef0" },
                instanceType: "m7i.large",
                platform: "windows",
                winrm: { password: "admin" },
                ...settings,
            },
        },
    });
const windowsStack: Change = (raw) => {
    windows()(raw);
    raw.secrets.windowsPasswords = { admin: "x" };
};
const asIs: Change = () => undefined;
const nothing: number[] = [];

const cases: Record<string, Case> = {
    "minimum-check-overlaunch": {
        affected: [2, 1648, 2034],
        free: [2036],
        meets: [asIs],
        spared: [],
    },
    "multi-executor-overshoot": {
        affected: [2, 2045],
        free: [2048],
        meets: [
            second({ labels: ["linux"] }, { executors: 2 }),
            second({ labels: ["linux"] }, { plugin: { numExecutors: "3" } }),
        ],
        spared: [
            second({ labels: ["linux"] }),
            second({}, { executors: 2 }),
            // Nothing comes after the last one.
            second({ labels: ["linux"], executors: 2 }),
        ],
    },
    "only-first-template": {
        affected: [2048, 2051],
        free: [2045, 2052],
        meets: [linux({ instanceType: ["m7i.large", "m6i.large"] }), second({ labels: ["other", "linux"] })],
        spared: [asIs, second({})],
    },
    "error-no-fallthrough": {
        affected: [2048, 2052, 2059],
        free: [2, 2045, 2063],
        meets: [
            linux({ instanceType: ["m7i.large", "m6i.large"] }),
            second({ labels: ["linux"] }),
            second({ labels: [] }, { labels: [] }),
            second({ plugin: { labelString: "a linux" } }),
        ],
        spared: [asIs, second({}), linux({ instanceType: ["m7i.large"] }), second({ labels: [] })],
    },
    "stale-cap-starves": {
        affected: [2048, latest],
        free: [2045],
        meets: [second({ cap: 2 }, { cap: 1 })],
        spared: [linux({ cap: 1 }), second({ cap: undefined }, { cap: 1 })],
    },
    "cap-race": {
        affected: [2048, 2059],
        free: [2045, 2063],
        meets: [asIs, (raw) => (linux({ cap: 1 })(raw), delete raw.clouds.agents.cap)],
        spared: [cloud({ cap: undefined }), cloud({ plugin: { instanceCapStr: "" } })],
    },
    "tag-override": {
        affected: [2, latest],
        free: nothing,
        meets: [
            linux({ tags: { jenkins_slave_type: "demand" } }),
            linux({ tags: { jenkins_server_url: "x" } }),
            linux({ plugin: { tags: [{ name: "jenkins_slave_type", value: "x" }] } }),
            (raw) => (raw.tags = { jenkins_server_url: "https://jenkins.example.com/" }),
        ],
        spared: [asIs, linux({ tags: { jenkins_slave: "x" } })],
    },
    "capacity-stall": { affected: [2, latest], free: nothing, meets: [], spared: [asIs] },
    "rule-adds-to-spares": {
        affected: [2063, latest],
        free: [2059],
        meets: [ruled({ spareInstances: 1 }), ruled({ spareInstances: 1, labels: ["a", "linux"] })],
        spared: [
            linux({ spareInstances: 1 }),
            ruled({}),
            (raw) => (ruled({})(raw), second({ spareInstances: 1 }, { labels: ["linux"] })(raw)),
        ],
    },
    "spares-doubled": { affected: [2063, latest], free: [2059], meets: [ruled({})], spared: [asIs] },
    "weight-zero-used": {
        affected: [2063, latest],
        free: [2059],
        meets: [(raw) => (second({ weight: 0 })(raw), cloud({ templateOrder: "by-share" })(raw))],
        spared: [asIs, (raw) => (second({ weight: 0 })(raw), cloud({ templateOrder: "by-rank" })(raw))],
    },
    "burst-adopts-own": { affected: [2048, latest], free: [2045], meets: [], spared: [asIs] },
    "pending-for-ever": { affected: [2048, latest], free: [2045], meets: [], spared: [asIs] },
    "stopped-count-as-coming": {
        affected: [2063, latest],
        free: [2059],
        meets: [ruled({ idle: { then: "stop" } }), linux({ idle: { then: "stop" }, spareInstances: 1 })],
        spared: [linux({ idle: { then: "stop" } }), ruled({}), linux({ spareInstances: 1 })],
    },
    "discard-lost-in-upgrade": { affected: [2063, latest], free: [2059], meets: [], spared: [asIs] },
    "no-jenkins-url": { affected: [2, latest], free: nothing, meets: [], spared: [asIs] },
    "null-count-map": { affected: [2048], free: [2045, 2049], meets: [], spared: [asIs] },
    "orphan-cleanup-kills-others": {
        affected: [1982, 1994],
        free: [1950, 2007],
        meets: [cloud({ cleanUpOrphanedNodes: true }), cloud({ plugin: { cleanUpOrphanedNodes: "true" } })],
        spared: [asIs],
    },
    "billing-hour-never-ends": {
        affected: [1885, 1911],
        free: [1881, 1917],
        meets: [linux({ idle: { minutes: -2 } }), linux({ plugin: { idleTerminationMinutes: "-5" } })],
        spared: [asIs, linux({ idle: { minutes: 0 } })],
    },
    "offline-idle-kept": {
        affected: [2034, 2053],
        free: [2032, 2056],
        meets: [asIs, linux({ idle: { minutes: -2 } })],
        spared: [linux({ idle: { minutes: 0 } })],
    },
    "reconnect-stopped": {
        affected: [2034, 2036],
        free: [2032, 2039],
        meets: [linux({ idle: { then: "stop" } }), linux({ plugin: { stopOnTerminate: true } })],
        spared: [asIs, linux({ idle: { then: "stop" }, plugin: { stopOnTerminate: "false" } })],
    },
    "stopped-never-start": {
        affected: [2036, 2041],
        free: [2034, 2043],
        meets: [cloud({ noDelayProvisioning: true })],
        spared: [asIs],
    },
    "upgrade-strands-stopped": {
        affected: [2007, latest],
        free: [1994],
        meets: [linux({ idle: { then: "stop" } })],
        spared: [asIs],
    },
    "never-times-out": {
        affected: [2, latest],
        free: nothing,
        meets: [linux({ launchTimeoutSeconds: 0 }), linux({ plugin: { launchTimeoutStr: "" } })],
        spared: [
            asIs,
            linux({ launchTimeoutSeconds: 0, plugin: { launchTimeoutStr: "600" } }),
            linux({ launchTimeoutSeconds: 0, grace: { minutes: 10 } }),
        ],
    },
    "minimum-keeps-dead": {
        affected: [2, latest],
        free: nothing,
        meets: [linux({ minimumInstances: 1 })],
        spared: [asIs, linux({ spareInstances: 1 })],
    },
    "spares-churn": {
        affected: [2, latest],
        free: nothing,
        meets: [linux({ spareInstances: 1 }), linux({ spareInstances: 1, idle: { minutes: 5 } })],
        spared: [asIs, linux({ minimumInstances: 1 }), linux({ spareInstances: 1, idle: { minutes: 0 } })],
    },
    "api-error-drops-agents": { affected: [2, latest], free: nothing, meets: [], spared: [asIs] },
    "init-failure-ignored": {
        affected: [1864, 1898],
        free: [1856, 1901],
        meets: [linux({ initScript: { inline: "true\n" } })],
        spared: [asIs, linux({ initScript: { inline: " \n" } })],
    },
    "spot-fallback-stays-spot": {
        affected: [1885, 2059],
        free: [1881, 2063],
        meets: [
            linux({ spot: { fallbackToOnDemand: true } }),
            linux({ plugin: { spotConfig: { useBidPrice: "false", fallbackToOndemand: "true" } } }),
        ],
        spared: [asIs, linux({ spot: {} }), linux({ spot: { fallbackToOnDemand: true, maxPricePerHour: 0.1 } })],
    },
    "spot-fallback-leak": {
        affected: [2, latest],
        free: nothing,
        meets: [
            linux({ spot: { fallbackToOnDemand: true, maxPricePerHour: 0.1 } }),
            linux({
                plugin: { spotConfig: { useBidPrice: true, spotMaxBidPrice: "0.1", fallbackToOndemand: true } },
            }),
        ],
        spared: [asIs, linux({ spot: { fallbackToOnDemand: true } }), linux({ spot: { maxPricePerHour: 0.1 } })],
    },
    "spot-cannot-stop": {
        affected: [2, latest],
        free: nothing,
        // The settings themselves refuse it, but not what goes over them.
        meets: [linux({ spot: {}, plugin: { stopOnTerminate: "true" } })],
        spared: [linux({ spot: {} }), linux({ spot: { maxPricePerHour: 0.1 }, plugin: { stopOnTerminate: "true" } })],
    },
    "bid-spot-drops-settings": {
        affected: [2, latest],
        free: nothing,
        meets: [
            linux({ spot: { maxPricePerHour: 0.1 } }),
            linux({ spot: { maxPricePerHour: 0.1 }, metadata: { supported: false }, enclave: true }),
        ],
        spared: [asIs, linux({ spot: {} }), linux({ spot: { maxPricePerHour: 0.1 }, metadata: { supported: false } })],
    },
    "spot-tags-late": {
        affected: [2, 2056],
        free: [2059],
        meets: [linux({ spot: { maxPricePerHour: 0.1 } })],
        spared: [asIs, linux({ spot: {} })],
    },
    "ssh-1822": {
        affected: [1822],
        free: [1801, 1823],
        meets: [
            asIs,
            linux({ hostKeyVerification: "ACCEPT_NEW" }),
            linux({ initScript: { inline: " \n" }, hostKeyVerification: "ACCEPT_NEW" }),
            linux({ initScript: { inline: "true\n" } }),
        ],
        spared: [windowsStack, linux({ initScript: { inline: "true\n" }, hostKeyVerification: "ACCEPT_NEW" })],
    },
    "console-1885": {
        affected: [1885],
        free: [1881, 1887],
        meets: [asIs, linux({ hostKeyVerification: "CHECK_NEW_HARD" })],
        spared: [windowsStack, linux({ hostKeyVerification: "ACCEPT_NEW" }), linux({ hostKeyVerification: "OFF" })],
    },
    "hostkey-2029": {
        affected: [2029],
        free: [2018, 2032],
        meets: [asIs, linux({ hostKeyVerification: "CHECK_NEW_HARD" })],
        spared: [windowsStack, linux({ plugin: { hostKeyVerificationStrategy: "OFF" } })],
    },
    "hostkey-fail-open": {
        affected: [2051, latest],
        free: [2049],
        meets: [asIs, linux({ hostKeyVerification: "ACCEPT_NEW" })],
        spared: [windowsStack, linux({ hostKeyVerification: "OFF" })],
    },
    "proxy-mixup": { affected: [2051, latest], free: [2049], meets: [], spared: [asIs] },
    "ssh-thread-leak": { affected: [1822, 2049], free: [1801, 2051], meets: [asIs], spared: [windowsStack] },
    "winrm-thread-leak": { affected: [2, 2043], free: [2045], meets: [windowsStack], spared: [asIs] },
    "role-ignored": {
        affected: [2, 1760],
        free: [1764],
        meets: [cloud({ identity: { mode: "role" }, plugin: { roleSessionName: "" } })],
        spared: [asIs, cloud({ identity: { mode: "role" } }), cloud({ plugin: { roleSessionName: "" } })],
    },
    "alt-endpoint-ignored": {
        affected: [2, 1881],
        free: [1885],
        meets: [
            cloud({ endpoint: "https://ec2.eu-central-1.amazonaws.com" }),
            cloud({ plugin: { altEC2Endpoint: "https://ec2.eu-central-1.amazonaws.com" } }),
        ],
        spared: [asIs],
    },
    "sg-without-subnet": {
        affected: [2, latest],
        free: nothing,
        meets: [linux({ plugin: { subnetId: "" } })],
        spared: [asIs, linux({ plugin: { subnetId: "subnet-0123456789abcdef0" } })],
    },
    "zone-tenancy": {
        affected: [2, latest],
        free: nothing,
        meets: [linux({ plugin: { tenancy: "Dedicated" } })],
        spared: [
            asIs,
            linux({ plugin: { tenancy: "Host" } }),
            linux({ plugin: { tenancy: "Dedicated" }, zones: ["eu-central-1a"] }),
        ],
    },
    "enclave-null": { affected: [1896], free: [1891, 1898], meets: [], spared: [asIs] },
    "jcasc-keys": { affected: [2, 2036, latest], free: nothing, meets: [], spared: [asIs] },
};

/** The tag that begins with a number. */
const tagOf = (number: number) => releases.find(({ version }) => leadingNumber(version) === number)!.version;
const met = (id: string, version: string, change: Change) =>
    metBySettings(version, resolved(change)).filter(({ fault }) => fault.id === id);

it("every fault has a case, and every case a fault", () => {
    expect(faults.map(({ id }) => id).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))("%s", (id, { affected, free, meets, spared }) => {
    const fault = faults.find((one) => one.id === id)!;

    it.each(affected)("is in %s", (number) => expect(affects(fault, tagOf(number))).toBe(true));

    it.each(free.map((number) => [number]))("is not in %s", (number) =>
        expect(affects(fault, tagOf(number))).toBe(false),
    );

    it.each(meets.map((change) => [change]))("is met by these settings %#", (change) => {
        for (const number of affected) expect(met(id, tagOf(number), change)).not.toEqual([]);
        for (const number of free) expect(met(id, tagOf(number), change)).toEqual([]);
    });

    it.each(spared.map((change) => [change]))("is not met by these settings %#", (change) => {
        for (const number of affected) expect(met(id, tagOf(number), change)).toEqual([]);
    });
});

describe("a fault that costs money without bound or loses agents", () => {
    const severities = (id: string, version: number, change: Change) =>
        met(id, tagOf(version), change).map(({ severity }) => severity);

    it.each<[string, number, Change]>([
        ["orphan-cleanup-kills-others", 1982, cloud({ cleanUpOrphanedNodes: true })],
        ["billing-hour-never-ends", 1885, linux({ idle: { minutes: -2 } })],
        ["offline-idle-kept", 2053, asIs],
        ["spot-fallback-leak", latest, linux({ spot: { fallbackToOnDemand: true, maxPricePerHour: 0.1 } })],
        ["never-times-out", latest, linux({ launchTimeoutSeconds: 0 })],
        ["tag-override", latest, linux({ tags: { jenkins_slave_type: "x" } })],
    ])("is an error: %s", (id, version, change) => expect(severities(id, version, change)).toEqual(["error"]));

    it("is a warning where a cap bounds the cost, of the cloud or of the template", () => {
        const uncapped: Change = (raw) => delete raw.clouds.agents.cap;
        expect(severities("minimum-check-overlaunch", 2034, uncapped)).toEqual(["error"]);
        expect(severities("minimum-check-overlaunch", 2034, asIs)).toEqual(["warning"]);
        expect(severities("minimum-check-overlaunch", 2034, (raw) => (uncapped(raw), linux({ cap: 1 })(raw)))).toEqual([
            "warning",
        ]);
    });
});

describe("what the settings do not say", () => {
    it("no-jenkins-url is met by a controller without a Jenkins URL", () => {
        const ids = (hasUrl: boolean) =>
            metByController(newestRelease.version, { hasUrl }).map(({ fault }) => fault.id);
        expect(ids(false)).toEqual(["no-jenkins-url"]);
        expect(ids(true)).toEqual([]);
    });
});

describe("releases", () => {
    it("are in order, each once, and each bound of a fault is one of them", () => {
        const numbers = releases.map(({ version }) => leadingNumber(version));
        expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
        const bounds = faults.flatMap(({ first, last }) => [first, last]).filter((bound) => bound !== undefined);
        expect(bounds.filter((bound) => !numbers.includes(bound))).toEqual([]);
    });

    it("after the newest that is known have its faults", () => {
        const names = (version: string) => metBySettings(version, resolved(asIs)).map(({ fault }) => fault.id);
        expect(names("9001.v0")).toEqual(names(newestRelease.version));
    });
});
