import * as pulumi from "@pulumi/pulumi";

/** What is taken over, as Pulumi names it and as AWS does. */
export interface Imported {
    type: string;
    name: string;
    /** Undefined where it was not found: the line tells what to put there. */
    id: string | undefined;
    parent: pulumi.ComponentResource;
    /** @default the parent's own, or Pulumi's default provider */
    provider?: pulumi.ProviderResource;
}

/** The line for a shell that puts what AWS has into the state, under the URN that the program gives it. */
export async function importCommand({ type, name, id, parent, provider }: Imported): Promise<string> {
    const used = provider ?? parent.getProvider(type);
    const parentFlag = `--parent 'component=${await known(parent.urn)}'`;
    const providerFlag = used ? ` --provider 'aws=${await known(used.urn)}'` : "";
    const resource = `${type} ${name} '${id ?? "ITS-ID-IN-AWS"}'`;
    return `pulumi import ${resource} ${parentFlag}${providerFlag} --protect=false --generate-code=false --yes`;
}

/** What an error hook looks up: undefined where the answer is late. The engine waits for the hook, and a person for the engine. */
export async function unlessLate<T>(answer: Promise<T>, seconds = 10): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), seconds * 1000);
    });
    try {
        return await Promise.race([answer, late]);
    } finally {
        clearTimeout(timer);
    }
}

const known = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
