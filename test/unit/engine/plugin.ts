import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { obtainEngine } from "../../../playground/engine/obtain";
import { pluginPackages } from "../../../playground/engine/packages";

/** A provider plugin of the engine in use, started by itself and asked as the Pulumi engine asks it. */
export interface Plugin {
    client: ResourceProviderClient;
    stop(): void;
    /** For one that does not end when it is asked to. */
    kill(): void;
}

export async function startPlugin(
    name: string,
    folder: string,
    environment: Record<string, string> = {},
): Promise<Plugin> {
    const engine = await obtainEngine(() => undefined);
    const version = pluginPackages().find((found) => found.name === name)!.version;
    const plugins = join(engine.environment.PULUMI_HOME!, "plugins");
    const child = spawn(join(plugins, `resource-${name}-v${version}`, `pulumi-resource-${name}`), [], {
        cwd: folder,
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, ...environment },
    });
    const port = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const end = (signal: "SIGINT" | "SIGKILL") => {
        client.close();
        child.kill(signal);
    };
    return { client, stop: () => end("SIGINT"), kill: () => end("SIGKILL") };
}

export function call<Response>(
    send: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
    return new Promise((resolve, reject) =>
        send((error, response) => (error ? reject(new Error(error.details)) : resolve(response))),
    );
}
