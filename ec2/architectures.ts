import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { ImageOutputs } from "./images";
import type { CloudSettings, StackSettings, TemplateSettings } from "../settings";
import { groupBy } from "../settings/collections";
import { UserError, type Problem } from "../settings/problem";
import { showPaths, type Path } from "../settings/path";
import { imageSource, type FoundImage } from "./images";
import type { InstanceTypes } from "./instanceTypes";
import { isNothingFound, reasonOf } from "./lookUp";
import { pinName } from "./stackImages";
import { sayUnchecked } from "./unchecked";

/** What has been asked of AWS already, and what the state has. */
export interface Known {
    /** By region. */
    types: Promise<Record<string, InstanceTypes | undefined>>;
    /** The newest images, by the name of their pin. */
    images: Promise<Record<string, FoundImage>>;
    /** The images of the last update, by `cloud/template`. */
    deployed: Promise<Record<string, ImageOutputs>>;
}

/**
 * Compares what each template's image is made for with its instance type. What EC2 does not show of an image (it may be another
 * account's) fits.
 *
 * @throws UserError with every template whose instances could never start
 */
export async function refuseUnfitImages(
    settings: StackSettings,
    { types, images, deployed }: Known,
    optionsIn: (region: string) => pulumi.InvokeOptions,
): Promise<void> {
    const [knownTypes, newest, kept] = await Promise.all([types, images, deployed]);
    const architectures = new Architectures(settings, optionsIn);
    const compared = Object.values(settings.clouds).flatMap((cloud) =>
        Object.values(cloud.templates).map(async (template): Promise<Misfit[]> => {
            const known = knownTypes[cloud.region];
            if (known === undefined || known.unknown.includes(template.instanceType)) return [];
            const arm = known.arm.has(template.instanceType);
            const candidates = candidatesOf(cloud, template, newest, kept);
            const found = await Promise.all(candidates.map((image) => architectures.of(image, cloud, template)));
            // A newer image that does not fit is none of the stack's until `refresh` is raised.
            if (candidates.length === 0 || found.some((architecture) => fits(architecture, arm))) return [];
            return [{ cloud, template, image: candidates[0]!.id, architecture: found[0]!, arm }];
        }),
    );
    const misfits = (await Promise.all(compared)).flat();
    const groups = groupBy(misfits, ({ image, template }) => JSON.stringify([image, template.instanceType]));
    if (misfits.length > 0) throw new UserError([...groups.values()].map(problem));
}

interface Misfit {
    cloud: CloudSettings;
    template: TemplateSettings;
    image: string;
    architecture: string;
    /** Whether the instance type has ARM processors. */
    arm: boolean;
}

/** The same of several templates. */
function problem(misfits: Misfit[]): Omit<Problem, "severity"> {
    const [{ template, image, architecture, arm }] = misfits as [Misfit];
    const machine = arm ? "has ARM processors and starts images of arm64 only" : "starts no image of arm64";
    return {
        code: "image-does-not-fit",
        path: showPaths(misfits.map((one) => ["clouds", one.cloud.id, "templates", one.template.key, "instanceType"])),
        value: template.instanceType,
        message: `${machine}; the image ${image} is made for ${architecture}`,
        fix: "take an image or an instance type of the other's architecture",
    };
}

/** What images are made for, each asked once. */
class Architectures {
    private readonly asked = new Map<string, Promise<string | undefined>>();

    public constructor(
        private readonly settings: StackSettings,
        private readonly optionsIn: (region: string) => pulumi.InvokeOptions,
    ) {}

    /** Undefined where EC2 does not say. */
    public of(image: FoundImage, cloud: CloudSettings, template: TemplateSettings): Promise<string | undefined> {
        if (image.architecture !== undefined) return Promise.resolve(image.architecture);
        const name = `${cloud.region} ${image.id}`;
        const path = ["clouds", cloud.id, "templates", template.key, "image"];
        const answer = this.asked.get(name) ?? this.ask(image.id, path, this.optionsIn(cloud.region));
        this.asked.set(name, answer);
        return answer;
    }

    private async ask(ami: string, path: Path, opts: pulumi.InvokeOptions): Promise<string | undefined> {
        const filters = [{ name: "image-id", values: [ami] }];
        try {
            return (await ec2.getAmi({ filters, includeDeprecated: true }, opts)).architecture;
        } catch (error) {
            const reason = reasonOf(error);
            if (!isNothingFound(reason)) {
                await sayUnchecked(this.settings, [path], `what ${ami} is made for is not checked`, reason);
            }
            return undefined;
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
