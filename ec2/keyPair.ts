import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { nameTakenHook } from "../iam/nameTaken";
import { requirePrivateKey } from "./privateKey";

export interface KeyPairArgs {
    /** Name in EC2, unique in a region of an account. Another name is another key pair. */
    keyName: string;
    /** The setting of `keyName`, for messages. */
    setting: string;
    /** @default an RSA key is made, and kept in Pulumi's state as a secret */
    brought?: BroughtKey;
    /**
     * Length of the key that is made. EC2 takes 1024, 2048 and 4096.
     * @default 4096
     */
    bits?: number;
    /** @default none */
    tags?: Record<string, string>;
}

/** A key that exists already. */
export interface BroughtKey {
    /** PEM that starts with `BEGIN RSA PRIVATE KEY`, the form that the plugin reads. Kept as a secret. */
    privateKey: pulumi.Input<string>;
    /** The setting of `privateKey`, for messages. */
    setting: string;
    /**
     * In OpenSSH's form, `ssh-rsa …`.
     * @default derived from the private key
     */
    publicKey?: string;
}

/**
 * The key pair that the plugin logs in to instances with, in the region of the component's provider.
 *
 * EC2 gets the public half only. For such an imported key it reports the MD5 of the public key, which the plugin's Test
 * Connection accepts. RSA, because Windows passwords are encrypted for RSA keys only, and the plugin reads no other PEM.
 */
export class KeyPair extends pulumi.ComponentResource {
    /** Name in EC2. */
    public readonly keyName: pulumi.Output<string>;
    /** As EC2 reports it. */
    public readonly fingerprint: pulumi.Output<string>;
    /** PEM, PKCS#1. A secret. */
    public readonly privateKey: pulumi.Output<string>;

    constructor(name: string, args: KeyPairArgs, opts?: pulumi.ComponentResourceOptions) {
        super("jenkins-ec2-agents:ec2:KeyPair", name, {}, opts);
        const material = args.brought ? this.broughtMaterial(args.brought) : this.madeMaterial(name, args.bits ?? 4096);
        const keyPair = this.keyPair(name, args, material.publicKey);
        this.keyName = keyPair.keyName;
        this.fingerprint = keyPair.fingerprint;
        this.privateKey = material.privateKey;
        this.registerOutputs({ keyName: this.keyName, fingerprint: this.fingerprint, privateKey: this.privateKey });
    }

    private madeMaterial(name: string, rsaBits: number): KeyMaterial {
        const key = new tls.PrivateKey(name, { algorithm: "RSA", rsaBits }, { parent: this });
        return { privateKey: pulumi.secret(key.privateKeyPem), publicKey: key.publicKeyOpenssh };
    }

    private broughtMaterial(brought: BroughtKey): KeyMaterial {
        const privateKey = pulumi.secret(brought.privateKey).apply((pem) => requirePrivateKey(pem, brought.setting));
        const publicKey =
            brought.publicKey ??
            // What is derived from a secret counts as one; the public half is not secret.
            pulumi.unsecret(tls.getPublicKeyOutput({ privateKeyPem: privateKey }, { parent: this }).publicKeyOpenssh);
        return { privateKey, publicKey: pulumi.output(publicKey) };
    }

    private keyPair(name: string, args: KeyPairArgs, publicKey: pulumi.Output<string>): ec2.KeyPair {
        return new ec2.KeyPair(
            name,
            // EC2 keeps no end of line, so one would be a difference for ever.
            { keyName: args.keyName, publicKey: publicKey.apply((key) => key.trim()), tags: args.tags },
            {
                parent: this,
                // Another key under the same name: names are unique in a region.
                deleteBeforeReplace: true,
                hooks: {
                    onError: [
                        nameTakenHook({
                            component: this,
                            id: `ec2:KeyPair:${name}`,
                            setting: args.setting,
                            tags: args.tags,
                        }),
                    ],
                },
            },
        );
    }
}

interface KeyMaterial {
    privateKey: pulumi.Output<string>;
    publicKey: pulumi.Output<string>;
}
