import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import { warnUnchecked } from "../iam/lookUp";
import type { CloudSettings, StackSettings, TemplateSettings } from "../settings";
import { groupBy } from "../settings/collections";
import { awsAnswer, awsReason } from "../settings/messages/awsAnswers";
import { showPaths, type Path } from "../settings/path";
import { UserError, type Problem } from "../settings/problem";
import { imageSource, madeFor, type FoundImage, type ImageOutputs } from "./images";
import type { InstanceTypes } from "./instanceTypes";
import { pinName } from "./stackImages";

/** What has been asked of AWS already, and what the state has. */
export interface Known {
    /** By region. */
    types: Promise<Record<string, InstanceTypes | undefined>>;
    /** The newest images, by the name of their pin. */
    images: Promise<Record<string, FoundImage>>;
    /** The images of the last update, by `cloud/template`, of clouds that are still in the same region. */
    deployed: Promise<Record<string, ImageOutputs>>;
}

/**
 * Asks EC2 for each image that a template may use, and compares what it is made for with the template's instance type and platform.
 * The provider has no look-up of several images at once.
 *
 * @throws UserError with every image that EC2 does not have, and every template whose instances could never become an agent
 */
export async function refuseUnfitImages(
    settings: StackSettings,
    { types, images, deployed }: Known,
    optionsIn: (region: string) => pulumi.InvokeOptions,
): Promise<void> {
    const [knownTypes, newest, kept] = await Promise.all([types, images, deployed]);
    const asked = new Images(settings, optionsIn);
    const checked = Object.values(settings.clouds).flatMap((cloud) =>
        Object.values(cloud.templates).map(async (template): Promise<Misfit | undefined> => {
            const candidates = candidatesOf(cloud, template, newest, kept);
            const found = await Promise.all(candidates.map((image) => asked.about(image, cloud, template)));
            const reasons = found.map((image) => misfitOf(image, template, knownTypes[cloud.region]));
            // A newer image that does not fit is not the stack's image until `refresh` is raised.
            const [reason] = reasons;
            if (reason === undefined || reasons.some((each) => each === undefined)) return undefined;
            return { ...reason, cloud, template, image: found[0]! };
        }),
    );
    const misfits = (await Promise.all(checked)).filter((one) => one !== undefined);
    const groups = groupBy(misfits, ({ image, value, message }) => JSON.stringify([image.id, value, message]));
    if (misfits.length > 0) throw new UserError([...groups.values()].map(problem));
}

interface Reason {
    code: "not-in-aws" | "image-does-not-fit";
    /** The setting of the template that is wrong. */
    setting: string;
    value: string;
    message: string;
    fix: string;
}

interface Misfit extends Reason {
    cloud: CloudSettings;
    template: TemplateSettings;
    image: FoundImage;
}

/** The same of several templates. */
function problem(misfits: Misfit[]): Omit<Problem, "severity"> {
    const [{ code, value, message, fix, image, cloud }] = misfits as [Misfit, ...Misfit[]];
    const path = showPaths(
        misfits.map((one) => ["clouds", one.cloud.id, "templates", one.template.key, ...one.setting.split(".")]),
    );
    return image.missing !== undefined
        ? { code, path, value, message: `${message} in ${cloud.region}`, fix }
        : { code, path, value, message, fix };
}

/** Why no instance of the template could become an agent; undefined where it could, or where EC2 does not answer. */
function misfitOf(image: FoundImage, template: TemplateSettings, types: InstanceTypes | undefined): Reason | undefined {
    const { instanceType, platform } = template;
    if (image.missing !== undefined) {
        const setting = template.image.kind === "id" ? "image.id" : "image";
        const message = `EC2 has no image ${image.id} that this account may start`;
        const fix =
            image.missing === "silent"
                ? "set an image of this region, or allow ec2:DescribeImages: AWS's answer is above"
                : "set an image of this region";
        return { code: "not-in-aws", setting, value: image.id, message, fix };
    }
    if (image.windows !== undefined && image.windows !== isWindows(platform)) {
        const message = `the image ${image.id} is ${image.windows ? "a Windows image" : "no Windows image"}`;
        const fix = "set an image of that platform, or correct platform";
        return { code: "image-does-not-fit", setting: "platform", value: platform, message, fix };
    }
    if (types === undefined || types.unknown.includes(instanceType)) return undefined;
    const arm = types.arm.has(instanceType);
    if (fits(image.architecture, arm)) return undefined;
    return {
        code: "image-does-not-fit",
        setting: "instanceType",
        value: instanceType,
        message: `${arm ? "has ARM processors and starts images of arm64 only" : "starts no image of arm64"}; the image ${image.id} is made for ${image.architecture}`,
        fix: "set an image and an instance type of the same architecture",
    };
}

const isWindows = (platform: TemplateSettings["platform"]) => platform === "windows" || platform === "windows-ssh";

/** What EC2 tells of images, each asked once. */
class Images {
    private readonly asked = new Map<string, Promise<FoundImage>>();

    public constructor(
        private readonly settings: StackSettings,
        private readonly optionsIn: (region: string) => pulumi.InvokeOptions,
    ) {}

    public about(image: FoundImage, cloud: CloudSettings, template: TemplateSettings): Promise<FoundImage> {
        if (image.architecture !== undefined) return Promise.resolve(image);
        const name = `${cloud.region} ${image.id}`;
        const path = ["clouds", cloud.id, "templates", template.key, "image"];
        const answer = this.asked.get(name) ?? this.ask(image.id, path, this.optionsIn(cloud.region));
        this.asked.set(name, answer);
        return answer;
    }

    private async ask(id: string, path: Path, opts: pulumi.InvokeOptions): Promise<FoundImage> {
        const filters = [{ name: "image-id", values: [id] }];
        try {
            return madeFor(await ec2.getAmi({ filters, includeDeprecated: true }, opts));
        } catch (error) {
            const reason = awsReason(error);
            // Some providers log AWS's answer, and fail without a message: seen for an image that is not there.
            if (reason === "") return { id, missing: "silent" };
            if (awsAnswer(reason) === "not-found") return { id, missing: "no-such" };
            await warnUnchecked(this.settings, [path], `the image ${id} is not checked`, reason);
            return { id };
        }
    }
}

/** The images that a template can come to: none where the plugin looks it up, two where the state may keep an older one. */
function candidatesOf(
    cloud: CloudSettings,
    { id, image }: TemplateSettings,
    newest: Record<string, FoundImage>,
    deployed: Record<string, ImageOutputs>,
): FoundImage[] {
    if (image.kind === "launch") return [];
    if (image.kind === "id") return [{ id: image.id }];
    const found = newest[pinName(cloud.region, image)]!;
    const before = deployed[`${cloud.id}/${id}`];
    const isKept = before !== undefined && before.source === imageSource(image) && before.ami !== found.id;
    return isKept ? [{ id: before.ami }, found] : [found];
}

/** EC2 has more names (those of Macs): what they fit is not known here. */
function fits(architecture: string | undefined, arm: boolean): boolean {
    if (architecture === "arm64") return arm;
    return architecture === "x86_64" || architecture === "i386" ? !arm : true;
}
