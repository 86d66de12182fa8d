import fc from "fast-check";
import { pushRequest } from "../../../jenkins/requests";
import type { JenkinsClient } from "../../../jenkins/push/client";
import type { PushRequest } from "../../../jenkins/push/request";
import { anything } from "../../../jenkins/push/form";
import { decode, runScript } from "../../../jenkins/push/script";
import { RawSettings, readSettings } from "../../../settings";
import { references } from "../payload/support";
import { context } from "../settings/support";
import { Place, places, stackWith } from "./places";
import { hostileText } from "./texts";

/** A text in a place, as fast-check draws it. */
export type Case = { place: Place; text: string };

/** One text for each place. */
export const oneOfEach: fc.Arbitrary<Case[]> = fc
    .tuple(...places.map(() => hostileText))
    .map((texts) => places.map((place, index) => ({ place, text: (place.fits ?? String)(texts[index]!) })));

/** The push of the only cloud of settings. */
export function requestOf(raw: RawSettings, files: Record<string, string> = {}): PushRequest {
    const { settings } = { ...readSettings(raw, context(files)) };
    const cloud = Object.values(settings.clouds)[0]!;
    const known = references({ tags: settings.tags, windowsPasswords: settings.secrets.windowsPasswords });
    return pushRequest(settings, settings.controllers["team-a"]!, cloud, known);
}

/** What of a request the script has after it was posted, in parts where it is large: as frame.groovy puts it together. */
export async function asTheScriptHasIt(data: object): Promise<{ cloud: PushRequest["cloud"] }> {
    const parts: string[] = [];
    let whole: { cloud: PushRequest["cloud"] } | undefined;
    const post = ({ body }: { body: { text: string } }) => {
        const script = new URLSearchParams(body.text).get("script")!;
        if (body.text.length > 200_000) throw new Error("Jenkins refuses a form of that size");
        // Pieces are string constants of Groovy: whatever is between two quotes.
        const [, line = ""] = script.split("\nanswer(");
        const got = decode([...line.matchAll(/'([^']*)'/g)].map((match) => match[1]).join("")) as Record<string, any>;
        if (got.index !== undefined) parts[got.index as number] = got.text as string;
        else whole = (got.parts === undefined ? got : decode(parts.join(""))) as typeof whole;
        return Promise.resolve({ status: 200, headers: {}, text: `<<${got.nonce}>>{"value":1}<<end ${got.nonce}>>` });
    };
    await runScript({ post } as unknown as JenkinsClient, "apply", data, anything);
    return whole!;
}

/** The places whose text is not what the script has, with what it has. */
export async function changedOnTheWay(cases: readonly Case[], request: PushRequest): Promise<unknown[]> {
    const { cloud } = await asTheScriptHasIt({ cloud: request.cloud });
    const { parameters } = cloud.templates[0]!;
    return cases.flatMap(({ place, text }) => {
        const arrived = place.arrived(parameters, request);
        return arrived === text ? [] : [{ setting: place.setting, text, arrived }];
    });
}

export { stackWith };
