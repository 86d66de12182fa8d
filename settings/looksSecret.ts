/** Forms that only secrets have. Each is of bounded length: else the search of a long text would not end. */
const forms = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    /\baws_secret_access_key\b\W{1,5}[A-Za-z0-9/+]{40}\b/i,
    /\bgh[pousr]_[A-Za-z0-9]{36}/,
    /\b11[0-9a-f]{32}\b/, // a Jenkins API token
    /\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@]{0,500}:[^\s/@]{1,500}@/i,
];

/** A password in an address, also in one that is not well formed. */
const password = /:\/\/[^\s":]{0,500}:[^\s"]{0,500}@/;

/** Whether a text may hold a secret. Messages leave such a text out. */
export function mayHoldSecret(text: string): boolean {
    return looksSecret(text) || password.test(text);
}

/** Whether a text certainly holds a secret: a private key, an AWS key, a token, a URL with a password. */
export function looksSecret(text: string): boolean {
    return forms.some((form) => form.test(text));
}

/** Words in names that people give to secrets. */
const words = ["password", "passwd", "passphrase", "secret", "token", "credential", "private_?key", "api_?key"];

/** Names with such a word that are no secrets: ids, and switches of the plugin. */
const exceptions = ["^(specifyPassword|useInstanceProfileForCredentials)$", "(required|id|ids)$"];

/**
 * The one list for warnings about settings, for masks in messages, and for what a controller's script may show: each script
 * gets it (script.ts). Java reads these regular expressions as JavaScript does. They ignore case.
 */
export const secretNames = { words: words.join("|"), exceptions: exceptions.join("|") };

const marked = new RegExp(secretNames.words, "i");
const excepted = new RegExp(secretNames.exceptions, "i");

/** Whether a name is one that people give to secrets. */
export function namesSecret(name: string): boolean {
    return marked.test(name) && !excepted.test(name);
}
