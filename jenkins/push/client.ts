import { isRefusal, isStarting, mayBeStarting, problemOf, retryAfter, type Told } from "./answers";
import { backoff, Progress, systemClock, type Clock } from "./clock";
import { PushError } from "./errors";
import { failureOf } from "./failures";
import { record, textLike, type Form } from "./form";
import { bodyOf, connections, TooLarge, type Answer, type Connections, type Exchange } from "./http";
import type { Report } from "./logLine";
import { Login } from "./login";
import type { Redact } from "./redact";
import type { ControllerAccess } from "./request";
import type { PushCode } from "../../settings/messages/pushMessages";
import { printable } from "../../settings/printable";

/** What one attempt came to: an answer to hand on, or a reason to try again. */
type Outcome = { answer: Answer } | Retry;

interface Retry extends Told {
    /** For progress. @default the text */
    reason?: string;
    /** How long it is tried: the time for the whole push, for a start, for a first connection, for a refusal to settle, or a few times. */
    limit: "whole" | "start" | "first" | "settle" | "few";
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

/** How often an answer that was lost is asked for again. */
const FEW = 4;

/**
 * Milliseconds between a refusal by a Jenkins that is up and the next attempts. A token is refused for moments of a start too
 * (2.541.3), so a refusal counts when it stays. Not more attempts: some directories lock a user after five wrong passwords.
 */
const SETTLING = [2_000, 3_000];

/**
 * Speaks HTTP with one controller: signs in, keeps the session and its crumb, waits for a Jenkins that starts, and tries
 * again only what is safe to repeat.
 *
 * Jenkins 2.479.3 and 2.541.3, killed and started again, answer a request with a valid token in turn with: connection refused, 500
 * with and without X-Jenkins, 503, 401, 403 "No valid crumb". So none of these is final while Jenkins starts. Whether it is up tells
 * the page `login`, asked without credentials: a Jenkins that starts answers it with 5xx or not at all.
 */
export class JenkinsClient {
    private readonly connections: Connections;
    private readonly login: Login;
    private readonly start: number;
    private extension = 0;
    private crumb: Record<string, string> | undefined;
    /** Whether Jenkins has answered: a connection that then fails is a restart, and waited for. */
    private seen = false;

    constructor(
        readonly access: ControllerAccess,
        private readonly report: Report,
        readonly redact: Redact,
        readonly clock: Clock = systemClock,
    ) {
        this.connections = connections(access);
        this.login = new Login(access);
        this.start = clock.now();
    }

    get(path: string, accept?: number[]): Promise<Answer> {
        return this.exchange("GET", { path, accept, repeatable: true });
    }

    /** Sends a POST. With a password, a crumb goes along. */
    async post(exchange: Exchange): Promise<Answer> {
        if (this.access.token === undefined && this.crumb === undefined) await this.fetchCrumb();
        return this.exchange("POST", exchange);
    }

    close(): void {
        this.connections.close();
    }

