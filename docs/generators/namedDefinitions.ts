/** A JSON Schema of draft 7, as far as Zod (4.x) writes one. */
export interface JsonSchema {
    $ref?: string;
    definitions?: Record<string, JsonSchema>;
    properties?: Record<string, JsonSchema>;
    propertyNames?: JsonSchema;
    additionalProperties?: JsonSchema | boolean;
    items?: JsonSchema;
    allOf?: JsonSchema[];
    anyOf?: JsonSchema[];
    type?: string | string[];
    enum?: unknown[];
    [keyword: string]: unknown;
}

/** A part with at most so many characters is repeated: a reference to it would be no shorter. */
const SHORT = 120;
const PREFIX = "#/definitions/";
/** Keywords that are shown to people and check nothing. */
const ANNOTATIONS = ["description", "default", "examples"];

/**
 * Writes each part of a schema of Zod once. A part that is used several times becomes a definition, with the name of the setting where
 * it comes first, as `clouds.ID.templates.ID.image`. Zod numbers its definitions (`__schema271`) and repeats equal ones.
 */
export function withNamedDefinitions({ definitions: numbered = {}, ...root }: JsonSchema): JsonSchema {
    const whole = inPlace(root, numbered, []);
    const uses = new Map<string, number>();
    countParts(whole, uses);
    const definitions: Record<string, JsonSchema> = {};
    const names = new Map<string, string>();
    const shared = (part: JsonSchema, path: string): JsonSchema => {
        const text = JSON.stringify(part);
        const inner = () => changedParts(part, (one, step) => shared(one, step === "" ? path : `${path}.${step}`));
        if (text.length <= SHORT || uses.get(text) === 1) return inner();
        let name = names.get(text);
        if (name === undefined) {
            name = freeName(path.replace(/^\.(config\.[\w-]+:)?/, ""), definitions);
            names.set(text, name);
            definitions[name] = {};
            definitions[name] = inner();
        }
        return { $ref: PREFIX + name };
    };
    const schema = changedParts(whole, (part, step) => shared(part, `.${step}`));
    return { ...schema, definitions };
}

/** The schema with each definition where it is used. One that refers to itself takes any value from its second level on. */
function inPlace(schema: JsonSchema, definitions: Record<string, JsonSchema>, within: readonly string[]): JsonSchema {
    const key = schema.$ref?.slice(PREFIX.length);
    if (key === undefined) return simple(changedParts(schema, (part) => inPlace(part, definitions, within)));
    return within.includes(key) ? {} : inPlace(definitions[key]!, definitions, [...within, key]);
}

/** How often each part is used, without those within a part that was counted before. */
function countParts(schema: JsonSchema, uses: Map<string, number>): void {
    changedParts(schema, (part) => {
        const text = JSON.stringify(part);
        const count = uses.get(text) ?? 0;
        uses.set(text, count + 1);
        if (count === 0) countParts(part, uses);
        return part;
    });
}

function freeName(name: string, taken: object): string {
    let free = name;
    for (let number = 2; free in taken; number++) free = `${name}-${number}`;
    return free;
}

/** The same schema in fewer words: no list of one form, no choice within a choice, `null` among the types. */
function simple(schema: JsonSchema): JsonSchema {
    const { allOf, anyOf, ...rest } = schema;
    const only = allOf?.length === 1 && anyOf === undefined ? allOf[0]! : undefined;
    if (only !== undefined) return fit(rest, only) ? simple({ ...only, ...rest }) : schema;
    if (anyOf === undefined || allOf !== undefined) return schema;
    const flat = anyOf.flatMap((form) => (Object.keys(form).join() === "anyOf" ? form.anyOf! : [form]));
    const forms = [...new Map(flat.map((form) => [JSON.stringify(form), form])).values()];
    const others = forms.filter(({ type }) => type !== "null");
    const isNullable = others.length < forms.length;
    const [form, ...more] = others;
    if (form === undefined || more.length > 0 || !fit(rest, form)) {
        const nullable = others.some(({ type }) => Array.isArray(type) && type.includes("null"));
        return { ...rest, anyOf: isNullable && nullable ? others : forms };
    }
    if (!isNullable) return { ...form, ...rest };
    const types = [form.type ?? []].flat();
    if (types.length === 0) return { ...rest, anyOf: forms };
    const choice = form.enum === undefined ? {} : { enum: [...new Set([...form.enum, null])] };
    return { ...form, ...rest, ...choice, type: [...new Set([...types, "null"])] };
}

/** Whether the keywords of two schemas can stand in one. */
function fit(outer: JsonSchema, inner: JsonSchema): boolean {
    return Object.keys(outer).every((keyword) => !(keyword in inner) || ANNOTATIONS.includes(keyword));
}

/** The schema with each schema directly in it replaced; `step` is the key of it, `ID` for a map's values, empty for a form of the same value. */
function changedParts(schema: JsonSchema, change: (part: JsonSchema, step: string) => JsonSchema): JsonSchema {
    const changed = { ...schema };
    if (schema.properties !== undefined)
        changed.properties = Object.fromEntries(
            Object.entries(schema.properties).map(([key, part]) => [key, change(part, key)]),
        );
    for (const keyword of ["propertyNames", "additionalProperties"] as const) {
        const part = schema[keyword];
        if (typeof part === "object") changed[keyword] = change(part, "ID");
    }
    if (schema.items !== undefined) changed.items = change(schema.items, "");
    for (const keyword of ["allOf", "anyOf"] as const) {
        const forms = schema[keyword];
        if (forms !== undefined) changed[keyword] = forms.map((form) => change(form, ""));
    }
    return changed;
}
