/** A Pulumi engine that is ready to run this project. */
export interface Engine {
    kind: EngineKind;
    /** One line: which engine it is, and why not another. */
    reason: string;
    /** For example `3.276.0`. */
    version: string;
    /** Absolute path of the `pulumi` executable. */
    command: string;
    /** To be added to the environment of every `pulumi` call. PULUMI_HOME in it is the playground's own, never the user's. */
    environment: Record<string, string>;
    /** One line: which AWS provider runs behind the program's `@pulumi/aws`. */
    provider: string;
}

export type EngineKind = "path" | "launcher" | "built";

/** An engine without the reason why it was chosen: `description` says what it is. */
export type FoundEngine = Omit<Engine, "kind" | "reason"> & { description: string };
