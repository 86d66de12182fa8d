import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const hoursKept = 24;

/** What was tried in vain lately, so that it is not tried again at each start: an attempt that a network refuses takes seconds. */
export class Verdicts {
    /** A forgetful one recalls nothing: for an attempt that was asked for. */
    constructor(
        private readonly file: string,
        private readonly options: { forgetful?: boolean; now?: () => number } = {},
    ) {}

    /** The reason why the attempt failed within the last day; undefined when it is worth a try. */
    public recall(attempt: string): string | undefined {
        if (this.options.forgetful) return undefined;
        const verdict = this.read()[attempt];
        return verdict && verdict.until > this.now() ? verdict.reason : undefined;
    }

    public remember(attempt: string, reason: string): void {
        const current = Object.entries(this.read()).filter(([, { until }]) => until > this.now());
        const all = {
            ...Object.fromEntries(current),
            [attempt]: { reason, until: this.now() + hoursKept * 3_600_000 },
        };
        mkdirSync(dirname(this.file), { recursive: true });
        const unfinished = `${this.file}.${process.pid}`;
        writeFileSync(unfinished, JSON.stringify(all, null, 2));
        renameSync(unfinished, this.file);
    }

    private now = () => (this.options.now ?? Date.now)();

    /** A file that cannot be read is as good as none: the worst is one more attempt. */
    private read(): Record<string, { reason: string; until: number }> {
        try {
            return JSON.parse(readFileSync(this.file, "utf8")) as Record<string, { reason: string; until: number }>;
        } catch {
            return {};
        }
    }
}
