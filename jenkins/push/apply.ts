import { randomBytes } from "node:crypto";
import { testConnection } from "./connection";
import { differenceForm, type Difference } from "./difference";
import { PushError } from "./errors";
import { anything, list, optional, planValues, record, text, textLike, truth } from "./form";
import type { Report } from "./logLine";
import { ensurePlugin, readPlugins, type InstalledPlugins } from "./plugins";
import { removeFrom } from "./remove";
import type { CloudPayload, PluginObject, PushRequest, PushResult, SecretNames } from "./request";
import { runScript } from "./script";
import { withSession, type Session, type SessionOptions } from "./session";
import { provideOneAgent } from "./smoke";

export interface ApplyOptions extends Pick<SessionOptions, "clock" | "parentEnded"> {
    /** What the push before this one answered. */
    previous?: PushResult;
}

/**
 * Puts the cloud of the request in place on its controller, all or nothing.
 *
 * New credentials are first added under ids of their own and tested there, so that a failed test changes nothing that is in
 * use. If this program dies in the middle, such an entry may remain ("… (being tested)"). Nothing uses it, and the next push
 * or removal deletes it. A push that goes on after its engine was killed is refused its change when another push has deleted
 * its entries.
 *
 * @throws PushError with the reason; what was there before is there again
 */
export function apply(request: PushRequest, report: Report, options: ApplyOptions = {}): Promise<PushResult> {
    return withSession(request.controller, { report, clouds: [request.cloud], ...options }, async (session) => {
        const installed = await ensurePlugin(session, request.plugin, await readPlugins(session.client));
        const compared = await compare(session, request, options.previous);
        const tested = await test(session, compared);
        const applied = await swap(session, tested);
        await confirm(session, applied);
        return resultOf(installed, applied);
    });
}

/** What the steps of apply.groovy are told. */
interface Push {
    request: PushRequest;
    /** The name of this push among the credentials that are only there to be tested. */
    stage: string;
    /** The group that running agents are in and that Pulumi deletes after this push; empty where there is none. */
    leaving: string;
}

/** What apply.groovy answers. */
interface Outcome {
    changed: boolean;
    cloudType: string;
    templates: string[];
    /** Of cloud and credentials, none of templates. */
    differences: Difference[];
    notes: string[];
    /** Credentials ids to test the connection with; from the step `prepare` only. */
    test: PluginObject;
}

const outcomeForm = record({
    changed: truth,
    cloudType: textLike(/^[\w.$]*$/), // becomes part of an address
    templates: list(text),
    differences: list(differenceForm),
    notes: list(text),
    test: optional(planValues),
});

interface Compared {
    push: Push;
    /** Absent where the connection is not tested: then the swap compares, which saves a request. */
    prepared?: Outcome;
}

interface Tested extends Compared {
    /** What Test Connection answered, `skipped`, or `not tested yet` and what to do. */
    connection: string;
}

interface Applied extends Tested {
    outcome: Outcome;
}

/** Compares the cloud with what is there, and adds new credentials under ids of their own, to be tested. */
async function compare(session: Session, request: PushRequest, previous: PushResult | undefined): Promise<Compared> {
    const stage = `staged-${Math.floor(Date.now() / 1000)}-${randomBytes(4).toString("hex")}`;
    const push = { request, stage, leaving: leavingGroup(request, previous) };
    return request.policy.testConnection ? { push, prepared: await step(session, "prepare", push) } : { push };
}

function leavingGroup({ cloud }: PushRequest, previous: PushResult | undefined): string {
    const before = previous?.securityGroup;
    return before === undefined || before === cloud.securityGroup ? "" : before;
}

/** Lets the plugin test the connection with the new credentials. */
async function test(session: Session, { push, prepared }: Compared): Promise<Tested> {
    if (prepared === undefined) return { push, connection: "skipped" };
    const connection = await orUnstage(session, push, connectionOf(session, push.request, prepared));
    return { push, prepared, connection };
}

async function connectionOf(session: Session, request: PushRequest, prepared: Outcome): Promise<string> {
    const { cloud, policy } = request;
    const profile = isNewCloud(prepared) ? policy.hostProfile : undefined;
    const seconds = profile === undefined && isNewIdentity(cloud, prepared) ? policy.accessKeySeconds : 0;
    try {
        return await testConnection(session, request, prepared.cloudType, prepared.test, { seconds });
    } catch (error) {
        if (profile === undefined || !(error instanceof PushError)) throw error;
        // Someone can put the profile on the controller's instance only after the stack has made it: the first push cannot pass.
        error.problems.forEach(session.report);
        const pending = `not tested yet: ${howToAttach(profile, request)}`;
        session.report(`cloud ${cloud.name}: ${pending}`);
        return pending;
    }
}

