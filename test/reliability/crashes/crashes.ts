import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../playground/world";
import type { Campaign } from "../campaign";
import { random } from "../random";
import { differences, inAws, inJenkins, inState, unlikeSettings, wantedInJenkins, type Deployment } from "./inventory";
import { operations, type Operation } from "./operations";
import { outcome, type Case } from "./outcome";
import { recover, type Recovery } from "./recovery";
import { cleared, livesIn, struck } from "./strike";
import { victims, type Victim } from "./victims";
import { cloudsOf, first, startCrashWorld, type CrashWorld, type Wanted } from "./world";

const logs = join(projectFolder, ".playground", "reliability");

/**
 * Breaks operations off at random moments, follows the documented recovery, and compares what AWS and Jenkins have with what the
 * state says. Operations go round, and each meets one of the victims that were met least.
 */
export const crashes: Campaign = async ({ cases, seed, say, enough }) => {
    const draw = random(seed);
    const done: Case[] = [];
    const all = cases * victims.length;
    let world = await startCrashWorld();
    let wanted = first;
    try {
        const lives = await measured(world);
        // An operation may end before its victim is met. Where the machine changes its pace too much, fewer cases have to do.
        for (let index = 0; done.length < all && index < 3 * all && !enough.aborted; index++) {
            const operation = operations[index % operations.length]!;
            const victim = leastMet(done, draw);
            wanted = operation.wanted(wanted);
            world.configure(wanted);
            const moment = Math.round(draw() * (lives[operation.name]![victim.name] ?? 0));
            const one = await tried(world, operation, victim, moment, wanted);
            const { steps, wrong } = one.case;
            if (one.lived === undefined) done.push(one.case);
            else lives[operation.name]![victim.name] = one.lived; // the machine has another pace by now
            const late = one.lived === undefined ? "" : " (it had ended before)";
            const which = `${operation.name}, ${victim.name} after ${moment} ms${late}`;
            say(
                `${done.length}/${all} ${which}: ${steps.join(", ")}${wrong.map((line) => `\n    WRONG ${line}`).join("")}`,
            );
            if (wrong.length > 0) {
                mkdirSync(logs, { recursive: true });
                writeFileSync(join(logs, `crash-${seed}-${index}.log`), `${which}\n${wrong.join("\n")}\n${one.output}`);
                // It would be found wrong in every case to come: another world, at the beginning of a round.
                await world.stop();
                world = await startCrashWorld();
                wanted = first;
                index = Math.ceil((index + 1) / operations.length) * operations.length - 1;
            }
        }
    } finally {
        await world.stop();
    }
    return victims
        .map(({ name }) => outcome("nothing twice, lost or orphaned", name, done))
        .filter(({ times }) => times > 0);
};

/** One of those that were met least. */
function leastMet(done: Case[], draw: () => number): Victim {
    const count = ({ name }: Victim) => done.filter(({ victim }) => victim === name).length;
    const least = Math.min(...victims.map(count));
    const candidates = victims.filter((victim) => count(victim) === least);
    return candidates[Math.floor(draw() * candidates.length)]!;
}

/** How many milliseconds each victim lives in each operation, from a round that nobody disturbs. */
async function measured(world: CrashWorld): Promise<Record<string, Record<string, number>>> {
    const lives: Record<string, Record<string, number>> = {};
    let wanted = first;
    for (const { name, command, recovery, wanted: next } of operations) {
        if (command !== recovery) continue;
        wanted = next(wanted);
        world.configure(wanted);
        lives[name] = await livesIn(world, command, victims);
    }
    for (const { name } of operations) lives[name] ??= { ...lives["first up"] };
    return lives;
}

async function tried(world: CrashWorld, operation: Operation, victim: Victim, moment: number, wanted: Wanted) {
    const { answer, lived, left } = await struck(world, operation.command, victim, moment);
    let output = `--- ${operation.command}, broken off: ${answer.code}\n${answer.stdout}${answer.stderr}`;
    const steps: string[] = [];
    if (lived !== undefined && answer.code === 0) {
        if (operation.command !== operation.recovery) await world.stack[operation.recovery]();
        return { lived, output, case: { victim: victim.name, operation: operation.name, steps, wrong: [] } };
    }
    const followed = async (command: "up" | "destroy") => {
        const recovery: Recovery = await recover(world, command, output);
        await cleared(left);
        steps.push(...recovery.steps);
        output += recovery.output;
        return recovery.done
            ? compared(world, command, wanted, recovery.state)
            : [`${command} does not go through, and no documented command led on`];
    };
    let wrong = await followed(operation.recovery);
    if (wrong.length > 0 && operation.recovery === "destroy") {
        // What was made and not noted, destroy does not know: an up takes it over first.
        output += `\n--- left: ${wrong.join("; ")}`;
        wrong = await followed("up");
        if (wrong.length === 0) wrong = await followed("destroy");
    }
    return { lived, output, case: { victim: victim.name, operation: operation.name, steps, wrong } };
}

/** What is not as the command leaves it: in AWS, in Jenkins, in the state. */
async function compared(
    world: CrashWorld,
    command: "up" | "destroy",
    wanted: Wanted,
    { resources = [], pending_operations: pending = [] }: Deployment,
): Promise<string[]> {
    const clouds = command === "up" ? cloudsOf(wanted) : [];
    return [
        ...differences(await inAws(world), inState(resources), "AWS"),
        ...differences(await inJenkins(world), wantedInJenkins(clouds, resources), "Jenkins"),
        ...(pending.length > 0 ? [`state: ${pending.length} pending operations`] : []),
        ...(command === "up"
            ? await unlikeSettings(resources, clouds, wanted.revision)
            : resources.map(({ urn }) => `state: ${urn} is left`)),
    ];
}
