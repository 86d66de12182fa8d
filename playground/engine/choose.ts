import type { Report } from "../progress";
import type { Engine, EngineKind, FoundEngine } from "./engine";

/** A way to an engine. */
export interface Source {
    kind: EngineKind;
    /** Throws {@link Unavailable} where this way is closed; another error ends the search. */
    obtain(report: Report): Promise<FoundEngine>;
}

/** This way to an engine is closed, which is no mistake: the next one is tried. The message is a few words. */
export class Unavailable extends Error {}

/** The first engine that can be had; its reason says why those before it could not. `forced` is the only kind to try. */
export async function choose(sources: Source[], forced: string | undefined, report: Report): Promise<Engine> {
    const allowed = forced ? sources.filter(({ kind }) => kind === forced) : sources;
    if (allowed.length === 0) {
        const kinds = sources.map(({ kind }) => kind).join(", ");
        throw new Error(
            `PLAYGROUND_ENGINE is '${forced}'. Allowed: ${kinds}; unset it to take the first that can be had.`,
        );
    }
    const closed: string[] = [];
    for (const { kind, obtain } of allowed) {
        try {
            const { description, ...engine } = await obtain(report);
            const why = forced ? ["PLAYGROUND_ENGINE asks for it"] : closed;
            return { kind, reason: [description, ...why].join("; "), ...engine };
        } catch (error) {
            if (!(error instanceof Unavailable)) throw error;
            closed.push(error.message);
        }
    }
    throw new Error(`No Pulumi engine can be had:${closed.map((reason) => `\n  ${reason}`).join("")}`);
}
