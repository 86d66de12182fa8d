import type { Message } from "../problem";

/** Errors before anything is touched: of the settings alone, by a look at AWS, and by a look at the controllers. */
export const errors = {
    "aws-not-answering": {
        severity: "error",
        happens:
            "AWS refused or did not answer a question about something that the settings name, so nothing is known of it.",
        remedy: "Read AWS's reason in the message. A missing right is one of [who deploys](permissions.md); else look at credentials, `aws:region`, network and proxy.",
    },
    "change-too-large": {
        severity: "error",
        happens:
            "More controllers, clouds or templates would be removed or changed than `safety` allows, so Jenkins was not touched.",
        remedy: "If the change is meant, allow its size with the command in the message. Else look for what was removed from the settings by mistake, such as a fleet file that is not found. [Settings](settings.md#stack).",
    },
    "agents-would-lose-their-network": {
        severity: "error",
        happens:
            "The change deletes a security group of the stack, and Jenkins has agents in it, idle or not. Agents of a cloud that is removed do not count: they end with it.",
        remedy: "Wait until they have ended, or end them in Jenkins, and run `pulumi up` again.",
    },
    "conflicting-settings": {
        severity: "error",
        happens: "Two settings exclude each other.",
        remedy: "Keep one of the two that the message names.",
    },
    "controller-refuses": {
        severity: "error",
        happens: "A controller was asked before any change, and cannot take what the settings ask for.",
        remedy: "Read the controller's reason in the message and change the setting or the controller. [Troubleshooting](troubleshooting.md).",
    },
    "image-does-not-fit": {
        severity: "error",
        happens:
            "The image is made for another processor or another operating system than the template asks for, so no instance could become an agent.",
        remedy: "Choose an image that fits `instanceType` and `platform`, or change these.",
    },
    "insecure-url": {
        severity: "error",
        happens: "Over plain http, tokens and AWS keys can be read on the way.",
        remedy: "Give Jenkins or the endpoint https. Plain http is allowed to this machine only.",
    },
    "missing-secret": {
        severity: "error",
        happens: "A secret is needed and not set.",
        remedy: "Set it with the command in the message. Pulumi asks for the value, so that it is in no history.",
    },
    "missing-setting": {
        severity: "error",
        happens: "A setting that has no default is not set.",
        remedy: "Set it. [Settings](settings.md) has an example for each.",
    },
    "named-twice": {
        severity: "error",
        happens: "A name, a URL or a value that can be there once is there twice.",
        remedy: "Remove or rename one of the two.",
    },
    "no-effect": {
        severity: "error",
        happens: "A setting has no effect beside the others, so it is probably a mistake.",
        remedy: "Remove it, or change the setting that the message names.",
    },
    "nobody-can-connect": {
        severity: "error",
        happens: "The security groups let no controller connect to the agents, so no agent would come online.",
        remedy: "Set `controllers.ID.addresses`, `network.ingress`, or security groups of your own.",
    },
    "not-in-aws": {
        severity: "error",
        happens:
            "AWS has no such VPC, subnet, security group, image, instance type, instance profile or parameter in the cloud's region and the deployer's account.",
        remedy: "Correct the setting. Wrong account or region? `aws sts get-caller-identity`, and `pulumi config get aws:region`.",
    },
    "not-in-policy": {
        severity: "error",
        happens: "A template needs an action that the policy of `access.policy` does not allow.",
        remedy: "`pulumi config set --path access.policy scoped`, or remove the setting that needs the action.",
    },
    "not-possible": {
        severity: "error",
        happens: "EC2 or the plugin cannot do what the settings ask for.",
        remedy: "Change the setting to what the message allows.",
    },
    "not-unique-in-aws": {
        severity: "error",
        happens: "AWS has several things of the name or the tags that the settings give.",
        remedy: "Name the one that is meant by its id.",
    },
    "open-to-everyone": {
        severity: "error",
        happens:
            "A program that uses the component `SecurityGroup` lets every address in the world connect to the agents.",
        remedy: "Name the controllers' addresses, or set `allowAnywhere: true` if that is meant.",
    },
    "plain-text-secret": {
        severity: "error",
        happens: "A secret is in plain text in a file or in the configuration. Everyone who can read that can use it.",
        remedy: "Remove it, set it with `pulumi config set --secret`, and replace it where it is valid: it has been in a file.",
    },
    "policy-too-large": {
        severity: "error",
        happens: "The scoped policy is larger than AWS allows for a managed policy.",
        remedy: "Use fewer regions, VPCs or instance profiles in one stack, or split it into two stacks.",
    },
    reserved: {
        severity: "error",
        happens: "This program sets the tag or the plugin parameter itself, because it knows its own by it.",
        remedy: "Remove it, or use the setting that the message names.",
    },
    "too-large": {
        severity: "error",
        happens: "A text, a file or a number of values is larger than Jenkins, EC2 or this program can take.",
        remedy: "Make it smaller: a script can download the rest.",
    },
    "unknown-input": {
        severity: "error",
        happens:
            "A component's argument is known only after another resource has been made, so a preview cannot show what will happen.",
        remedy: "Deploy the resource that the argument comes from first: `pulumi up --target URN`. Or run `pulumi up --skip-preview`: in the update itself the value is known.",
    },
    "unknown-name": {
        severity: "error",
        happens: "A setting names a controller, a set, a label or a warning that is not there.",
        remedy: "Correct the name. The message has the nearest one, or all that there are.",
    },
    "unknown-setting": {
        severity: "error",
        happens: "The configuration has a key that is not a setting.",
        remedy: "Correct its name: the message has the nearest one. [Settings](settings.md) has all.",
    },
    "unreadable-file": {
        severity: "error",
        happens: "A file that the settings name is not there, or is not what it has to be.",
        remedy: "Correct the path, which is relative to the folder of Pulumi.yaml, or the file at the line in the message.",
    },
    "wrong-form": {
        severity: "error",
        happens: "A value has another form than the setting takes.",
        remedy: "Write it as the message shows. [Settings](settings.md) has an example for each.",
    },
    "wrong-key": {
        severity: "error",
        happens: "The plugin cannot use the private key: it takes an unencrypted RSA key in PKCS#1 form.",
        remedy: "Convert the key with the command in the message, and set it again.",
    },
    "wrong-region": {
        severity: "error",
        happens: "An id, a zone or an endpoint belongs to another region than its cloud.",
        remedy: "Set for each cloud what is in its region.",
    },
    "wrong-variable": {
        severity: "error",
        happens: "A text of a template uses a variable that is not there, or in a way that no shell could read safely.",
        remedy: "Write the variable in one of the forms that the message names.",
    },
} as const satisfies Record<string, Message>;

