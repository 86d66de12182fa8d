import { expect } from "vitest";
import type { StackOutputs } from "../../../component/outputs";
import type { PulumiStack } from "../../../playground/stack";
import type { World } from "../../../playground/world";
import { hits } from "../../secrets/search";

/** Every secret that a stack deals with: the controllers' tokens, the access keys' secrets, and the private keys. */
export async function secretsOf(stack: PulumiStack, world: World): Promise<string[]> {
    const outputs = (await stack.outputs({ showSecrets: true })) as unknown as StackOutputs;
    return [
        ...world.controllers.map(({ token }) => token),
        ...Object.values(outputs.accessKeys).map(({ secretAccessKey }) => secretAccessKey),
        ...Object.values(outputs.privateKeys),
    ];
}

/** Fails when a text holds one of the secrets, in whatever form. The message does not repeat the secret. */
export function withoutAny(secrets: string[], where: string, text: string): void {
    const named = Object.fromEntries(secrets.map((secret, index) => [`secret ${index}`, secret]));
    expect(hits(named, { [where]: text })).toEqual([]);
}
