import type { SettingsProblem } from "../../settings/problem";
import { setCommand } from "../../settings/path";
import type { SafetySettings } from "../../settings/schema/safety";

/** What a stack has on its controllers: descriptions of templates by controller and cloud. */
export type Inventory = Record<string, Record<string, string[]>>;

/** What of it a change removes or makes different. */
export interface Change {
    controllers: Share;
    clouds: Share;
    templates: Share;
}

export interface Share {
    /** How many are there now. */
    there: number;
    removed: string[];
    changed: string[];
}

/** Templates and clouds (with the empty name) that differ, as `CONTROLLER/CLOUD` and the template's description. */
export interface Changed {
    controller: string;
    cloud: string;
    /** Empty for the cloud itself. */
    template: string;
}

/**
 * How much of what is there goes or changes. A cloud counts for each of its controllers; a template counts once, however many
 * controllers have its cloud.
 */
export function change(before: Inventory, after: Inventory, changed: Changed[]): Change {
    const old = { clouds: cloudsOf(before), templates: templatesOf(before) };
    const removed = (kind: "clouds" | "templates", wanted: Set<string>) =>
        [...old[kind]].filter((one) => !wanted.has(one));
    const isOld = (kind: "clouds" | "templates") => (one: string) => old[kind].has(one);
    const controllers = Object.keys(before);
    const goneTemplates = removed("templates", templatesOf(after));
    return {
        controllers: {
            there: controllers.length,
            removed: controllers.filter((id) => !Object.hasOwn(after, id)),
            changed: [],
        },
        clouds: {
            there: old.clouds.size,
            removed: removed("clouds", cloudsOf(after)),
            changed: unique(changed.filter(({ template }) => template === "").map(cloudKey)).filter(isOld("clouds")),
        },
        templates: {
            there: old.templates.size,
            removed: goneTemplates,
            changed: unique(changed.filter(({ template }) => template !== "").map(templateKey))
                .filter(isOld("templates"))
                .filter((one) => !goneTemplates.includes(one)),
        },
    };
}

/** Why a change is too large, one problem for each kind; none where it is not, or where its very size is allowed. */
export function tooLarge(found: Change, { percent, least, allow }: SafetySettings): SettingsProblem[] {
    return (["controllers", "clouds", "templates"] as const).flatMap((kind) => {
        const { there, removed, changed } = found[kind];
        const size = removed.length + changed.length;
        const within = there < least || size * 100 <= there * percent;
        if (within || allow[kind] === size) return [];
        const list = [...labelled("removed", removed), ...labelled("changed", changed)].join("; ");
        return [
            {
                path: `safety.allow.${kind}`,
                message: `${size} of ${there} ${kind} would be removed or changed, more than safety.percent (${percent} %) allows: ${list}`,
                fix: `if that is meant, allow this one change by its size: ${setCommand(["safety", "allow", kind], { value: String(size) })}`,
            },
        ];
    });
}

const shownAtMost = 30;

function labelled(label: string, names: string[]): string[] {
    if (names.length === 0) return [];
    const more = names.length > shownAtMost ? ` and ${names.length - shownAtMost} more` : "";
    return [`${label}: ${names.slice(0, shownAtMost).join(", ")}${more}`];
}

const unique = (names: string[]) => [...new Set(names)];
const cloudKey = ({ controller, cloud }: Omit<Changed, "template">) => `${controller}/${cloud}`;
const templateKey = ({ cloud, template }: Omit<Changed, "controller">) => `${cloud}/${template}`;

function cloudsOf(inventory: Inventory): Set<string> {
    return new Set(
        Object.entries(inventory).flatMap(([controller, clouds]) =>
            Object.keys(clouds).map((cloud) => cloudKey({ controller, cloud })),
        ),
    );
}

function templatesOf(inventory: Inventory): Set<string> {
    return new Set(
        Object.values(inventory).flatMap((clouds) =>
            Object.entries(clouds).flatMap(([cloud, templates]) =>
                templates.map((template) => templateKey({ cloud, template })),
            ),
        ),
    );
}
