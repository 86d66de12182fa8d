import type { Emulator } from "./emulator";

/** An error of EC2, IAM or STS that the emulator is to answer with, in place of doing what is asked. */
export interface OrderedError {
    /** For example `RunInstances`. */
    action: string;
    /** For example `InsufficientInstanceCapacity`. */
    code: string;
    /** @default one that says it was ordered */
    message?: string;
    /** HTTP status. @default AWS' for the code: 500 for InsufficientInstanceCapacity, which the SDKs repeat */
    status?: number;
    /** Only requests for this instance type, by RunInstances or RequestSpotInstances. @default all */
    instanceType?: string;
    /** How many requests. @default all, until clearErrors */
    count?: number;
}

/** A call as it reached the emulator. */
export interface AwsRequest {
    action: string;
    /** HTTP status of the answer. */
    status: number;
    /** As the query APIs flatten them: `TagSpecification.1.ResourceType`. */
    parameters: Record<string, string>;
}

export const orderError = (emulator: Emulator, error: OrderedError) => control(emulator, "POST", "errors", error);

export const clearErrors = (emulator: Emulator) => control(emulator, "DELETE", "errors");

/** What was asked since the start or `forgetRequests`, oldest first; the last 5000. */
export const awsRequests = (emulator: Emulator) => control(emulator, "GET", "requests") as Promise<AwsRequest[]>;

export const forgetRequests = (emulator: Emulator) => control(emulator, "DELETE", "requests");

/** An instance was launched so many minutes ago. */
export const ageInstance = (emulator: Emulator, instanceId: string, minutes: number) =>
    control(emulator, "POST", "ages", { instanceId, minutes });

async function control({ endpoint }: Emulator, method: string, what: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${endpoint}/playground/${what}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} /playground/${what} of the emulator answered ${answer.status}`);
    return answer.json();
}
