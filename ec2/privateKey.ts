import { createPrivateKey, type KeyObject } from "node:crypto";
import { UserError } from "../settings/problem";

/**
 * What keeps the plugin from using this private key, and the command that helps; undefined if nothing does. Plugin `ec2` 2059:
 * `EC2PrivateKey.isPrivateKey` wants the header of an unencrypted PKCS#1 RSA key. No part of the key is in the text.
 */
export function privateKeyProblem(pem: string): string | undefined {
    if (/BEGIN OPENSSH PRIVATE KEY/.test(pem)) {
        return 'is in OpenSSH\'s own format; rewrite the file as PEM: ssh-keygen -p -m PEM -N "" -f KEY';
    }
    if (/BEGIN (ENCRYPTED )?PRIVATE KEY/.test(pem)) {
        return "is PKCS#8; rewrite the file as PKCS#1: openssl rsa -traditional -in KEY -out RSA_KEY";
    }
    if (/Proc-Type: 4,ENCRYPTED/.test(pem)) {
        return 'has a passphrase, which the plugin can\'t enter; remove it: ssh-keygen -p -m PEM -N "" -f KEY';
    }
    if (!/^-----BEGIN RSA PRIVATE KEY-----\s/.test(pem)) {
        return 'is no RSA private key in PEM; make one: ssh-keygen -t rsa -b 4096 -m PEM -N "" -f KEY';
    }
    return parse(pem)
        ? undefined
        : "can't be parsed: it is cut short or its line breaks are lost; set it from the file: … < KEY";
}

/** The key as it is, or an error that names the setting. */
export function requirePrivateKey(pem: string, setting: string): string {
    const problem = privateKeyProblem(pem);
    if (problem) throw new UserError([{ code: "wrong-key", path: setting, message: `the private key ${problem}` }]);
    return pem;
}

function parse(pem: string): KeyObject | undefined {
    try {
        return createPrivateKey(pem);
    } catch {
        return undefined;
    }
}