    /** Whether any answer had Jenkins' header: it is missing on a 401 and on the answer of a script. */
    get isJenkins(): boolean {
        return this.seen;
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

    fail(code: PushCode, ...problems: string[]): PushError {
        return new PushError(code, this.access.id, problems);
    }

    /** An error that the controller's answer leaves no doubt about. */
    refuse(code: PushCode, ...problems: string[]): PushError {
        return new PushError(code, this.access.id, problems, { refused: true });
    }

    private async fetchCrumb(): Promise<void> {
        const answer = await this.get("crumbIssuer/api/json", [200, 404]);
        if (answer.status === 404) {
            this.crumb = {}; // Crumbs are switched off.
            return;
        }
        const { crumb, crumbRequestField } = this.data<Record<string, string>>(answer, crumbForm);
        this.crumb = { [crumbRequestField!]: crumb! };
    }

    /** The answer as JSON of that form. */
    data<T>({ text }: Answer, form: Form): T {
        let value: unknown;
        try {
            value = JSON.parse(text);
        } catch {
            throw this.fail(
                "not-jenkins",
                `${this.access.url} answered a question for JSON with something else: does a proxy or a sign-in page stand in between?`,
            );
        }
        const wrong = form(value, "answer");
        if (wrong !== undefined) {
            throw this.fail(
                "not-jenkins",
                `${this.access.url} answered in JSON, but not as Jenkins does (${wrong}): is url right, and does something in between change answers?`,
            );
        }
        return value as T;
    }

    private async exchange(method: "GET" | "POST", exchange: Exchange): Promise<Answer> {
        const progress = new Progress(this.clock, this.report);
        const times = { whole: 0, start: 0, first: 0, settle: 0, few: 0 };
        for (let attempt = 1; ; attempt++) {
            const outcome = await this.attempt(method, exchange);
            if ("answer" in outcome) return this.accepted(outcome.answer, method, exchange);
            const time = times[outcome.limit]++;
            const settling = outcome.limit === "settle" ? SETTLING[time] : undefined;
            const pause = Math.max(outcome.after ?? 0, settling ?? backoff(attempt, this.clock));
            if (!this.mayWait(outcome.limit, time, pause)) {
                const refused = outcome.limit === "settle";
                throw refused ? this.refuse(outcome.code, outcome.text) : this.fail(outcome.code, outcome.text);
            }
            progress.waiting(
                `waiting for ${this.access.url}${this.limitText(outcome.limit)}: ${outcome.reason ?? outcome.text}`,
            );
            await this.clock.sleep(pause);
            if (this.crumb !== undefined && outcome.code === "crumb-refused") await this.fetchCrumb();
        }
    }

    /** How long a wait may still take, where that is long. */
    private limitText(limit: Retry["limit"]): string {
        if (limit !== "whole" && limit !== "start") return "";
        return `, for ${Math.round(this.remaining() / 1000)} s more at most (Ctrl-C ends it)`;
    }

    private mayWait(limit: Retry["limit"], time: number, pause: number): boolean {
        const { connectSeconds, totalSeconds, startSeconds = totalSeconds } = this.access.timeouts;
        const end = this.clock.now() - this.start + pause;
        return (
            this.remaining() > pause &&
            (limit !== "few" || time < FEW) &&
            (limit !== "settle" || time < SETTLING.length) &&
            (limit !== "start" || this.seen || end < (startSeconds + this.extension) * 1000) &&
            (limit !== "first" || this.seen || end < connectSeconds * 1000)
        );
    }

    private async attempt(method: "GET" | "POST", exchange: Exchange): Promise<Outcome> {
        if (this.remaining() <= 0) {
            throw this.fail(
                "no-answer",
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
        return this.afterAnswer(answer, method, exchange);
    }

    private afterFailure(error: unknown, exchange: Exchange, limit: "answer" | "whole"): Outcome {
        if (error instanceof TooLarge) {
            throw this.fail(
                "not-jenkins",
                `${this.access.url} answered with more than ${LARGEST_ANSWER} bytes, which Jenkins never does: is url right?`,
            );
        }
        const { kind, ...told } = failureOf(error, this.access, limit);
        if (kind === "refused") return { ...told, limit: "start" };
        if (kind === "unsent") return { ...told, limit: "first" };
        if (kind === "lost" && exchange.repeatable) return { ...told, limit: "few" };
        throw this.fail(told.code, told.text);
    }

    private async afterAnswer(answer: Answer, method: "GET" | "POST", exchange: Exchange): Promise<Outcome> {
        const encoding = [answer.headers["content-encoding"] ?? []].flat().join(", ");
        if (!/^(identity)?$/i.test(encoding)) {
            throw this.fail(
                "not-jenkins",
                `${this.access.url} answered compressed (${printable(encoding.slice(0, 50))}), though asked not to: does a proxy in between do that?`,
            );
        }
        const { status } = answer;
        if (answer.headers["x-jenkins"] !== undefined) this.seen = true;
        if (exchange.accept?.includes(status) ?? status === 200) return { answer };
        const after = retryAfter(answer);
        const told = problemOf(answer, `${method} ${exchange.path}`, this.access, this.redact);
        if (status === 429) return { ...told, limit: "few", after };
        if (isStarting(answer))
            return { ...this.stillStarting(), reason: "Jenkins is starting", limit: "whole", after };
        if (status === 503 || ([502, 504].includes(status) && exchange.repeatable))
            return { ...told, limit: "whole", after };
        if (!mayBeStarting(answer)) return { answer };
        if (!(await this.isUp())) return { ...told, reason: "Jenkins is starting", limit: "whole", after };
        return status === 500 && !exchange.repeatable ? { answer } : { ...told, limit: "settle", after };
    }

    /** Whether something serves pages there: a Jenkins that starts does not. */
    private async isUp(): Promise<boolean> {
        const page = await this.signInPage();
        return page !== undefined && page.status < 500;
    }

    /**
     * The sign-in page, asked for without user and token. Where Jenkins refuses these with a 401, it does so on each path and without its
     * header X-Jenkins (2.479.3), so that only this page tells that it is Jenkins.
     *
     * @returns undefined if there is no answer
     */
    async signInPage(): Promise<Answer | undefined> {
        const { connectSeconds } = this.access.timeouts;
        return this.connections
            .send({
                url: new URL("login", this.access.url),
                method: "GET",
                headers: { "accept-encoding": "identity" },
                signal: AbortSignal.timeout(
                    Math.ceil(Math.min(2 * connectSeconds * 1000, Math.max(1, this.remaining()))),
                ),
                largest: LARGEST_ANSWER,
            })
            .catch(() => undefined);
    }

    private stillStarting(): Told {
        const text = `Jenkins at ${this.access.url} was still starting after ${this.wholeSeconds()} s: look at its log, or raise controllers.${this.access.id}.timeouts.totalSeconds`;
        return { code: "jenkins-is-starting", text };
    }

    private accepted(answer: Answer, method: string, exchange: Exchange): Answer {
        if (!(exchange.accept ?? [200]).includes(answer.status)) {
            const { code, text } = problemOf(answer, `${method} ${exchange.path}`, this.access, this.redact);
            throw isRefusal(answer) ? this.refuse(code, text) : this.fail(code, text);
        }
        return answer;
    }

    private async send(method: "GET" | "POST", exchange: Exchange, milliseconds: number): Promise<Answer> {
        const { body, type } = bodyOf(exchange);
        const url = new URL(exchange.path, this.access.url);
        if (!url.href.startsWith(new URL(this.access.url).href)) {
            throw new Error(`${exchange.path} is not below it`); // What a path is made of may be of the controller's own answers.
        }
        const answer = await this.connections.send({
            url,
            method,
            headers: {
                "accept-encoding": "identity",
                ...this.login.headers(),
                ...(method === "POST" ? this.crumb : {}),
                ...type,
            },
            body,
            signal: AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds))),
            largest: LARGEST_ANSWER,
        });
        this.login.keepSession(answer);
        return answer;
    }
}
