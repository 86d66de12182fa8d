import { Findings } from "../findings";
import { WrittenStack } from "../shape";

/** A set that nothing starts from is probably misspelt somewhere. */
export function checkSets({ clouds, templateSets }: WrittenStack, findings: Findings): void {
    const used = Object.values(clouds).flatMap(({ templates }) =>
        Object.values(templates).flatMap((template) => [template.extends].flat()),
    );
    for (const name of Object.keys(templateSets)) {
        if (!used.includes(name))
            findings.warn("unused-template-set", ["templateSets", name], "no template starts from it (extends)");
    }
}
