/** Words in names that people give to secrets. */
const words = ["password", "passwd", "passphrase", "secret", "token", "credential", "private_?key", "api_?key"];

/** What has such a word and is none: ids, and switches of the plugin. */
const exceptions = ["^(specifyPassword|useInstanceProfileForCredentials)$", "(required|id|ids)$"];

/**
 * The one list for warnings about settings, for masks in messages, and for what a controller's script may show: the scripts
 * are given it (script.ts). Regular expressions that Java reads alike, for any case.
 */
export const secretNames = { words: words.join("|"), exceptions: exceptions.join("|") };

const marked = new RegExp(secretNames.words, "i");
const excepted = new RegExp(secretNames.exceptions, "i");

/** Whether a name is one that people give to secrets. */
export function namesSecret(name: string): boolean {
    return marked.test(name) && !excepted.test(name);
}
