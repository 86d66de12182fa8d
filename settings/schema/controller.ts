import { z } from "zod";
import { matching, text, wholeNumber } from "./declare";

/** `ec2` versions are `1.2.3` or `1234.vabcdef012345`. */
const pluginVersion = matching(/^\d+(\.[\w.]+)*$/, "a version of the ec2 plugin, like 2059.v05f9d511d7e5");

export const cidr = matching(
    /^((\d{1,3}\.){3}\d{1,3}\/\d{1,2}|[0-9a-fA-F:]+\/\d{1,3})$/,
    "an address range (CIDR), like 10.0.0.5/32",
);

/** A Jenkins controller that clouds are pushed to. */
export const controller = z.strictObject({
    url: z.url({ protocol: /^https?$/, error: "must be a URL, like https://jenkins.example.com/team-a/" }).meta({
        description:
            "Base URL of the controller, with its path prefix. Plain http only for a controller on this machine.",
        examples: ["https://jenkins.example.com/team-a/"],
    }),
    user: text().meta({
        description:
            "User with Overall/Administer. The API token goes to `secrets.tokens.CONTROLLER`, or the password to `secrets.passwords.CONTROLLER`.",
        examples: ["provisioner"],
    }),
    addresses: z
        .array(cidr)
        .default([])
        .meta({
            description:
                "Address ranges from which the controller connects to its agents. The stack's security groups allow them. With `network.makeSecurityGroup: false` your own groups must.",
            examples: [["10.20.0.5/32"]],
        }),
    certificateAuthority: text()
        .optional()
        .meta({
            description:
                "File (PEM) of a private certificate authority, relative to the project; trusted beside the system's.",
            examples: ["certificates/ca.pem"],
        }),
    clientCertificate: text().optional().meta({
        description:
            "File (PEM) of a client certificate, relative to the project. Its key goes to `secrets.clientKeys.CONTROLLER`.",
    }),
    proxy: z
        .url({ protocol: /^https?$/, error: "must be the URL of a proxy, like http://proxy.example.com:3128" })
        .optional()
        .meta({
            description:
                "Forward proxy. Set one that has a password with `pulumi config set --secret --path controllers.CONTROLLER.proxy`.",
            defaultText: "HTTPS_PROXY, HTTP_PROXY and NO_PROXY",
        }),
    timeouts: z
        .strictObject({
            connectSeconds: wholeNumber(1, 600)
                .default(10)
                .meta({ description: "Seconds for a connection to be made." }),
            answerSeconds: wholeNumber(1, 3_600).default(180).meta({
                description:
                    "Seconds for one answer. Use more than 90, because the plugin itself retries against AWS for so long.",
            }),
            totalSeconds: wholeNumber(1, 36_000).default(900).meta({
                description: "Seconds for the whole push, waiting for a starting Jenkins included.",
            }),
        })
        .prefault({})
        .meta({ description: "How long to wait for the controller." }),
    plugin: z
        .strictObject({
            version: pluginVersion.default("2063.ve202101143b_6").meta({
                description:
                    "Version of the `ec2` plugin that the push installs if the plugin is missing or too old. `npm run -s jenkins -- advise` shows which one suits a stack; reasons for the default: docs/compatibility.md.",
            }),
            minimum: pluginVersion.default("2.0.7").meta({
                description:
                    "A plugin before this version is too old. The default is the oldest that this program is tested with.",
            }),
            install: z.boolean().default(true).meta({
                description:
                    "Install the plugin if it is missing or too old. `false`: the push stops and prints the command.",
            }),
            restart: z.boolean().default(false).meta({
                description: "Restart Jenkins if the installation needs it, safely: running builds end first.",
            }),
        })
        .prefault({})
        .meta({ description: "The `ec2` plugin on the controller." }),
});

/** A controller, resolved. Its token, password and client key are among the stack's secrets, by its id. */
export interface ControllerSettings extends Omit<
    z.output<typeof controller>,
    "certificateAuthority" | "clientCertificate"
> {
    id: string;
    /** Text of the file (PEM). */
    certificateAuthority?: string;
    /** Text of the file (PEM). */
    clientCertificate?: string;
}

/** A base URL as requests begin with it: ending in a slash. */
export const slashed = (url: string) => (url.endsWith("/") ? url : `${url}/`);
