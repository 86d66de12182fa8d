import * as pulumi from "@pulumi/pulumi";
import type { PushRequest, PushResult } from "../../../jenkins/push/request";
import { readRequest } from "../../../jenkins/push/requestText";
import { runProgram, type Registered } from "../pulumi-mocks";
import { newestRelease } from "../../../settings/plugin/releases";

/** What the engine is told of a resource beside its inputs. */
export interface RegisteredOptions {
    deleteBeforeReplace: boolean;
    ignoreChanges: string[];
    /** URNs of what it depends on. */
    dependencies: string[];
    /** The types of all that it is in, and its own: with the name, what identifies it in the state. */
    qualifiedType: string;
    /** Names that it had in earlier states, empty for its own. */
    aliases: string[];
    /** Those of them that it had as the stack's own resource, outside of every component. */
    stacksOwn: string[];
}

/** The whole program, run on mocks. */
export interface MockedStack {
    resources: Registered[];
    /** Every look-up. */
    calls: { token: string; inputs: Record<string, unknown> }[];
    /** By `type name`. */
    options: Record<string, RegisteredOptions>;
    /** Inputs that are secrets, as `type name input`. */
    secretInputs: string[];
    /** What the program exports. */
    outputs: Record<string, pulumi.Input<unknown>>;
}

const namespace = "jenkins-ec2-agents:";

/** A small stack: two controllers, two clouds, two regions; images by id and pinned. */
export const smallStack = {
    access: { policy: "scoped" }, // for the Windows template
    watch: "off", // there is no Jenkins to look at
    network: { ingress: { cidrs: ["10.20.0.0/24"] } },
    controllers: {
        "team-a": { url: "https://a.example.com/", user: "admin" },
        "team-b": { url: "https://b.example.com/", user: "admin" },
    },
    clouds: {
        agents: {
            controllers: ["team-a", "team-b"],
            cap: 10,
            templates: {
                linux: { image: { ssm: "/an/image" }, instanceType: "m7i.large", labels: ["linux"] },
                fixed: { image: { id: "ami-0123456789abcdef0" }, instanceType: "m7i.large", labels: ["fixed"] },
            },
        },
        west: {
            controllers: ["team-b"],
            region: "eu-west-1",
            cap: 10,
            templates: {
                windows: {
                    image: { filter: { name: "windows-*" }, owners: ["self"] },
                    instanceType: "m7i.large",
                    labels: ["windows"],
                    platform: "windows",
                },
            },
        },
    },
    secrets: { tokens: { "team-a": "token-of-team-a", "team-b": "token-of-team-b" } },
};

type Program = () => Promise<MockedStack["outputs"]>;

const sources = async () => ((await import("../../../index")) as unknown as { default: Program }).default;

