import * as pulumi from "@pulumi/pulumi";
import type { CloudCompute } from "../../ec2/compute";
import type { StackSettings } from "../../settings";
import { mapValues } from "../../settings/collections";
import { setCommand } from "../../settings/path";
import { problemText, UserError, type Problem } from "../../settings/problem";
import { settled } from "../../settings/read/known";
import type { SafetySettings } from "../../settings/schema/safety";
import { UNKNOWN } from "../../settings/naming";
import { pushName, renamedClouds, type DeployedControllers, type PlannedPush } from "../requests";
import { agentsInLeavingGroups, type Deployed } from "./agents";
import type { Preflights } from "./controllerState";
import { isOnlyPlan, type CloudDiffs } from "./planFile";

/**
 * Ends the program, in preview and up, before a change that is larger than `safety` allows.
 *
 * It runs twice. Before the first resource is registered it counts removals and changed settings, so that an `up` has made nothing
 * in AWS yet. After AWS has answered it counts again with what only AWS's answers change: a newer AMI may change every template.
 *
 * @param deployed the stack's outputs after its last update
 * @throws UserError that lists what would be removed and changed. For `plan`, which changes nothing, it is a warning
 */
export async function refuseTooLarge(
    settings: StackSettings,
    deployed: DeployedControllers,
    changed: Changed[],
): Promise<void> {
    const problems = tooLarge(
        change(deployedInventory(settings, deployed), wantedInventory(settings), changed),
        settings.safety,
    );
    await refuse("This change is larger than the settings allow; Jenkins has not been touched", problems);
}

/**
 * Ends the program, in preview and up, before a security group of the stack goes that agents are in.
 *
 * @param deployed the stack's outputs after its last update
 * @throws a UserError that names the agents. For `plan` it is a warning
 */
export async function refuseAgentsInLeavingGroups(
    compute: Record<string, CloudCompute>,
    deployed: Deployed,
    preflights: Preflights,
    diffs: CloudDiffs,
): Promise<void> {
    const groups = Object.values(compute).flatMap(({ securityGroup }) => securityGroup ?? []);
    const ids = await Promise.all(groups.map(({ groupId }) => settled(groupId)));
    const kept = ids.filter((id) => id !== undefined);
    const gone = Object.values(diffs).flatMap(({ removal }) => removal ?? []);
    await refuse(
        "Agents would lose their network; Jenkins has not been touched",
        agentsInLeavingGroups(deployed, kept, preflights, gone),
    );
}

/** Ends the program with these problems. For `plan`, which changes nothing, they are a warning. */
export async function refuse(heading: string, problems: Problem[]): Promise<void> {
    if (problems.length === 0) return;
    if (!isOnlyPlan()) throw new UserError(problems, { heading });
    await pulumi.log.warn(problemText(`${heading}.`, problems));
}

/** What differs, as far as that is known before AWS answers. */
export function changedInPreflights(preflights: Preflights, { clouds }: StackSettings): Changed[] {
    return Object.entries(preflights).flatMap(([controller, { state }]) =>
        (state?.changed ?? []).map(({ cloud, template }) => ({
            controller,
            cloud: Object.values(clouds).find(({ name }) => name === cloud)!.id,
            template,
        })),
    );
}

/** What differs after AWS has answered. A value that AWS has yet to make counts as the same. */
export function changedInDiffs(diffs: CloudDiffs, pushes: PlannedPush[]): Changed[] {
    return pushes.flatMap(({ name, controller, cloud }) =>
        (diffs[name]?.plan?.differences ?? [])
            .filter(({ subject, existed, wanted }) => subject !== "credential" && existed && wanted !== false)
            .filter(({ after }) => !JSON.stringify(after).includes(UNKNOWN))
            .map(({ id }) => ({ controller: controller.id, cloud: cloud.id, template: id })),
    );
}

/** By today's ids. Of a controller or a cloud that the settings no longer name, only the outputs of the last update know. */
export function deployedInventory(settings: StackSettings, deployed: DeployedControllers): Inventory {
    const renamed = renamedClouds(settings, deployed);
    const inventory: Inventory = {};
    for (const [controller, { clouds }] of Object.entries(deployed.controllers ?? {})) {
        if (Object.keys(clouds).length === 0) inventory[controller] ??= {};
        for (const [cloud, { templates }] of Object.entries(clouds)) {
            const { now } = renamed[pushName(settings, controller, cloud)] ?? { now: { controller, cloud } };
            (inventory[now.controller] ??= {})[now.cloud] = templates;
        }
    }
    return inventory;
}

function wantedInventory({ controllers, clouds }: StackSettings): Inventory {
    return mapValues(controllers, (_, id) =>
        Object.fromEntries(
            Object.values(clouds)
                .filter((cloud) => cloud.controllers.includes(id))
                .map((cloud) => [cloud.id, Object.values(cloud.templates).map(({ description }) => description)]),
        ),
    );
}

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
export function tooLarge(found: Change, { percent, least, allow }: SafetySettings): Problem[] {
    return (["controllers", "clouds", "templates"] as const).flatMap((kind) => {
        const { there, removed, changed } = found[kind];
        const size = removed.length + changed.length;
        const within = there < least || size * 100 <= there * percent;
        if (within || allow[kind] === size) return [];
        const list = [...labelled("removed", removed), ...labelled("changed", changed)].join("; ");
        return [
            {
                code: "change-too-large",
                severity: "error" as const,
                path: `safety.allow.${kind}`,
                message: `${size} of ${there} ${kind} would be removed or changed, more than safety.percent (${percent} %) allows: ${list}`,
                fix: `if you mean it, allow this change: ${setCommand(["safety", "allow", kind], String(size))}`,
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
