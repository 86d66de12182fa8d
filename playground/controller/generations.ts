import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Where the contracts of the `ec2` plugin's generations are. */
export const contracts = join(__dirname, "contract");

/** Versions of the `ec2` plugin that the stand-in has a contract of, oldest first. */
export const generations = readdirSync(contracts)
    .map((file) => /^ec2-(.*)\.json$/.exec(file)?.[1])
    .filter((version) => version !== undefined)
    .sort((one, other) => parseFloat(one) - parseFloat(other));

export const oldest = generations[0]!;
/** Counted from the oldest, so that it stays the same when a generation is added. */
export const inBetween = generations[3]!;
export const newest = generations.at(-1)!;
