/** What a failure of a push means, beyond what its message has room for: a section of docs/messages.md. */
export interface Explanation {
    /** The section's anchor. */
    name: string;
    /** Messages that it is about. */
    says: RegExp;
    /** What is behind it. */
    means: string;
    /** What to do, in the order in which to try. */
    remedy: string;
}

/** The first that fits counts. */
export const explanations: readonly Explanation[] = [
    {
        name: "test-connection-failed",
        says: /Test Connection failed/,
        means: "The plugin's own Test Connection asks AWS with the new identity and looks for the key pair of the private key. It comes before the change: nothing is in place yet, and what was there is untouched.",
        remedy: "Read what AWS says behind it. An unknown key was deleted or is not known yet: raise `access.accessKeySeconds`. A missing right is the policy's, a permissions boundary's or an organization's: [permissions](permissions.md). A key pair that is not found was deleted in EC2, or its public half has to be imported.",
    },
    {
        name: "token-refused",
        says: /refused user ".*" with this /,
        means: "Jenkins does not know the user with this API token: it was revoked, has run out, or is another user's.",
        remedy: "Make a token as that user in Jenkins, set it with the command that the message names, and run `pulumi up` again. [Another token](SECURITY.md#another-token) says it without a gap.",
    },
    {
        name: "not-an-administrator",
        says: /needs Overall\/Administer|did not accept its own crumb|lacks the permission/,
        means: "The user is known and may not run scripts, which a push does. Without `X-Jenkins` in the answer it was a proxy that said no.",
        remedy: "Give the user Overall/Administer. Where a proxy stands before Jenkins, let it pass `scriptText` and cookies.",
    },
    {
        name: "certificate-not-trusted",
        says: /TLS certificate of|TLS with .* failed/,
        means: "The controller's certificate is signed by an authority that this machine does not know, is for another host, has expired, or the server wants one of the client's.",
        remedy: "Name the authority's PEM file in `controllers.ID.certificateAuthority`, or the client's in `clientCertificate` with its key under `secrets.clientKeys`. Verification cannot be turned off.",
    },
    {
        name: "jenkins-cannot-be-reached",
        says: /cannot be reached: |is not known to DNS|the proxy refused to connect/,
        means: "No connection came about, so nothing was sent. A push waits for a controller that starts, for as long as `timeouts` says.",
        remedy: "Try `curl URL/login` on the machine that runs Pulumi. Set `controllers.ID.proxy` where only a proxy gets through. For a controller that is gone for good see [below](#removal-in-vain).",
    },
    {
        name: "no-answer",
        says: /did not answer within|closed the connection without an answer|not done within/,
        means: "The request was sent, and no whole answer came. Each step of a push finds its work done when it is repeated, so `pulumi up` again is safe.",
        remedy: "Look at Jenkins' load and log. Raise the time that the message names, below `controllers.ID.timeouts`.",
    },
    {
        name: "not-jenkins",
        says: /answers, but not (?:as Jenkins|in HTTP)|sends to a login page|redirects to|\(404\): is the path prefix|with something else: does a proxy|not as Jenkins does|which Jenkins never does|answered compressed|answered a script/,
        means: "Something answers under the URL that is not Jenkins, or that changes what Jenkins says: a sign-in page, a proxy, another path.",
        remedy: "Set `controllers.ID.url` to where Jenkins answers itself, with its path and without redirections, and let the proxy pass requests that have an API token.",
    },
    {
        name: "request-too-large",
        says: /refused the size of the request/,
        means: "Jenkins or a proxy before it takes no form of this size. A push keeps its requests below 200,000 bytes.",
        remedy: "Raise the limit of the proxy, or that of Jenkins' forms.",
    },
    {
        name: "plugin-missing",
        says: /the ec2 plugin is (?:not installed|installed but not active|.*older than)|ec2 .* was installed, but/,
        means: "A push needs the `ec2` plugin, active and at least of `plugin.minimum`.",
        remedy: "Set `controllers.ID.plugin.install: true`, or run one of the commands that the message lists. A version that is there stays unless it is older than the minimum: [compatibility](compatibility.md).",
    },
    {
        name: "parameter-unknown",
        says: /has no parameter|is not one of|has no class/,
        means: "The installed plugin lacks what a setting of the stack asks for. Nothing was changed.",
        remedy: "Since when the plugin has each setting: [compatibility](compatibility.md#settings). Take the setting back, or raise `plugin.minimum`.",
    },
    {
        name: "cloud-of-somebody-else",
        says: /Set adopt: true for this cloud/,
        means: "Jenkins has a cloud, or credentials, of this name, and nothing says that this stack made them.",
        remedy: "To take it over, `adopt: true` for the cloud: the message lists what that changes. Else give the cloud another `name`. [Taking over](jenkins.md#taking-over-and-leaving).",
    },
    {
        name: "agents-are-busy",
        says: /agent ".*" is busy|busyAgents: force cuts the builds/,
        means: "A cloud is to go while its agents build. With `busyAgents: refuse` or `drain` the builds are kept and the cloud stays.",
        remedy: "Wait for the builds and run it again, or choose `busyAgents: force`, which cuts them. A removal does what the last `up` knew: put the cloud back, change `busyAgents`, `up`, and then remove it.",
    },
    {
        name: "changed-meanwhile",
        says: /was changed in Jenkins by someone else|have changed since this push/,
        means: "Somebody, or another push, changed the cloud or its credentials between the look and the change. Nothing was changed.",
        remedy: "Run `pulumi up` again. If it comes again and again, two stacks or a reload of Configuration as Code write the same cloud.",
    },
    {
        name: "change-failed",
        says: /the change failed/,
        means: "Jenkins could not save the new configuration. The push put the old objects back; the message says what of that did not work.",
        remedy: "Look into Jenkins' log and at the room on its disk, then run `pulumi up` again.",
    },
    {
        name: "agent-did-not-come",
        says: /no agent of template|went away before it came online|did not come online within/,
        means: "`smoke`, or the trial of `rollout.smoke`, asked for one agent, and it did not come online.",
        remedy: "The message has the end of the agent's log. A cap that is reached, a subnet without a way to Jenkins, an image without Java and an init script that fails are the usual causes: [troubleshooting](troubleshooting.md).",
    },
    {
        name: "broken-off",
        says: /broken off, as whoever ran this has gone/,
        means: "The shell or the engine that started the push has ended, so it stopped before its next step and took back what it had staged.",
        remedy: "Run `pulumi up` again. What each moment leaves behind: [reliability](reliability.md).",
    },
];

/** The last line of a message that docs/messages.md says more of; empty for others. */
export function seeAlso(message: string): string {
    const found = explanations.find(({ says }) => says.test(message));
    return found === undefined ? "" : `\n  see docs/messages.md#${found.name}`;
}
