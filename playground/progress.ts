/** Where progress goes. Standard error, so that `--status` and other machine-readable answers stay alone on standard output. */
export type Report = (line: string) => void;
const toStandardError: Report = (line) => process.stderr.write(`${line}\n`);

/** One finished step and the seconds it took, for the closing table. */
export interface StepTime {
    name: string;
    seconds: number;
}

/** A duration as people say it: `0.8 s`, `42 s`, `4 min 31 s`. */
export function duration(seconds: number): string {
    if (seconds < 10) return `${seconds.toFixed(1)} s`;
    if (seconds < 60) return `${Math.round(seconds)} s`;
    const whole = Math.round(seconds);
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Runs steps and says so: a line at the start, one each 15 s while it lasts, one with the time at the end. Plain lines
 * without cursor movement, so that a terminal and a CI log show the same.
 */
export class Progress {
    public readonly times: StepTime[] = [];

    constructor(private readonly report: Report = toStandardError) {}

    /** @param talks the work prints for itself, so that it needs no sign of life */
    public async step<Result>(
        name: string,
        work: (report: Report) => Promise<Result>,
        { talks = false } = {},
    ): Promise<Result> {
        const start = performance.now();
        const seconds = () => (performance.now() - start) / 1000;
        let last = performance.now();
        const say: Report = (line) => {
            last = performance.now();
            this.report(`  ${name}: ${line}`);
        };
        const alive = setInterval(() => {
            if (!talks && performance.now() - last >= 15_000) say(`still at it, ${duration(seconds())}`);
        }, 1000);
        try {
            const result = await work(say);
            this.times.push({ name, seconds: seconds() });
            this.report(`✓ ${name} (${duration(seconds())})`);
            return result;
        } catch (error) {
            this.report(`✗ ${name} (${duration(seconds())})`);
            throw error;
        } finally {
            clearInterval(alive);
        }
    }
}