/** Something that is allowed, and probably not meant: it is deployed, and `silence` takes its code. */
export const warnings = {
    "existing-credentials-need-more": {
        severity: "warning",
        happens:
            "A cloud with AWS credentials that somebody else made, and a template that needs more of them than the 17 actions.",
        remedy: "Ask the owner of the credentials to allow the named actions for their user, or remove the setting that needs them.",
    },
    "existing-role-needs-more": {
        severity: "warning",
        happens: "A cloud with an existing role, and a template that needs more of it than the 17 actions.",
        remedy: "Ask the owner of the role to add the named actions to its policy, or remove the setting that needs them.",
    },
    "cap-over-the-clouds": {
        severity: "warning",
        happens: "A template's `cap` over its cloud's.",
        remedy: "Lower the template's `cap`, or raise the cloud's.",
    },
    "hot-spares-never-end": {
        severity: "warning",
        happens: "A rule of `hotSpares` with `idle.minutes: 0`: no agent that it governs ever goes.",
        remedy: "Set `idle.minutes` of the rule. Agents that the rule wants stay in any case.",
    },
    "idle-time-of-rule": {
        severity: "warning",
        happens: "A template has `idle.minutes`, and a rule of `hotSpares` governs it with another idle time.",
        remedy: "Remove it from the template, or allow it with `templatesMayOverride: [idle]` in the rule.",
    },
    "launch-timeout-after-grace": {
        severity: "warning",
        happens: "`launchTimeoutSeconds` is longer than `grace`, which then always comes first.",
        remedy: "Remove one of the two, or make `grace` longer.",
    },
    "launch-timeout-under-a-minute": {
        severity: "warning",
        happens: "`launchTimeoutSeconds` from 1 to 59.",
        remedy: "Give 300 or more, or 0 for no limit: the unit is seconds.",
    },
    "configuration-near-limit": {
        severity: "warning",
        happens: "The stack's configuration is nearly as large as Linux lets Pulumi hand over.",
        remedy: "Move templates to a [fleet file](fleet-files.md), which has no such limit.",
    },
    "no-cap": {
        severity: "warning",
        happens: "Neither the cloud nor each of its templates has a `cap`.",
        remedy: "Set `cap` for the cloud: it bounds what a mistake, a rule of `hotSpares` without `maximum`, or a fault of the plugin can cost.",
    },
    "plugin-newer-than-known": {
        severity: "warning",
        happens: "A controller has a release of the `ec2` plugin that this version does not know.",
        remedy: "Upgrade this program when a version knows the release. Until then the faults of the newest known release are reported.",
    },
    "no-public-address-with-price": {
        severity: "warning",
        happens: "`publicAddress: DEFAULT` together with `spot.maxPricePerHour`.",
        remedy: "Set `publicAddress: PRIVATE_IP` if you want no public address, otherwise `SUBNET` or `PUBLIC_IP`.",
    },
    "open-to-the-world": {
        severity: "warning",
        happens: "The whole internet may connect to the agents.",
        remedy: "Put the controllers' addresses, prefix lists or security groups into `network.ingress` in its place.",
    },
    "orphan-clean-up-on-shared-cloud": {
        severity: "warning",
        happens: "`cleanUpOrphanedNodes` where several controllers have a cloud of the same name.",
        remedy: "Give each controller's cloud a name of its own, or leave `cleanUpOrphanedNodes` off; silence it where they are in different accounts.",
    },
    "plugin-parameter-has-setting": {
        severity: "warning",
        happens: "A parameter under `plugin` that a setting covers.",
        remedy: "Use the setting that the message names: it is checked, and follows the plugin's releases.",
    },
    "secret-in-environment": {
        severity: "warning",
        happens: "An environment variable that looks like a secret by its name.",
        remedy: "Keep the value in Jenkins' credentials and bind it in the build; silence it where the variable is no secret.",
    },
    "broad-reads-consoles-late": {
        severity: "warning",
        happens: "`access.policy: broad` with `hostKeyVerification: CHECK_NEW_HARD` or `CHECK_NEW_SOFT`.",
        remedy: "Set `access.policy: scoped`, or another `hostKeyVerification`.",
    },
    "spot-without-fallback": {
        severity: "warning",
        happens: "Spot instances with neither `maxPricePerHour` nor `fallbackToOnDemand`.",
        remedy: "Silence it where builds may wait for capacity; else give a second template on demand a label in common, and read what the installed plugin does then: [compatibility](compatibility.md).",
    },
    "stopped-agents-never-started": {
        severity: "warning",
        happens: "`idle.then: stop` with `reuseOrphans: false`.",
        remedy: "Set `reuseOrphans: true`, or `idle.then: terminate`.",
    },
    "unchecked-in-ec2": {
        severity: "warning",
        happens:
            "EC2 does not answer what instance types it has, or which processor an image is for. Preview and up report it.",
        remedy: "Give the deployer the rights to look: [permissions](permissions.md). Without them a wrong instance type or image is found at the first launch.",
    },
    "unused-controller": {
        severity: "warning",
        happens:
            "A controller that no cloud names. A controller that leaves is like this for one `up`, which removes its clouds.",
        remedy: "Remove it from `controllers` after that `up`, or add its id to `clouds.CLOUD.controllers`.",
    },
    "unused-secret": {
        severity: "warning",
        happens: "A Windows password or a secret variable that no template uses.",
        remedy: "Remove it with `pulumi config rm --path`, or name it where it was meant to be.",
    },
    "unused-cloud-set": {
        severity: "warning",
        happens: "A cloud set that no cloud starts from.",
        remedy: "Remove the set, or name it in a cloud's `extends`.",
    },
    "unused-variable": {
        severity: "warning",
        happens: "A variable that no text of the cloud's templates has.",
        remedy: "Remove the variable, or correct its name in the text: `{{ name }}`.",
    },
    "unused-template-set": {
        severity: "warning",
        happens: "A template set that no template starts from.",
        remedy: "Remove the set, or name it in a template's `extends`.",
    },
    "winrm-without-https": {
        severity: "warning",
        happens: "WinRM over plain HTTP.",
        remedy: "Set `winrm.https: true`, with an image whose WinRM listens there, or connect by SSH: `platform: windows-ssh`.",
    },
} as const satisfies Record<string, Message>;

export type ErrorCode = keyof typeof errors;
export type WarningCode = keyof typeof warnings;
