import { createHash } from "node:crypto";
import * as ec2 from "@pulumi/aws/ec2";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../iam/lookUp";

/** Where an image is looked up. */
export type ImageSource =
    /** A parameter of Systems Manager that holds an image id, like the public ones under `/aws/service/`. */
    | { kind: "ssm"; parameter: string }
    /** The newest image that matches all filters (AWS: "DescribeImages"), of these owners, launchable by these users. */
    | { kind: "filter"; filters: Record<string, string[]>; owners: string[]; users: string[] };

/** An image that AWS has. */
export interface FoundImage {
    id: string;
    /** As EC2 calls it: `x86_64`, `arm64`. Absent where the look-up does not tell. */
    architecture?: string;
    /** Whether it is a Windows image. Absent where the look-up does not tell. */
    windows?: boolean;
    /** EC2 has no such image, or does not let this account start it. */
    missing?: "no-such" | "silent";
}

/** What EC2 tells of an image: `platform` is `windows` or empty (DescribeImages). */
export function madeFor({ id, architecture, platform }: ec2.GetAmiResult): FoundImage {
    return { id, architecture, ...(platform === undefined ? {} : { windows: platform === "windows" }) };
}

export interface PinnedImageArgs {
    /** The image that the source means by now. */
    newest: string;
    source: ImageSource;
    /** Another number looks again: the image found then is the new one. */
    refresh: number;
    /** The setting of the image, for messages. */
    setting: string;
    /** Names that the pin had in earlier states, the first one found counts. @default none */
    formerNames?: string[];
}

/**
 * The id of an image that was looked up once and then stays, whatever is published since, until `refresh` or the source
 * changes. So an update of anything else moves no agent to another image, and a repeated update changes nothing.
 *
 * A `pulumi.Stash` keeps the id in the state: its output stays as it was created until it is replaced. That there is a newer
 * image is printed as an information.
 */
export function pinnedImage(
    name: string,
    { newest, source, refresh, setting, formerNames = [] }: PinnedImageArgs,
    opts: pulumi.ResourceOptions = {},
): pulumi.Output<string> {
    const stash = new pulumi.Stash(
        name,
        { input: newest },
        {
            ...opts,
            aliases: formerNames.map((former) => ({ name: former })),
            ignoreChanges: ["input"],
            replacementTrigger: { source: imageSource(source), refresh },
        },
    );
    const pinned = stash.output.apply((id: string) => id);
    pinned.apply((kept) => {
        const news = newerImage(setting, kept, newest);
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

/** Parts of a parameter's path that do not tell one image from another, as AWS and Canonical publish them. */
const commonParts = /^(aws|service|latest|stable|current|recommended|hvm|ebs-gp\d|ami-id|image_id)$/;

/** The source as a short name, with a hash since two sources may have the same end: `al2023-ami-kernel-default-x86_64-4f1a22`. */
export function shortSource(source: ImageSource): string {
    const whole = imageSource(source);
    const hash = createHash("sha256").update(whole).digest("hex").slice(0, 6);
    const parts =
        source.kind === "ssm"
            ? source.parameter.split("/")
            : (source.filters.name ?? Object.values(source.filters).flat());
    const words = parts
        .filter((part) => !commonParts.test(part))
        .map((part) => part.replace(/[^\w.]+/g, "-").replace(/^-|-$/g, ""))
        .filter((part) => part !== "");
    while (words.length > 1 && words.join("-").length > 40) words.shift();
    return [words.join("-").slice(0, 40), hash].filter((part) => part !== "").join("-");
}

/** That the look-up finds another image than the one kept; undefined if it does not. */
export function newerImage(setting: string, kept: string, found: string): string | undefined {
    return kept === found
        ? undefined
        : `${setting}: pinned to ${kept}; the look-up now finds ${found}. Raise refresh to move to it.`;
}

const sorted = (values: string[]) => [...values].sort().join(",");

/**
 * The image that a source means by now.
 *
 * @param setting path of the setting of the source, for messages
 * @throws a RunError where there is none
 */
export async function newestImage(
    source: ImageSource,
    setting: string,
    opts: pulumi.InvokeOptions,
): Promise<FoundImage> {
    if (source.kind === "ssm") {
        const { parameter: name } = source;
        const found = await lookUp(ssm.getParameter({ name }, opts), {
            setting: `${setting}.ssm`,
            value: name,
            none: "Systems Manager has no such parameter in this region",
            fix: `correct it; aws ssm get-parameters-by-path --path ${name.replace(/\/[^/]*$/, "") || "/"} lists what there is`,
        });
        return { id: found.value };
    }
    const query = {
        filters: Object.entries(source.filters).map(([name, values]) => ({ name, values })),
        mostRecent: true,
        owners: source.owners.length > 0 ? source.owners : undefined,
        executableUsers: source.users.length > 0 ? source.users : undefined,
    };
    const found = await lookUp(ec2.getAmi(query, opts), {
        setting: `${setting}.filter`,
        value: imageSource(source).replace(/^filter:/, ""),
        none: "no image in this region matches all of it",
        fix: "correct filter or owners; aws ec2 describe-images --owners … --filters … shows what there is",
    });
    return madeFor(found);
}

/** An image, and what it was resolved from: as long as that stays the same, so does the image. */
export interface ImageOutputs {
    ami: string;
    source: string;
}
