import type { PluginValue } from "../../settings/schema/codec";
import { list, optional, planValue, record, text, textLike, truth } from "./form";

/** {@link Difference}, as a script answers it. */
export const differenceForm = record({
    subject: textLike(/^(cloud|template|credential)$/),
    id: text,
    existed: truth,
    wanted: optional(truth),
    path: list(text),
    before: planValue,
    after: planValue,
});

/** A difference in the words of the settings. */
export interface SettingDifference {
    /** Below the cloud's or the template's path, such as `idle.then`. */
    name: string;
    before: PluginValue;
    after: PluginValue;
}

/** One difference between what a controller holds and what is wanted. */
export interface Difference {
    subject: "cloud" | "template" | "credential";
    /** The template's description or the credentials id; empty for the cloud. */
    id: string;
    /** Whether the subject is there already. */
    existed: boolean;
    /** For templates and credentials: whether the subject is wanted. */
    wanted?: boolean;
    /** Parameter names, and positions in lists. */
    path: string[];
    /** The setting behind the parameter, with its own values; absent where there is none or there are several. */
    setting?: SettingDifference;
    /** Whether the wanted value is a default of this program, which the settings do not mention. */
    isDefault?: boolean;
    /** Empty where there is none. */
    before: PluginValue;
    /** Empty where there is none; contains {@link UNKNOWN} where AWS has not answered yet. */
    after: PluginValue;
}
