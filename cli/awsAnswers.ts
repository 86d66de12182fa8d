import { awsAnswer, type AwsAnswer } from "../settings/messages/awsAnswers";

/** What to do about an answer of AWS to the person who deploys. */
const advice: Partial<Record<AwsAnswer, string>> = {
    "no-credentials":
        "there are no AWS credentials here: log in (aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY",
    "session-over": "the AWS session is over: log in again",
    "unknown-key":
        "AWS does not know the access key here, or not with this secret: is it of this account, active, and complete?",
    "no-right":
        "AWS knows who this is, and refuses it a right: docs/permissions.md, Who deploys, has the policies (iam/deployer)",
    "no-answer":
        "AWS cannot be reached from here: is the network up, is aws:region right, and is a proxy needed (HTTPS_PROXY)?",
};

/** What to do about it, if that is known. */
export function awsAdvice(text: string): string | undefined {
    const answer = awsAnswer(text);
    return answer && advice[answer];
}

/** Why a preview failed: from its first error on, without warnings and counts. */
export function errorsOf(preview: string): string {
    const [, diagnostics = preview] = preview.split("\nDiagnostics:\n");
    const lines = diagnostics.split("\n").map((line) => line.trim());
    const first = lines.findIndex((line) => line.startsWith("error:"));
    return lines
        .slice(Math.max(0, first))
        .filter(
            (line) =>
                line !== "" && !/^(warning:|info:|pulumi:|Resources:|[+~-] \d|\d+ (unchanged|errored))/.test(line),
        )
        .slice(0, 30)
        .join("\n");
}