function howToAttach(profile: string, { cloud, controller }: PushRequest): string {
    return (
        `put the instance profile "${profile}" on the instance of controller ${controller.id} ` +
        `(aws ec2 associate-iam-instance-profile --instance-id i-… --iam-instance-profile Name=${profile}), ` +
        `then try it: npm run -s jenkins -- smoke --controller ${controller.id} --cloud ${cloud.name}`
    );
}

/** Puts credentials and cloud in place, with one save each. */
async function swap(session: Session, tested: Tested): Promise<Applied> {
    const { push, prepared } = tested;
    if (prepared === undefined) return { ...tested, outcome: await step(session, "swap", push) };
    if (!prepared.changed) return { ...tested, outcome: prepared };
    const outcome = await orUnstage(session, push, step(session, "swap", push, { staged: true }));
    return { ...tested, outcome };
}

/**
 * Reports what was done, and asks for one agent where the policy wants that. A new cloud is removed again if that fails or if
 * nobody is there any more to record it: Pulumi keeps nothing of a create that failed, and would never remove it.
 */
async function confirm(session: Session, { push: { request }, outcome }: Applied): Promise<void> {
    const { cloud, policy } = request;
    const isNew = isNewCloud(outcome);
    try {
        if (isNew) session.stopIfParentEnded();
        outcome.notes.forEach(session.report);
        session.report(outcome.changed ? `cloud ${cloud.name}: put in place` : `cloud ${cloud.name}: nothing differs`);
        if (policy.smoke) await provideOneAgent(session, cloud.name, policy.smoke);
    } catch (failure) {
        if (isNew) await removeFrom(session, request);
        throw failure;
    }
}

function resultOf(installed: InstalledPlugins, { push, connection }: Applied): PushResult {
    const { cloud, controller } = push.request;
    return {
        controller: controller.id,
        cloud: cloud.name,
        jenkins: installed.jenkins,
        plugin: installed.ec2 ?? "",
        // The request's texts and not the answer's: they become an output of the stack.
        templates: cloud.templates.map(({ parameters }) => String(parameters.description)),
        connection,
        securityGroup: cloud.securityGroup,
        secret: secretNamesOf(cloud),
    };
}

/** Which parameters of a cloud and its templates hold a secret; undefined where none does. */
function secretNamesOf(cloud: CloudPayload): SecretNames | undefined {
    const all: [string, string[]][] = [
        ["", cloud.secret],
        ...cloud.templates.map(({ parameters, secret }): [string, string[]] => [
            String(parameters.description),
            secret,
        ]),
    ];
    const some = all.filter(([, names]) => names.length > 0);
    return some.length === 0 ? undefined : Object.fromEntries(some);
}

async function step(
    session: Session,
    name: "prepare" | "swap",
    { request: { cloud, policy }, stage, leaving }: Push,
    more: { staged?: boolean } = {},
): Promise<Outcome> {
    session.stopIfParentEnded();
    return runScript<Outcome>(
        session.client,
        "apply",
        { step: name, cloud, policy, stage, leaving, ...more },
        outcomeForm,
    );
}

/** Seconds for deleting what was staged, also where the time for the whole push is over. */
const UNSTAGE_SECONDS = 30;

/** The result of the work; if it fails, the credentials that are only there to be tested are deleted. */
async function orUnstage<T>(session: Session, { request, stage }: Push, work: Promise<T>): Promise<T> {
    try {
        return await work;
    } catch (error) {
        session.client.extendBy(UNSTAGE_SECONDS);
        const ask = { step: "unstage", cloud: request.cloud, policy: request.policy, stage };
        await runScript(session.client, "apply", ask, anything).catch(() =>
            session.report(
                "the credentials being tested could not be removed; nothing uses them, and a later push removes them",
            ),
        );
        throw error;
    }
}

const isNewCloud = ({ differences }: Outcome) =>
    differences.some(({ subject, existed }) => subject === "cloud" && !existed);

/** Parameters that tell AWS who the cloud is. */
const IDENTITY = ["credentialsId", "roleArn", "useInstanceProfileForCredentials"];

/** Whether AWS may not know the identity yet: IAM takes up to a minute to spread what is new. */
function isNewIdentity({ parameters, credentials }: CloudPayload, { differences }: Outcome): boolean {
    const { credentialsId } = parameters;
    if (credentialsId && !credentials.some(({ id }) => id === credentialsId)) return false; // made by somebody else, and known to AWS
    return differences.some(({ subject, id, path, existed }) =>
        subject === "credential"
            ? id === credentialsId && (!existed || path[0] === "accessKey")
            : subject === "cloud" && (!existed || IDENTITY.includes(path[0]!)),
    );
}
