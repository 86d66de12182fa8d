/** Forms that only secrets have. Of bounded length, or a long text without an end of one would be searched for ever. */
const forms = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    /\baws_secret_access_key\b\W{1,5}[A-Za-z0-9/+]{40}\b/i,
    /\bgh[pousr]_[A-Za-z0-9]{36}/,
    /\b11[0-9a-f]{32}\b/, // a Jenkins API token
    /\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@]{0,500}:[^\s/@]{1,500}@/i,
];

/** What a password in an address may be, also where it is written so that it is none. */
const password = /:\/\/[^\s":]{0,500}:[^\s"]{0,500}@/;

/** Whether a text may hold a secret: then a message does without it. */
export function mayHoldSecret(text: string): boolean {
    return looksSecret(text) || password.test(text);
}

/** Whether a text certainly holds a secret: a private key, an AWS key, a token, a URL with a password. */
export function looksSecret(text: string): boolean {
    return forms.some((form) => form.test(text));
}
