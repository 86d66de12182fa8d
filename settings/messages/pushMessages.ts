import type { Message } from "../problem";

/** What a failed push can tell, by its code. The controller is as it was before, unless the message says otherwise. */
export const pushMessages = {
    "test-connection-failed": {
        severity: "error",
        happens:
            "The plugin's own Test Connection asks AWS with the new identity and looks for the key pair of the private key. It comes before the change: nothing is in place yet, and what was there is untouched.",
        remedy: "Read the answer of AWS behind it. An unknown key was deleted or is not known yet: raise `access.accessKeySeconds`. A missing right is the policy's, a permissions boundary's or an organization's: [permissions](permissions.md). A key pair that is not found was deleted in EC2, or its public half has to be imported.",
    },
    "token-refused": {
        severity: "error",
        happens:
            "Jenkins does not know the user with this API token: it was revoked, has run out, or is another user's.",
        remedy: "Make a token as that user in Jenkins, set it with the command that the message names, and run `pulumi up` again. [Another token](SECURITY.md#another-token) shows it without a gap.",
    },
    "not-an-administrator": {
        severity: "error",
        happens:
            "The user is known and may not run scripts, which a push does. Without `X-Jenkins` in the answer a proxy refused.",
        remedy: "Give the user Overall/Administer. Where a proxy stands before Jenkins, let it pass `scriptText` and cookies.",
    },
    "certificate-not-trusted": {
        severity: "error",
        happens:
            "The controller's certificate is signed by an authority that this machine does not know, is for another host, has expired, or the server wants one of the client's.",
        remedy: "Name the authority's PEM file in `controllers.ID.certificateAuthority`, or the client's in `clientCertificate` with its key under `secrets.clientKeys`. Verification cannot be turned off.",
    },
    "jenkins-cannot-be-reached": {
        severity: "error",
        happens:
            "No connection came about, so nothing was sent. A push waits for a controller that starts, for as long as `timeouts` allows.",
        remedy: "Try `curl URL/login` on the machine that runs Pulumi. Set `controllers.ID.proxy` where only a proxy gets through. For a controller that is gone for good see [below](#removal-failed).",
    },
    "no-answer": {
        severity: "error",
        happens:
            "The request was sent, and no whole answer came. Each step of a push finds its work done when it is repeated, so `pulumi up` again is safe.",
        remedy: "Look at Jenkins' load and log. Raise the time that the message names, below `controllers.ID.timeouts`.",
    },
    "not-jenkins": {
        severity: "error",
        happens:
            "Something answers under the URL that is not Jenkins, or that changes the answers of Jenkins: a sign-in page, a proxy, another path.",
        remedy: "Set `controllers.ID.url` to where Jenkins answers itself, with its path and without redirections, and let the proxy pass requests that have an API token.",
    },
    "request-too-large": {
        severity: "error",
        happens:
            "Jenkins or a proxy before it takes no form of this size. A push keeps its requests below 200,000 bytes.",
        remedy: "Raise the limit of the proxy, or that of Jenkins' forms.",
    },
    "plugin-missing": {
        severity: "error",
        happens: "A push needs the `ec2` plugin, active and at least of `plugin.minimum`.",
        remedy: "Set `controllers.ID.plugin.install: true`, or run one of the commands that the message lists. A version that is there stays unless it is older than the minimum: [compatibility](compatibility.md).",
    },
    "parameter-unknown": {
        severity: "error",
        happens: "The installed plugin lacks what a setting of the stack asks for. Nothing was changed.",
        remedy: "Since when the plugin has each setting: [compatibility](compatibility.md#settings). Take the setting back, or raise `plugin.minimum`.",
    },
    "cloud-of-somebody-else": {
        severity: "error",
        happens: "Jenkins has a cloud, or credentials, of this name, and nothing shows that this stack made them.",
        remedy: "To take it over, `adopt: true` for the cloud: the message lists what that changes. Else give the cloud another `name`. [Taking over](jenkins.md#taking-over-and-leaving).",
    },
    "agents-are-busy": {
        severity: "error",
        happens:
            "A cloud is to go while its agents build. With `busyAgents: refuse` or `drain` the builds are kept and the cloud stays.",
        remedy: "Wait for the builds and run it again, or choose `busyAgents: force`, which cuts them. A removal does what the last `up` knew: put the cloud back, change `busyAgents`, `up`, and then remove it.",
    },
    "changed-meanwhile": {
        severity: "error",
        happens:
            "Somebody, or another push, changed the cloud or its credentials between the look and the change. Nothing was changed.",
        remedy: "Run `pulumi up` again. If it comes again and again, two stacks or a reload of Configuration as Code write the same cloud.",
    },
    "change-failed": {
        severity: "error",
        happens:
            "Jenkins could not save the new configuration. The push put the old objects back; the message names what of that did not work.",
        remedy: "Look into Jenkins' log and at the room on its disk, then run `pulumi up` again.",
    },
    "agent-did-not-come": {
        severity: "error",
        happens: "`smoke`, or the trial of `rollout.smoke`, asked for one agent, and it did not come online.",
        remedy: "The message has the end of the agent's log. A cap that is reached, a subnet without a way to Jenkins, an image without Java and an init script that fails are the usual causes: [troubleshooting](troubleshooting.md).",
    },
    "jenkins-is-starting": {
        severity: "error",
        happens: "Jenkins was starting for as long as the push may take. It had not answered as itself by then.",
        remedy: "Look into Jenkins' log. Raise `controllers.ID.timeouts.totalSeconds` where it takes longer to start, then run `pulumi up` again.",
    },
    "crumb-refused": {
        severity: "error",
        happens:
            "Jenkins takes no POST with a password without a crumb of the same session, and refused the crumb that it had just given.",
        remedy: "Let the proxy before Jenkins pass cookies, or use an API token, which needs no crumb.",
    },
    "proxy-unusable": {
        severity: "error",
        happens: "The address of the proxy on the way to the controller is not the URL of an HTTP proxy.",
        remedy: "Write `http://USER:PASSWORD@HOST:PORT` in the setting or variable that the message names, with special characters of the password percent-encoded.",
    },
    "plugin-installation-failed": {
        severity: "error",
        happens:
            "Jenkins could not install the `ec2` plugin: its update centre does not know it, a download failed, or the plugin is on the disk and does not load. Nothing was pushed.",
        remedy: "Mend what the message names, on the controller, or install the plugin by one of the commands of the message. Then run `pulumi up` again.",
    },
    "plugin-has-faults": {
        severity: "error",
        happens:
            "The installed release of the `ec2` plugin has faults that the settings meet, and that cost money without bound or lose agents.",
        remedy: "Read the fault of the message in [faults of the plugin](#faults-of-the-plugin): change the setting, take another release, or name the fault in `silence`.",
    },
    "restart-needed": {
        severity: "error",
        happens: "The `ec2` plugin is installed, and becomes active with a restart of Jenkins.",
        remedy: "Restart Jenkins, or let the push do it: `controllers.ID.plugin.restart: true`. A safe restart waits for running builds.",
    },
    "parameter-refused": {
        severity: "error",
        happens: "The installed plugin does not take a value of the settings. Nothing was changed.",
        remedy: "Correct the setting that the message names: [settings](settings.md).",
    },
    "credentials-missing": {
        severity: "error",
        happens:
            "The cloud names credentials that somebody else makes in Jenkins. They are not there, or of a kind that the plugin does not take. Nothing was changed.",
        remedy: "Make them in Jenkins' global store under the id that the message names, or correct the id in the settings.",
    },
    "no-such-cloud": {
        severity: "error",
        happens: "The controller does not have the cloud, the template or the credentials that the command is about.",
        remedy: "`pulumi up` restores what the stack made. `npm run -s jenkins -- plan` shows what differs.",
    },
    "agents-in-replaced-group": {
        severity: "error",
        happens:
            "The change replaces the security group that running agents are in. Pulumi deletes the old group after the push, and they would lose the network. Nothing was changed.",
        remedy: "Wait until the agents that the message names have ended, or end them in Jenkins, and run `pulumi up` again.",
    },
    "agents-do-not-end": {
        severity: "error",
        happens:
            "A cloud is to go, and the plugin could not end its agents. The cloud stays, so that no instance is left running unseen.",
        remedy: "Read the reason in the message. Mend the connection to AWS, or end the instances that the message names, and run it again.",
    },
    "successor-unknown": {
        severity: "error",
        happens:
            "Another URL of a controller, or another name of a cloud, removes the old cloud and its agents and makes a new one. The new place must have answered before that, with the login of the settings. Nothing was removed.",
        remedy: "Correct the URL or the token, or start the controller. A Jenkins that only has another address now is recognised while it answers at both: then the cloud is updated and nothing is removed.",
    },
    "parts-missing": {
        severity: "error",
        happens:
            "A large request goes to Jenkins in parts, and Jenkins restarted again and again before it had all of them.",
        remedy: "Find out why Jenkins restarts, then run `pulumi up` again.",
    },
    "request-failed": {
        severity: "error",
        happens:
            "Jenkins, or something on the way to it, answered a request with an error, or the request could not be made.",
        remedy: "The message has the beginning of the answer. Look into Jenkins' log for the same moment.",
    },
    unexpected: {
        severity: "error",
        happens: "A mistake of this program. The message has where it happened, without secrets.",
        remedy: "Run it again. If it stays, report it with the message.",
    },
    "broken-off": {
        severity: "error",
        happens:
            "The shell or the engine that started the push has ended, so it stopped before its next step and took back what it had staged.",
        remedy: "Run `pulumi up` again. What each moment leaves behind: [reliability](reliability.md).",
    },
} as const satisfies Record<string, Message>;

export type PushCode = keyof typeof pushMessages;
