import type { StackSettings } from "../../settings";
import { setCommand } from "../../settings/path";
import type { Problem } from "../../settings/problem";
import type { ControllerOutputs } from "../controllerOutputs";
import { PushError } from "../push/errors";
import type { ControllerAccess } from "../push/request";
import { withSession, withShortTimeouts } from "../push/session";
import { controllerAccess } from "../controllerAccess";
import { pushName } from "../requests";
import { readClouds, type Preflights } from "./controllerState";
import { refuse } from "./guard";
import { unwatchedVariable } from "./planFile";

/*
 * Another URL of a controller, or another name of a cloud, is another cloud: Pulumi removes the old one, agents included, and then
 * makes the new one. So the new place must be known to work before that begins.
 */

/** A cloud of the last update whose place changes. */
interface Change {
    controller: string;
    cloud: string;
    oldUrl: string;
    newUrl: string;
    oldName: string;
    newName: string;
    /** What the last update found to tell the Jenkins from others. */
    oldInstance?: string;
}

/**
 * The pushes, by their names, whose cloud is the one of the last update: URL and name are the same, or the same Jenkins is reached
 * under another URL. Pulumi updates those and removes nothing.
 *
 * @param deployed the stack's outputs after its last update
 * @throws UserError where a cloud would be removed and its successor is not known to work
 */
export async function sameClouds(
    settings: StackSettings,
    { controllers = {} }: { controllers?: Record<string, ControllerOutputs> },
    preflights: Preflights,
): Promise<Set<string>> {
    if (process.env[unwatchedVariable] !== undefined) return new Set();
    const places = Object.entries(controllers).flatMap(([id, before]) => placesOf(settings, id, before));
    const problems: Problem[] = [];
    const same = new Set<string>();
    for (const place of places) {
        const isSame = await remains(place, settings, preflights, problems);
        if (isSame) same.add(pushName(settings, place.controller, place.cloud));
    }
    await refuse(
        "Clouds would be removed before their successors are known to work; nothing has been removed",
        problems,
    );
    return same;
}

/** The clouds that the last update left on a controller and that the settings still have there. */
function placesOf(settings: StackSettings, id: string, { url, instance, clouds }: ControllerOutputs): Change[] {
    const controller = settings.controllers[id];
    if (controller === undefined) return [];
    return Object.entries(clouds).flatMap(([cloudId, { cloud }]) => {
        const wanted = settings.clouds[cloudId];
        if (!wanted?.controllers.includes(id)) return [];
        return [
            {
                controller: id,
                cloud: cloudId,
                oldUrl: url,
                newUrl: controller.url,
                oldName: cloud,
                newName: wanted.name,
                oldInstance: instance,
            },
        ];
    });
}

/** Whether it is still the same cloud. Adds a problem where it is not, and its new place is not known to work. */
async function remains(
    place: Change,
    settings: StackSettings,
    preflights: Preflights,
    problems: Problem[],
): Promise<boolean> {
    const isRenamed = place.oldName !== place.newName;
    const isElsewhere = slashed(place.oldUrl) !== slashed(place.newUrl);
    if (!isRenamed && !isElsewhere) return true;
    const access = controllerAccess(settings, settings.controllers[place.controller]!);
    const instance = preflights[place.controller]?.state?.instance ?? (await instanceOf(access));
    if (instance === undefined) {
        problems.push(isElsewhere ? unknownAddress(place) : unreachable(place));
        return false;
    }
    if (isRenamed) return false;
    return instance === (place.oldInstance ?? (await instanceOf({ ...access, url: slashed(place.oldUrl) })));
}

/** What tells the Jenkins at an address from others; undefined where none answers that accepts the login. */
async function instanceOf(access: ControllerAccess): Promise<string | undefined> {
    try {
        const { controller } = withShortTimeouts({ controller: access });
        return (await withSession(controller, {}, ({ client }) => readClouds(client, []))).instance;
    } catch (error) {
        if (error instanceof PushError) return undefined;
        throw error;
    }
}

function unknownAddress({ controller, cloud, oldUrl, newUrl }: Change): Problem {
    return {
        code: "successor-unknown",
        path: `controllers.${controller}.url`,
        value: JSON.stringify(newUrl),
        message: `no Jenkins answers there that accepts the login, and cloud ${cloud} at ${oldUrl} would be removed first`,
        fix: `correct the address or start the controller; to go back: ${setCommand(["controllers", controller, "url"], oldUrl)}`,
        severity: "error",
    };
}

function unreachable({ controller, cloud, oldName, newName, newUrl }: Change): Problem {
    return {
        code: "successor-unknown",
        path: `clouds.${cloud}.name`,
        value: JSON.stringify(newName),
        message: `controller ${controller} does not answer at ${newUrl}, and cloud ${oldName} there would be removed first`,
        fix: "start the controller, then run it again",
        severity: "error",
    };
}

const slashed = (url: string) => (url.endsWith("/") ? url : `${url}/`);
