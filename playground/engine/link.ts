import { lstatSync, readlinkSync, renameSync, symlinkSync } from "node:fs";

/** A link that is already right stays; a wrong one is exchanged in one step, since another process may be using it. */
export function link(target: string, path: string): void {
    if (lstatSync(path, { throwIfNoEntry: false }) && readlinkSync(path) === target) return;
    const unfinished = `${path}.${process.pid}`;
    symlinkSync(target, unfinished);
    renameSync(unfinished, path);
}
