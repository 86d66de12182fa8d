import { randomBytes } from "node:crypto";
import { Caller } from "./caller";
import { Clock } from "./clock";
import { Attempts, testConnection } from "./connection";
import { Difference, differenceForm } from "./difference";
import { anything, list, optional, planValues, record, text, textLike, truth } from "./form";
import { PushError } from "./errors";
import { removeFrom } from "./remove";
import { Report } from "./logLine";
import { PluginObject, PushRequest, PushResult } from "./request";
import { runScript } from "./script";
import { secretNamesOf } from "./secretParameters";
import { smoke } from "./smoke";
import { Session, withSession } from "./session";

/** What apply.groovy answers. */
interface Applied {
    changed: boolean;
    cloudType: string;
    templates: string[];
    /** Of cloud and credentials, none of templates. */
    differences: Difference[];
    notes: string[];
    /** Credentials ids to test the connection with; from the step `prepare` only. */
    test: PluginObject;
}

const appliedForm = record({
    changed: truth,
    cloudType: textLike(/^[\w.$]*$/), // becomes part of an address
    templates: list(text),
    differences: list(differenceForm),
    notes: list(text),
    test: optional(planValues),
});

export interface ApplyOptions {
    clock?: Clock;
    /** @default it stays */
    caller?: Caller;
    /** What the push before this one answered. */
    previous?: PushResult;
}

/**
 * Puts the cloud of the request in place on its controller, all or nothing.
 *
 * New credentials are first added under ids of their own and tested there, so that a test that fails changes nothing
 * that is in use. If this program dies midway, such an entry may remain ("… (being tested)"): it is used by nothing,
 * and the next push or removal clears it away. One that lives on beside that, without its engine, is then refused its change.
 *
 * A caller that has gone takes no note of a new cloud, and would never remove it: then nothing is put in place any more, and
 * a cloud that was new is taken away again. So is a new one that does not give the agent that the policy asks for.
 */
export function apply(request: PushRequest, report: Report, options: ApplyOptions = {}): Promise<PushResult> {
    return withSession(request, report, { requirePlugin: true, ...options }, async (session) => {
        const stage = `staged-${Math.floor(Date.now() / 1000)}-${randomBytes(4).toString("hex")}`;
        const { cloud, policy } = request;
        const ask = { cloud, policy, stage, leaving: leavingGroup(request, options.previous) };
        const { done, connection } = policy.testConnection
            ? await testedFirst(session, request, ask)
            : { done: await step(session, "swap", ask), connection: "skipped" };
        if (isNewCloud(done)) await keptOnlyIf(() => session.requireCaller(), session, request);
        done.notes.forEach(session.report);
        session.report(done.changed ? `cloud ${cloud.name}: put in place` : `cloud ${cloud.name}: nothing differs`);
        if (policy.smoke) {
            const tryAgent = () => smoke(request, policy.smoke!, report, options.clock);
            await (isNewCloud(done) ? keptOnlyIf(tryAgent, session, request) : tryAgent());
        }
        return {
            controller: request.controller.id,
            cloud: cloud.name,
            jenkins: session.jenkins,
            plugin: session.plugin,
            // Its own words, not the answer's: they become an output of the stack.
            templates: cloud.templates.map(({ parameters }) => String(parameters.description)),
            connection,
            securityGroup: cloud.securityGroup,
            secret: secretNamesOf(cloud),
        };
    });
}

/** The group that running agents are in and that Pulumi deletes after this push. */
function leavingGroup({ cloud }: PushRequest, previous: PushResult | undefined): string {
    const before = previous?.securityGroup;
    return before === undefined || before === cloud.securityGroup ? "" : before;
}

function step(session: Session, name: "prepare" | "swap" | "unstage", ask: object): Promise<Applied> {
    session.requireCaller();
    return runScript<Applied>(session.client, "apply", { step: name, ...ask }, appliedForm);
}

/** Seconds for taking back what was staged, also where the time for the whole push is over. */
const UNSTAGE_SECONDS = 30;

/** Tests what is wanted, then puts it in place. Whichever fails: what was there for the test only goes. */
async function testedFirst(
    session: Session,
    request: PushRequest,
    ask: object,
): Promise<{ done: Applied; connection: string }> {
    const prepared = await step(session, "prepare", ask);
    try {
        const connection = await tested(session, request, prepared);
        return {
            done: prepared.changed ? await step(session, "swap", { ...ask, staged: true }) : prepared,
            connection,
        };
    } catch (error) {
        session.client.extendBy(UNSTAGE_SECONDS);
        await runScript(session.client, "apply", { step: "unstage", ...ask }, anything).catch(() =>
            session.report(
                "the credentials being tested could not be removed; they are not in use, a later push removes them",
            ),
        );
        throw error;
    }
}

async function tested(session: Session, request: PushRequest, prepared: Applied): Promise<string> {
    const profile = request.policy.hostProfile;
    if (profile === undefined || !isNewCloud(prepared)) {
        const attempts = { seconds: isNewIdentity(request, prepared) ? request.policy.accessKeySeconds : 0 };
        return connectionOf(attempts);
    }
    try {
        return await connectionOf({ seconds: 0 });
    } catch (error) {
        if (!(error instanceof PushError)) throw error;
        error.problems.forEach(session.report);
        const pending = `not tested yet: ${whatToDo(request, profile)}`;
        session.report(`cloud ${request.cloud.name}: ${pending}`);
        return pending;
    }

    function connectionOf(attempts: Attempts): Promise<string> {
        return testConnection(session, request, prepared.cloudType, prepared.test, attempts);
    }
}

/** The stack makes the profile, and only then can someone put it on the controller's instance: no first push can pass the test. */
function whatToDo({ cloud, controller }: PushRequest, profile: string): string {
    return (
        `put the instance profile "${profile}" on the instance of controller ${controller.id} ` +
        `(aws ec2 associate-iam-instance-profile --instance-id i-… --iam-instance-profile Name=${profile}), ` +
        `then try it: npm run -s jenkins -- smoke --controller ${controller.id} --cloud ${cloud.name}`
    );
}

const isNewCloud = ({ differences }: Applied) =>
    differences.some(({ subject, existed }) => subject === "cloud" && !existed);

/** Parameters that say who the cloud is for AWS. */
const IDENTITY = ["credentialsId", "roleArn", "useInstanceProfileForCredentials"];

/** Whether AWS may not know yet what is to be tested: IAM takes its time with what it was told a moment ago. */
function isNewIdentity({ cloud }: PushRequest, { differences }: Applied): boolean {
    const { credentialsId } = cloud.parameters;
    if (credentialsId && !cloud.credentials.some(({ id }) => id === credentialsId)) return false; // somebody else's: no news to AWS
    return differences.some(({ subject, id, path, existed }) =>
        subject === "credential"
            ? id === cloud.parameters.credentialsId && (!existed || path[0] === "accessKey")
            : subject === "cloud" && (!existed || IDENTITY.includes(path[0]!)),
    );
}

/** Takes a new cloud away if the condition fails: Pulumi keeps no note of a create that failed, and would never remove it. */
async function keptOnlyIf(condition: () => unknown, session: Session, request: PushRequest): Promise<void> {
    try {
        await condition();
    } catch (failure) {
        await removeFrom(session, request);
        throw failure;
    }
}
