import * as pulumi from "@pulumi/pulumi";
import pLimit from "p-limit";
import { settled } from "../settings/read/known";

/*
 * A limited number of resources is under way at a time: the engine's own limit (`--parallel`) is for all of a stack, and a
 * hundred pushes at once would be hard on whatever stands before the controllers. A resource is not registered before its
 * inputs are there, so it is enough to hold one of them back.
 */
const limits = new Map<number, ReturnType<typeof pLimit>>();

/**
 * Hands the value on when there is a turn; the turn lasts until the output that `made` gives is there, or has failed.
 *
 * @param atATime how many turns there are; all who say the same number share them
 */
export function takeTurn<T>(atATime: number, value: T, made: () => pulumi.Output<unknown>): Promise<T> {
    const limit = limits.get(atATime) ?? pLimit(atATime);
    limits.set(atATime, limit);
    return new Promise((begin) => {
        void limit(async () => {
            begin(value);
            await settled(made()).catch(() => undefined);
        });
    });
}
