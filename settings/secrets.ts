/** Forms that only secrets have. */
const forms = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    /\baws_secret_access_key\b\W{1,5}[A-Za-z0-9/+]{40}\b/i,
    /\bgh[pousr]_[A-Za-z0-9]{36}/,
    /\b11[0-9a-f]{32}\b/, // a Jenkins API token
    /\bhttps?:\/\/[^\s/:@]+:[^\s/@]+@/,
];

/** Whether a text certainly holds a secret: a private key, an AWS key, a token, a URL with a password. */
export function looksSecret(text: string): boolean {
    return forms.some((form) => form.test(text));
}
