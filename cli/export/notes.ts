import { groupBy } from "../../settings/collections";

/** What a person has to know of an export. Each thing is one note, with all the places that it concerns. */
export class Notes {
    private readonly placesByText = new Map<string, string[]>();

    public add(place: string, text: string): void {
        const places = this.placesByText.get(text);
        if (places) places.push(place);
        else this.placesByText.set(text, [place]);
    }

    /** The notes as `PLACES: TEXT`, in the order in which they were first added. */
    public lines(): string[] {
        return [...this.placesByText].map(([text, places]) => `${inOneLine(places)}: ${text}`);
    }
}

/** Places on one line. Those that differ only in the template become one: `clouds.agents.templates.{linux, mac}.image`. */
export function inOneLine(places: readonly string[]): string {
    const parts = [...new Set(places)].map((place) => {
        const [, before = place, open = "", template = "", after = ""] =
            /^(.*?\btemplates)([.[])([^.[\]]+)(.*)$/.exec(place) ?? [];
        return { before: before + open, template, after };
    });
    return [...groupBy(parts, ({ before, after }) => JSON.stringify([before, after])).values()]
        .map((same) => {
            const { before, after } = same[0]!;
            const templates = same.map(({ template }) => template).join(", ");
            return `${before}${same.length > 1 && before.endsWith(".") ? `{${templates}}` : templates}${after}`;
        })
        .join(", ");
}
