import { RawSettings } from "./context";
import { groupBy } from "../collections";
import { Path, shown, showPath, showPaths, valueAt } from "../path";
import type { ErrorCode, WarningCode } from "../messages/settingsMessages";
import type { Problem } from "../problem";

/** Gathers what is wrong while the settings are read, so that all of it can be reported at once. */
export class Findings {
    public readonly problems: Problem[] = [];
    /** Texts that hold a secret, and are shown nowhere. */
    public readonly secretTexts: string[] = [];

    private readonly reported = new Set<string>();
    private readonly warned: Warned[] = [];
    private readonly settled = new Set<string>();
    private readonly inherited = new Map<string, Path[]>();

    public constructor(
        private readonly raw: RawSettings,
        private readonly secretKeys: ReadonlySet<string>,
        private readonly placeOf: (path: Path) => string | undefined = () => undefined,
        private readonly placeInConfiguration: (path: Path) => string | undefined = () => undefined,
    ) {}

    /**
     * Something certainly wrong. The value is what the settings have at the path, or the one given where it is inherited; it
     * is masked where it is secret. Templates that are one in the settings report the same once.
     */
    public problem(code: ErrorCode, path: Path, message: string, fix?: string, inherited?: unknown): void {
        if (this.isKnown(path)) return;
        const value = valueAt(this.raw, this.origin(path)) ?? inherited;
        const secret = this.isSecret(path);
        this.add(path, {
            code,
            ...(value === undefined ? {} : { value: shown(value, secret) }),
            message,
            ...(fix === undefined ? {} : { fix }),
        });
    }

    /** Notes a text that has a secret put in where it belongs. */
    public keepSecret(text: string): void {
        this.secretTexts.push(text);
    }

    /** A secret where it does not belong: its value is never shown. */
    public secret(path: Path, message: string, fix: string): void {
        this.add(path, { code: "plain-text-secret", value: "[secret]", message, fix });
    }

    /** Where a setting is written, as `fleets/prod.yaml:12:7`; undefined where it is in no fleet file. */
    public place(path: Path): string | undefined {
        return this.placeOf(this.origin(path));
    }

    /** What is not set at a path comes from others, the later over the earlier: from sets and defaults. */
    public inherits(path: Path, from: Path[]): void {
        if (from.length > 0) this.inherited.set(showPath(path), from);
    }

    /** Where the value of a path is set: there, or in what it is inherited from. */
    private origin(path: Path): Path {
        if (valueAt(this.raw, path) !== undefined) return path;
        for (let length = path.length; length > 0; length--) {
            const from = this.inherited.get(showPath(path.slice(0, length))) ?? [];
            for (const place of [...from].reverse()) {
                const origin = this.origin([...place, ...path.slice(length)]);
                if (valueAt(this.raw, origin) !== undefined) return origin;
            }
        }
        return path;
    }

    private add(where: Path, what: Omit<Problem, "path" | "place" | "severity">): void {
        const problem: Problem = { ...this.located(where), ...what, severity: "error" };
        const key = JSON.stringify([problem.path, problem.message]);
        if (!this.reported.has(key)) this.problems.push(problem);
        this.reported.add(key);
    }

    private located(path: Path): { path: string; place?: string } {
        const place = this.place(path) ?? this.placeInConfiguration(this.origin(path));
        return { path: showPath(path), ...(place === undefined ? {} : { place }) };
    }

    /** From now on, problems at or below what is wrong already are its consequences, and are not reported. */
    public settle(): void {
        this.problems.forEach((problem) => this.settled.add(problem.path));
    }

    /** Whether the path, what it lies in, or a key of it is known to be wrong. */
    private isKnown(path: Path): boolean {
        const within = path.some((_, length) => this.settled.has(showPath(path.slice(0, length + 1))));
        const value = this.valueAt(path);
        const keys: PropertyKey[] = Array.isArray(value)
            ? [...value.keys()]
            : typeof value === "object" && value !== null
              ? Object.keys(value)
              : [];
        return within || keys.some((key) => this.settled.has(showPath([...path, key])));
    }

    /** Whether what is at a path must not be shown. */
    public isSecret(path: Path): boolean {
        return path[0] === "secrets" || this.secretKeys.has(String(path[0]));
    }

    /** Whether a configuration key is a Pulumi secret. */
    public isSecretKey(key: string): boolean {
        return this.secretKeys.has(key);
    }

    /** Whether the settings name no controller at all: an example stands in its place, of which nothing is to be concluded. */
    public lacksControllers(): boolean {
        return Object.keys((this.valueAt(["controllers"]) as object | undefined) ?? {}).length === 0;
    }

    /** Whether something below a configuration key is known to be wrong, so that nothing is to be concluded from the rest. */
    public isUncertain(key: string): boolean {
        return [...this.settled].some(
            (path) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`),
        );
    }

    /** What the settings have at a path. */
    public valueAt(path: Path): unknown {
        return valueAt(this.raw, path);
    }

    /** Something that is allowed and probably not meant. `silence` takes its code. */
    public warn(code: WarningCode, path: Path, message: string): void {
        this.warned.push({ code, path, message });
    }

    /** The warnings, in the order in which they were found: one for all places that are told the same. */
    public get warnings(): Problem[] {
        const groups = groupBy(this.warned, ({ code, message }) => JSON.stringify([code, message]));
        return [...groups.values()].flatMap((group) =>
            group.slice(0, 1).map(({ code, path, message }) => ({
                code,
                ...this.located(path),
                path: showPaths(group.map((one) => one.path)),
                message,
                severity: "warning" as const,
            })),
        );
    }
}

interface Warned {
    code: WarningCode;
    path: Path;
    message: string;
}
