/**
 * Stands in a plan's request for a string that is known only after AWS has answered, whole or within a list of names.
 * An ordinary word, as the plugin trims and splits its texts.
 */
export const UNKNOWN = "known-after-apply-7b1f0c93";
