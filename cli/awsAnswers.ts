/** What a refused or lost question to AWS means, by what the AWS provider and the SDKs say; the first that fits. */
const meanings: [RegExp, string][] = [
    [
        /no valid credential sources|failed to refresh cached credentials|could ?n[o']t find (any )?credentials|no EC2 IMDS role/i,
        "there are no AWS credentials here: log in (aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY",
    ],
    [/ExpiredToken|token (included in the request )?is expired|SSO.*expired/i, "the AWS session is over: log in again"],
    [
        // Who one is, everybody may ask: to be refused that is to be unknown.
        /GetCallerIdentity, https response error StatusCode: 403|InvalidClientTokenId|SignatureDoesNotMatch|AuthFailure|UnrecognizedClient|InvalidAccessKeyId|security token included in the request is invalid/i,
        "AWS does not know the access key here, or not with this secret: is it of this account, active, and complete?",
    ],
    [
        /UnauthorizedOperation|AccessDenied|not authorized to perform/i,
        "AWS knows who this is, and refuses it a right: docs/permissions.md, Who deploys, has the policies (iam/deployer)",
    ],
    [
        /no such host|dial tcp|i\/o timeout|connection refused|context deadline exceeded/i,
        "AWS cannot be reached from here: is the network up, is aws:region right, and is a proxy needed (HTTPS_PROXY)?",
    ],
];

/** What to do about it, if that is known. */
export function awsAdvice(said: string): string | undefined {
    return meanings.find(([pattern]) => pattern.test(said))?.[1];
}

/** What a preview that failed said of why: from its first error on, without warnings and counts. */
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
