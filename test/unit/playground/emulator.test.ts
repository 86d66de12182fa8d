import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    DescribeImagesCommand,
    DescribeInstancesCommand,
    DescribeSpotInstanceRequestsCommand,
    EC2Client,
    RequestSpotInstancesCommand,
    RunInstancesCommand,
    type Tenancy,
} from "@aws-sdk/client-ec2";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clearErrors, orderError } from "../../../playground/aws/control";
import { obtainEmulator, startEmulator, stopEmulator, type Emulator } from "../../../playground/aws/emulator";

const folder = mkdtempSync(join(tmpdir(), "emulator-"));
let emulator: Emulator;
let ec2: EC2Client;
let ImageId: string;

beforeAll(async () => {
    emulator = await startEmulator(await obtainEmulator(() => undefined), join(folder, "aws.log"));
    const { endpoint, administrator } = emulator;
    ec2 = new EC2Client({ endpoint, region: "eu-central-1", credentials: administrator, maxAttempts: 1 });
    ImageId = (await ec2.send(new DescribeImagesCommand({}))).Images![0]!.ImageId!;
}, 300_000);
beforeEach(() => clearErrors(emulator));
afterAll(async () => {
    ec2?.destroy();
    await stopEmulator(emulator);
    rmSync(folder, { recursive: true, force: true });
});

const run = (InstanceType: "t3.micro" | "m5.large", Tenancy?: Tenancy) =>
    ec2.send(new RunInstancesCommand({ ImageId, InstanceType, MinCount: 1, MaxCount: 1, Placement: { Tenancy } }));

test("as many instances start as were asked for at the most", async () => {
    const { Instances } = await ec2.send(
        new RunInstancesCommand({ ImageId, InstanceType: "t3.micro", MinCount: 1, MaxCount: 3 }),
    );
    expect(Instances).toHaveLength(3);
});

test("instances are found by their tenancy", async () => {
    const { Instances } = await run("t3.micro", "dedicated");
    await run("t3.micro");
    const found = await ec2.send(
        new DescribeInstancesCommand({ Filters: [{ Name: "tenancy", Values: ["dedicated"] }] }),
    );
    expect(found.Reservations!.flatMap((each) => each.Instances!.map((one) => one.InstanceId))).toEqual([
        Instances![0]!.InstanceId,
    ]);
});

test("Spot requests are found by the image that they launch", async () => {
    const { SpotInstanceRequests } = await ec2.send(
        new RequestSpotInstancesCommand({ SpotPrice: "0.1", LaunchSpecification: { ImageId } }),
    );
    const of = async (image: string) =>
        (
            await ec2.send(
                new DescribeSpotInstanceRequestsCommand({ Filters: [{ Name: "launch.image-id", Values: [image] }] }),
            )
        ).SpotInstanceRequests!.map((each) => each.SpotInstanceRequestId);
    expect(await of(ImageId)).toEqual([SpotInstanceRequests![0]!.SpotInstanceRequestId]);
    expect(await of("ami-other")).toEqual([]);
});

test("an ordered error strikes its action, as often as ordered, with AWS' status", async () => {
    await orderError(emulator, {
        action: "RunInstances",
        code: "InsufficientInstanceCapacity",
        count: 1,
    });
    await ec2.send(new DescribeImagesCommand({}));
    await expect(run("m5.large")).rejects.toMatchObject({
        name: "InsufficientInstanceCapacity",
        $metadata: { httpStatusCode: 500 },
    });
    await run("m5.large");
});

test("a refusal is IAM's 403, in the words of either API, until it is cleared", async () => {
    const { endpoint, administrator } = emulator;
    const iam = new IAMClient({ endpoint, region: "us-east-1", credentials: administrator, maxAttempts: 1 });
    const message = "You are not authorized to perform this operation.";
    await orderError(emulator, { action: "RunInstances", code: "UnauthorizedOperation", message });
    await orderError(emulator, { action: "GetUser", code: "AccessDenied" });
    await expect(run("t3.micro")).rejects.toMatchObject({ name: "UnauthorizedOperation", message });
    const user = () => iam.send(new GetUserCommand({ UserName: "playground-administrator" }));
    await expect(user()).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    await clearErrors(emulator);
    await run("t3.micro");
    await user();
});
