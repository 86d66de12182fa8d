import { describe, expect, it } from "vitest";
import { metByController, metBySettings } from "../../../../settings/plugin/met";
import { faultProblems, type ControllerMeeting } from "../../../../settings/plugin/faultReport";
import { newestRelease } from "../../../../settings/plugin/releases";
import { resolved } from "../support";

/** What the small stack meets after a change, on one controller. */
function met(
    version: string,
    change: (raw: any) => void = () => undefined,
    controller = "team-a",
): ControllerMeeting[] {
    return metBySettings(version, resolved(change)).map((meeting) => ({ ...meeting, controller, version }));
}
const names = (met: ControllerMeeting[], silence: string[] = []) =>
    faultProblems(met, silence).map(({ code, severity }) => `${severity} ${code}`);

describe("the report of faults that settings meet", () => {
    it("is what happens, where, on which version, and what to do", () => {
        const [first] = faultProblems(
            met("1911.vccb_5a_56f62e6", (raw) => (raw.clouds.agents.templates.linux.idle = { minutes: -2 })),
            [],
        );
        expect(first).toEqual({
            code: "billing-hour-never-ends",
            severity: "error",
            path: "clouds.agents.templates.linux.idle.minutes",
            message:
                "with ec2 1911.vccb_5a_56f62e6 on team-a, agents never end, because the plugin computes a negative uptime",
            fix: "set idle.minutes to a positive number; 1917.v6f3dd5711d3b_ mends it (controllers.team-a.plugin.minimum); see https://issues.jenkins.io/browse/JENKINS-75687",
        });
    });

    it("tells of a fault without an end that all releases have it", () => {
        const newest = newestRelease.version;
        const found = faultProblems(met(newest), []).find(({ code }) => code === "hostkey-fail-open");
        expect(found?.fix).toContain(`all releases up to ${newest} have this fault`);
    });

    it("is the first clause of what happens where the whole is longer than 160 characters", () => {
        const found = faultProblems(met("2059.v05f9d511d7e5"), []).find(({ code }) => code === "cap-race");
        expect(found?.message).toBe(
            "with ec2 2059.v05f9d511d7e5 on team-a, builds at the same time start more instances than the cap allows, because the plugin counts only every 30 seconds",
        );
    });

    it("is one line for all templates and clouds, by the settings they have", () => {
        const [first] = faultProblems(
            met("1950.v4a_a_04b_84b_c74", (raw) => {
                const { linux } = raw.clouds.agents.templates;
                raw.clouds.agents.templates = { one: linux, two: { ...linux, cap: 3 }, three: linux };
                raw.clouds.more = structuredClone({ ...raw.clouds.agents, name: "more" });
                delete raw.clouds.agents.cap;
            }),
            [],
        );
        expect(first!.path).toBe("clouds.agents.templates.{one,three}");
        expect(first!.severity).toBe("error");
    });

    it("names a template once, whose instance types are a list", () => {
        const types = ["m7i.large", "m6i.large"];
        const found = faultProblems(
            met("2059.v05f9d511d7e5", (raw) => (raw.clouds.agents.templates.linux.instanceType = types)),
            [],
        ).find(({ code }) => code === "error-no-fallthrough");
        expect(found?.path).toBe("clouds.agents.templates.linux.labels");
    });

    it("names every controller with its version, once", () => {
        const [first] = faultProblems(
            [
                ...met("2048.ve419b_c6563b_c"),
                ...met("2052.v05176793cf62", undefined, "team-b"),
                ...met("2048.ve419b_c6563b_c", undefined, "team-c"),
            ],
            [],
        );
        expect(first!.message).toContain(
            "with ec2 2048.ve419b_c6563b_c on team-a, team-c and ec2 2052.v05176793cf62 on team-b, ",
        );
    });

    it("begins with the errors, and leaves out what the stack silences", () => {
        const found = met("2053.v86eb_364849fc");
        expect(names(found)).toEqual(["error offline-idle-kept", "warning cap-race", "warning hostkey-fail-open"]);
        expect(names(found, ["offline-idle-kept", "cap-race"])).toEqual(["warning hostkey-fail-open"]);
    });

    it("names the controller where it meets the fault itself", () => {
        const version = "2059.v05f9d511d7e5";
        const [found] = faultProblems(
            metByController(version, { hasUrl: false }).map((meeting) => ({
                ...meeting,
                controller: "team-a",
                version,
            })),
            [],
        );
        expect(found!.code).toBe("no-jenkins-url");
        expect(found!.path).toBe("controllers.team-a");
    });
});
