import { expect } from "vitest";
import type { StackOutputs } from "../../../outputs";
import type { PulumiStack } from "../../../playground/stack";
import type { World } from "../../../playground/world";

/** Every secret that a stack deals with: the controllers' tokens, the access keys' secrets, and lines of the private keys. */
export async function secretsOf(stack: PulumiStack, world: World): Promise<string[]> {
    const outputs = (await stack.outputs({ showSecrets: true })) as unknown as StackOutputs;
    const privateKeyLines = Object.values(outputs.privateKeys).map((pem) => pem.split("\n")[3]!);
    return [
        ...world.controllers.map(({ token }) => token),
        ...Object.values(outputs.accessKeys).map(({ secretAccessKey }) => secretAccessKey),
        ...privateKeyLines,
    ];
}

/** Fails when a text holds one of the secrets, as it is or in base64. The message does not repeat the secret. */
export function withoutAny(secrets: string[], where: string, text: string): void {
    for (const [index, secret] of secrets.entries()) {
        expect(secret.length, `secret ${index} is too short to look for`).toBeGreaterThan(8);
        const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1);
        for (const form of [secret, base64]) {
            expect(text.includes(form), `secret ${index} is in ${where}`).toBe(false);
        }
    }
}
