import { problemOf } from "./answers";
import { backoff, Clock, Progress, systemClock } from "./clock";
import { PushError } from "./errors";
import { failureOf } from "./failures";
import { Redact } from "./redact";
import { Report } from "./logLine";
import { ControllerAccess } from "./request";
import { TooLarge } from "./text";
import { transport } from "./route";
import type { Answer, Transport } from "./transport";
import { visible } from "../../settings/visible";
import { record, textLike, type Form } from "./form";

/** The media type of a form. */
export const FORM = "application/x-www-form-urlencoded";

export interface Exchange {
    /** Relative to the controller's URL, no leading slash. */
    path: string;
    form?: Record<string, string>;
    /** A body that is made already. */
    body?: { type: string; text: string };
    /** Statuses that the caller takes; others end in an error. @default 200 */
    accept?: number[];
    /**
     * Whether a POST may be sent again after its answer was lost, because a second one finds the work done.
     * @default false
     */
    repeatable?: boolean;
}

/** What one attempt came to: an answer to hand on, or a reason to try again. */
type Outcome = { answer: Answer } | Retry;

interface Retry {
    /** What is the matter, for progress. */
    reason: string;
    /** What to say if it stays so. @default the reason */
    problem?: string;
    /** How long it is tried: the whole push's time, that of the first connection, or a few times. */
    limit: "whole" | "first" | "few";
    /** Milliseconds that the answer asks to wait at least. */
    after?: number;
}

