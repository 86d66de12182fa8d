import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { liveClouds } from "../../cli/export/liveClouds";
import { plan } from "../../jenkins/preview/compare";
import type { PluginObject, PushRequest } from "../../jenkins/push/request";
import { generations } from "../../playground/controller/generations";
import { Case, oneOfEach, requestOf, stackWith } from "../unit/hostile/carried";
import { canary, hostileText } from "../unit/hostile/texts";
import { Bench, messageOf, startBench } from "./bench";

const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31);
/** A template has a text in each of its settings. */
const count = Math.ceil(Number(process.env.HOSTILE_CASES ?? 10_000) / 100);
const silent = () => undefined;

describe("hostile texts in a Jenkins", () => {
    let bench: Bench;
    let request: PushRequest;
    let samples: Case[][];

    beforeAll(async () => {
        console.log(`hostile input in Groovy: ${count} templates, HOSTILE_SEED=${seed}`);
        bench = await startBench({ plugin: generations.at(-1)! });
        // Parameters of no plugin are refused.
        samples = fc
            .sample(oneOfEach, { seed, numRuns: count })
            .map((cases, index) =>
                cases
                    .filter(({ place }) => place.setting !== "plugin")
                    .map((each) =>
                        each.place.setting === "description" ? { ...each, text: `${index} ${each.text}` } : each,
                    ),
            );
        request = bench.request();
        const [aws] = request.cloud.credentials;
        const [secretKey] = fc.sample(hostileText, { seed, numRuns: 1 });
        request.cloud.credentials[0] = {
            ...aws,
            kind: "aws",
            accessKey: "AKIAHOSTILE",
            secretKey: `0123456789${secretKey}`,
        };
        request.cloud.templates = samples.map((cases, index) => ({
            ...requestOf(stackWith(cases)).cloud.templates[0]!,
            id: `t${index}`,
        }));
    });
    afterAll(() => bench?.stop());

    /** Settings whose text is another one there. */
    async function changed(): Promise<unknown[]> {
        const { clouds } = await bench.observe();
        const templates = clouds[0]!.templates as PluginObject[];
        return samples.flatMap((cases, index) =>
            cases
                .filter(({ place }) => !/controllers|secrets/.test(place.setting))
                .map(({ place, text }) => ({
                    setting: place.setting,
                    text,
                    found: place.arrived(templates[index]!, request),
                }))
                .filter(({ text, found }) => text !== found),
        );
    }

    it("are in its objects as they were written, and nothing of them has run", async () => {
        await apply(request, silent);
        expect(await changed()).toEqual([]);
        const [aws] = request.cloud.credentials;
        expect((await bench.observe()).credentials["agents-aws"]!.secret).toBe(
            (aws as { secretKey: string }).secretKey,
        );
        for (const folder of [process.cwd(), bench.controller.home])
            expect(existsSync(join(folder, canary))).toBe(false);
    });

    it("are the same for a plan, and in an export", async () => {
        expect((await plan(request, silent)).differences).toEqual([]);
        const { clouds } = await liveClouds(request.controller, request.cloud.name, silent);
        const scripts = clouds[0]!.templates.map(({ initScript, remoteFS }) => [initScript, remoteFS]);
        expect(scripts).toEqual(
            request.cloud.templates.map(({ parameters }) => [parameters.initScript, parameters.remoteFS]),
        );
    });

    it("are there after a restart, which reads them from its files", async () => {
        await bench.restart();
        expect(await changed()).toEqual([]);
        expect((await plan(request, silent)).differences).toEqual([]);
    });

    it("whose characters no file of Jenkins can hold would fail as a whole, without a change", async () => {
        const other = structuredClone(request);
        other.cloud.templates[0]!.parameters.initScript = "a\0b"; // the settings refuse it
        expect(await messageOf(apply(other, silent))).toMatch(
            /the change failed .*what was there before is in place again/,
        );
        expect(await changed()).toEqual([]);
    });
});
