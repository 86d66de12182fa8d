import { groupBy } from "./collections";
import { fitsLabels } from "./plugin/labelExpression";
import { inOrder } from "./schema/hotSpares";
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
    /** Whether it is Windows, whose price the table does not have. */
    windows: boolean;
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

/** For a preview: where the prices are from, a line for each cloud at its cap, and the sum of several clouds. */
export function costLines(settings: Pick<StackSettings, "clouds" | "prices">): string[] {
    const { source, date, currency } = settings.prices;
    const costs = groupBy(templateCosts(settings), ({ cloud }) => cloud);
    const clouds = Object.values(settings.clouds).map((cloud) => ({ cloud, costs: costs.get(cloud.id) ?? [] }));
    const sum = clouds.reduce<number | undefined>(
        (all, { cloud, costs }) => plus(all, perHourOfCloudAtCap(cloud, costs)),
        0,
    );
    const whole = sum === undefined ? "not known: a cloud has no cap or no price" : `${sum.toFixed(2)} ${currency}/h`;
    return [
        `Cost of instances in ${currency}: ${source}, ${date}; volumes and traffic come on top:`,
        ...clouds.map(({ cloud, costs }) => cloudLine(cloud, costs, currency)),
        ...clouds.flatMap(({ cloud }) => hotSpareLines(cloud, settings.prices)),
        ...(clouds.length > 1 ? [`all clouds at their caps: ${whole}`] : []),
    ];
}

const plus = (one: number | undefined, other: number | undefined) =>
    one === undefined || other === undefined ? undefined : one + other;

/** What a cloud costs an hour with as many instances as it may have, the dearest first. Undefined without a cap or a price. */
function perHourOfCloudAtCap(cloud: CloudSettings, costs: readonly TemplateCost[]): number | undefined {
    const dearestFirst = costs.toSorted((one, other) => (other.perHour ?? 0) - (one.perHour ?? 0));
    let left = cloud.cap === undefined ? Infinity : cloud.cap * cloud.controllers.length;
    let sum = 0;
    for (const { perHour, most = Infinity } of dearestFirst) {
        const instances = Math.min(most, left);
        if (perHour === undefined || instances === Infinity) return undefined;
        sum += instances * perHour;
        left -= instances;
    }
    return sum;
}

/** Templates that a line has room for. */
const mostNamed = 4;

function cloudLine(cloud: CloudSettings, costs: readonly TemplateCost[], currency: string): string {
    const sum = perHourOfCloudAtCap(cloud, costs);
    const cap = cloud.cap === undefined ? "its templates' caps" : `the cap of ${cloud.cap * cloud.controllers.length}`;
    const isCapped = cloud.cap !== undefined || costs.every(({ most }) => most !== undefined);
    const whole =
        sum !== undefined ? `${sum.toFixed(2)} ${currency}/h at ${cap}` : isCapped ? "price not known" : "no cap";
    const more = costs.length > mostNamed ? [`${costs.length - mostNamed} more`] : [];
    return `${cloud.id}: ${whole}; each: ${[...costs.slice(0, mostNamed).map(each), ...more].join(", ")}`;
}

function each({ template, perHour, spot, windows }: TemplateCost): string {
    if (perHour === undefined)
        return `${template} ${windows ? "has no price: the table is for Linux" : "is not in the price table"}`;
    return `${template} ${spot ? "at most " : ""}${perHour.toFixed(4)}`;
}

/** What the rules for hot spares keep, at the price of the dearest template that each governs. */
function hotSpareLines(cloud: CloudSettings, prices: PriceTable): string[] {
    return inOrder(cloud.hotSpares).map(([id, { label, base, maximum }]) => {
        const governed = Object.values(cloud.templates).filter(({ labels }) => fitsLabels(label, labels));
        const each = governed.map((template) => templateCost(cloud, template, prices).perHour ?? NaN);
        const price = Math.max(...each);
        const amount = (number: number) =>
            Number.isNaN(price) ? "" : `, ${(number * price).toFixed(2)} ${prices.currency}/h`;
        const [least, most] = [base, maximum].map((number) => (number ?? Infinity) * cloud.controllers.length);
        return [
            `${cloud.id}/hotSpares.${id}: ${least} kept without builds`,
            amount(least!).replace(", ", ", at most "),
            most === Infinity ? "; no maximum" : `; at most ${most}${amount(most!)}`,
        ].join("");
    });
}

function templateCost(cloud: CloudSettings, template: TemplateSettings, { perHour: table }: PriceTable): TemplateCost {
    // The table has one price for a type, and Windows costs more than Linux.
    const windows = template.platform === "windows" || template.platform === "windows-ssh";
    const listed = windows ? undefined : listedPrice(table, template.instanceType);
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
        windows,
    };
}
