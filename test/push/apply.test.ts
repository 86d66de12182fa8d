import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { apply } from "../../jenkins/push/apply";
import { PushRequest } from "../../jenkins/push/request";
import { access, FakeClock, pushRequest } from "./fixtures";
import { dataOf, framed, Reaction, ScriptedServer } from "./server";
import { newestRelease } from "../../settings/plugin/releases";

const PLUGINS = JSON.stringify({
    plugins: [{ shortName: "ec2", version: newestRelease.version, active: true, enabled: true }],
});
const OK = '<div class="ok">Success</div>';
const REFUSED = '<div class="error">You are not authorized to perform this operation (UnauthorizedOperation)</div>';

type Step = "prepare" | "test" | "swap" | "unstage" | "remove";
interface Controller {
    /** What differs there. */
    differences: object[];
    /** What Test Connection says, each time. */
    says?: (count: number) => string;
    /** Happens before a step is answered; a text is a refusal. */
    before?: (step: Step) => Promise<unknown> | string | undefined;
}
const newCloud = { subject: "cloud", id: "", existed: false, path: ["region"], before: "", after: "eu-central-1" };
const otherCap = { subject: "cloud", id: "", existed: true, path: ["instanceCapStr"], before: "1", after: "2" };

/** What a removal finds in Jenkins and in EC2. */
const withoutAgents = { isForeign: false, cloudType: "", agents: [], instances: [] };

let server: ScriptedServer;
afterEach(() => server?.stop());

/** A controller that answers as told; gives the steps that it was asked for. */
async function startServer({ differences, says = () => OK, before }: Controller): Promise<Step[]> {
    const steps: Step[] = [];
    server = await ScriptedServer.start(async (request): Promise<Reaction> => {
        if (request.method === "GET") return { status: 200, body: PLUGINS };
        const data = request.path.endsWith("testConnection") ? { step: "test" } : dataOf(request);
        if ("readOnly" in data) return { status: 200, body: framed(data, { value: withoutAgents }) };
        const step = (data.step ?? "remove") as Step;
        steps.push(step);
        const refusal = await before?.(step);
        if (step === "test") return { status: 200, body: says(steps.filter((each) => each === "test").length) };
        const applied = { changed: true, cloudType: "", templates: ["linux"], differences, notes: [], test: {} };
        const value = step === "remove" ? { removed: true, notes: [] } : applied;
        return {
            status: 200,
            body: framed(
                data,
                typeof refusal === "string" ? { problems: [{ code: "changed-meanwhile", text: refusal }] } : { value },
            ),
        };
    });
    return steps;
}

const tested = (change: Partial<PushRequest["policy"]> = {}): PushRequest => {
    const request = pushRequest(access(server.url));
    return { ...request, policy: { ...request.policy, testConnection: true, ...change } };
};

describe("an apply", () => {
    it.each([
        ["a new cloud", newCloud],
        ["another key", { ...otherCap, subject: "credential", id: "agents-aws", path: ["accessKey"] }],
        ["another role", { ...otherCap, path: ["roleArn"] }],
    ])("with %s waits for AWS to know its identity", async (_, difference) => {
        const steps = await startServer({ differences: [difference], says: (count) => (count < 4 ? REFUSED : OK) });
        await apply(tested(), () => undefined, { clock: new FakeClock() });
        expect(steps).toEqual(["prepare", "test", "test", "test", "test", "swap"]);
    });

    it("with an identity that was there before waits for nothing, and takes back what it staged", async () => {
        const steps = await startServer({ differences: [otherCap], says: () => REFUSED });
        await expect(apply(tested(), () => undefined, { clock: new FakeClock() })).rejects.toThrow(
            /UnauthorizedOperation/,
        );
        expect(steps).toEqual(["prepare", "test", "unstage"]);
    });

    it("with credentials that somebody else made waits for nothing: they are no news to AWS", async () => {
        const steps = await startServer({ differences: [newCloud], says: () => REFUSED });
        const request = tested();
        request.cloud.parameters.credentialsId = "aws-of-the-team";
        await expect(apply(request, () => undefined, { clock: new FakeClock() })).rejects.toThrow(
            /UnauthorizedOperation/,
        );
        expect(steps).toEqual(["prepare", "test", "unstage"]);
    });

    it("whose swap fails takes back what it staged", async () => {
        const before = (step: Step) => (step === "swap" ? "the change failed (disk full)" : undefined);
        const steps = await startServer({ differences: [otherCap], before });
        await expect(apply(tested(), () => undefined)).rejects.toThrow(/disk full/);
        expect(steps).toEqual(["prepare", "test", "swap", "unstage"]);
    });
});

