import type { Emulator } from "./emulator";

/** An error of EC2, IAM or STS that the emulator is to answer with, in place of doing what is asked. */
export interface OrderedError {
    /** For example `RunInstances`. */
    action: string;
    /** For example `InsufficientInstanceCapacity`. */
    code: string;
    /** @default one that says it was ordered */
    message?: string;
    /** How many requests. @default all, until clearErrors */
    count?: number;
}

export const orderError = (emulator: Emulator, error: OrderedError) => control(emulator, "POST", "errors", error);

export const clearErrors = (emulator: Emulator) => control(emulator, "DELETE", "errors");

/** An instance was launched so many minutes ago. */
export const ageInstance = (emulator: Emulator, instanceId: string, minutes: number) =>
    control(emulator, "POST", "ages", { instanceId, minutes });

async function control({ endpoint }: Emulator, method: string, what: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${endpoint}/playground/${what}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} /playground/${what} of the emulator answered ${answer.status}`);
    return answer.json();
}
