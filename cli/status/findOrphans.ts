import type { ControllerAnswer } from "./ask";
import type { Instance } from "./instances";

/**
 * Minutes that an instance has to have run before it may be ended as one that no controller knows. Jenkins knows an agent once its
 * instance runs: one that is being launched is there before.
 */
export const YOUNGEST_MINUTES = 15;

/** An instance with the stack's tag that no controller knows which was asked. */
export interface Orphan {
    instance: Instance;
    /** Why it is not ended; absent where it may be. */
    kept?: string;
}

/**
 * The instances that no controller knows, and why some of them are to be left alone all the same. An instance of a controller that
 * could not be asked does not count: its agents are unknown.
 *
 * @param owners `PROJECT/STACK` of each component of the stack
 */
export function orphansOf(
    instances: readonly Instance[],
    controllers: readonly ControllerAnswer[],
    owners: readonly string[],
    now: Date,
): Orphan[] {
    const isKnown = knownTo(controllers);
    return instances
        .filter((instance) => ownerOf(instance, owners) !== undefined && !isKnown(instance))
        .filter((instance) => askedOf(instance, controllers) !== "silent")
        .map((instance) => {
            const kept = keptBecause(instance, controllers, now);
            return kept === undefined ? { instance } : { instance, kept };
        });
}

/** Whether one of the controllers that were asked has an agent on an instance. */
export function knownTo(controllers: readonly ControllerAnswer[]): (instance: Instance) => boolean {
    const agents = controllers.flatMap(({ fleet }) => fleet?.agents ?? []);
    const ids = new Set(agents.flatMap(({ instanceId, spotRequestId }) => [instanceId, spotRequestId]));
    ids.delete("");
    return ({ id, spotRequestId }) => ids.has(id) || ids.has(spotRequestId);
}

function keptBecause(instance: Instance, controllers: readonly ControllerAnswer[], now: Date): string | undefined {
    const silent = controllers.filter(({ fleet }) => fleet === undefined).map(({ id }) => id);
    if (silent.length > 0) return `not every controller could be asked: ${silent.join(", ")}`;
    if (askedOf(instance, controllers) === "unknown") {
        return `its controller ${controllerOf(instance)} is none that the stack has deployed to: look there first`;
    }
    const minutes = (now.getTime() - Date.parse(instance.launched)) / 60_000;
    if (!(minutes >= YOUNGEST_MINUTES)) {
        return `it may be an agent that is being launched: it was started less than ${YOUNGEST_MINUTES} minutes ago`;
    }
    const isStopped = instance.state === "stopped" || instance.state === "stopping";
    const may = controllers.filter(({ fleet }) =>
        fleet?.clouds.some(({ templates }) => templates.some((one) => one.stops)),
    );
    if (isStopped && may.length > 0) {
        return `it is stopped, and a controller may start it again: ${may.map(({ id }) => id).join(", ")} has templates that stop agents`;
    }
    return undefined;
}

/** What is known of the controller that an instance's tag names: the stack's and it answered, the stack's and it did not, or not the stack's. */
export function askedOf(
    instance: Instance,
    controllers: readonly ControllerAnswer[],
): "answered" | "silent" | "unknown" {
    const own = controllers.filter(({ id, clouds }) =>
        clouds.some(({ push }) => `${push.request.owner}/${id}` === instance.controller),
    );
    if (own.length === 0) return "unknown";
    return own.every(({ fleet }) => fleet !== undefined) ? "answered" : "silent";
}

const ownerOf = ({ controller }: Instance, owners: readonly string[]) =>
    owners.find((owner) => controller.startsWith(`${owner}/`));

/** The controller's id in the settings. */
export const controllerOf = ({ controller }: Instance) => controller.slice(controller.lastIndexOf("/") + 1);
