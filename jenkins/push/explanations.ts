import type { PushCode } from "../../settings/messages/pushMessages";

/** How the code of a failed push is known by its message: its texts are in `settings/messages/pushMessages.ts`. */
export interface Explanation {
    /** The section's anchor. */
    name: PushCode;
    /** Messages that it is about. */
    says: RegExp;
}

/** The first that fits counts. */
export const explanations: readonly Explanation[] = [
    {
        name: "test-connection-failed",
        says: /Test Connection failed/,
    },
    {
        name: "token-refused",
        says: /refused user ".*" with this /,
    },
    {
        name: "not-an-administrator",
        says: /needs Overall\/Administer|did not accept its own crumb|lacks the permission/,
    },
    {
        name: "certificate-not-trusted",
        says: /TLS certificate of|TLS with .* failed/,
    },
    {
        name: "jenkins-cannot-be-reached",
        says: /cannot be reached: |is not known to DNS|the proxy refused to connect/,
    },
    {
        name: "no-answer",
        says: /did not answer within|closed the connection without an answer|not done within/,
    },
    {
        name: "not-jenkins",
        says: /answers, but not (?:as Jenkins|in HTTP)|sends to a login page|redirects to|\(404\): is the path prefix|with something else: does a proxy|not as Jenkins does|which Jenkins never does|answered compressed|answered a script/,
    },
    {
        name: "request-too-large",
        says: /refused the size of the request/,
    },
    {
        name: "plugin-missing",
        says: /the ec2 plugin is (?:not installed|installed but not active|.*older than)|ec2 .* was installed, but/,
    },
    {
        name: "parameter-unknown",
        says: /has no parameter|is not one of|has no class/,
    },
    {
        name: "cloud-of-somebody-else",
        says: /Set adopt: true for this cloud/,
    },
    {
        name: "agents-are-busy",
        says: /agent ".*" is busy|busyAgents: force cuts the builds/,
    },
    {
        name: "changed-meanwhile",
        says: /was changed in Jenkins by someone else|have changed since this push/,
    },
    {
        name: "change-failed",
        says: /the change failed/,
    },
    {
        name: "agent-did-not-come",
        says: /no agent of template|went away before it came online|did not come online within/,
    },
    {
        name: "broken-off",
        says: /broken off, as whoever ran this has gone/,
    },
];

/** The last line of a message that docs/messages.md says more of; empty for others. */
export function seeAlso(message: string): string {
    const code = codeOf(message);
    return code === undefined ? "" : `\n  see docs/messages.md#${code}`;
}

/** The code of a failed push by its message; undefined where none fits. */
export function codeOf(message: string): PushCode | undefined {
    return explanations.find(({ says }) => says.test(message))?.name;
}
