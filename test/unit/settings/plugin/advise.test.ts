import { describe, expect, it } from "vitest";
import { advise, adviseOn, byWorth } from "../../../../settings/plugin/advise";
import { newestRelease, releases } from "../../../../settings/plugin/releases";
import { controller } from "../../../../settings/schema/controller";
import { resolved } from "../support";

const linux = (settings: object) => (raw: any) => void Object.assign(raw.clouds.agents.templates.linux, settings);
const best = (change?: (raw: any) => void) => advise(resolved(change)).best;

describe("the advice on versions of the plugin", () => {
    it("judges every release, the newest first", () => {
        const judged = advise(resolved()).releases.map(({ version }) => version);
        expect(judged.reverse()).toEqual(releases.map(({ version }) => version));
    });

    it("says of each release what the settings meet, where", () => {
        const { faults } = adviseOn("2053.v86eb_364849fc", resolved());
        expect(faults.map(({ code, severity, path }) => [code, severity, path])).toEqual([
            ["cap-race", "warning", "clouds.agents.templates.linux"],
            ["offline-idle-kept", "error", "clouds.agents.templates.linux"],
            ["hostkey-fail-open", "warning", "clouds.agents.templates.linux"],
        ]);
    });

    it.each<[string, (raw: any) => void]>([
        ["one template", () => undefined],
        ["no cap", (raw) => delete raw.clouds.agents.cap],
        ["several instance types with the same labels", linux({ instanceType: ["m7i.large", "m6i.large"] })],
        ["stopped agents", linux({ idle: { then: "stop" } })],
        ["Spot without a price", linux({ spot: {} })],
        ["Spot with a price", linux({ spot: { maxPricePerHour: 0.1 } })],
        ["a minimum", linux({ minimumInstances: 1 })],
    ])("is the default of plugin.version for a stack with %s", (_, change) => {
        expect(controller.shape.plugin.parse({}).version).toBe(best(change));
    });

    it("counts what the stack silences for nothing", () => {
        const silence = ["minimum-check-overlaunch", "offline-idle-kept", "ssh-thread-leak"];
        const change = linux({ instanceType: ["m7i.large", "m6i.large"] });
        expect(best((raw) => (change(raw), (raw.silence = silence)))).toBe("2045.v06da_da_a_46422");
    });

    it("takes an error for worse than what a cap bounds, and that for worse than any number of warnings", () => {
        const stack = resolved(linux({ instanceType: ["m7i.large", "m6i.large"] }));
        const [error, bounded, warnings] = ["2045.v06da_da_a_46422", "2032.v92a_4b_e703974", newestRelease.version].map(
            (version) => adviseOn(version, stack),
        );
        expect([error!, bounded!, warnings!].sort(byWorth)).toEqual([warnings, bounded, error]);
    });
});
