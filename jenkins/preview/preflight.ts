import pLimit from "p-limit";
import type { CloudSettings, StackSettings } from "../../settings";
import { mapValues } from "../../settings/collections";
import { ImpossibleSettings } from "../../settings/read/mistake";
import { owner } from "../../settings/naming";
import type { SettingsProblem } from "../../settings/problem";
import type { Existing } from "../../settings/schema/template";
import { sayWarnings } from "../../settings/read/sayWarnings";
import { baseOf } from "../../settings/schema/access";
import type { Look, Looks } from "./preflightResults";
import { isWatching, record, type Observations } from "./diff";
import type { CloudReferences } from "../payload/references";
import { pluginFaults } from "./pluginFaults";
import { UNKNOWN } from "../../settings/unknown";
import { PushError } from "../push/errors";
import { impatient } from "../push/impatient";
import { seeAlso } from "../push/explanations";
import { look } from "./controllerState";
import { merged, sentence } from "../push/problems";
import { cloudsBefore, organization, pushName, pushRequest } from "../requests";

/**
 * Asks every controller once what it is and whether it can take what the settings want, before any resource is registered.
 * What AWS answers later is not known yet and stands as a placeholder.
 *
 * @throws a RunError with everything that can't be, of all controllers at once. A controller that does not answer is none: the
 * push waits for it
 */
export async function lookAtControllers(settings: StackSettings): Promise<Looks> {
    if (!isWatching(settings)) return {};
    const limit = pLimit(settings.parallel);
    const found = await Promise.all(
        Object.keys(settings.controllers).map((id) => limit(async () => [id, await lookAt(id, settings)] as const)),
    );
    const all = Object.fromEntries(found);
    const { errors, warnings } = pluginFaults(settings, all);
    const problems = [...impossibilities(all), ...errors];
    if (problems.length > 0) {
        record(refusals(all, settings));
        throw new ImpossibleSettings(heading(problems.length), problems);
    }
    await sayWarnings(warnings);
    return all;
}

async function lookAt(id: string, settings: StackSettings): Promise<Look> {
    const controller = settings.controllers[id]!;
    const requests = Object.values(settings.clouds)
        .filter(({ controllers }) => controllers.includes(id))
        .map((cloud) => pushRequest(settings, controller, cloud, placeholders(settings, cloud, id)));
    try {
        return { state: await look(requests.map(impatient), () => undefined) };
    } catch (error) {
        if (!(error instanceof PushError)) throw error;
        return error.refused ? { refused: error.problems } : { unanswered: error.problems };
    }
}

/** Each push with why it can't be; those of controllers that take theirs were not compared because of the others. */
function refusals(looks: Looks, settings: StackSettings): Observations {
    const pushes = Object.values(settings.clouds).flatMap(({ id: cloud, controllers }) =>
        controllers.map((id): [string, string[]] => {
            const { refused = [], unanswered = [], state } = looks[id]!;
            return [
                pushName(settings, id, cloud),
                [...refused, ...unanswered, ...(state?.problems ?? []).map(sentence)],
            ];
        }),
    );
    return Object.fromEntries(
        pushes.map(([name, reasons]) => [
            name,
            {
                problem: `${name}: not compared with Jenkins: ${reasons.join("; ") || "other controllers refuse theirs"}`,
            },
        ]),
    );
}

/** The settings' own part of what a push refers to; for the rest, which AWS has yet to answer, placeholders. */
function placeholders(settings: StackSettings, cloud: CloudSettings, controller: string): CloudReferences {
    const { identity, keyPair } = cloud;
    const keyed = baseOf(identity) === "access-key" && identity.credentialsId === undefined;
    const templates = Object.values(cloud.templates);
    const profiles = templates.flatMap(({ instanceProfile }) => instanceProfile ?? []);
    return {
        owner: owner(settings),
        organization: organization(),
        controller,
        follows: cloudsBefore(settings, cloud, controller),
        accessKey: keyed ? UNKNOWN : undefined,
        roleArn: identity.mode === "role" ? (identity.roleArn ?? UNKNOWN) : undefined,
        privateKey: keyPair.credentialsId === undefined ? UNKNOWN : undefined,
        securityGroupIds: [
            ...(cloud.network.makeSecurityGroup ? [UNKNOWN] : []),
            ...cloud.network.securityGroups.map(idOrUnknown),
        ],
        templateSecurityGroupIds: mapValues(cloud.templates, ({ securityGroups }) => securityGroups.map(idOrUnknown)),
        subnetIds: mapValues(cloud.templates, ({ subnets }) => subnets?.map(idOrUnknown) ?? UNKNOWN),
        imageIds: mapValues(cloud.templates, ({ image }) => (image.kind === "id" ? image.id : UNKNOWN)),
        instanceProfileArns: Object.fromEntries(profiles.map((name) => [name, UNKNOWN])),
        windowsPasswords: mapValues(settings.secrets.windowsPasswords, () => UNKNOWN),
        tags: settings.tags,
        secretTexts: settings.secretTexts,
    };
}

const idOrUnknown = (which: Existing) => (typeof which === "string" ? which : UNKNOWN);

const heading = (count: number) =>
    `${count === 1 ? "One thing that" : `${count} things that`} the settings ask for can't be done on the controllers; nothing has been changed.`;

/** Each once, with all the settings and controllers that meet it. */
function impossibilities(looks: Looks): SettingsProblem[] {
    const named = Object.entries(looks).flatMap(([id, { state, refused = [] }]) => [
        ...refused.map((message) => ({ paths: [`controllers.${id}`], message })),
        ...(state?.problems ?? []),
    ]);
    const ids = (message: string) =>
        Object.entries(looks)
            .filter(([, { state, refused = [] }]) =>
                [...refused, ...(state?.problems ?? []).map((each) => each.message)].includes(message),
            )
            .map(([id]) => id);
    return merged(named).map(({ paths, message, fix }) => ({
        path: paths.join("\n"),
        message: `${ids(message).length === 1 ? "controller" : "controllers"} ${ids(message).join(", ")}: ${message}${seeAlso(message)}`,
        fix,
    }));
}
