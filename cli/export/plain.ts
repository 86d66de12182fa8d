import { z } from "zod";
import { PlainSetting } from "../../settings/schema/parameters";
import { plainTemplateSettings } from "../../settings/schema/template";
import { ExportedValue, textOf } from "./data";

/** Parameters that other parts of the conversion take care of, though one setting stands behind each. */
const others = new Set([
    "avoidUsingOrphanedNodes",
    "launchTimeoutStr",
    "maxTotalUses",
    "stopOnTerminate",
    "description",
]);

/** Settings that one parameter takes as they are; `raw` has the parameters whose value no setting can say. */
export function plainSettingsOf(parameters: Record<string, ExportedValue>): {
    settings: Record<string, unknown>;
    raw: Record<string, string>;
} {
    const settings: Record<string, unknown> = {};
    const raw: Record<string, string> = {};
    for (const setting of plainTemplateSettings.filter(
        ({ parameter }) => !others.has(parameter) && parameter in parameters,
    )) {
        const text = textOf(parameters[setting.parameter]);
        const value = valueOf(setting, text);
        if (value === undefined) {
            if (!(text === "" && blankIsAbsent(setting))) raw[setting.parameter] = text;
        } else if (value !== setting.default) put(settings, setting.path.split("."), value);
    }
    return { settings, raw };
}

/** The value that the setting allows; undefined where it allows none that the parameter's text would be. */
function valueOf({ schema }: PlainSetting, text: string): unknown {
    const value =
        schema instanceof z.ZodNumber
            ? text === ""
                ? undefined
                : Number(text)
            : schema instanceof z.ZodBoolean
              ? text === "true"
              : text;
    return schema.safeParse(value).success ? value : undefined;
}

/** Whether leaving the setting out makes an empty parameter. Remote user and folder have defaults of their own. */
function blankIsAbsent({ parameter, default: fallback }: PlainSetting): boolean {
    return fallback === undefined && parameter !== "remoteAdmin" && parameter !== "remoteFS";
}

function put(settings: Record<string, unknown>, path: string[], value: unknown): void {
    const [first = "", ...rest] = path;
    if (rest.length === 0) settings[first] = value;
    else put((settings[first] ??= {}) as Record<string, unknown>, rest, value);
}
