import { awsAnswer } from "../../settings/messages/awsAnswers";
import { excerpt } from "./answers";
import { backoff, Progress } from "./clock";
import { CloudPayload, PluginObject, PushRequest } from "./request";
import { Redact } from "./redact";
import { Session } from "./session";

/** Fields of the plugin's Test Connection form. */
const FIELDS = [
    "region",
    "altEC2Endpoint",
    "useInstanceProfileForCredentials",
    "credentialsId",
    "sshKeysCredentialsId",
    "roleArn",
    "roleSessionName",
];
/** How long to go on. */
export interface Attempts {
    /** Seconds for which AWS may not know the identity or its rights: none for an identity that it has known before. */
    seconds: number;
}

/** What Test Connection answered: the text of its page, and of which kind. */
export interface Verdict {
    kind: "ok" | "warning" | "error";
    text: string;
}

/**
 * Lets the plugin test region, AWS credentials and key pair. IAM is eventually consistent: a fresh access key, membership,
 * policy or role is refused for some seconds up to about a minute, and such answers are tried again.
 *
 * @param cloudType class of the cloud: older plugins have the test on another one
 * @param ids credentials to test in place of those that the cloud names, before they are put in place
 * @returns what the test answered
 * @throws PushError if it answered an error
 */
export async function testConnection(
    session: Session,
    request: PushRequest,
    cloudType: string,
    ids: PluginObject,
    { seconds }: Attempts,
): Promise<string> {
    const { client } = session;
    const progress = new Progress(client.clock, session.report);
    client.extendBy(request.policy.accessKeySeconds); // The test itself may take its time, whether AWS knows the identity or not.
    const until = client.clock.now() + seconds * 1000;
    for (let attempt = 1; ; attempt++) {
        session.stopIfParentEnded();
        const verdict = await ask(session, cloudType, { ...request.cloud.parameters, ...ids });
        if (verdict.kind !== "error") {
            return verdict.text;
        }
        const pause = backoff(attempt, client.clock);
        const maybeLater = ["unknown-key", "no-right"].includes(awsAnswer(verdict.text) ?? "");
        if (!maybeLater || client.clock.now() + pause > until) {
            throw client.fail(
                "test-connection-failed",
                `cloud ${request.cloud.name}: Test Connection failed: ${withAdvice(verdict.text, request.cloud)}`,
            );
        }
        progress.waiting(`waiting for AWS to accept the identity of cloud ${request.cloud.name}`);
        await client.clock.sleep(pause);
    }
}

/**
 * Why the plugin has no access to EC2, as Test Connection tells it; undefined where it has. A key pair that is missing takes no
 * access away.
 */
export async function lostAccess(
    session: Session,
    cloud: CloudPayload,
    cloudType: string,
): Promise<string | undefined> {
    const { kind, text } = await ask(session, cloudType, cloud.parameters);
    const answer = kind === "error" ? awsAnswer(text) : undefined;
    const isLost = answer !== undefined && answer !== "not-found";
    return isLost ? `cloud ${cloud.name}: Test Connection failed: ${withAdvice(text, cloud)}` : undefined;
}

/** What AWS answered, and what to do about it. */
export const withAdvice = (text: string, cloud: CloudPayload) => text + advice(text, cloud);

function advice(text: string, { parameters, credentials }: CloudPayload): string {
    const answer = awsAnswer(text);
    if (answer === "unknown-key") {
        return " (AWS does not accept the access key: was it deleted or made inactive? A new key needs up to 90 s: access.accessKeySeconds)";
    }
    if (answer === "no-right") {
        return " (AWS knows the identity but refuses it this: does the policy say it, does a permissions boundary or an organization forbid it, and does a role that is assumed trust it? New rights need up to 90 s: access.accessKeySeconds)";
    }
    if (answer === "no-answer") {
        return ` (Jenkins' machine gets no answer from EC2 in ${String(parameters.region)}: is there a way out for it, a NAT gateway or a VPC endpoint of EC2, or a proxy in Manage Jenkins, System; and does its firewall let HTTPS through?)`;
    }
    if (!/isn't registered/.test(text)) return "";
    const { region, sshKeysCredentialsId: id } = parameters;
    return credentials.some((each) => each.id === id)
        ? " (the private key in Jenkins is not the one of the key pair in this region)"
        : ` (the plugin looks in EC2 for a key pair with the fingerprint of the private key in the credentials "${String(id)}": import its public half into ${String(region)}: ssh-keygen -y -f KEY > KEY.pub, then aws ec2 import-key-pair --region ${String(region)} --key-name NAME --public-key-material fileb://KEY.pub)`;
}

async function ask(session: Session, cloudType: string, parameters: PluginObject): Promise<Verdict> {
    const form = Object.fromEntries(
        FIELDS.map((name) => [name, parameters[name]]).filter(
            (field): field is [string, string] => typeof field[1] === "string",
        ),
    );
    const classes = [...new Set([cloudType, "hudson.plugins.ec2.EC2Cloud", "hudson.plugins.ec2.AmazonEC2Cloud"])];
    for (const each of classes) {
        const path = `descriptorByName/${each}/testConnection`;
        const answer = await session.client.post({ path, form, accept: [200, 404], repeatable: true });
        if (answer.status === 200) {
            return readVerdict(answer.text, session.client.redact);
        }
    }
    throw session.client.fail(
        "test-connection-failed",
        `this release of the ec2 plugin has no Test Connection under a known name: set testConnection: false for this cloud`,
    );
}

/** One page may hold an error and "Success" at once: the error counts. */
export function readVerdict(page: string, redact: Redact): Verdict {
    const found = (kind: string) => new RegExp(`class=["']?[^"'>]{0,200}\\b${kind}\\b`).test(page);
    const kind = found("error") ? "error" : found("warning") ? "warning" : found("ok") ? "ok" : "error";
    return { kind, text: excerpt(page, redact) };
}