describe("an apply that has to give an agent, and gives none", () => {
    /** The request for the agent is refused; what comes after it is a removal. */
    const push = async (difference: object) => {
        let asked = 0;
        const steps = await startServer({
            differences: [difference],
            before: (step) => (step === "remove" && asked++ === 0 ? "no template with the label" : undefined),
        });
        const request = tested({ smoke: { label: "linux", onlineSeconds: 1 } });
        await expect(apply(request, () => undefined)).rejects.toThrow("no template with the label");
        return steps.slice(steps.indexOf("swap"));
    };

    it("takes a new cloud away again: Pulumi keeps no note of a create that failed", async () => {
        expect(await push(newCloud)).toEqual(["swap", "remove", "remove"]);
    });

    it("leaves a cloud that was there, which the next push tries again", async () => {
        expect(await push(otherCap)).toEqual(["swap", "remove"]);
    });
});

describe("an apply with an instance profile that the stack makes for the controller's instance", () => {
    const said: string[] = [];
    const push = () => {
        said.length = 0;
        return apply(tested({ hostProfile: "jenkins-aws-host" }), (line) => said.push(line));
    };

    it("puts a new cloud in place untested, and says what to do", async () => {
        const steps = await startServer({ differences: [newCloud], says: () => REFUSED });
        const { connection } = await push();
        expect(steps).toEqual(["prepare", "test", "swap"]);
        expect(connection).toMatch(
            /^not tested yet: put the instance profile "jenkins-aws-host" on the instance of controller team-a/,
        );
        expect(said.join("\n")).toContain("UnauthorizedOperation");
        expect(said.join("\n")).toContain(connection);
    });

    it("tests a cloud that is there", async () => {
        await startServer({ differences: [otherCap], says: () => REFUSED });
        await expect(push()).rejects.toThrow(/UnauthorizedOperation/);
    });
});

describe("a push whose shell is killed, as by Ctrl-C", () => {
    /** Runs the program in a shell that is killed before a step is answered, and waits for the program's end. */
    async function killedBefore(step: Step, difference: object): Promise<{ steps: Step[]; said: string }> {
        const steps = await startServer({
            differences: [difference],
            before: (now) => (now === step ? killShell() : undefined),
        });
        const program = join(__dirname, "..", "..", "jenkins", "push", "main.ts");
        // Without a second command the shell may become the program.
        const shell = spawn("/bin/sh", ["-c", `"${process.execPath}" --import tsx "${program}" apply; exit 3`]);
        const killShell = async () => {
            const ended = once(shell, "exit");
            shell.kill("SIGKILL");
            await ended;
        };
        shell.stdin.end(JSON.stringify(tested()));
        return { steps, said: await text(shell.stderr) }; // ends with the program, which has it too
    }

    it("before the change changes nothing, and takes back what it staged", async () => {
        const { steps, said } = await killedBefore("prepare", newCloud);
        expect(steps).toEqual(["prepare", "unstage"]);
        expect(said).toContain("broken off");
    });

    it("during the change takes a new cloud away again, which nobody would know of", async () => {
        const { steps, said } = await killedBefore("swap", newCloud);
        expect(steps).toEqual(["prepare", "test", "swap", "remove"]);
        expect(said).toContain("broken off");
    });

    it("during the change leaves a cloud that was there: it is known, and pushed again", async () => {
        const { steps } = await killedBefore("swap", otherCap);
        expect(steps).toEqual(["prepare", "test", "swap"]);
    });
});
