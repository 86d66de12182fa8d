import { expect, test } from "vitest";
import { addFault, untilReady, type RunningController } from "../../../playground/controller/controller";
import { newest } from "../../../playground/controller/generations";
import { json, request, script, start } from "./support";

const install = (controller: RunningController, version: string) =>
    request(controller, "pluginManager/installNecessaryPlugins", {
        method: "POST",
        headers: { "content-type": "text/xml" },
        body: `<jenkins><install plugin="ec2@${version}" /></jenkins>`,
    });

/** Waits until the only job has ended, and gives its state. */
async function jobEnded(controller: RunningController): Promise<any> {
    let job: any;
    await expect
        .poll(
            async () => {
                job = (await json(controller, "updateCenter/api/json?depth=1")).jobs[0];
                return job.status.type;
            },
            { timeout: 20_000 },
        )
        .toMatch(/Success|Failure/);
    return job;
}

const version = async (controller: RunningController) =>
    (await json(controller, "pluginManager/api/json?depth=1")).plugins.find((one: any) => one.shortName === "ec2")
        ?.version;

async function safeRestart(controller: RunningController): Promise<void> {
    expect((await request(controller, "safeRestart", { method: "POST" })).status).toBe(302);
    await expect.poll(() => request(controller, "login").catch(() => "refused"), { timeout: 20_000 }).toBe("refused");
    await untilReady(controller);
}

test("a plugin that is not there is installed and active at once", async () => {
    const jenkins = await start({ plugin: undefined });
    expect((await install(jenkins, "2.0.7")).status).toBe(302);
    expect((await jobEnded(jenkins)).status).toMatchObject({ success: true, type: "Success" });
    expect((await json(jenkins, "updateCenter/api/json")).restartRequiredForCompletion).toBe(false);
    // An update site has the newest version only: what is asked for is the least that it must be.
    expect(await version(jenkins)).toBe(newest);
    expect(await script(jenkins, "print hudson.plugins.ec2.EC2Cloud.simpleName")).toBe("EC2Cloud");
});

test("an upgrade is there after a safe restart, and stays", async () => {
    const jenkins = await start({ plugin: "2.0.7", stopSeconds: 1 });
    await install(jenkins, newest);
    expect((await jobEnded(jenkins)).status.type).toBe("SuccessButRequiresRestart");
    expect((await json(jenkins, "updateCenter/api/json")).restartRequiredForCompletion).toBe(true);
    expect(await version(jenkins)).toBe("2.0.7");
    await safeRestart(jenkins);
    expect(await version(jenkins)).toBe(newest);
});

test("what is new enough is not installed again", async () => {
    const jenkins = await start({ plugin: newest });
    await install(jenkins, "1822.v87175d209b_b_5");
    expect((await json(jenkins, "updateCenter/api/json?depth=1")).jobs).toEqual([]);
});

test("a failing installation says why", async () => {
    const jenkins = await start({ plugin: undefined });
    await addFault(jenkins, { failInstall: "Failed to download" });
    await install(jenkins, newest);
    const job = await jobEnded(jenkins);
    expect(job.status).toMatchObject({ success: false, type: "Failure" });
    expect(job.errorMessage).toContain("Failed to download");
    expect(await version(jenkins)).toBeUndefined();
});
