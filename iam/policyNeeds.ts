import type { CloudSettings, StackSettings } from "../settings";
import { owner } from "../settings/naming";
import { isOthers } from "../settings/schema/access";
import type { PolicyNeeds } from "./scopedPolicy";

/**
 * What the templates of all clouds together need of AWS: one policy serves every controller. Clouds that work with an existing
 * role or existing credentials do not count: what those may do is not this stack's to decide.
 */
export function policyNeeds(settings: StackSettings, partition: string, passedRoles: string[]): PolicyNeeds {
    const clouds = cloudsWithPolicy(settings);
    const templates = clouds.flatMap((cloud) => Object.values(cloud.templates));
    const { owners, jenkinsUrls, spotWithPrice } = settings.access.formerAgents;
    return {
        owner: owner(settings),
        regions: [...new Set(clouds.map(({ region }) => region))].sort(),
        partition,
        spotWithPrice: templates.some(({ spot }) => spot?.maxPricePerHour !== undefined),
        passedRoles,
        former: {
            owners,
            jenkinsUrls: [...new Set([...jenkinsUrls, ...adoptingUrls(settings)])].sort(),
            spotWithPrice,
        },
    };
}

/** Where controllers are that have started agents before this program came: their own URLs, unless it is another. */
function adoptingUrls(settings: StackSettings): string[] {
    const adopting = cloudsWithPolicy(settings).filter(({ adopt }) => adopt);
    return adopting.flatMap((cloud) => cloud.controllers.map((id) => settings.controllers[id]!.url));
}

function cloudsWithPolicy({ clouds }: StackSettings): CloudSettings[] {
    return Object.values(clouds).filter(({ identity }) => !isOthers(identity));
}
