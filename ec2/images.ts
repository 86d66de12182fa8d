import * as aws from "../aws";
import * as pulumi from "@pulumi/pulumi";

/** Where an image is looked up. */
export type ImageSource =
    /** A parameter of Systems Manager that holds an image id, like the public ones under `/aws/service/`. */
    | { kind: "ssm"; parameter: string }
    /** The newest image that matches all filters (AWS: "DescribeImages"), of these owners, launchable by these users. */
    | { kind: "filter"; filters: Record<string, string[]>; owners: string[]; users: string[] };

export interface PinnedImageArgs {
    source: ImageSource;
    /** Another number looks again: the image found then is the new one. */
    refresh: number;
    /** The setting that says the image, for messages. */
    setting: string;
    /** Names that the pin had in earlier states, the first one found counts. @default none */
    formerNames?: string[];
}

/**
 * The id of an image that is looked up once and then stays, whatever is published since, until `refresh` or the source
 * changes. So an update of anything else moves no agent to another image, and a repeated update changes nothing.
 *
 * A `pulumi.Stash` keeps the id in the state: its output stays as it was created until it is replaced. That there is a newer
 * image is said as an information.
 */
export function pinnedImage(
    name: string,
    { source, refresh, setting, formerNames = [] }: PinnedImageArgs,
    opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
    const newest = newestImage(source, opts);
    const stash = new pulumi.Stash(
        name,
        { input: newest },
        {
            parent: opts.parent,
            aliases: formerNames.map((former) => ({ name: former })),
            ignoreChanges: ["input"],
            replacementTrigger: { source: imageSource(source), refresh },
        },
    );
    const pinned = stash.output.apply((id: string) => id);
    pulumi.all([pinned, newest]).apply(([kept, found]) => {
        const news = newerImage(setting, kept, found);
        if (news) void pulumi.log.info(news);
    });
    return pinned;
}

/** The source as one line, equal for equal sources whatever the order of their parts. */
export function imageSource(source: ImageSource): string {
    if (source.kind === "ssm") return `ssm:${source.parameter}`;
    const filters = Object.entries(source.filters).map(([name, values]) => `${name}=${sorted(values)}`);
    const owners = source.owners.length > 0 ? [`owners=${sorted(source.owners)}`] : [];
    const users = source.users.length > 0 ? [`users=${sorted(source.users)}`] : [];
    return `filter:${[...filters.sort(), ...owners, ...users].join(";")}`;
}

/** That the look-up finds another image than the one kept; undefined if it does not. */
export function newerImage(setting: string, kept: string, found: string): string | undefined {
    return kept === found
        ? undefined
        : `${setting}: pinned to ${kept}; the look-up now finds ${found}. Raise refresh to move to it.`;
}

const sorted = (values: string[]) => [...values].sort().join(",");

function newestImage(source: ImageSource, opts: pulumi.InvokeOutputOptions): pulumi.Output<string> {
    if (source.kind === "ssm") {
        // Pulumi takes what a parameter holds for a secret; the id of an image is none.
        return pulumi.unsecret(aws.ssm.getParameterOutput({ name: source.parameter }, opts).value);
    }
    const filters = Object.entries(source.filters).map(([name, values]) => ({ name, values }));
    return aws.ec2.getAmiOutput(
        {
            filters,
            mostRecent: true,
            owners: source.owners.length > 0 ? source.owners : undefined,
            executableUsers: source.users.length > 0 ? source.users : undefined,
        },
        opts,
    ).id;
}
