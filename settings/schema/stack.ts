import { z } from "zod";
import type { PriceTable } from "./priceTable";
import { access } from "./access";
import { budget } from "./budget";
import { cloud, CloudSettings, cloudSets, templateSets } from "./cloud";
import { controller, ControllerSettings } from "./controller";
import { identifier, matching, oneOf, tags, text, wholeNumber } from "./declare";
import { keyPair, KeyPairSettings } from "./keyPair";
import { network } from "./network";
import { rollout } from "./rollout";
import { safety } from "./safety";

const secretMap = (description: string) => z.record(identifier, z.string().min(1)).default({}).meta({ description });

/** What nobody may read: one Pulumi secret. */
export const secrets = z.strictObject({
    tokens: secretMap("API tokens of the controllers' users, by the controller's id."),
    passwords: secretMap("Passwords of the controllers' users, where there is no token, by the controller's id."),
    clientKeys: secretMap("Keys (PEM) of the controllers' client certificates, by the controller's id."),
    variables: secretMap("Values for templates' scripts, by the name in `{ secret: NAME }` of `variables`."),
    windowsPasswords: secretMap("Passwords for WinRM, by the name in `winrm.password`."),
    privateKey: z
        .string()
        .regex(
            /^-----BEGIN RSA PRIVATE KEY-----\r?\n(?!Proc-Type:)/,
            "must be an RSA private key in PEM form (BEGIN RSA PRIVATE KEY) without a passphrase, the only form that the plugin reads: ssh-keygen -p -m PEM -N '' -f KEY rewrites one",
        )
        .optional()
        .meta({ description: "The private half of `keyPair.publicKey`: RSA, PEM, without a passphrase." }),
});

/** The price table that comes with the program. */
export const shippedPrices = "settings/prices.json";

/** Every configuration key of the project. */
export const stack = z.strictObject({
    name: matching(/^[\w+=,.@-]{1,40}$/, "1 to 40 letters, digits and + = , . @ _ -")
        .default("jenkins-aws")
        .meta({
            description:
                "Name of the policy and the group in IAM; user names begin with it. Two stacks in one account need two names.",
            examples: ["jenkins-aws-staging"],
        }),
    controllers: z
        .record(identifier, controller)
        .refine((controllers) => Object.keys(controllers).length > 0, "must have at least one controller")
        .meta({
            description: "The Jenkins controllers, by id.",
            examples: [{ "team-a": { url: "https://jenkins.example.com/team-a/", user: "provisioner" } }],
        }),
    clouds: z
        .record(identifier, cloud)
        .refine((clouds) => Object.keys(clouds).length > 0, "must have at least one cloud")
        .meta({
            description: "The clouds, by id.",
            examples: [
                {
                    agents: {
                        controllers: ["team-a"],
                        cap: 40,
                        defaults: { image: { id: "ami-0123456789abcdef0" }, instanceType: "m7i.large" },
                        templates: { linux: { labels: ["linux"] } },
                    },
                },
            ],
        }),
    fleet: z
        .union([text(), z.array(text())], { error: "must be the path of a file or folder, or a list of them" })
        .default([])
        .meta({
            description:
                "Fleet files, relative to the project: a file, a folder (its `*.yaml`), or a list of them. They may set everything except `secrets` and `fleet`: [fleet files](fleet-files.md).",
            examples: ["fleets/prod.yaml", ["fleets/base.yaml", "fleets/prod"]],
        }),
    templateSets: templateSets
        .default({})
        .meta({ description: "Named settings that templates can start from with `extends`." }),
    cloudSets: cloudSets
        .default({})
        .meta({ description: "Named settings, templates included, that clouds can start from with `extends`." }),
    access: access.prefault({}).meta({ description: "What the stack makes in IAM." }),
    network: network.prefault({}).meta({ description: "The network of every cloud without one of its own." }),
    keyPair: keyPair.prefault({}).meta({ description: "The key pair that Jenkins logs in to the agents with." }),
    tags: tags.default({}).meta({
        description: "Tags of everything that the stack makes, and of the instances.",
        examples: [{ "cost-centre": "4711" }],
    }),
    watch: oneOf(["report", "heal", "off"]).default("report").meta({
        description:
            "What happens when somebody has edited the cloud in Jenkins. `report`: shows it. `heal`: restores the settings. `off`: does not look.",
    }),
    parallel: wholeNumber(1, 100).default(10).meta({ description: "How many pushes run at a time." }),
    silence: z
        .array(text())
        .default([])
        .meta({
            description:
                "Names of warnings that are hidden, and of faults of the plugin (docs/compatibility.md) that you accept, also if they are errors.",
            examples: [["spot-without-fallback", "cap-race"]],
        }),
    rollout: rollout
        .prefault({})
        .meta({ description: "Which controllers get a change first, and what must succeed before the others get it." }),
    safety: safety.prefault({}).meta({ description: "How large a change may be." }),
    budget: budget.prefault({}).meta({
        description:
            "A monthly budget in AWS over the stack's agents. First activate their tag `jenkins-controller` as a cost allocation tag in the billing console: AWS counts from then on. Its figures lag by 8 to 12 hours, after the activation by up to a day. The deployer needs budgets:ViewBudget, budgets:ModifyBudget and budgets:ListTagsForResource. Tested with mocks only.",
        examples: [{ usdPerMonth: 2500, notify: ["builds@example.com"] }],
        cost: "Nothing: AWS charges for budgets with actions only.",
    }),
    prices: text().default(shippedPrices).meta({
        description:
            "File of a price table, relative to the project, in the form of settings/prices.json: the cost of each template in a preview.",
    }),
    secrets: secrets
        .prefault({})
        .meta({ description: "Tokens, passwords and keys, set with `pulumi config set --secret --path`." }),
});

/** The settings of a stack, resolved: sets and fleet files merged, defaults filled in, files read. */
export interface StackSettings extends Omit<
    z.output<typeof stack>,
    "fleet" | "templateSets" | "cloudSets" | "network" | "controllers" | "clouds" | "keyPair" | "prices"
> {
    project: string;
    stack: string;
    /** Name of the component whose arguments these are; absent where they are the stack's configuration. */
    component?: string;
    controllers: Record<string, ControllerSettings>;
    clouds: Record<string, CloudSettings>;
    keyPair: KeyPairSettings;
    /** What instances cost. */
    prices: PriceTable;
    /** Texts in the other settings that are Pulumi secrets: not to be shown. */
    secretTexts: string[];
}
