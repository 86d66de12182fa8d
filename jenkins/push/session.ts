import type { Clock } from "./clock";
import { JenkinsClient } from "./client";
import { PushError } from "./errors";
import type { Report } from "./logLine";
import { redactedData, redactor, secretsOf, secretsOfCloud, type Redact } from "./redact";
import type { CloudPayload, ControllerAccess } from "./request";
import { printable } from "../../settings/printable";

/** One controller during one operation. */
export interface Session {
    client: JenkinsClient;
    /** Takes progress; masks the secrets of the operation. */
    report: Report;
    /** Throws if the process that started this one has ended: nobody would record what is done from now on. */
    stopIfParentEnded(): void;
}

export interface SessionOptions {
    /** Takes progress. @default it is dropped */
    report?: Report;
    clock?: Clock;
    /** The clouds that the operation is about: their secrets are masked beside those of the controller. */
    clouds?: CloudPayload[];
    /** Whether the process that started this one has ended. @default it never does */
    parentEnded?: () => boolean;
}

/**
 * Runs one operation on a controller. Every secret of the controller's access and of the clouds is masked in what is
 * reported, returned and thrown.
 *
 * @throws PushError and nothing else
 */
export async function withSession<T>(
    access: ControllerAccess,
    { report = () => undefined, clock, clouds = [], parentEnded = () => false }: SessionOptions,
    operation: (session: Session) => Promise<T>,
): Promise<T> {
    const redact = redactor([...secretsOf(access), ...clouds.flatMap(secretsOfCloud)]);
    const masked: Report = (line) => report(printable(redact(line)));
    const client = new JenkinsClient(access, masked, redact, clock);
    const stopIfParentEnded = () => {
        if (parentEnded())
            throw client.fail("broken-off", "broken off, as the process that started this push has ended");
    };
    try {
        return redactedData(await operation({ client, report: masked, stopIfParentEnded }), redact);
    } catch (error) {
        throw maskedError(error, redact, access.id);
    } finally {
        client.close();
    }
}

/** The same error with masked text. An unexpected error loses its cause, which could hold anything. */
function maskedError(error: unknown, redact: Redact, controller: string): PushError {
    const known = error instanceof PushError ? error : undefined;
    const problems = known?.problems ?? [`unexpected: ${String((error as Error)?.stack ?? error)}`];
    const masked = problems.map((problem) => printable(redact(problem)));
    return new PushError(known?.code ?? "unexpected", controller, masked, { refused: known?.refused });
}

/** The same request for an operation that only asks: it does not wait for a controller that is down or starting. */
export function withShortTimeouts<Request extends { controller: ControllerAccess }>(request: Request): Request {
    const { timeouts } = request.controller;
    const connectSeconds = Math.min(timeouts.connectSeconds, 5);
    const totalSeconds = Math.min(timeouts.totalSeconds, 20);
    const startSeconds = connectSeconds;
    return {
        ...request,
        controller: { ...request.controller, timeouts: { ...timeouts, connectSeconds, startSeconds, totalSeconds } },
    };
}
