import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PushRequest } from "../../jenkins/push/request";
import { compose, encode, formOf } from "../../jenkins/push/script";
import { secretNames } from "../../settings/looksSecret";
import type { Figure } from "./figures";
import { inTurn } from "./measure";

/**
 * Processor time of the script of a push that finds nothing to do, from its request to its answer, against the bare construction of the
 * same objects in the same JVM. Groovy's compiler, which runs before either, is not in it.
 */
export async function scriptRatio({ cloud, policy, controller }: PushRequest, rounds: number): Promise<Figure> {
    const request = encode({
        nonce: "bench",
        secretNames,
        step: "prepare",
        stage: "bench",
        leaving: "",
        cloud,
        policy,
    });
    const script = compose("apply", request);
    const call = script.lastIndexOf("\nanswer(");
    const bare = readFileSync(join(__dirname, "bare.groovy"), "utf8") + script.slice(call);
    const processor = "java.lang.management.ManagementFactory.threadMXBean.currentThreadCpuTime";
    const timed =
        `${script.slice(0, call)}\nlong start = ${processor}${script.slice(call)}` +
        `println "\\nSECONDS \${(${processor} - start) / 1e9}"\nnull\n`;
    const { one, other, ratio } = await inTurn(
        () => secondsOf(timed),
        () => secondsOf(bare),
        rounds * 2,
    );
    return {
        name: `a push's script / bare construction: ${cloud.templates.length} templates`,
        goal: 1.5,
        reached: ratio,
        detail: `${(one * 1000).toFixed(0)} / ${(other * 1000).toFixed(0)} ms of processor time`,
    };

    async function secondsOf(text: string): Promise<number> {
        const authorization = `Basic ${Buffer.from(`${controller.user}:${controller.token}`).toString("base64")}`;
        const answer = await fetch(new URL("scriptText", controller.url), {
            method: "POST",
            headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
            body: formOf(text),
        });
        const said = await answer.text();
        const taken = /SECONDS (\S+)/.exec(said)?.[1];
        if (taken === undefined || said.includes('"problems"'))
            throw new Error(`the script said ${said.slice(0, 500)}`);
        return Number(taken);
    }
}
