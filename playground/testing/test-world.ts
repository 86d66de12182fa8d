import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import type { ControllerOptions } from "../controller/controller";
import { Progress } from "../progress";
import { removeForeignCloud } from "./controller";
import { obtainParts, projectFolder, startWorld, stopWorld, type Parts, type World } from "../world";

/** A world of one test file: nothing in it is shared with another. */
export interface TestWorld {
    parts: Parts;
    world: World;
    /** The administrator's, in the world's region. */
    ec2: EC2Client;
    iam: IAMClient;
    /** A client elsewhere, or of someone else. */
    ec2As(who: { region?: string; accessKeyId?: string; secretAccessKey?: string }): EC2Client;
    stop(): Promise<void>;
}

export async function startTestWorld(controllers: Record<string, Partial<ControllerOptions>>): Promise<TestWorld> {
    const parts = await obtainParts(new Progress(() => undefined));
    const world = await startWorld(parts, {
        directory: join(projectFolder, ".playground", `test-${randomUUID().slice(0, 8)}`),
        region: "eu-central-1",
        controllers,
    });
    await Promise.all(world.controllers.filter(({ external }) => external).map(removeForeignCloud));
    const { endpoint, administrator } = world.emulator;
    const client = { endpoint, region: world.region, credentials: administrator };
    return {
        parts,
        world,
        ec2: new EC2Client(client),
        iam: new IAMClient(client),
        ec2As: ({ region = world.region, ...credentials }) =>
            new EC2Client({ endpoint, region, credentials: { ...administrator, ...credentials } }),
        stop: () => stopWorld(world),
    };
}
