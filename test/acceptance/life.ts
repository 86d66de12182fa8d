import type { PulumiStack } from "../../playground/stack";
import type { Report } from "../../playground/progress";

/** What has the life of a stack tried on it. */
export interface Place {
    /** Configured, not yet deployed: test/acceptance/Pulumi.acceptance.yaml. */
    stack: PulumiStack;
    /** One build with the label, on an agent: answers when it has succeeded. */
    build(label: string): Promise<void>;
    /** What of the stack is in AWS. */
    left(): Promise<string[]>;
}

/** What has to be in AWS while there is an agent: a listing that does not see it would see nothing left behind either. */
const kinds = ["group", "instance", "key pair", "policy", "security group", "user"];

/**
 * The main job from beginning to end: deployed, one build on an agent, changed, destroyed, nothing left. Destroys whatever
 * happens before.
 *
 * @throws with the first thing that is not as it should be, and with what is left
 */
export async function live(place: Place, report: Report): Promise<void> {
    const problems: string[] = [];
    const { stack, build, left } = place;
    try {
        report("deploying");
        await stack.up();
        report("one build on an agent");
        await build("acceptance");
        const seen = await left();
        const unseen = kinds.filter((kind) => !seen.some((each) => each.startsWith(`${kind} `)));
        if (unseen.length > 0) throw new Error(`not in AWS while the stack is deployed: ${unseen.join(", ")}`);
        report("changing the cap, then nothing");
        await stack.configure("jenkins-ec2-agents:clouds.acceptance.cap", "2");
        await stack.up();
        await stack.preview({ flags: ["--expect-no-changes"] });
    } catch (error) {
        problems.push(messageOf(error));
    }
    problems.push(...(await end(place, report)));
    if (problems.length > 0) throw new Error(problems.join("\n\n"));
    report("nothing is left");
}

/** Destroys what there is, and says what is wrong with that: for a life that was broken off as well. */
export async function end({ stack, left }: Place, report: Report): Promise<string[]> {
    report("destroying");
    const failed = await stack.destroy().then(
        () => [],
        (error: unknown) => [messageOf(error)],
    );
    const still = await left();
    return still.length === 0 ? failed : [...failed, `left in AWS:\n  ${still.join("\n  ")}`];
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
