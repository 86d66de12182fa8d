import { z } from "zod";
import { Findings } from "../findings";
import { Path } from "../../path";
import { image, imageForms, ImageSettings } from "../../schema/template/image";

type WrittenImage = z.output<typeof image>;

/** Which of the forms of an image is meant; undefined, with a problem reported, where that is not clear. */
export function resolveImage(
    written: WrittenImage | undefined,
    path: Path,
    findings: Findings,
): ImageSettings | undefined {
    const forms = (Object.keys(imageForms) as (keyof typeof imageForms)[]).filter(
        (form) => written?.[form] !== undefined,
    );
    if (written === undefined || forms.length === 0) {
        findings.problem(
            "missing-setting",
            path,
            "an image is needed: { id: ami-… }, { ssm: /aws/service/… } or { filter: { name: … }, owners: [self] }",
        );
        return undefined;
    }
    if (forms.length > 1) {
        findings.problem(
            "conflicting-settings",
            path,
            `has ${forms.join(" and ")}: set exactly one of id, ssm and filter`,
        );
        return undefined;
    }
    if (written.filter === undefined) return pinned(written, path, findings);
    if (written.owners === undefined || written.owners.length === 0) {
        findings.problem(
            "missing-setting",
            [...path, "owners"],
            "is needed with filter, because anybody may publish an image of any name: set [self], [amazon] or an account id",
        );
        return undefined;
    }
    return filtered(written, written.filter, written.owners, path, findings);
}

function pinned(written: WrittenImage, path: Path, findings: Findings): ImageSettings | undefined {
    for (const key of ["owners", "users", "resolve"] as const) {
        if (written[key] !== undefined) findings.problem("no-effect", [...path, key], "has an effect only with filter");
    }
    if (written.ssm !== undefined) return { kind: "ssm", parameter: written.ssm, refresh: written.refresh ?? 0 };
    if (written.refresh !== undefined)
        findings.problem(
            "no-effect",
            [...path, "refresh"],
            "has an effect only with ssm or filter: an id is never looked up",
        );
    return written.id === undefined ? undefined : { kind: "id", id: written.id };
}

function filtered(
    written: WrittenImage,
    filter: Record<string, string | string[]>,
    owners: string[],
    path: Path,
    findings: Findings,
): ImageSettings {
    const filters = Object.fromEntries(
        Object.entries(filter).map(([name, values]) => [name, typeof values === "string" ? [values] : values]),
    );
    const query = { filters, owners, users: written.users ?? [] };
    if (written.resolve !== "launch") return { kind: "filter", ...query, refresh: written.refresh ?? 0 };
    if (written.refresh !== undefined) {
        findings.problem(
            "no-effect",
            [...path, "refresh"],
            "has no effect with resolve: launch: the plugin looks the image up at each start",
        );
    }
    return { kind: "launch", ...query };
}
