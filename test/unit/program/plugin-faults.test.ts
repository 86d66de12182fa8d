import { describe, expect, it } from "vitest";
import type { Preflight } from "../../../jenkins/preview/controllerState";
import { pluginFaults } from "../../../jenkins/preview/pluginFaults";
import { newestRelease } from "../../../settings/plugin/releases";
import { resolved } from "../settings/support";

/** What the preflight found on a controller with this version of the plugin. */
const found = (ec2: string | undefined, changes: { inactive?: boolean; hasUrl?: boolean } = {}): Preflight => ({
    state: {
        controller: "team-a",
        installed: { jenkins: "2.528.1", ec2, inactive: changes.inactive ?? false },
        instance: "one",
        hasUrl: changes.hasUrl ?? true,
        quietingDown: false,
        clouds: [],
        problems: [],
        changed: [],
    },
});

/** The small stack, with the plugin's policy on its controller. */
const withPolicy = (plugin: object, change: (raw: any) => void = () => undefined) =>
    resolved((raw) => {
        raw.controllers["team-a"].plugin = plugin;
        change(raw);
    });
const names = ({ errors, warnings }: ReturnType<typeof pluginFaults>) => [
    ...errors.map(({ code }) => code),
    ...warnings.map(({ code }) => code),
];

describe("the plugin's faults that the preflight finds the settings to meet", () => {
    it("are those of the version that is installed, where it is new enough", () => {
        expect(names(pluginFaults(withPolicy({}), { "team-a": found("2053.v86eb_364849fc") }))).toEqual([
            "offline-idle-kept",
            "cap-race",
            "hostkey-fail-open",
        ]);
    });

    it("are those of the version that is going to be installed, where the installed one is missing or too old", () => {
        const policy = { version: "2056.vca_ed3b_0a_f95f", minimum: "2056.vca_ed3b_0a_f95f" };
        for (const installed of [undefined, "2053.v86eb_364849fc"]) {
            expect(names(pluginFaults(withPolicy(policy), { "team-a": found(installed) }))).toEqual([
                "cap-race",
                "hostkey-fail-open",
            ]);
        }
    });

    it("are none where nothing is or may be installed, or nobody answered", () => {
        expect(names(pluginFaults(withPolicy({ install: false }), { "team-a": found(undefined) }))).toEqual([]);
        expect(names(pluginFaults(withPolicy({}), { "team-a": found(undefined, { inactive: true }) }))).toEqual([]);
        expect(names(pluginFaults(withPolicy({}), { "team-a": { unanswered: ["it is down"] } }))).toEqual([]);
    });

    it("say as errors the paths, what happens, what to do, and the name that silences them", () => {
        const { errors } = pluginFaults(withPolicy({}), { "team-a": found("2053.v86eb_364849fc") });
        expect(errors).toEqual([
            {
                path: "clouds.agents.templates.linux",
                message:
                    "with ec2 2053.v86eb_364849fc on team-a, an agent that is offline and idle never ends, because the plugin reconnects it each minute",
                fix: "no setting helps; 2056.vca_ed3b_0a_f95f mends it (controllers.team-a.plugin.minimum); see https://github.com/jenkinsci/ec2-plugin/issues/2020; to accept it, add offline-idle-kept to 'silence'",
                code: "offline-idle-kept",
                severity: "error",
            },
        ]);
    });

    it("are not said when the stack silences them, errors among them", () => {
        const settings = withPolicy({}, (raw) => (raw.silence = ["offline-idle-kept", "cap-race", "no-jenkins-url"]));
        const preflights = { "team-a": found("2053.v86eb_364849fc", { hasUrl: false }) };
        expect(names(pluginFaults(settings, preflights))).toEqual(["hostkey-fail-open"]);
    });

    it("name a controller without a Jenkins URL, whose caps count wrongly", () => {
        const { warnings } = pluginFaults(withPolicy({}), {
            "team-a": found(newestRelease.version, { hasUrl: false }),
        });
        expect(warnings.find(({ code }) => code === "no-jenkins-url")).toMatchObject({ path: "controllers.team-a" });
    });

    it("are those of each controller's own clouds", () => {
        const settings = resolved((raw) => {
            raw.controllers["team-b"] = { ...raw.controllers["team-a"], url: "https://jenkins.example.com/team-b" };
            raw.secrets.tokens["team-b"] = "x";
            raw.clouds.more = structuredClone({ ...raw.clouds.agents, name: "more", controllers: ["team-b"] });
            raw.clouds.more.templates.linux.idle = { minutes: 0 };
        });
        const preflights = { "team-a": found("2059.v05f9d511d7e5"), "team-b": found("2053.v86eb_364849fc") };
        expect(names(pluginFaults(settings, preflights))).toEqual(["cap-race", "hostkey-fail-open"]);
    });

    it("are taken to be those of the newest known release where a controller has a newer one, which is a warning", () => {
        const newer = { "team-a": found("9001.vabcdef012345") };
        const { warnings } = pluginFaults(withPolicy({}), newer);
        expect(warnings.map(({ code, path }) => [code, path])).toEqual([
            ["hostkey-fail-open", "clouds.agents.templates.linux"],
            ["plugin-newer-than-known", "controllers.team-a.plugin"],
        ]);
        const silenced = withPolicy({}, (raw) => (raw.silence = ["plugin-newer-than-known"]));
        expect(names(pluginFaults(silenced, newer))).toEqual(["hostkey-fail-open"]);
        expect(names(pluginFaults(withPolicy({}), { "team-a": found(newestRelease.version) }))).toEqual([
            "hostkey-fail-open",
        ]);
    });
});
