import { ownTag } from "../ownTag";
import { Findings } from "../read/findings";
import { StackSettings } from "../schema/stack";

/** A stack knows what it made by a tag of its own. */
export function checkOwnTag({ tags }: StackSettings, findings: Findings): void {
    if (ownTag in tags) {
        findings.problem(
            "reserved",
            ["tags", ownTag],
            "is the tag by which a stack knows what it made; it is set by the program",
        );
    }
}
