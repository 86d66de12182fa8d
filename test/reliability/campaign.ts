/** What a campaign is run with. */
export interface CampaignOptions {
    /** How often each thing is tried. */
    cases: number;
    /** The same seed draws the same cases. */
    seed: number;
    /** Takes a line about each case, as it ends. */
    say: (line: string) => void;
    /** Aborted by Ctrl-C: the case that is under way is finished, and what was found by then counts. */
    enough: AbortSignal;
}

/** One promise of the program, and how it fared. */
export interface Outcome {
    promise: string;
    /** How it was tried. */
    how: string;
    /** How often it was tried. */
    times: number;
    /** How often it was kept. */
    kept: number;
    /** What happened, in short: the recovery that was needed, or what went wrong. */
    happened: string;
}

/** Tries promises many times, and answers with what happened. A promise that was not kept is an outcome, no error. */
export type Campaign = (options: CampaignOptions) => Promise<Outcome[]>;
