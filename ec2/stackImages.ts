import * as pulumi from "@pulumi/pulumi";
import type { StackSettings, TemplateSettings } from "../settings";
import { mapValues } from "../settings/collections";
import { resourceName } from "../settings/naming";
import { imageSource, pinnedImage, shortSource, type ImageSource, type PinnedImageArgs } from "./images";

/** A template's image as this stack resolved it. */
export interface ResolvedImage {
    ami: pulumi.Output<string>;
    /** What it was resolved from, in one line. */
    source: string;
}

/** The images by cloud and template id, in this order; without those that the plugin looks up at launch. */
export type StackImages = Record<string, Record<string, ResolvedImage>>;

/** What is looked up and kept once, for all templates that ask for the same. */
interface SharedImage {
    source: ImageSource & { refresh: number };
    region: string;
    /** The templates that use it, as `CLOUD/TEMPLATE`. */
    users: Map<string, { cloud: string; key: string }>;
}

/** @param newest what each source means by now, by the name of its pin: see `lookUpInAws` */
export function stackImages(
    settings: StackSettings,
    newest: Record<string, string>,
    opts: pulumi.ResourceOptions,
): StackImages {
    const pinned = mapValues(Object.fromEntries(sharedImages(settings)), (shared, name) => {
        // Until 0.2 the name had the whole source.
        const formerName = resourceName(settings, nameOfPin(shared.region, imageSource(shared.source), shared.source));
        const { formerNames, ...args } = pinnedArgs(shared);
        const pin = { ...args, newest: newest[name]!, formerNames: [formerName, ...formerNames] };
        return { ami: pinnedImage(resourceName(settings, name), pin, opts), source: imageSource(shared.source) };
    });
    return mapValues(settings.clouds, (cloud) =>
        Object.fromEntries(
            Object.values(cloud.templates).flatMap(({ id, image }) => {
                if (image.kind === "launch") return [];
                const found =
                    image.kind === "id"
                        ? { ami: pulumi.output(image.id), source: image.id }
                        : pinned[pinName(cloud.region, image)]!;
                return [[id, found]];
            }),
        ),
    );
}

/** A source that is looked up, and the setting that first names it. */
export interface SettingOfImage {
    source: ImageSource;
    setting: string;
    region: string;
}

/** What is to be looked up, by the name of the pin. */
export function imageSources(settings: StackSettings): Record<string, SettingOfImage> {
    return mapValues(Object.fromEntries(sharedImages(settings)), (shared) => {
        const { source, setting } = pinnedArgs(shared);
        return { source, setting, region: shared.region };
    });
}

/** By the name of the pin, in the order of the settings. */
function sharedImages(settings: StackSettings): Map<string, SharedImage> {
    const shared = new Map<string, SharedImage>();
    for (const { id: cloud, region, templates } of Object.values(settings.clouds)) {
        for (const { key, image } of Object.values(templates)) {
            if (!isLookedUp(image)) continue;
            const name = pinName(region, image);
            const found = shared.get(name) ?? { source: image, region, users: new Map() };
            // A list of instance types makes several templates of one key.
            found.users.set(`${cloud}/${key}`, { cloud, key });
            shared.set(name, found);
        }
    }
    return shared;
}

const isLookedUp = (image: TemplateSettings["image"]): image is SharedImage["source"] =>
    image.kind === "ssm" || image.kind === "filter";

/**
 * Names the source and not the templates that use it: templates may come, go and be renamed, and the image stays. The serial is a
 * part of it, so that one template can move to the newest image while others of the same source stay.
 */
export const pinName = (region: string, source: SharedImage["source"]) =>
    nameOfPin(region, shortSource(source), source);

const nameOfPin = (region: string, source: string, { refresh }: { refresh: number }) =>
    `${region}-${source}${refresh === 0 ? "" : `-${refresh}`}`;

function pinnedArgs({ source, users }: SharedImage): Omit<Required<PinnedImageArgs>, "newest"> {
    const all = [...users.values()];
    const [{ cloud, key }] = all as [(typeof all)[number]];
    return {
        source,
        refresh: source.refresh,
        setting: `clouds.${cloud}.templates.${key}.image`,
        // In the first states each template had a pin of its own, and it keeps the image that it had then.
        formerNames: all.map((user) => `${user.cloud}-${user.key}`),
    };
}
