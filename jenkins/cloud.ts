import { local, types } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import pLimit from "p-limit";
import { settled, unlessFailed } from "../settings/read/known";
import { pushCommand } from "./pushCommand";
import { noReplacement } from "./replacement";
import type { PushRequest, PushResult } from "./push/request";
import { requestText } from "./push/requestText";

export interface CloudArgs {
    /** All that the push needs, the controller's token and the cloud's keys included. Kept as a secret. */
    request: pulumi.Input<PushRequest>;
    /** Base URL of the controller. Another URL is another controller: the old one is cleaned first, then the new one is set up. */
    url: string;
    /** Name of the cloud in Jenkins. Another name is another cloud, as with the URL. */
    cloudName: string;
    /** Whether this is the cloud of the last update, though its controller may have another URL now. @default false */
    isSame?: boolean;
    /** Whether Jenkins has it, where the last update left it: then Pulumi must not replace it. @default false */
    stays?: boolean;
    /**
     * Names of what was found changed in Jenkins since the last push. They make Pulumi push again although no setting changed.
     *
     * @default nothing: the mark of the last push stays, and so does the resource
     */
    healed?: string[];
    /** What the plugin and its agents need in AWS: there before the push, and deleted only after the removal. */
    prerequisites: pulumi.Resource[];
    /** Clouds that have to be in place before this one is touched; if one of them fails, this one is not. */
    after?: Cloud[];
    /** What to print if the push fails. */
    onError?: pulumi.ErrorHook[];
    /** How many pushes may be under way at a time, of all clouds with the same number. @default no limit */
    parallel?: number;
}

/** One EC2 cloud on one Jenkins controller: its credentials, its templates, and a Test Connection that passed. */
export class Cloud extends pulumi.ComponentResource {
    /** What the controller answered, without secrets. */
    public readonly result: pulumi.Output<PushResult>;

    constructor(name: string, args: CloudArgs, opts?: pulumi.ComponentResourceOptions) {
        super("jenkins-ec2-agents:jenkins:Cloud", name, {}, opts);
        const command = this.command(name, args);
        // The push prints no secret: see additionalSecretOutputs below.
        this.result = pulumi.unsecret(command.stdout).apply((line) => JSON.parse(line) as PushResult);
        this.registerOutputs({ result: unlessFailed(this.result) });
    }

    /**
     * Creating and updating are the same push, since a push sets a state and is no step. A changed setting is an update in
     * place: a replacement would delete after it created, and so remove the cloud that it has just written. Only another
     * URL or name of the cloud replaces, and there the delete goes first. Any other replacement is refused before it creates.
     */
    private command(name: string, args: CloudArgs): local.Command {
        const input = pulumi.output(args.request).apply(async (request) => {
            // A turn that is taken while others are to be waited for would be one that they lack.
            await Promise.allSettled((args.after ?? []).map(({ result }) => settled(result)));
            return takeTurn(args.parallel ?? Infinity, requestText(request), () => command.stdout);
        });
        const command: local.Command = new local.Command(
            name,
            {
                create: pushCommand("apply"),
                update: pushCommand("apply"),
                delete: pushCommand("remove"),
                stdin: pulumi.secret(input),
                environment: { PUSH_DRIFT: args.healed === undefined ? "" : driftMark(args.healed) },
                triggers: [args.url, args.cloudName],
                logging: "stderr" satisfies types.enums.local.Logging,
                addPreviousOutputInEnv: true, // which security group the last push left the agents in
            },
            {
                parent: this,
                dependsOn: [...args.prerequisites, ...(args.after ?? [])],
                hooks: { onError: args.onError, beforeCreate: args.stays ? [noReplacement(name)] : [] },
                deleteBeforeReplace: !args.stays,
                // The command provider (1.2.1) keeps what a command printed in plain text, also beside a secret input.
                additionalSecretOutputs: ["stdout", "stderr"],
                ignoreChanges: [
                    ...(args.healed === undefined ? ["environment.PUSH_DRIFT"] : []),
                    // The URL under which it was made is kept, so that a controller that moved is no replacement now or later.
                    ...(args.isSame ? ["triggers"] : []),
                ],
            },
        );
        if (args.healed !== undefined) void logHealed(args.healed, command);
        return command;
    }
}

/** It has the time, since the same edit may be made again after a push has restored it. */
export const driftMark = (healed: string[]) => `${new Date().toISOString()}: ${healed.join(", ")}`;

/** Names of one line; the preview's list has all, with their values. */
const SHOWN_NAMES = 8;

/** Pulumi itself only logs `[diff: ~environment]`. */
async function logHealed(healed: string[], command: local.Command): Promise<void> {
    const pushed = await settled(command.stdout).catch(() => undefined);
    if (pushed === undefined || pulumi.runtime.isDryRun()) return;
    const more = healed.length > SHOWN_NAMES ? ` and ${healed.length - SHOWN_NAMES} more` : "";
    await pulumi.log.info(`put in order in Jenkins: ${healed.slice(0, SHOWN_NAMES).join(", ")}${more}`, command);
}

/** The limit of each number, shared by all clouds that give the same one. */
const limits = new Map<number, ReturnType<typeof pLimit>>();

/**
 * Returns the value when there is a turn. The turn lasts until the output of `made` is known or has failed.
 *
 * The engine's own limit (`--parallel`) is for all resources of a stack, and a hundred pushes at once are too many for what stands
 * in front of the controllers. Pulumi registers a resource once its inputs are known, so it is enough to hold back one input.
 *
 * @param atATime how many turns there are
 */
export function takeTurn<T>(atATime: number, value: T, made: () => pulumi.Output<unknown>): Promise<T> {
    const limit = limits.get(atATime) ?? pLimit(atATime);
    limits.set(atATime, limit);
    return new Promise((begin) => {
        void limit(async () => {
            begin(value);
            await settled(made()).catch(() => undefined);
        });
    });
}
