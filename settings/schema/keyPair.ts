import { z } from "zod";
import { optionalTextCodec } from "./codec";
import { text, textOrFile } from "./declare";

/** A key that the controllers have already. */
export const existingKey = z.strictObject({
    credentialsId: text()
        .optional()
        .meta({
            description:
                "Id of SSH credentials (a private key) that the controllers have already. The stack never changes or removes them. The public half must be in EC2, in the cloud's region, under any name (`aws ec2 import-key-pair`).",
            defaultText: "the stack's key pair",
            examples: ["agents-key-of-the-build-team"],
            codec: optionalTextCodec("sshKeysCredentialsId"),
        }),
});

export type ExistingKeySettings = z.output<typeof existingKey>;

/** The key pair that Jenkins logs in to the agents with. */
export const keyPair = existingKey.extend({
    publicKey: textOrFile.optional().meta({
        description:
            "A public key of your own (OpenSSH form): the file's path or { inline: … }. The private half goes to `secrets.privateKey`.",
        defaultText: "an RSA key pair is made",
        replacedAsAWhole: true,
    }),
    bits: z
        .union([z.literal(2048), z.literal(4096)], { error: "must be 2048 or 4096" })
        .default(4096)
        .meta({
            description: "Length of the RSA key that the stack makes. EC2 imports only these (AWS: ImportKeyPair).",
        }),
});

/** The key pair of the stack, resolved; each cloud has its own `credentialsId`. */
export interface KeyPairSettings extends Omit<z.output<typeof keyPair>, "credentialsId" | "publicKey"> {
    /** The key itself (OpenSSH form), where it is brought. */
    publicKey?: string;
}