/** Bytes of an answer. A thousand templates with long scripts have some ten million. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** A crumb and the header that it goes into (RFC 9110, section 5.6.2: a token). */
const crumbForm = record({
    crumb: textLike(/^[\x21-\x7e]{1,4096}$/),
    crumbRequestField: textLike(/^[\w!#$%&'*+.^`|~-]{1,256}$/),
});

/** How often an answer that was lost, or a gateway's error, is tried again. */
const FEW = 4;

/**
 * Speaks HTTP with one controller: signs in, keeps the session and its crumb, waits for a starting Jenkins, and tries
 * again only what is safe to repeat.
 */
export class JenkinsClient {
    private readonly transport: Transport;
    private readonly cookies = new Map<string, string>();
    private readonly start: number;
    private extension = 0;
    private crumb: Record<string, string> | undefined;
    /** Whether Jenkins has answered, or is known to restart: then a refused connection is a restart and waited for. */
    private seen = false;

    constructor(
        readonly access: ControllerAccess,
        private readonly report: Report,
        readonly redact: Redact,
        readonly clock: Clock = systemClock,
    ) {
        this.transport = transport(access);
        this.start = clock.now();
    }

    get(path: string, accept?: number[]): Promise<Answer> {
        return this.exchange("GET", { path, accept, repeatable: true });
    }

    /** Sends a POST. With a password, a crumb goes along; one that has become stale is fetched again. */
    async post(exchange: Exchange): Promise<Answer> {
        if (this.access.token === undefined && this.crumb === undefined) {
            await this.fetchCrumb();
        }
        const first = await this.exchange("POST", { ...exchange, accept: [...(exchange.accept ?? [200]), 403] });
        if (first.status === 403 && /No valid crumb/i.test(first.text) && this.access.token === undefined) {
            await this.fetchCrumb();
            return this.exchange("POST", exchange);
        }
        return this.accepted(first, "POST", exchange);
    }

    close(): void {
        this.transport.close();
    }

    /** Milliseconds left of the time for the whole push. */
    remaining(): number {
        return this.start + this.wholeSeconds() * 1000 - this.clock.now();
    }

    /** Adds the seconds of a wait that has a limit of its own, such as a drain, to the time for the whole push. */
    extendBy(seconds: number): void {
        this.extension += seconds;
    }

    private wholeSeconds(): number {
        return this.access.timeouts.totalSeconds + this.extension;
    }

    fail(...problems: string[]): PushError {
        return new PushError(this.access.id, problems);
    }

    /** An error that the controller's answer leaves no doubt about. */
    refuse(...problems: string[]): PushError {
        return new PushError(this.access.id, problems, { refused: true });
    }

    private async fetchCrumb(): Promise<void> {
        const answer = await this.exchange("GET", {
            path: "crumbIssuer/api/json",
            accept: [200, 404],
            repeatable: true,
        });
        if (answer.status === 404) {
            this.crumb = {}; // Crumbs are off on this controller.
            return;
        }
        const { crumb, crumbRequestField } = this.data<{ crumb: string; crumbRequestField: string }>(answer, crumbForm);
        this.crumb = { [crumbRequestField]: crumb };
    }

    /** What an answer in JSON holds. */
    data<T>({ text }: Answer, form: Form): T {
        let value: unknown;
        try {
            value = JSON.parse(text);
        } catch {
            throw this.fail(
                `${this.access.url} answered a question for JSON with something else: does a proxy or a sign-in page stand in between?`,
            );
        }
        const wrong = form(value, "answer");
        if (wrong !== undefined) {
            throw this.fail(
                `${this.access.url} answered in JSON, but not as Jenkins does (${wrong}): is url right, and does something in between change answers?`,
            );
        }
        return value as T;
    }

    private async exchange(method: "GET" | "POST", exchange: Exchange): Promise<Answer> {
        const progress = new Progress(this.clock, this.report);
        for (let attempt = 1; ; attempt++) {
            const outcome = await this.attempt(method, exchange);
            if ("answer" in outcome) {
                return this.accepted(outcome.answer, method, exchange);
            }
            const pause = Math.max(outcome.after ?? 0, backoff(attempt, this.clock));
            if (!this.mayWait(outcome, attempt, pause)) {
                throw this.fail(outcome.problem ?? outcome.reason);
            }
            progress.waiting(`waiting for ${this.access.url}: ${outcome.reason}`);
            await this.clock.sleep(pause);
        }
    }

    private mayWait(outcome: Retry, attempt: number, pause: number): boolean {
        const sinceStart = this.clock.now() - this.start;
        const firstLimit = this.seen ? Infinity : this.access.timeouts.connectSeconds * 1000;
        return (
            this.remaining() > pause &&
            (outcome.limit !== "few" || attempt <= FEW) &&
            (outcome.limit !== "first" || sinceStart + pause < firstLimit)
        );
    }

    private async attempt(method: "GET" | "POST", exchange: Exchange): Promise<Outcome> {
        if (this.remaining() <= 0) {
            throw this.fail(
                `not done within ${this.wholeSeconds()} s: raise controllers.${this.access.id}.timeouts.totalSeconds`,
            );
        }
        const { connectSeconds, answerSeconds } = this.access.timeouts;
        const forOne = (connectSeconds + answerSeconds) * 1000; // also where it comes byte by byte
        const forAll = this.remaining();
        let answer: Answer;
        try {
            answer = await this.send(method, exchange, Math.min(forOne, forAll));
        } catch (error) {
            return this.afterFailure(error, exchange, forOne < forAll ? "answer" : "whole");
        }
        return this.afterAnswer(answer, exchange);
    }

    private afterFailure(error: unknown, exchange: Exchange, limit: "answer" | "whole"): Outcome {
        if (error instanceof TooLarge) {
            throw this.fail(
                `${this.access.url} answered with more than ${LARGEST_ANSWER} bytes, which Jenkins never does: is url right?`,
            );
        }
        const failure = failureOf(error, this.access, limit);
        if (failure.kind === "unsent") {
            return { reason: failure.problem, limit: "first" };
        }
        if (failure.kind === "lost" && exchange.repeatable) {
            return { reason: failure.problem, limit: "few" };
        }
        throw this.fail(failure.problem);
    }

    private afterAnswer(answer: Answer, exchange: Exchange): Outcome {
        const encoding = [answer.headers["content-encoding"] ?? []].flat().join(", ");
        if (!/^(identity)?$/i.test(encoding)) {
            throw this.fail(
                `${this.access.url} answered compressed (${visible(encoding.slice(0, 50))}), though asked not to: does a proxy in between do that?`,
            );
        }
        const after = retryAfter(answer);
        const jenkins = answer.headers["x-jenkins"] !== undefined;
        if (answer.status === 503 && (jenkins || /getting ready to work|is restarting/i.test(answer.text))) {
            this.seen = true;
            return { reason: "Jenkins is starting", problem: this.stillStarting(), limit: "whole", after };
        }
        this.seen ||= jenkins;
        const gateway = [502, 503, 504].includes(answer.status) && exchange.repeatable;
        if (answer.status === 429 || gateway) {
            return { reason: problemOf(answer, exchange.path, this.access, this.redact), limit: "few", after };
        }
        return { answer };
    }

    private stillStarting(): string {
        return `Jenkins at ${this.access.url} was still starting after ${this.wholeSeconds()} s: look at its log, or raise controllers.${this.access.id}.timeouts.totalSeconds`;
    }

    private accepted(answer: Answer, method: string, exchange: Exchange): Answer {
        if (!(exchange.accept ?? [200]).includes(answer.status)) {
            const problem = problemOf(answer, `${method} ${exchange.path}`, this.access, this.redact);
            throw isRefusal(answer) ? this.refuse(problem) : this.fail(problem);
        }
        return answer;
    }

    private async send(method: "GET" | "POST", exchange: Exchange, milliseconds: number): Promise<Answer> {
        const { body, type } = bodyOf(exchange);
        const url = new URL(exchange.path, this.access.url);
        if (!url.href.startsWith(new URL(this.access.url).href)) {
            throw new Error(`${exchange.path} is not below it`); // What a path is made of may be of the controller's own answers.
        }
        const answer = await this.transport.send({
            url,
            method,
            headers: {
                "accept-encoding": "identity",
                ...this.identity(),
                ...(method === "POST" ? this.crumb : {}),
                ...type,
            },
            body,
            signal: AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds))),
            largest: LARGEST_ANSWER,
        });
        for (const cookie of [answer.headers["set-cookie"] ?? []].flat()) {
            const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
            if (name !== undefined) {
                this.cookies.set(name, value);
            }
        }
        return answer;
    }

    private identity(): Record<string, string> {
        const { user, token, password } = this.access;
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        return {
            authorization: `Basic ${Buffer.from(`${user}:${token ?? password ?? ""}`).toString("base64")}`,
            ...(cookie === "" ? {} : { cookie }),
        };
    }
}

/** A server's own trouble may pass; that the user, the path or the scheme is wrong does not. */
function isRefusal({ status }: Answer): boolean {
    return [401, 403, 404].includes(status) || (status >= 300 && status < 400);
}

function bodyOf(exchange: Exchange): { body?: string; type: Record<string, string> } {
    if (exchange.form !== undefined) {
        const body = new URLSearchParams(exchange.form).toString();
        return { body, type: { "content-type": FORM } };
    }
    return exchange.body === undefined
        ? { type: {} }
        : { body: exchange.body.text, type: { "content-type": exchange.body.type } };
}

/** Milliseconds that the answer asks to wait: Retry-After holds seconds or a date. */
function retryAfter(answer: Answer): number | undefined {
    const value = [answer.headers["retry-after"] ?? []].flat()[0];
    if (value === undefined) {
        return undefined;
    }
    const until = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
    return Number.isNaN(until) ? undefined : Math.max(0, until);
}
