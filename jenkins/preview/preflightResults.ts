import type { ControllerState } from "./controllerState";

/** What the look at each controller came to, by the controller's id; empty where nobody is to look (`watch: off`). */
export type Looks = Record<string, Look>;
export interface Look {
    /** Absent where the controller could not be asked. */
    state?: ControllerState;
    /** Why it could not, without the controller's id. */
    unanswered?: string[];
    /** Why nothing can come of its pushes: it was asked, and the answer stays the same until someone changes something. */
    refused?: string[];
}
