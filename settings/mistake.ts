import * as pulumi from "@pulumi/pulumi";
import { problemText, type SettingsProblem } from "./problem";

/**
 * A user's mistake as Pulumi prints it: the message and nothing else.
 *
 * Without a stack: Pulumi prints none for a RunError, but colours it all the same, and at a frame directly in
 * `node_modules/@pulumi` Node 20.20 (markNodeModules of util.inspect) goes round for most of a minute, with gigabytes of memory.
 */
export function mistake(message: string): pulumi.RunError {
    const error = new pulumi.RunError(message);
    error.stack = message;
    return error;
}

/** Settings that are well formed, and that AWS or Jenkins can't do. */
export function impossible(heading: string, problems: SettingsProblem[]): pulumi.RunError {
    return mistake(problemText(heading, problems));
}
