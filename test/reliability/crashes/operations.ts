import type { Wanted } from "./world";

/** Something that a person runs, and that is broken off. */
export interface Operation {
    name: string;
    command: "up" | "destroy";
    /** What the settings say when it is run, from what they said before. */
    wanted(before: Wanted): Wanted;
    /** What is run afterwards, until all is as it should be. */
    recovery: "up" | "destroy";
}

const same = (before: Wanted) => before;

/** In an order in which each finds what it needs: the last leaves nothing, which the first begins with. */
export const operations: Operation[] = [
    { name: "first up, then destroy directly", command: "up", wanted: same, recovery: "destroy" },
    { name: "first up", command: "up", wanted: same, recovery: "up" },
    {
        name: "update",
        command: "up",
        wanted: (before) => ({ ...before, revision: before.revision + 1 }),
        recovery: "up",
    },
    {
        name: "rotation",
        command: "up",
        wanted: (before) => ({ ...before, accessKeySerial: before.accessKeySerial + 1 }),
        recovery: "up",
    },
    { name: "removal of a cloud", command: "up", wanted: (before) => ({ ...before, extra: false }), recovery: "up" },
    { name: "a cloud more", command: "up", wanted: (before) => ({ ...before, extra: true }), recovery: "up" },
    { name: "destroy", command: "destroy", wanted: same, recovery: "destroy" },
];
