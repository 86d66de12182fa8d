import type { StackSettings } from "../../settings";
import { setCommand } from "../../settings/path";
import type { Problem } from "../../settings/problem";
import type { ControllerOutputs } from "../controllerOutputs";
import { slashed } from "../../settings/schema/controller";
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

/** The clouds that the last update left on a controller, and that the settings still have there. */
interface Place {
    controller: string;
    oldUrl: string;
    newUrl: string;
    /** What the last update found to tell the Jenkins from others. */
    oldInstance?: string;
    clouds: { id: string; oldName: string; newName: string }[];
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
    const places = Object.entries(controllers).flatMap(([id, before]) => placeOf(settings, id, before));
    const problems: Problem[] = [];
    const same = new Set<string>();
    for (const place of places) {
        const ids = await unchanged(place, settings, preflights, problems);
        for (const id of ids) same.add(pushName(settings, place.controller, id));
    }
    await refuse("Clouds would be removed before their successors are known to work", problems);
    return same;
}

function placeOf(settings: StackSettings, id: string, { url, instance, clouds }: ControllerOutputs): Place[] {
    const controller = settings.controllers[id];
    if (controller === undefined) return [];
    const kept = Object.entries(clouds).flatMap(([cloudId, { cloud }]) => {
        const wanted = settings.clouds[cloudId];
        return wanted?.controllers.includes(id) ? [{ id: cloudId, oldName: cloud, newName: wanted.name }] : [];
    });
    return [{ controller: id, oldUrl: url, newUrl: controller.url, oldInstance: instance, clouds: kept }];
}

/** Ids of the clouds that are the same ones. Adds a problem where others have a new place that is not known to work. */
async function unchanged(
    place: Place,
    settings: StackSettings,
    preflights: Preflights,
    problems: Problem[],
): Promise<string[]> {
    const isRenamed = ({ oldName, newName }: Place["clouds"][number]) => oldName !== newName;
    const isElsewhere = slashed(place.oldUrl) !== slashed(place.newUrl);
    const stay = place.clouds.filter((cloud) => !isRenamed(cloud)).map(({ id }) => id);
    const leaving = isElsewhere ? place.clouds : place.clouds.filter(isRenamed);
    if (leaving.length === 0) return stay;
    const access = controllerAccess(settings, settings.controllers[place.controller]!);
    const instance = preflights[place.controller]?.state?.instance ?? (await instanceOf(access));
    if (instance === undefined) {
        const names = leaving.map(({ oldName }) => oldName);
        problems.push(isElsewhere ? unknownAddress(place, names) : unreachable(place, names));
        return [];
    }
    const before = isElsewhere
        ? (place.oldInstance ?? (await instanceOf({ ...access, url: slashed(place.oldUrl) })))
        : instance;
    return instance === before ? stay : [];
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

function unknownAddress({ controller, oldUrl, newUrl }: Place, clouds: string[]): Problem {
    return {
        code: "successor-unknown",
        path: `controllers.${controller}.url`,
        value: JSON.stringify(newUrl),
        message: `no Jenkins answers there that accepts the login; at ${oldUrl} ${cloudsNamed(clouds)} would be removed first`,
        fix: `correct the address or start the controller; to go back: ${setCommand(["controllers", controller, "url"], oldUrl)}`,
        severity: "error",
    };
}

function unreachable({ controller, newUrl }: Place, clouds: string[]): Problem {
    return {
        code: "successor-unknown",
        path: `controllers.${controller}.url`,
        value: JSON.stringify(newUrl),
        message: `it does not answer, and ${cloudsNamed(clouds)} there would be removed before a new name is made`,
        fix: "start the controller, then run it again",
        severity: "error",
    };
}

const cloudsNamed = (names: string[]) => `${names.length === 1 ? "cloud" : "clouds"} ${names.join(", ")}`;
