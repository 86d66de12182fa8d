import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { PluginObject } from "../../../../settings/schema/codec";
import { fleetFile } from "../../../../cli/export/fleetFile";

const template = {
    description: "linux",
    ami: "ami-0123456789abcdef0",
    type: "m7i.large",
    labelString: "linux",
    remoteAdmin: "ec2-user",
    remoteFS: "/home/ec2-user",
    launchTimeoutStr: "300",
};

/** What is exported of a cloud with one template, live with a version of the plugin. */
function exported(own: PluginObject, plugin?: string) {
    const cloud = { name: "agents", parameters: { instanceCapStr: "5" }, templates: [{ ...template, ...own }] };
    const controllers = { "team-a": { url: "https://jenkins.example.com/", user: "admin" } };
    const { yaml, notes } = fleetFile({ path: "fleets/team-a.yaml", clouds: [cloud], controllers, plugin });
    return { silence: (parse(yaml) as { silence?: string[] }).silence, notes };
}

describe("a fleet that is live with a known fault", () => {
    const bids = { spotConfig: { useBidPrice: "true", spotMaxBidPrice: "0.08", fallbackToOndemand: "true" } };

    it("goes on with it: what would be an error is silenced, with a note of what it is and the way out", () => {
        const { silence, notes } = exported({ ...bids, launchTimeoutStr: "" }, "2059.v05f9d511d7e5");
        expect(silence).toEqual(["never-times-out", "spot-fallback-leak"]);
        expect(notes).toHaveLength(2);
        expect(notes[1]).toMatch(
            /^clouds\.agents\.templates\.linux\.spot\.fallbackToOnDemand: spot-fallback-leak is silenced, as the fleet has it today: with ec2 2059.*; set spot\.fallbackToOnDemand to false/,
        );
    });

    it("of another release has nothing silenced", () => {
        const stops = { stopOnTerminate: "true" };
        expect(exported(stops, "2036.vb_105a_db_e4a_ea_").silence).toContain("reconnect-stopped");
        expect(exported(stops, "2059.v05f9d511d7e5").silence).toBeUndefined();
    });

    it("is said to be refused, where settings can't say it", () => {
        expect(exported({ type: "T3Nothing!" }, "2059.v05f9d511d7e5").notes).toEqual([
            expect.stringMatching(
                /^is refused until it is put right: clouds\.agents\.templates\.linux\.instanceType: /,
            ),
            "clouds.agents.templates.linux: is not compared with what was exported, because it is refused: pulumi preview compares it",
        ]);
    });
});

describe("what settings do not keep of a fleet", () => {
    it("is noted, once for all templates", () => {
        const templates = ["linux", "mac"].map((description) => ({
            ...template,
            description,
            customDeviceMapping: "/dev/sdf=:10",
            tags: [{ $class: "EC2Tag", name: "team", value: "a" }],
        }));
        const { notes } = fleetFile({
            path: "fleets/team-a.yaml",
            clouds: [{ name: "agents", parameters: { instanceCapStr: "5" }, templates }],
            controllers: { "team-a": { url: "https://jenkins.example.com/", user: "admin" } },
            plugin: "2059.v05f9d511d7e5",
        });
        expect(notes).toEqual([
            'clouds.agents.templates.{linux, mac}: customDeviceMapping is "/dev/sdf=:10" and becomes "/dev/sdf=:10:true": no setting keeps it',
        ]);
    });

    it("is noted also beside a template that is refused", () => {
        const { notes } = fleetFile({
            path: "fleets/team-a.yaml",
            clouds: [
                {
                    name: "agents",
                    parameters: { instanceCapStr: "5" },
                    templates: [
                        { ...template, spotConfig: { spotMaxBidPrice: "0.10" } },
                        { ...template, description: "refused", ami: "ami-windows" },
                    ],
                },
            ],
            controllers: { "team-a": { url: "https://jenkins.example.com/", user: "admin" } },
            plugin: "2059.v05f9d511d7e5",
        });
        expect(notes).toEqual([
            expect.stringMatching(/^is refused until it is put right: clouds\.agents\.templates\.refused\.image\.id/),
            'clouds.agents.templates.linux: spotConfig.spotMaxBidPrice is "0.10" and becomes "": no setting keeps it',
            expect.stringMatching(/^clouds\.agents\.templates\.refused: is not compared/),
        ]);
    });
    it("is nothing where only the form differs", () => {
        const { notes } = exported(
            {
                type: "M7iLarge",
                labelString: " linux  docker ",
                instanceCapStr: "2147483647",
                amiType: { $class: "UnixData", sshPort: "22", bootDelay: "" },
                spotConfig: { useBidPrice: "true", spotMaxBidPrice: "0.40", fallbackToOndemand: "false" },
                subnetId: "subnet-0123456789abcdef0, subnet-0123456789abcdef1",
                securityGroups: "sg-0123456789abcdef0, sg-0123456789abcdef1",
            },
            "2059.v05f9d511d7e5",
        );
        expect(notes).toEqual([]);
    });
});
