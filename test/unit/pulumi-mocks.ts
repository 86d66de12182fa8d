import * as pulumi from "@pulumi/pulumi";

/** A resource as a program registered it. */
export interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

export interface MockedProgram<T> {
    /** What the program returned. */
    result: T;
    /** Every resource, components included, in the order of registration. */
    resources: Registered[];
    /** Every look-up: its token and its arguments. */
    calls: { token: string; inputs: Record<string, unknown> }[];
}

export interface MockAnswers {
    /** Outputs of a resource beyond its inputs. */
    outputs?: (resource: Registered) => Record<string, unknown>;
    /** What a look-up answers. */
    call?: (token: string, inputs: Record<string, unknown>) => Record<string, unknown>;
    /** Of the back end. @default what the engine says for a back end without organizations */
    organization?: string;
}

/** Runs a Pulumi program against mocks, in which a resource gets its inputs as outputs and `<name>-id` as id. */
export async function runProgram<T>(
    program: () => T | Promise<T>,
    answers: MockAnswers = {},
): Promise<MockedProgram<T>> {
    const resources: Registered[] = [];
    const calls: MockedProgram<T>["calls"] = [];
    await pulumi.runtime.setMocks(
        {
            newResource({ type, name, inputs }) {
                const resource = { type, name, inputs };
                resources.push(resource);
                return { id: `${name}-id`, state: { ...inputs, ...answers.outputs?.(resource) } };
            },
            call({ token, inputs }) {
                calls.push({ token, inputs });
                return answers.call?.(token, inputs) ?? inputs;
            },
        },
        "jenkins-ec2-agents",
        "test",
        false,
        answers.organization ?? "organization",
    );
    const register = hooks();
    Object.assign(pulumi.runtime.getMonitor()!, { registerErrorHook: register, registerResourceHook: register });
    const result = await program();
    await pulumi.runtime.disconnect(); // waits for every registration
    return { result, resources, calls };
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Input<T>): Promise<T> {
    return new Promise((resolve) => pulumi.output(output).apply((value) => resolve(value as T)));
}

/**
 * The call that registers a hook. The mocked engine of @pulumi/pulumi 3.270.0 claims to have it and lacks it. Like the real one it
 * takes each name once.
 */
function hooks() {
    const names = new Set<string>();
    return (request: { getName(): string }, answer: (error: Error | null, empty: object) => void) => {
        const name = request.getName();
        answer(names.has(name) ? new Error(`resource hook already registered for name "${name}"`) : null, {});
        names.add(name);
    };
}
