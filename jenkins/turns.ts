import * as pulumi from "@pulumi/pulumi";
import pLimit from "p-limit";
import { settled } from "./known";

/**
 * Lets a limited number of resources be under way at a time: the engine's own limit (`--parallel`) is for all of a stack, and a
 * hundred pushes at once would be hard on whatever stands before the controllers. A resource is not registered before its
 * inputs are there, so it is enough to hold one of them back.
 */
export class Turns {
    private readonly limit: ReturnType<typeof pLimit>;

    constructor(atATime: number) {
        this.limit = pLimit(atATime);
    }

    /** Hands the value on when there is a turn; the turn lasts until the output that `made` gives is there, or has failed. */
    public take<T>(value: T, made: () => pulumi.Output<unknown>): Promise<T> {
        return new Promise((begin) => {
            void this.limit(async () => {
                begin(value);
                await settled(made()).catch(() => undefined);
            });
        });
    }
}
