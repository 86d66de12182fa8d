// What all of this is for, as it happens: a build waits, an agent comes, the build runs, the agent goes.
import { setTimeout as sleep } from "node:timers/promises";
import { controllerState, scheduleBuild, type ControllerState } from "./controller/observe";
import type { RunningController } from "./controller/options";
import { duration, type Report } from "./progress";

/** A label of the demo's stack whose agents are terminated when they were idle for long enough. */
const label = "cheap";
const buildSeconds = 3;
/** Many times as long as it takes on a busy machine. */
const limitSeconds = 300;

/** What is said when it is first seen. */
const scenes: { says: (state: ControllerState) => string; seen: (state: ControllerState, build: number) => boolean }[] =
    [
        { says: () => `a build with the label ${label} waits, and no agent has it`, seen: () => true },
        {
            says: ({ agents }) =>
                `Jenkins has the plugin start ${agents[0]!.instanceId ?? "an instance"} of ${agents[0]!.template}`,
            seen: ({ agents }) => agents.length > 0,
        },
        {
            says: ({ agents }) => `${agents[0]!.name} is online`,
            seen: ({ agents }) => agents.some(({ online }) => online),
        },
        { says: () => "the build runs", seen: ({ builds }, id) => stateOf(builds, id) !== "WAITING" },
        { says: () => "the build is done", seen: ({ builds }, id) => stateOf(builds, id) === "DONE" },
        { says: () => "the agent was idle for its minutes, and is gone", seen: ({ agents }) => agents.length === 0 },
    ];

const stateOf = (builds: ControllerState["builds"], id: number) => builds.find((build) => build.id === id)?.state;

/** @throws where a scene does not come within minutes: something is wrong with the playground */
export async function showMagic(controller: RunningController, report: Report): Promise<void> {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    const { id } = await scheduleBuild(controller, { label, seconds: buildSeconds });
    for (const { says, seen } of scenes) {
        let state = await controllerState(controller);
        while (!seen(state, id)) {
            if (seconds() > limitSeconds) throw new Error(`${JSON.stringify(state)}: nothing more has happened`);
            await sleep(100);
            state = await controllerState(controller);
        }
        report(`${duration(seconds()).padStart(6)}  ${says(state)}`);
    }
}
