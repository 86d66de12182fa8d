import * as pulumi from "@pulumi/pulumi";
import type { StackSettings, TemplateSettings } from "../settings";
import type { CloudCompute } from "./compute";
import { imageSource, pinnedImage } from "./images";

/** A template's image as this stack resolved it. */
export interface ResolvedImage {
    ami: pulumi.Output<string>;
    /** What it was resolved from, in one line. */
    source: string;
}

/** The images by cloud and template id, in this order; without those that the plugin looks up at launch. */
export type StackImages = Record<string, Record<string, ResolvedImage>>;

export function stackImages(settings: StackSettings, compute: Record<string, CloudCompute>): StackImages {
    return Object.fromEntries(
        Object.values(settings.clouds).map((cloud) => {
            // A list of instance types makes several templates of one image: it is looked up once.
            const byKey = new Map<string, ResolvedImage | undefined>();
            const images = Object.values(cloud.templates).flatMap((template) => {
                if (!byKey.has(template.key)) byKey.set(template.key, resolved(cloud.id, template, compute[cloud.id]!));
                const image = byKey.get(template.key);
                return image ? [[template.id, image] as const] : [];
            });
            return [cloud.id, Object.fromEntries(images)];
        }),
    );
}

function resolved(cloud: string, { key, image }: TemplateSettings, compute: CloudCompute): ResolvedImage | undefined {
    switch (image.kind) {
        case "launch":
            return undefined;
        case "id":
            return { ami: pulumi.output(image.id), source: image.id };
        default: {
            const setting = `clouds.${cloud}.templates.${key}.image`;
            const args = { source: image, refresh: image.refresh, setting };
            return { ami: pinnedImage(`${cloud}-${key}`, args, compute.options), source: imageSource(image) };
        }
    }
}
