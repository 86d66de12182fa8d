/** What a person has to know of an export. Each thing is one note, with all the places that it concerns. */
export class Notes {
    private readonly placesByText = new Map<string, string[]>();

    public add(place: string, text: string): void {
        const places = this.placesByText.get(text);
        if (places) places.push(place);
        else this.placesByText.set(text, [place]);
    }

    /** The notes as `PLACE, PLACE: TEXT`, in the order in which they were first added. */
    public lines(): string[] {
        return [...this.placesByText].map(([text, places]) => `${[...new Set(places)].join(", ")}: ${text}`);
    }
}
