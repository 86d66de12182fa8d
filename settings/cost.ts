import { PriceTable } from "./schema/priceTable";
import { CloudSettings } from "./schema/cloud";
import { StackSettings } from "./schema/stack";
import { TemplateSettings } from "./schema/template";

/** What one template costs, as far as the price table knows. */
export interface TemplateCost {
    cloud: string;
    template: string;
    instanceType: string;
    /** An instance, an hour; for Spot at most this. Undefined where the table has no price. */
    perHour?: number;
    /** How many instances there may be on all of the cloud's controllers together; undefined: no cap. */
    most?: number;
    /** All of them, an hour. Undefined without a price or a cap. */
    perHourAtCap?: number;
    spot: boolean;
}

/** The cost of every template, an hour and at its cap. Volumes, traffic and addresses are not in it. */
export function templateCosts({ clouds, prices }: Pick<StackSettings, "clouds" | "prices">): TemplateCost[] {
    return Object.values(clouds).flatMap((cloud) =>
        Object.values(cloud.templates).map((template) => templateCost(cloud, template, prices)),
    );
}

/** What an instance of a type costs an hour; undefined where the table has no price. */
export function listedPrice(table: PriceTable["perHour"], instanceType: string): number | undefined {
    return Object.hasOwn(table, instanceType) ? table[instanceType] : undefined;
}

/** A line for each template, for a preview, under one that says where the prices are from. */
export function costLines(settings: Pick<StackSettings, "clouds" | "prices">): string[] {
    const { source, date, currency } = settings.prices;
    return [
        `Cost of instances in ${currency} by a price table of ${date} (${source}); volumes and traffic come on top:`,
        ...templateCosts(settings).map((cost) => costLine(cost, settings.prices)),
    ];
}

function templateCost(cloud: CloudSettings, template: TemplateSettings, { perHour: table }: PriceTable): TemplateCost {
    const listed = listedPrice(table, template.instanceType);
    const perHour =
        template.spot?.maxPricePerHour === undefined
            ? listed
            : Math.min(template.spot.maxPricePerHour, listed ?? Infinity);
    const cap = Math.min(template.cap ?? Infinity, cloud.cap ?? Infinity);
    const most = cap === Infinity ? undefined : cap * cloud.controllers.length;
    return {
        cloud: cloud.id,
        template: template.id,
        instanceType: template.instanceType,
        ...(perHour === undefined ? {} : { perHour }),
        ...(most === undefined ? {} : { most }),
        ...(perHour === undefined || most === undefined ? {} : { perHourAtCap: perHour * most }),
        spot: template.spot !== undefined,
    };
}

function costLine(
    { cloud, template, instanceType, perHour, most, perHourAtCap, spot }: TemplateCost,
    { currency }: PriceTable,
): string {
    const head = `${cloud}/${template}: ${instanceType}`;
    if (perHour === undefined) return `${head}: not in the price table`;
    const one = `${spot ? "at most " : ""}${perHour.toFixed(4)} ${currency}/h each`;
    if (most === undefined || perHourAtCap === undefined) return `${head}, ${one}, no cap`;
    return `${head}, ${one}, ${perHourAtCap.toFixed(2)} ${currency}/h at the cap of ${most}`;
}
