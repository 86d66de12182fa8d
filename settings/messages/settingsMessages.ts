import type { Message } from "../problem";

/** Errors before anything is touched: of the settings alone, by a look at AWS, and by a look at the controllers. */
export const errors = {
    "aws-not-answering": {
        severity: "error",
        happens: "AWS refused or did not answer a question about the settings.",
        remedy: "Missing permission: [who deploys](permissions.md#who-deploys). Otherwise check credentials, `aws:region`, network and proxy.",
    },
    "change-too-large": {
        severity: "error",
        happens: "The change is larger than `safety` allows. Jenkins was not touched.",
        remedy: "If you mean it, run the command in the message. Otherwise look for what the settings lost. [More](jenkins.md#a-change-that-is-too-large).",
    },
    "agents-would-lose-their-network": {
        severity: "error",
        happens: "The change deletes a security group of the stack that agents are in.",
        remedy: "Wait until the agents have ended, or end them in Jenkins. Then run `pulumi up` again.",
    },
    "conflicting-settings": {
        severity: "error",
        happens: "Two settings exclude each other.",
        remedy: "Remove one of the two.",
    },
    "image-does-not-fit": {
        severity: "error",
        happens: "The image is for another processor or operating system than the template.",
        remedy: "Change the image, `instanceType` or `platform`.",
    },
    "insecure-url": {
        severity: "error",
        happens: "Tokens and AWS keys can be read on the way over plain http.",
        remedy: "Use https.",
    },
    "missing-secret": {
        severity: "error",
        happens: "A secret is not set.",
        remedy: "Run the command in the message.",
    },
    "missing-setting": {
        severity: "error",
        happens: "A required setting is not set.",
        remedy: "Set it. [Settings](settings.md) has an example for each.",
    },
    "named-twice": {
        severity: "error",
        happens: "A name, URL or value that must be unique occurs twice.",
        remedy: "Remove or rename one of the two.",
    },
    "no-effect": {
        severity: "error",
        happens: "A setting has no effect beside the others.",
        remedy: "Remove it, or change the setting that the message names.",
    },
    "nobody-can-connect": {
        severity: "error",
        happens: "The security groups let no controller connect to the agents.",
        remedy: "Set `controllers.ID.addresses`, `network.ingress`, or security groups of your own.",
    },
    "not-in-aws": {
        severity: "error",
        happens: "AWS has no such resource in the cloud's region and the deployer's account.",
        remedy: "Correct the setting. Check account and region: `aws sts get-caller-identity`, `pulumi config get aws:region`.",
    },
    "not-in-policy": {
        severity: "error",
        happens: "A template needs an action that the policy of `access.policy` does not allow.",
        remedy: "Run `pulumi config set --path access.policy scoped`, or remove the setting that needs the action.",
    },
    "not-possible": {
        severity: "error",
        happens: "EC2 or the plugin cannot do this.",
        remedy: "Set what the message allows.",
    },
    "not-unique-in-aws": {
        severity: "error",
        happens: "AWS has several resources of this name or these tags.",
        remedy: "Set the id of the one that you mean.",
    },
    "open-to-everyone": {
        severity: "error",
        happens:
            "A program that uses the component `SecurityGroup` lets every address in the world connect to the agents.",
        remedy: "Set the controllers' addresses, or `allowAnywhere: true` if you mean it.",
    },
    "plain-text-secret": {
        severity: "error",
        happens: "A secret is in plain text in a file or in the configuration.",
        remedy: "Remove it and set it with `pulumi config set --secret`. Then replace the secret itself.",
    },
    "policy-too-large": {
        severity: "error",
        happens: "The scoped policy is larger than AWS allows.",
        remedy: "Use fewer regions, VPCs or instance profiles in one stack, or split it into two stacks.",
    },
    reserved: {
        severity: "error",
        happens: "This program itself sets this tag or parameter.",
        remedy: "Remove it, or use the setting that the message names.",
    },
    "too-large": {
        severity: "error",
        happens: "A text, a file or a number of values is larger than Jenkins, EC2 or this program accepts.",
        remedy: "Make it smaller: a script can download the rest.",
    },
    "unknown-input": {
        severity: "error",
        happens: "An argument of a component is known only after another resource has been made.",
        remedy: "Deploy that resource first: `pulumi up --target URN`. Or run `pulumi up --skip-preview`.",
    },
    "unknown-name": {
        severity: "error",
        happens: "A setting names a controller, set, label or warning that does not exist.",
        remedy: "Use a name in the message.",
    },
    "unknown-setting": {
        severity: "error",
        happens: "The configuration has a key that is not a setting.",
        remedy: "Use the name in the message, or one of [settings](settings.md).",
    },
    "unreadable-file": {
        severity: "error",
        happens: "A file of the settings does not exist, or cannot be read.",
        remedy: "Correct the path (relative to the folder of Pulumi.yaml), or the file at the line in the message.",
    },
    "wrong-form": {
        severity: "error",
        happens: "A value has another form than the setting accepts.",
        remedy: "Write it as the message shows.",
    },
    "wrong-key": {
        severity: "error",
        happens: "The plugin cannot use the private key. It needs an unencrypted RSA key in PKCS#1 form.",
        remedy: "Convert the key with the command in the message, and set it again.",
    },
    "wrong-region": {
        severity: "error",
        happens: "An id, a zone or an endpoint belongs to another region than its cloud.",
        remedy: "Set for each cloud what is in its region.",
    },
    "wrong-variable": {
        severity: "error",
        happens: "A text uses an unknown variable, or one in a form that no shell can read safely.",
        remedy: "Write it in a form that the message names.",
    },
} as const satisfies Record<string, Message>;

