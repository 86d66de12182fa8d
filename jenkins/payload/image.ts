import { TemplateSettings } from "../../settings";
import type { CloudReferences } from "./references";
import { PluginObject } from "../push/request";

/** The image: an id, or for the plugin's own look-up at launch the query, with the id empty. */
export function imageParameters({ id, image }: TemplateSettings, references: CloudReferences): PluginObject {
    if (image.kind !== "launch") {
        return {
            ami: image.kind === "id" ? image.id : (references.imageIds[id] ?? ""),
            amiOwners: "",
            amiUsers: "",
            amiFilters: [],
        };
    }
    return {
        ami: "",
        amiOwners: image.owners.join(" "),
        amiUsers: image.users.join(" "),
        amiFilters: Object.entries(image.filters)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, values]) => ({ name, values: values.map(quoted).join(" ") })),
    };
}

/**
 * The plugin splits the values of a filter at white space, but for what is in quotes, and takes a backslash before a quote, a space or
 * another backslash away (EC2Filter, hudson.util.QuotedStringTokenizer).
 */
function quoted(value: string): string {
    return value === "" || /[\s"'\\]/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}
