/** Warnings of the settings alone by their names, with what they are about. Those of the plugin's faults are in settings/faults. */
export const warningNames = {
    "existing-credentials-need-more":
        "A cloud with AWS credentials that somebody else made, and a template that needs more of them than the 17 actions.",
    "existing-role-needs-more":
        "A cloud with an existing role, and a template that needs more of it than the 17 actions.",
    "cap-over-the-clouds": "A template's `cap` over its cloud's.",
    "launch-timeout-under-a-minute": "`launchTimeoutSeconds` from 1 to 59.",
    "configuration-near-limit": "The stack's configuration is nearly as large as Linux lets Pulumi hand over.",
    "no-cap": "Neither the cloud nor each of its templates has a `cap`.",
    "no-public-address-with-price": "`publicAddress: DEFAULT` together with `spot.maxPricePerHour`.",
    "open-to-the-world": "The whole internet may connect to the agents.",
    "orphan-clean-up-on-shared-cloud":
        "`cleanUpOrphanedNodes` where several controllers have a cloud of the same name.",
    "plugin-parameter-has-setting": "A parameter under `plugin` that a setting covers.",
    "secret-in-environment": "An environment variable that looks like a secret by its name.",
    "seed-reads-consoles-late": "`access.policy: seed` with `hostKeyVerification: CHECK_NEW_HARD` or `CHECK_NEW_SOFT`.",
    "spot-without-fallback": "Spot instances with neither `maxPricePerHour` nor `fallbackToOnDemand`.",
    "stopped-agents-never-started": "`idle.then: stop` with `reuseOrphans: false`.",
    "unchecked-in-ec2":
        "EC2 does not answer what instance types it has, or what an image is made for; said by preview and up.",
    "unused-secret": "A Windows password or a secret variable that no template uses.",
    "unused-cloud-set": "A cloud set that no cloud starts from.",
    "unused-variable": "A variable that no text of the cloud's templates has.",
    "unused-template-set": "A template set that no template starts from.",
    "winrm-without-https": "WinRM over plain HTTP.",
} as const;

export type WarningName = keyof typeof warningNames;
