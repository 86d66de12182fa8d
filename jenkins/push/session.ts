import { JenkinsClient } from "./client";
import { Caller } from "./caller";
import { Clock, systemClock } from "./clock";
import { PushError } from "./errors";
import { ensurePlugin, InstalledPlugins, readPlugins } from "./plugins";
import { Redact, redactedData, redactor, secretsOf } from "./redact";
import { Report } from "./logLine";
import { PushRequest } from "./request";
import { visible } from "../../settings/visible";

/** One controller that has answered, during one operation. */
export interface Session {
    client: JenkinsClient;
    /** Versions as the controller answered them, the plugin's after it was seen to. */
    installed: InstalledPlugins;
    /** Version of Jenkins. */
    jenkins: string;
    /** Version of the `ec2` plugin; empty where it is missing and the operation does without. */
    plugin: string;
    report: Report;
    /** Throws if the caller has gone. */
    requireCaller(): void;
}

export interface SessionOptions {
    /** Install or refuse a missing or old plugin; otherwise the operation takes what there is. */
    requirePlugin: boolean;
    /** What an earlier session has read of the same controller, which is then not asked again. */
    known?: InstalledPlugins;
    clock?: Clock;
    /** @default it stays */
    caller?: Caller;
}

const CALLER_GONE = "broken off, as whoever ran this has gone";

/**
 * Does a piece of work on a controller: waits until Jenkins answers, sees to the plugin, and masks every secret of the
 * request in what is reported, returned and thrown.
 */
export async function withSession<T>(
    request: PushRequest,
    report: Report,
    options: SessionOptions,
    work: (session: Session) => Promise<T>,
): Promise<T> {
    const redact = redactor(secretsOf(request));
    const say: Report = (line) => report(visible(redact(line)));
    const client = new JenkinsClient(request.controller, say, redact, options.clock ?? systemClock);
    try {
        const requireCaller = () => {
            if (options.caller?.gone()) throw client.fail(CALLER_GONE);
        };
        let installed: InstalledPlugins = options.known ?? (await readPlugins(client));
        requireCaller();
        if (options.requirePlugin) {
            installed = await ensurePlugin(client, request.plugin, installed, say);
        }
        const result = await work({
            client,
            installed,
            jenkins: installed.jenkins,
            plugin: installed.ec2 ?? "",
            report: say,
            requireCaller,
        });
        return redactedData(result, redact);
    } catch (error) {
        throw redacted(error, redact, request.controller.id);
    } finally {
        await client.close();
    }
}

/** The same error with masked text; an unexpected one loses its cause, which could hold anything. */
function redacted(error: unknown, redact: Redact, controller: string): PushError {
    const problems = error instanceof PushError ? error.problems : [String((error as Error)?.stack ?? error)];
    return new PushError(
        controller,
        problems.map((problem) => visible(redact(problem))),
        { refused: error instanceof PushError && error.refused },
    );
}
