import { faults } from "../faults/table";
import { Findings } from "../findings";
import { warningNames } from "../warnings";
import { suggestion } from "../nearest";
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

/** A warning and a fault of the plugin are silenced by their names; a misspelt one would silence nothing. */
export function checkSilence({ silence }: WrittenStack, findings: Findings): void {
    const names = [...Object.keys(warningNames), ...faults.map(({ id }) => id)];
    silence.forEach((name, position) => {
        if (!names.includes(name)) findings.problem(["silence", position], `is no warning: ${suggestion(name, names)}`);
    });
}
