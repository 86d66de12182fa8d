interface Warning {
    /** What it is about. */
    when: string;
    /** What to do, in docs/messages.md. */
    remedy: string;
}

/** Warnings of the settings alone by their names. Those of the plugin's faults are in settings/faults. */
export const warningNames = {
    "existing-credentials-need-more": {
        when: "A cloud with AWS credentials that somebody else made, and a template that needs more of them than the 17 actions.",
        remedy: "Have whoever made the credentials add the named actions to what their user may do, or do without the setting that needs them.",
    },
    "existing-role-needs-more": {
        when: "A cloud with an existing role, and a template that needs more of it than the 17 actions.",
        remedy: "Have whoever made the role add the named actions to its policy, or do without the setting that needs them.",
    },
    "cap-over-the-clouds": {
        when: "A template's `cap` over its cloud's.",
        remedy: "Lower the template's `cap`, or raise the cloud's.",
    },
    "launch-timeout-under-a-minute": {
        when: "`launchTimeoutSeconds` from 1 to 59.",
        remedy: "Give 300 or more, or 0 for no limit: the unit is seconds.",
    },
    "configuration-near-limit": {
        when: "The stack's configuration is nearly as large as Linux lets Pulumi hand over.",
        remedy: "Move templates to a [fleet file](fleet-files.md), which has no such limit.",
    },
    "no-cap": {
        when: "Neither the cloud nor each of its templates has a `cap`.",
        remedy: "Set `cap` for the cloud: it bounds what a mistake, or a fault of the plugin, can cost.",
    },
    "no-public-address-with-price": {
        when: "`publicAddress: DEFAULT` together with `spot.maxPricePerHour`.",
        remedy: "Say `publicAddress: PRIVATE_IP` if none is meant, else `SUBNET` or `PUBLIC_IP`.",
    },
    "open-to-the-world": {
        when: "The whole internet may connect to the agents.",
        remedy: "Put the controllers' addresses, prefix lists or security groups into `network.ingress` in its place.",
    },
    "orphan-clean-up-on-shared-cloud": {
        when: "`cleanUpOrphanedNodes` where several controllers have a cloud of the same name.",
        remedy: "Give each controller's cloud a name of its own, or leave `cleanUpOrphanedNodes` off; silence it where they are in different accounts.",
    },
    "plugin-parameter-has-setting": {
        when: "A parameter under `plugin` that a setting covers.",
        remedy: "Use the setting that the message names: it is checked, and follows the plugin's releases.",
    },
    "secret-in-environment": {
        when: "An environment variable that looks like a secret by its name.",
        remedy: "Keep the value in Jenkins' credentials and bind it in the build; silence it where the variable is no secret.",
    },
    "seed-reads-consoles-late": {
        when: "`access.policy: seed` with `hostKeyVerification: CHECK_NEW_HARD` or `CHECK_NEW_SOFT`.",
        remedy: "Set `access.policy: scoped`, or another `hostKeyVerification`.",
    },
    "spot-without-fallback": {
        when: "Spot instances with neither `maxPricePerHour` nor `fallbackToOnDemand`.",
        remedy: "Silence it where builds may wait for capacity; else give a second template on demand a label in common, and read what the installed plugin does then: [compatibility](compatibility.md).",
    },
    "stopped-agents-never-started": {
        when: "`idle.then: stop` with `reuseOrphans: false`.",
        remedy: "Set `reuseOrphans: true`, or `idle.then: terminate`.",
    },
    "unchecked-in-ec2": {
        when: "EC2 does not answer what instance types it has, or what an image is made for; said by preview and up.",
        remedy: "Give the deployer the rights to look: [permissions](permissions.md). Without them a wrong instance type or image is found at the first launch.",
    },
    "unused-secret": {
        when: "A Windows password or a secret variable that no template uses.",
        remedy: "Remove it with `pulumi config rm --path`, or name it where it was meant to be.",
    },
    "unused-cloud-set": {
        when: "A cloud set that no cloud starts from.",
        remedy: "Remove the set, or name it in a cloud's `extends`.",
    },
    "unused-variable": {
        when: "A variable that no text of the cloud's templates has.",
        remedy: "Remove the variable, or correct its name in the text: `{{ name }}`.",
    },
    "unused-template-set": {
        when: "A template set that no template starts from.",
        remedy: "Remove the set, or name it in a template's `extends`.",
    },
    "winrm-without-https": {
        when: "WinRM over plain HTTP.",
        remedy: "Set `winrm.https: true`, with an image whose WinRM listens there, or connect by SSH: `platform: windows-ssh`.",
    },
} as const satisfies Record<string, Warning>;

export type WarningName = keyof typeof warningNames;
