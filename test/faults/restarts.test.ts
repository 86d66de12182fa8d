import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { remove } from "../../jenkins/push/remove";
import type { PushRequest } from "../../jenkins/push/request";
import { restartController, untilReady } from "../../playground/controller/controller";
import { newest } from "../../playground/controller/generations";
import { startAws, type TestAws } from "../groovy/aws";
import { startBench, testFolder, type Bench } from "../groovy/bench";
import { random } from "../reliability/random";

/** How many moments are tried; 50 of them take some minutes. */
const moments = Number(process.env.RESTART_MOMENTS ?? 6);
const seed = Number(process.env.RESTART_SEED ?? Date.now() % 2 ** 31);

/*
 * A restart of the stand-in is a crash and a new start: connections break, then none is taken, then each request meets one of the
 * answers that a starting Jenkins gives, and what is not on disk is gone.
 */
describe(`a controller that is killed and started again in the middle of a push (seed ${seed})`, () => {
    const folder = testFolder();
    let aws: TestAws;
    let bench: Bench;
    let request: PushRequest;
    /** Milliseconds that an undisturbed push takes. */
    let usual: number;

    beforeAll(async () => {
        aws = await startAws(folder);
        bench = await startBench({ plugin: newest, awsEndpoint: aws.emulator.endpoint, startSeconds: 0.4 });
        await untilReady(bench.controller);
        const start = performance.now();
        await apply(wanted(), () => undefined);
        usual = performance.now() - start;
    });
    afterAll(async () => {
        await bench?.stop();
        await aws?.stop();
        rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(async () => {
        await bench.run("clear.groovy");
        request = wanted();
    });

    function wanted(): PushRequest {
        const made = aws.complete(bench.request());
        made.cloud.parameters.altEC2Endpoint = aws.emulator.endpoint;
        return made;
    }

    const at = random(seed);
    const cases = Array.from({ length: moments }, (_, index) => ({
        operation: index % 3 === 2 ? "remove" : "apply",
        share: at(),
    }));
    it.each(cases)("completes: $operation, after $share of its usual time", async ({ operation, share }) => {
        if (operation === "remove") await apply(request, () => undefined);
        const restart = new Promise((resolve) => setTimeout(resolve, share * usual)).then(() =>
            restartController(bench.controller),
        );
        const push = operation === "apply" ? apply(request, () => undefined) : remove(request, () => undefined);
        await Promise.all([push, restart]);
        const { clouds, credentials } = await bench.observe();
        expect(clouds).toHaveLength(operation === "apply" ? 1 : 0);
        const own = Object.keys(credentials).filter((id) => id.startsWith("agents-"));
        expect(own.sort()).toEqual(operation === "apply" ? ["agents-aws", "agents-ssh"] : []);
    });
});
