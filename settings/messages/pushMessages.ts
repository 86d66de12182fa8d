import type { Message } from "../problem";

/** What a failed push can tell, by its code. The controller is as it was before, unless the message tells otherwise. */
export const pushMessages = {
    "test-connection-failed": {
        severity: "error",
        happens: "The plugin's Test Connection failed with the new identity and key.",
        remedy: "Unknown key: raise `access.accessKeySeconds`. Missing permission: [permissions](permissions.md). No key pair: import its public half into EC2.",
    },
    "token-refused": {
        severity: "error",
        happens: "This API token was revoked, has expired, or belongs to another user.",
        remedy: "Make a token as that user in Jenkins, set it with the command in the message, and run `pulumi up`. [Without a gap](SECURITY.md#another-token).",
    },
    "not-an-administrator": {
        severity: "error",
        happens: "The user may not run scripts. Without `X-Jenkins` in the answer a proxy refused.",
        remedy: "Give the user Overall/Administer, or let the proxy pass `scriptText` and cookies.",
    },
    "certificate-not-trusted": {
        severity: "error",
        happens: "This machine does not trust the controller's certificate, or the server wants a client certificate.",
        remedy: "Set `controllers.ID.certificateAuthority` to the authority's PEM file, or `clientCertificate` with its key under `secrets.clientKeys`.",
    },
    "jenkins-cannot-be-reached": {
        severity: "error",
        happens: "No connection was made within `timeouts`, so nothing was sent.",
        remedy: "Try `curl URL/login` on the machine that runs Pulumi. Check DNS, network and `controllers.ID.proxy`. If the controller is gone for good: [removal failed](#removal-failed).",
    },
    "no-answer": {
        severity: "error",
        happens: "The request was sent, and no whole answer came. To run `pulumi up` again is safe.",
        remedy: "Look at Jenkins' load and log. Raise the timeout that the message names.",
    },
    "not-jenkins": {
        severity: "error",
        happens: "A login page or a proxy answers at this URL, not Jenkins.",
        remedy: "Correct `controllers.ID.url`, with its path, or let the proxy pass requests that have an API token.",
    },
    "request-too-large": {
        severity: "error",
        happens: "Jenkins or its proxy does not accept a form of 200,000 bytes.",
        remedy: "Raise the limit of the proxy, or that of Jenkins' forms.",
    },
    "plugin-missing": {
        severity: "error",
        happens: "The `ec2` plugin is missing, inactive, or older than `plugin.minimum`.",
        remedy: "Set `controllers.ID.plugin.install: true`, or run one of the commands in the message.",
    },
    "parameter-unknown": {
        severity: "error",
        happens: "The installed plugin lacks a parameter that a setting needs.",
        remedy: "Remove the setting, or raise `plugin.minimum` to a release that has it: [compatibility](compatibility.md#settings).",
    },
    "cloud-of-somebody-else": {
        severity: "error",
        happens: "Jenkins has a cloud or credentials of this name that this stack did not make.",
        remedy: "[Take it over](../examples/takeover/README.md) with `adopt: true`, or choose another `name`.",
    },
    "agents-are-busy": {
        severity: "error",
        happens: "A cloud cannot be removed while its agents run builds.",
        remedy: "Wait for the builds and run it again. Or restore the cloud in the settings, set `busyAgents: force`, run `up`, and then remove the cloud: this cuts the builds.",
    },
    "changed-meanwhile": {
        severity: "error",
        happens: "Somebody, or another push, changed the cloud or its credentials during this push.",
        remedy: "Run `pulumi up` again. Find the second stack or the Configuration as Code reload that writes the same cloud.",
    },
    "change-failed": {
        severity: "error",
        happens:
            "Jenkins could not save the new configuration. The push restored the old objects, except those in the message.",
        remedy: "Look at Jenkins' log and its disk space, then run `pulumi up` again.",
    },
    "agent-did-not-come": {
        severity: "error",
        happens: "`smoke` or `rollout.smoke` asked for one agent, and it did not come online.",
        remedy: "Read the end of the agent's log in the message. [Troubleshooting](troubleshooting.md#agents-and-builds).",
    },
    "jenkins-is-starting": {
        severity: "error",
        happens: "Jenkins was still starting when the push ended.",
        remedy: "Look at Jenkins' log, or raise `controllers.ID.timeouts.totalSeconds`. Then run `pulumi up` again.",
    },
    "crumb-refused": {
        severity: "error",
        happens: "Jenkins refused its own crumb, because the session's cookie was lost.",
        remedy: "Use an API token, which needs no crumb, or let the proxy pass cookies.",
    },
    "proxy-unusable": {
        severity: "error",
        happens: "The address of the proxy to the controller is not the URL of an HTTP proxy.",
        remedy: "Write `http://USER:PASSWORD@HOST:PORT`, with special characters percent-encoded.",
    },
    "plugin-installation-failed": {
        severity: "error",
        happens: "Jenkins could not install the `ec2` plugin.",
        remedy: "Correct the cause, or install the plugin by a command in the message. Then run `pulumi up` again.",
    },
    "plugin-has-faults": {
        severity: "error",
        happens: "With your settings the installed `ec2` plugin costs money without bound or loses agents.",
        remedy: "Look up the fault [above](#faults-of-the-plugin): change the setting or the release, or add the fault to `silence`.",
    },
    "restart-needed": {
        severity: "error",
        happens: "The `ec2` plugin is installed, and needs a restart of Jenkins.",
        remedy: "Restart Jenkins, or set `controllers.ID.plugin.restart: true`: a safe restart waits for running builds.",
    },
    "parameter-refused": {
        severity: "error",
        happens: "The installed plugin refuses a value of the settings.",
        remedy: "Correct the setting that the message names.",
    },
    "credentials-missing": {
        severity: "error",
        happens: "Jenkins does not have the credentials of a `credentialsId`, or they are of another kind.",
        remedy: "Create them in Jenkins' global store, or correct the id in the settings.",
    },
    "no-such-cloud": {
        severity: "error",
        happens: "The controller does not have this cloud, template or credential.",
        remedy: "Run `pulumi up`, which restores what the stack made.",
    },
    "agents-in-replaced-group": {
        severity: "error",
        happens: "The change replaces a security group that running agents are in.",
        remedy: "Wait until the agents in the message have ended, or end them in Jenkins. Then run `pulumi up` again.",
    },
    "agents-do-not-end": {
        severity: "error",
        happens: "Instances of a cloud that you remove run on. Nothing of AWS was deleted.",
        remedy: "Restore the plugin's access to AWS (`pulumi refresh`, then `pulumi up`), or end the instances in the message. Then run it again.",
    },
    "successor-unknown": {
        severity: "error",
        happens:
            "A controller with a new URL, or a cloud with a new name, does not answer yet. The old cloud was not removed.",
        remedy: "Correct the URL or the token, or start the controller.",
    },
    "parts-missing": {
        severity: "error",
        happens: "Jenkins restarted again and again before it had all parts of a large request.",
        remedy: "Find out why Jenkins restarts, then run `pulumi up` again.",
    },
    "request-failed": {
        severity: "error",
        happens: "A request to Jenkins failed, or Jenkins or a proxy answered it with an error.",
        remedy: "Read Jenkins' log of the same moment.",
    },
    unexpected: {
        severity: "error",
        happens: "A bug of this program.",
        remedy: "Run it again, or report it with the message, which has no secrets.",
    },
    "broken-off": {
        severity: "error",
        happens: "The shell or engine that started the push has ended.",
        remedy: "Run `pulumi up` again. [An `up` that broke off](guides/incidents.md#an-up-that-broke-off).",
    },
} as const satisfies Record<string, Message>;

export type PushCode = keyof typeof pushMessages;
