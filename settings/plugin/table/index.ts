import type { Fault } from "../fault";
import { connectingFaults } from "./connecting";
import { launchingFaults } from "./launching";
import { lifetimeFaults } from "./lifetime";
import { placingFaults } from "./placing";
import { spotFaults } from "./spot";

/**
 * Known faults of the `ec2` plugin, read in its sources (every release from 2.0.7 to 2063; of 2063 the files that its work changed) and in its issues. An entry is
 * all that a fault needs: previews, pushes, `advise`, `silence` and docs/compatibility.md follow it.
 */
export const faults: readonly Fault[] = [
    ...launchingFaults,
    ...lifetimeFaults,
    ...spotFaults,
    ...connectingFaults,
    ...placingFaults,
];
