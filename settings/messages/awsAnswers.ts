/** What an answer of AWS means: its words come through the AWS provider, the SDK for Java of the plugin, or the AWS CLI. */
export type AwsAnswer = "no-credentials" | "session-over" | "unknown-key" | "no-right" | "no-answer" | "not-found";

/** The first that fits counts. This file is part of the push, which starts often: it imports nothing. */
const patterns: readonly [AwsAnswer, RegExp][] = [
    [
        "no-credentials",
        /no valid credential sources|failed to refresh cached credentials|could ?n[o']t find (any )?credentials|no EC2 IMDS role/i,
    ],
    ["session-over", /ExpiredToken|token (included in the request )?is expired|SSO.*expired/i],
    [
        // Everybody may ask GetCallerIdentity: AWS refuses it only to a key that it does not know.
        "unknown-key",
        /GetCallerIdentity, https response error StatusCode: 403|InvalidClientTokenId|SignatureDoesNotMatch|AuthFailure|UnrecognizedClient|InvalidAccessKeyId|not able to validate the provided access credentials|security token included in the request is invalid/i,
    ],
    ["no-right", /UnauthorizedOperation|AccessDenied|not authorized to perform/i],
    [
        "no-answer",
        /no such host|dial tcp|i\/o timeout|context deadline exceeded|UnknownHost|unable to execute http request|connect(ion)? (to .{1,300} )?(timed out|refused|reset)|connect timed out|unable to find a region via/i,
    ],
    [
        "not-found",
        /no results|no matching|couldn't find resource|ParameterNotFound|NoSuchEntity|not found|empty result|Invalid\w+ID\.NotFound/i,
    ],
];

/** Undefined for an answer that is not known. */
export function awsAnswer(text: string): AwsAnswer | undefined {
    return patterns.find(([, pattern]) => pattern.test(text))?.[0];
}

/** AWS's own words, without what Pulumi puts around them: at most 400 characters in one line. */
export function awsReason(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    return message
        .replace(/^(Error: )?[Ii]nvocation of \S+ returned an error: (invoking \S+: )?/, "")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, 400);
}