/** Sets the stack's configuration, as the language host hands it over. */
export function configure(settings: Record<string, unknown>): void {
    const entries = Object.entries(settings).map(([key, value]) => [
        `${namespace}${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const secretKeys = [`${namespace}secrets`];
    pulumi.runtime.setAllConfig({ ...Object.fromEntries(entries), "aws:region": "eu-central-1" }, secretKeys);
    process.env.PULUMI_CONFIG_SECRET_KEYS = JSON.stringify(secretKeys);
}

/**
 * Runs index.ts, or what is made of it, with these settings in a stack `test`, with mocks for AWS, TLS and the command.
 *
 * @param deployed the stack's outputs after its last update; none before its first
 */
export async function runWholeProgram(
    settings: Record<string, unknown>,
    load: () => Promise<Program> = sources,
    deployed: object = {},
): Promise<MockedStack> {
    configure(settings);
    const options: MockedStack["options"] = {};
    const secretInputs: string[] = [];
    const { result, resources, calls } = await runProgram(
        async () => {
            record(options, secretInputs);
            const program = await load();
            return program();
        },
        {
            outputs: ({ type, name, inputs }) => outputs(type, name, inputs),
            call: (token, inputs) => call(token, inputs, deployed),
        },
    );
    const shown = resources.map((resource) => ({ ...resource, inputs: unwrapped(resource.inputs) }));
    return { resources: shown, calls, options, secretInputs, outputs: result };
}

interface Request {
    getType(): string;
    getName(): string;
    getParent(): string;
    getDeletebeforereplace(): boolean;
    getIgnorechangesList(): string[];
    getDependenciesList(): string[];
    getAliasesList(): { getSpec(): { getName(): string; getNoparent(): boolean } | undefined }[];
    getObject(): { toJavaScript(): Record<string, unknown> };
}

/** Whether a value is marked as a secret: by Pulumi's signature of one in its gRPC protocol. */
function isSecret(value: unknown): value is { value: unknown } {
    const signature = (value as Record<string, unknown> | null)?.["4dabf18193072939515e22adb298388d"];
    return signature === "1b47061264138c4ac30d75fd1eb44270";
}

function unwrapped(inputs: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [name, isSecret(value) ? value.value : value]),
    );
}

/** Notes what the mocks do not pass on: options, and which inputs are secrets. */
function record(options: MockedStack["options"], secretInputs: string[]): void {
    const monitor = pulumi.runtime.getMonitor() as unknown as {
        registerResource(request: Request, ...rest: unknown[]): unknown;
    };
    const original = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, ...rest) => {
        const key = `${request.getType()} ${request.getName()}`;
        const aliases = request.getAliasesList().flatMap((alias) => alias.getSpec() ?? []);
        options[key] = {
            deleteBeforeReplace: request.getDeletebeforereplace(),
            ignoreChanges: request.getIgnorechangesList(),
            dependencies: request.getDependenciesList(),
            qualifiedType: [...parentTypes(request.getParent()), request.getType()].join("$"),
            aliases: aliases.filter((alias) => !alias.getNoparent()).map((alias) => alias.getName()),
            stacksOwn: aliases.filter((alias) => alias.getNoparent()).map((alias) => alias.getName()),
        };
        for (const [input, value] of Object.entries(request.getObject().toJavaScript())) {
            if (isSecret(value)) secretInputs.push(`${key} ${input}`);
        }
        return original(request, ...rest);
    };
}

/** From a URN, `urn:pulumi:STACK::PROJECT::TYPES::NAME`; the stack itself counts for nothing. */
function parentTypes(urn: string): string[] {
    return (urn.split("::")[2] ?? "").split("$").filter((type) => type !== "" && type !== "pulumi:pulumi:Stack");
}

/** What the providers would answer. */
function outputs(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
    switch (type) {
        case "aws:iam/accessKey:AccessKey":
            return { secret: `secret-of-${name}` };
        case "tls:index/privateKey:PrivateKey":
            return {
                privateKeyPem: "-----BEGIN RSA PRIVATE KEY-----\nmocked\n-----END RSA PRIVATE KEY-----\n",
                publicKeyOpenssh: "ssh-rsa mocked",
            };
        case "pulumi:index:Stash":
            return { output: inputs.input };
        case "command:local:Command":
            return { stdout: JSON.stringify(pushResult(readRequest(unwrapped(inputs).stdin as string))) };
        default:
            return { arn: `arn:aws:mocked:::${name}` };
    }
}

function pushResult({ controller, cloud }: PushRequest): PushResult {
    return {
        controller: controller.id,
        cloud: cloud.name,
        jenkins: "2.528.1",
        plugin: newestRelease.version,
        templates: cloud.templates.map(({ parameters }) => parameters.description as string),
        connection: "Success",
        securityGroup: cloud.securityGroup,
    };
}

const armOnly = (filters: unknown) => JSON.stringify(filters).includes("arm64");

/** One group for each question. */
function idOfGroup(filters: unknown, tags: unknown): string {
    const [, named] = filters as { values: string[] }[];
    return `sg-of-${named?.values.join() ?? Object.values(tags as object).join()}`;
}

function call(
    token: string,
    { region, filters, tags }: Record<string, unknown>,
    deployed: object,
): Record<string, unknown> {
    switch (token) {
        case "pulumi:pulumi:readStackOutputs":
            return { outputs: deployed };
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return { arn: "arn:aws:iam::111122223333:user/ci" };
        case "aws:ec2/getVpc:getVpc":
            return { id: "vpc-1" };
        case "aws:ec2/getInstanceTypes:getInstanceTypes":
            return { instanceTypes: armOnly(filters) ? [] : ["m7i.large"] };
        case "aws:ec2/getSubnets:getSubnets":
            return { ids: ["subnet-2", "subnet-1"] };
        case "aws:ec2/getSecurityGroups:getSecurityGroups":
            return { ids: [idOfGroup(filters, tags)] };
        case "aws:ec2/getAmi:getAmi":
            return { id: "ami-found" };
        case "aws:ssm/getParameter:getParameter":
            return { value: "ami-of-the-parameter" };
        default:
            throw new Error(`The small stack looks up nothing like ${token} (${String(region)})`);
    }
}
