/**
 * Whether a value that came from outside has the form that the program goes on with: undefined, or the place of the first thing that has
 * not. By hand, as a push is started often and loads no more than it needs.
 */
export type Form = (value: unknown, place: string) => string | undefined;

export const anything: Form = () => undefined;
export const text: Form = (value, place) => (typeof value === "string" ? undefined : place);
export const truth: Form = (value, place) => (typeof value === "boolean" ? undefined : place);

/** Text of which the pattern is the whole form. */
export const textLike =
    (pattern: RegExp): Form =>
    (value, place) =>
        typeof value === "string" && pattern.test(value) ? undefined : place;

export const optional =
    (form: Form): Form =>
    (value, place) =>
        value === undefined || value === null ? undefined : form(value, place);

export const either =
    (...forms: Form[]): Form =>
    (value, place) =>
        forms.some((form) => form(value, place) === undefined) ? undefined : place;

export const list =
    (form: Form): Form =>
    (value, place) => {
        if (!Array.isArray(value)) return place;
        return firstOf(value.entries(), ([index, item]) => form(item, `${place}[${index}]`));
    };

/** A map with these keys; others do no harm. */
export const record =
    (forms: Record<string, Form>): Form =>
    (value, place) => {
        if (!isMap(value)) return place;
        return firstOf(Object.entries(forms), ([key, form]) =>
            form(Object.hasOwn(value, key) ? value[key] : undefined, `${place}.${key}`),
        );
    };

/** Objects of the plugin are a few levels deep; what has more is not one. */
const DEEPEST = 50;

/** A PluginValue (settings/schema/codec.ts). */
export const planValue: Form = (value, place) => ofDepth(value, place, DEEPEST);
export const planValues: Form = (value, place) => (isMap(value) ? planValue(value, place) : place);

function ofDepth(value: unknown, place: string, left: number): string | undefined {
    if (typeof value === "string") return undefined;
    if (left === 0 || typeof value !== "object" || value === null) return place;
    return firstOf(Object.values(value), (inner) => ofDepth(inner, place, left - 1));
}

function firstOf<Item>(items: Iterable<Item>, check: (item: Item) => string | undefined): string | undefined {
    for (const item of items) {
        const wrong = check(item);
        if (wrong !== undefined) return wrong;
    }
    return undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