/** Something that is allowed, and probably not meant: it is deployed, and `silence` takes its code. */
export const warnings = {
    "existing-credentials-need-more": {
        severity: "warning",
        happens:
            "A template needs more permissions than the 17 actions, and the cloud uses credentials that somebody else made.",
        remedy: "Ask the owner to allow the actions in the message, or remove the setting that needs them.",
    },
    "existing-role-needs-more": {
        severity: "warning",
        happens: "A template needs more permissions than the 17 actions, and the cloud uses an existing role.",
        remedy: "Ask the owner to allow the actions in the message, or remove the setting that needs them.",
    },
    "cap-over-the-clouds": {
        severity: "warning",
        happens: "A template's `cap` is higher than its cloud's.",
        remedy: "Lower the template's `cap`, or raise the cloud's.",
    },
    "cloud-name-beyond-ascii": {
        severity: "warning",
        happens:
            "A cloud's name has characters beyond ASCII. After a save of its form Jenkins leads the browser to an address that it refuses.",
        remedy: "Set a `name` of letters, digits, spaces and hyphens, or silence it if nobody edits the cloud in Jenkins.",
    },
    "hot-spares-never-end": {
        severity: "warning",
        happens: "A rule of `hotSpares` has `idle.minutes: 0`, so its agents never end.",
        remedy: "Set `idle.minutes` of the rule.",
    },
    "idle-time-of-rule": {
        severity: "warning",
        happens: "A rule of `hotSpares` overrides the template's `idle.minutes`.",
        remedy: "Remove it from the template, or set `templatesMayOverride: [idle]` in the rule.",
    },
    "launch-timeout-after-grace": {
        severity: "warning",
        happens: "`launchTimeoutSeconds` is longer than `grace`, so it has no effect.",
        remedy: "Remove one of the two, or make `grace` longer.",
    },
    "launch-timeout-under-a-minute": {
        severity: "warning",
        happens: "`launchTimeoutSeconds` is less than a minute.",
        remedy: "Set 300 or more: the unit is seconds.",
    },
    "configuration-near-limit": {
        severity: "warning",
        happens: "The stack's configuration is nearly as large as Linux allows.",
        remedy: "Move templates to a [fleet file](fleet-files.md#when).",
    },
    "no-cap": {
        severity: "warning",
        happens: "Neither the cloud nor each of its templates has a `cap`.",
        remedy: "Set `cap` for the cloud.",
    },
    "plugin-newer-than-known": {
        severity: "warning",
        happens: "A controller has a newer release of the `ec2` plugin than this program knows.",
        remedy: "Upgrade this program when a version knows the release.",
    },
    "no-public-address-with-price": {
        severity: "warning",
        happens: "`publicAddress: DEFAULT` gives no public address with `spot.maxPricePerHour`.",
        remedy: "Set `publicAddress: PRIVATE_IP` if you want none, otherwise `SUBNET` or `PUBLIC_IP`.",
    },
    "open-to-the-world": {
        severity: "warning",
        happens: "The whole internet may connect to the agents.",
        remedy: "Set the controllers' addresses, prefix lists or security groups in `network.ingress`.",
    },
    "orphan-clean-up-on-shared-cloud": {
        severity: "warning",
        happens: "`cleanUpOrphanedNodes` is on, and several controllers have a cloud of the same name.",
        remedy: "Set another name for each controller's cloud, or `cleanUpOrphanedNodes: false`. Silence it for clouds in different accounts.",
    },
    "plugin-parameter-has-setting": {
        severity: "warning",
        happens: "A setting exists for this parameter of `plugin`.",
        remedy: "Use the setting that the message names.",
    },
    "script-with-crlf": {
        severity: "warning",
        happens:
            "A script or user data for Unix has CRLF at the ends of lines. A shell takes the CR for a part of the command.",
        remedy: "`sed -i 's/\\r$//' FILE`. For Git: `*.sh text eol=lf` in .gitattributes.",
    },
    "secret-in-environment": {
        severity: "warning",
        happens: "An environment variable has a name like that of a secret.",
        remedy: "Keep the value in Jenkins' credentials, or silence it if it is no secret.",
    },
    "broad-reads-consoles-late": {
        severity: "warning",
        happens:
            "`access.policy: broad` with `hostKeyVerification: CHECK_NEW_HARD` or `CHECK_NEW_SOFT` reads host keys minutes late or too late.",
        remedy: "Set `access.policy: scoped`, or another `hostKeyVerification`.",
    },
    "spot-without-fallback": {
        severity: "warning",
        happens: "Spot instances have neither `maxPricePerHour` nor `fallbackToOnDemand`.",
        remedy: "Silence it if builds may wait. Otherwise add an on-demand template, and read [error-no-fallthrough](#error-no-fallthrough).",
    },
    "stopped-agents-never-started": {
        severity: "warning",
        happens: "`idle.then: stop` with `reuseOrphans: false` never starts stopped agents again.",
        remedy: "Set `reuseOrphans: true`, or `idle.then: terminate`.",
    },
    "unchecked-in-ec2": {
        severity: "warning",
        happens: "AWS does not show an instance type or an image, so the program cannot check it.",
        remedy: "Give the deployer the permission: [who deploys](permissions.md#who-deploys).",
    },
    "unused-controller": {
        severity: "warning",
        happens: "No cloud names this controller. The next `up` removes its clouds.",
        remedy: "Remove it from `controllers` afterwards, or add its id to `clouds.CLOUD.controllers`.",
    },
    "unused-secret": {
        severity: "warning",
        happens: "No template uses this Windows password or secret variable.",
        remedy: "Remove it with `pulumi config rm --path`, or use it in a template.",
    },
    "unused-cloud-set": {
        severity: "warning",
        happens: "No cloud uses this cloud set.",
        remedy: "Remove the set, or add it to a cloud's `extends`.",
    },
    "unused-variable": {
        severity: "warning",
        happens: "No text of the cloud's templates uses this variable.",
        remedy: "Remove the variable, or correct its name in the text.",
    },
    "unused-template-set": {
        severity: "warning",
        happens: "No template uses this template set.",
        remedy: "Remove the set, or add it to a template's `extends`.",
    },
    "winrm-without-https": {
        severity: "warning",
        happens: "WinRM runs over plain HTTP, so others can read the password.",
        remedy: "Set `winrm.https: true`, or `platform: windows-ssh`.",
    },
} as const satisfies Record<string, Message>;

export type ErrorCode = keyof typeof errors;
export type WarningCode = keyof typeof warnings;
