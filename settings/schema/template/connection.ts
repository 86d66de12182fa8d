import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import { matching, oneOf, tags, text, wholeNumber } from "../declare";

const subnetPattern = /^subnet-[0-9a-f]{8,17}$/;
const subnetForm = "a subnet id, like subnet-0123456789abcdef0";

export const subnetId = matching(subnetPattern, subnetForm);

/** What is in AWS already: by its id, or by what it is found by in the cloud's VPC. */
export type Existing = string | { name: string } | { tags: Record<string, string> };

/** The forms of an {@link Existing}; `name` says which one it is that has a name. */
function existing(pattern: RegExp, form: string, name: string) {
    const forms = `${form}, { name: … } or { tags: … }`;
    const byName = z.strictObject({
        name: text().max(255, "has at most 255 characters").meta({ description: name }),
    });
    const byTags = z.strictObject({
        tags: tags
            .refine((pairs) => Object.keys(pairs).length > 0, "must have at least one tag")
            .meta({ description: "All that have these tags." }),
    });
    return z.union([matching(pattern, forms), byName, byTags], { error: `must be ${forms}` });
}

const subnet = existing(subnetPattern, subnetForm, "The one whose tag `Name` has this value.");
export const securityGroup = existing(
    /^sg-[0-9a-f]{8,17}$/,
    "a security group id, like sg-0123456789abcdef0",
    "The one with this group name.",
);
const zone = matching(
    /^[a-z]{2}(-[a-z]+)+-\d[a-z]$|^[a-z]{2}(-[a-z]+)+-\d(-[a-z0-9]+)+$/,
    "an availability zone, like eu-central-1a",
);

/** Where the instance is in the network, and how Jenkins reaches it. */
export const connectionShape = {
    platform: oneOf(["unix", "mac", "windows", "windows-ssh"])
        .default("unix")
        .meta({
            description: "`unix` and `mac` over SSH, `windows` over WinRM, `windows-ssh` over SSH.",
            parameters: ["amiType"],
            since: { "windows-ssh": firstVersions.WindowsSSHData },
            cost: "Windows has its licence in the price of the instance. For `mac`, see `instanceType`.",
        }),
    ssh: z
        .strictObject({
            port: wholeNumber(1, 65_535).default(22).meta({ description: "Port of the SSH server." }),
            rootCommandPrefix: z
                .string()
                .default("")
                .meta({ description: "Put before commands that need root.", examples: ["sudo"] }),
            agentCommandPrefix: z.string().default("").meta({ description: "Put before the agent's command." }),
            agentCommandSuffix: z.string().default("").meta({ description: "Put after the agent's command." }),
            bootDelaySeconds: wholeNumber(0, 3_600)
                .default(0)
                .meta({ description: "Seconds to wait before the first attempt." }),
        })
        .prefault({})
        .meta({ description: "Login over SSH.", parameters: ["amiType"] }),
    winrm: z
        .strictObject({
            password: text().optional().meta({
                description: "Which of `secrets.windowsPasswords` is the user's password, by its key there.",
                defaultText: "the password that EC2 generates; this needs an RSA key pair",
            }),
            https: z.boolean().default(true).meta({
                description:
                    "WinRM over HTTPS (port 5986). On by default: over HTTP (5985) the password crosses the network.",
            }),
            allowSelfSignedCertificate: z.boolean().default(true).meta({
                description: "Accept the certificate that the instance made for itself.",
            }),
            bootDelaySeconds: wholeNumber(0, 3_600)
                .default(0)
                .meta({ description: "Seconds to wait before the first attempt." }),
        })
        .prefault({})
        .meta({ description: "Login to Windows over WinRM.", parameters: ["amiType"] }),
    subnets: z
        .array(subnet)
        .min(1, "must name at least one subnet")
        .optional()
        .meta({
            description:
                "Subnets in which instances start, in turn: each by its id, by `{ name: … }` (its tag `Name`) or by `{ tags: … }`.",
            defaultText: "the cloud's",
            examples: [["subnet-0123456789abcdef0"], [{ name: "builds-a" }], [{ tags: { tier: "private" } }]],
            parameters: ["subnetId"],
        }),
    zones: z
        .array(zone)
        .min(1, "must name at least one zone")
        .optional()
        .meta({
            description:
                "Availability zones in which instances start: those of the cloud's subnets that are in these zones.",
            defaultText: "all of the subnets'",
            examples: [["eu-central-1a"]],
            parameters: ["zone"],
        }),
    securityGroups: z
        .array(securityGroup)
        .default([])
        .meta({
            description: "Security groups beside the cloud's, each said as in `network.securityGroups`.",
            parameters: ["securityGroups"],
        }),
    publicAddress: oneOf(["DEFAULT", "SUBNET", "PUBLIC_IP", "PRIVATE_IP"])
        .default("DEFAULT")
        .meta({
            description:
                "Whether instances get a public address: always (`PUBLIC_IP`), never (`PRIVATE_IP`), or as the subnet says (`SUBNET`, `DEFAULT`). With `spot.maxPricePerHour` the plugin takes `DEFAULT` for never (SlaveTemplate.provisionSpot).",
            parameters: ["associateIPStrategy"],
            cost: "A public IPv4 address, by the hour.",
            since: firstVersions.associateIPStrategy,
        }),
    connectionStrategy: oneOf(["PRIVATE_IP", "PRIVATE_DNS", "PUBLIC_IP", "PUBLIC_DNS"])
        .default("PRIVATE_IP")
        .meta({
            description:
                "Address under which Jenkins connects. The default is the plugin's, and needs no public address.",
            parameters: ["connectionStrategy"],
        }),
    hostKeyVerification: oneOf(["CHECK_NEW_HARD", "CHECK_NEW_SOFT", "ACCEPT_NEW", "OFF"])
        .default("CHECK_NEW_SOFT")
        .meta({
            description:
                "How an agent's SSH host key is checked. `CHECK_NEW_HARD`: it must be in the instance's console output. `CHECK_NEW_SOFT`: if it is there, it must match. `ACCEPT_NEW`: the first is trusted. `OFF`: any. The default is the plugin's: the strictest that works with images that print no host key.",
            parameters: ["hostKeyVerificationStrategy"],
        }),
    sshProcess: z
        .boolean()
        .default(false)
        .meta({
            description: "Connect by the controller's own `ssh` program.",
            parameters: ["connectBySSHProcess"],
        }),
};
