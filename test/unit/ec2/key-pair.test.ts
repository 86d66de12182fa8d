import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { KeyPair, type KeyPairArgs } from "../../../ec2/keyPair";
import { privateKeyProblem } from "../../../ec2/privateKey";
import { runProgram, valueOf } from "../pulumi-mocks";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const pkcs1 = rsa.export({ type: "pkcs1", format: "pem" }).toString();

const keyPair = (args: Partial<KeyPairArgs> = {}) =>
    runProgram(() => new KeyPair("agents-eu", { keyName: "jenkins-aws", setting: "keyPair", ...args }), {
        outputs: ({ type }) =>
            type === "tls:index/privateKey:PrivateKey"
                ? { privateKeyPem: "made", publicKeyOpenssh: "ssh-rsa MADE\n" }
                : { fingerprint: "aa:bb" },
        call: () => ({ publicKeyOpenssh: "ssh-rsa DERIVED\n" }),
    });

const publicKey = ({ resources }: Awaited<ReturnType<typeof keyPair>>) =>
    resources.find(({ type }) => type === "aws:ec2/keyPair:KeyPair")?.inputs.publicKey;

describe("a key pair that is made", () => {
    it("is pinned: these names are in the state of existing stacks, another one would replace the resource", async () => {
        expect((await keyPair()).resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
            "jenkins-ec2-agents:ec2:KeyPair agents-eu",
            "tls:index/privateKey:PrivateKey agents-eu",
            "aws:ec2/keyPair:KeyPair agents-eu",
        ]);
    });

    it("is RSA of 4096 bits, or of as many as are asked for; EC2 gets the public half, under the name", async () => {
        const { resources } = await keyPair();
        expect(resources[1]?.inputs).toEqual({ algorithm: "RSA", rsaBits: 4096 });
        expect(resources[2]?.inputs).toEqual({ keyName: "jenkins-aws", publicKey: "ssh-rsa MADE" });
        expect((await keyPair({ bits: 2048 })).resources[1]?.inputs).toMatchObject({ rsaBits: 2048 });
    });

    it("keeps the private half a secret, and the name none", async () => {
        const { result } = await keyPair();
        expect(await valueOf(result.privateKey)).toBe("made");
        expect(await pulumi.isSecret(result.privateKey)).toBe(true);
        expect(await pulumi.isSecret(result.keyName)).toBe(false);
    });
});

describe("a key pair that is brought", () => {
    it("makes no key, derives the public half, and keeps only the private one a secret", async () => {
        const made = await keyPair({ brought: { privateKey: pkcs1, setting: "secrets.privateKey" } });
        expect(made.resources.filter(({ type }) => type.startsWith("tls:"))).toEqual([]);
        expect(publicKey(made)).toBe("ssh-rsa DERIVED");
        expect(await pulumi.isSecret(made.result.privateKey)).toBe(true);
        expect(await valueOf(made.result.privateKey)).toBe(pkcs1);
    });

    it("uses the public half where it is given", async () => {
        const made = await keyPair({
            brought: { privateKey: pkcs1, setting: "secrets.privateKey", publicKey: "ssh-rsa GIVEN" },
        });
        expect(publicKey(made)).toBe("ssh-rsa GIVEN");
        expect(made.calls).toEqual([]);
    });
});

describe("a private key that the plugin can use", () => {
    it("is RSA, PKCS#1, without a passphrase", () => {
        expect(privateKeyProblem(pkcs1)).toBeUndefined();
    });

    const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    it.each<[string, string, string]>([
        ["PKCS#8", rsa.export({ type: "pkcs8", format: "pem" }).toString(), "openssl rsa -traditional"],
        [
            "a passphrase",
            rsa.export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "x" }).toString(),
            "ssh-keygen -p -m PEM",
        ],
        ["OpenSSH's own format", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "ssh-keygen -p -m PEM"],
        ["another algorithm", elliptic.export({ type: "sec1", format: "pem" }).toString(), "ssh-keygen -t rsa -b 4096"],
        ["lost line breaks", pkcs1.replaceAll("\n", " "), "set it from the file"],
        ["an end that is missing", pkcs1.slice(0, 400), "cut short"],
    ])("is not one with %s, and the message has the remedy and nothing of the key", (_, pem, remedy) => {
        const problem = privateKeyProblem(pem);
        expect(problem).toContain(remedy);
        expect(pem.split(/\s+/).filter((part) => part.length > 20 && problem?.includes(part))).toEqual([]);
    });
});
