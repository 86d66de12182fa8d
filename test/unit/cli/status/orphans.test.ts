import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ControllerAnswer } from "../../../../cli/status/ask";
import type { Instance } from "../../../../cli/status/instances";
import { orphansOf } from "../../../../cli/status/findOrphans";
import type { FleetAgent } from "../../../../cli/status/fleet";
import { controller, instance } from "./sample";
import { newestRelease } from "../../../../settings/plugin/releases";

const now = new Date("2026-11-25T21:40:00Z");
const owners = ["jenkins-ec2-agents/prod"];
const linux = { linux: { type: "t3.medium", labels: "linux", cap: 2 } };
const stopping = { linux: { ...linux.linux, stops: true } };
const answering = (id: string, templates: Parameters<typeof controller>[2] = linux) =>
    controller(id, newestRelease.version, templates);
const silent = (id: string): ControllerAnswer => ({ ...answering(id), fleet: undefined, problem: "down" });
const stray = (changes: Partial<Instance> = {}, minutes = 60, of = "team-a") => ({
    ...instance("i-stray", "t3.medium", minutes, { controller: of, template: "linux" }),
    ...changes,
});
const agent = (ids: Partial<FleetAgent>): FleetAgent => ({
    name: "agent",
    cloud: "agents",
    template: "linux",
    instanceId: "",
    spotRequestId: "",
    state: "busy",
    executors: 1,
    busy: 1,
    reason: "",
    ...ids,
});
const verdict = (one: Instance, ...controllers: ControllerAnswer[]) =>
    orphansOf([one], controllers, owners, now).map(({ kept }) => kept ?? "may be ended");

describe("an instance that no controller knows", () => {
    it("may be ended where all were asked, it runs, and it is older than a launch takes", () => {
        expect(verdict(stray(), answering("team-a"), answering("team-b"))).toEqual(["may be ended"]);
    });

    it("is left alone where another controller of the stack could not be asked", () => {
        expect(verdict(stray(), answering("team-a"), silent("team-b"))).toEqual([
            "not every controller could be asked: team-b",
        ]);
    });

    it("is none where its own controller could not be asked: nobody can say", () => {
        expect(verdict(stray(), silent("team-a"), answering("team-b"))).toEqual([]);
    });

    it("is left alone while it may still be being launched, and where its age is not known", () => {
        const young = expect.stringContaining("being launched") as string;
        expect(verdict(stray({}, 14.9), answering("team-a"))).toEqual([young]);
        expect(verdict(stray({ launched: "?" }), answering("team-a"))).toEqual([young]);
        expect(verdict(stray({}, 15), answering("team-a"))).toEqual(["may be ended"]);
    });

    it("is left alone where it is stopped and a controller may start it again", () => {
        const stopped = stray({ state: "stopped" });
        expect(verdict(stopped, answering("team-a"))).toEqual(["may be ended"]);
        expect(verdict(stopped, answering("team-a", stopping))).toEqual([
            expect.stringMatching(/may start it again: team-a has/),
        ]);
        expect(verdict(stray(), answering("team-a", stopping))).toEqual(["may be ended"]);
    });

    it("is left alone where its tag names a controller that the stack has not deployed to", () => {
        expect(verdict(stray({}, 60, "team-z"), answering("team-a"))).toEqual([
            expect.stringContaining("team-z is none that the stack has deployed to"),
        ]);
    });

    it("is another stack's where it has no tag of this one", () => {
        expect(verdict(stray({ controller: "jenkins-ec2-agents/production/team-a" }), answering("team-a"))).toEqual([]);
        expect(verdict(stray({ controller: "" }), answering("team-a"))).toEqual([]);
    });
});

const ids = fc.constantFrom("i-1", "i-2", "i-3", "i-4");
const requests = fc.constantFrom("", "sir-1", "sir-2");
const anyAgent = fc.record({ instanceId: fc.oneof(ids, fc.constant("")), spotRequestId: requests }).map(agent);
const anyController = fc
    .record({
        id: fc.constantFrom("team-a", "team-b", "team-c"),
        agents: fc.array(anyAgent),
        answers: fc.boolean(),
        stops: fc.boolean(),
    })
    .map(({ id, agents, answers, stops }) => {
        const found = answering(id, stops ? stopping : linux);
        return answers ? { ...found, fleet: { ...found.fleet!, agents } } : silent(id);
    });
const anyInstance = fc
    .record({
        id: ids,
        spotRequestId: requests,
        minutes: fc.integer({ min: 0, max: 100 }),
        of: fc.constantFrom("team-a", "team-b", "team-c", "team-z"),
        state: fc.constantFrom("pending", "running", "stopping", "stopped"),
    })
    .map(({ minutes, of, ...rest }) => stray(rest as Partial<Instance>, minutes, of));
const world = [fc.array(anyInstance), fc.uniqueArray(anyController, { selector: ({ id }) => id })] as const;

describe("whatever there is", () => {
    it("an instance that a controller knows, by its id or its Spot request, is no orphan", () => {
        fc.assert(
            fc.property(...world, (instances, controllers) => {
                const agents = controllers.flatMap(({ fleet }) => fleet?.agents ?? []);
                const orphans = orphansOf(instances, controllers, owners, now);
                return orphans.every(({ instance: { id, spotRequestId } }) =>
                    agents.every(
                        (one) => one.instanceId !== id && (spotRequestId === "" || one.spotRequestId !== spotRequestId),
                    ),
                );
            }),
        );
    });

    it("nothing may be ended while a controller could not be asked", () => {
        fc.assert(
            fc.property(...world, (instances, controllers) => {
                fc.pre(controllers.some(({ fleet }) => fleet === undefined));
                return orphansOf(instances, controllers, owners, now).every(({ kept }) => kept !== undefined);
            }),
        );
    });

    it("what may be ended is old enough, and of a controller that was asked", () => {
        fc.assert(
            fc.property(...world, (instances, controllers) =>
                orphansOf(instances, controllers, owners, now)
                    .filter(({ kept }) => kept === undefined)
                    .every(
                        ({ instance: { launched, controller } }) =>
                            now.getTime() - Date.parse(launched) >= 15 * 60_000 &&
                            controllers.some(({ id, fleet }) => fleet && controller.endsWith(`/${id}`)),
                    ),
            ),
        );
    });
});
