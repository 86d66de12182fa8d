import { Document, isMap as isYamlMap, isScalar } from "yaml";
import { groupBy } from "../../settings/collections";
import { many, printable } from "../../settings/printable";
import type { FoundAgent } from "./kinds";
import { executorsOf, isUseKnown, type Proposal } from "./propose";

export interface FleetFileArgs {
    /** Relative to the folder of Pulumi.yaml. */
    path: string;
    proposals: readonly Proposal[];
    /** The map `controllers`, if the file is to have it. */
    controllers?: Record<string, unknown>;
    /** Major version of Java that agents need at least, by the controllers' versions of Jenkins. */
    java: number;
    /** Comment lines at the head. */
    head: string[];
}

const images = {
    x86_64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    arm64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    windows: "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
};

/** Where something is in the file, and the note about it. */
type Comments = [path: string[], text: string][];

/** A fleet file with a template for each kind. What nobody can know of an agent is a guess, and marked as one. */
export function inventoryFleetFile({ path, proposals, controllers, java, head }: FleetFileArgs): string {
    const comments: Comments = [];
    // Kinds of the same controllers share a cloud.
    const groups = [...groupBy(proposals, ({ kind }) => JSON.stringify(kind.controllers)).values()];
    const clouds = Object.fromEntries(
        groups.map((those, index) => {
            const id = index === 0 ? "static" : `static-${index + 1}`;
            const templates = those.map((proposal) => [
                proposal.kind.id,
                templateOf(proposal, java, ["clouds", id, "templates", proposal.kind.id], comments),
            ]);
            return [
                id,
                { controllers: those[0]!.kind.controllers, templates: Object.fromEntries(templates) as object },
            ];
        }),
    );
    const isWindows = proposals.some(({ kind }) => kind.system.platform === "windows");
    const contents = {
        ...(controllers === undefined ? {} : { controllers }),
        ...(isWindows ? { access: { policy: "scoped" } } : {}),
        ...(needsIngress(controllers) ? { network: { ingress: { cidrs: ["10.0.0.0/8"] } } } : {}),
        clouds,
    };
    comments.push(
        [["network"], "guess: where the controllers connect to the agents from"],
        [["access"], "reads the passwords that EC2 generates for Windows"],
    );
    const document = new Document(contents);
    for (const [at, text] of comments) commentOn(document, at, text);
    const schema = `yaml-language-server: $schema=${"../".repeat(path.split("/").length - 1)}docs/schemas/fleet.schema.json`;
    document.commentBefore = [schema, "", ...head].map((line) => (line === "" ? "" : ` ${line}`)).join("\n");
    return printable(document.toString({ lineWidth: 0 }));
}

/** A stack's own controllers have their addresses there. */
function needsIngress(controllers: Record<string, unknown> | undefined): boolean {
    return Object.values(controllers ?? {}).some((one) => {
        const { addresses } = one as { addresses?: unknown[] };
        return addresses === undefined || addresses.length === 0;
    });
}

function templateOf(proposal: Proposal, java: number, at: string[], comments: Comments): Record<string, unknown> {
    const { kind, cap, instanceType, carried, notCarried, perHour } = proposal;
    const [first] = kind.agents as [FoundAgent];
    const { platform, architecture, isKnown } = kind.system;
    const isWindows = platform === "windows";
    const memory = kind.memoryGiB === undefined ? "memory not known" : `${kind.memoryGiB.toFixed(1)} GiB`;
    comments.push(
        [
            at,
            [
                `${kind.agents.map(({ controller, name }) => `${controller}/${name}`).join(", ")}`,
                ...notCarried.map((each) => `to do: ${each}`),
            ].join("\n"),
        ],
        [[...at, "image"], `guess: ${isKnown ? first.system : "the system is not known"}`],
        [
            [...at, "instanceType"],
            `guess: ${many(executorsOf(kind), "executor")}, ${memory}${perHour === undefined ? "" : `, ${perHour} an hour by the price table`}`,
        ],
        [
            [...at, "cap"],
            isUseKnown(kind)
                ? "guess: 95th percentile of the busy agents of one controller, and a quarter more"
                : "guess: as many as there are agents, as less than a day of their use is known",
        ],
        [[...at, "idle"], "guess"],
        [[...at, "initScript"], "guess: what an agent needs at least"],
    );
    return {
        labels: carried.labels,
        ...(first.exclusive ? { mode: "EXCLUSIVE" } : {}),
        ...(isWindows ? { platform: "windows" } : {}),
        image: { ssm: isWindows ? images.windows : images[architecture] },
        instanceType: instanceType ?? (architecture === "arm64" ? "m7g.large" : "m7i.large"),
        executors: executorsOf(kind),
        ...(carried.folder === undefined ? {} : { remoteFolder: carried.folder }),
        ...(isWindows ? {} : { initScript: { inline: initScript(carried.folder, first.java, java) } }),
        ...filled("environment", carried.environment),
        ...filled("tools", carried.tools),
        cap,
        idle: { minutes: 30, then: "terminate" },
    };
}

const filled = (name: string, map: object) => (Object.keys(map).length === 0 ? {} : { [name]: map });

/** Java and Git, and the remote folder, which the login user could not make everywhere. */
function initScript(folder: string | undefined, java: string, least: number): string {
    const major = Math.max(least, Number(/^(?:1\.)?(\d+)/.exec(java)?.[1] ?? 0));
    const release = [17, 21, 25].find((each) => each >= major) ?? 21;
    return [
        `sudo dnf install --assumeyes java-${release}-amazon-corretto-headless git`,
        ...(folder === undefined ? [] : [`sudo install -d -o "$(id -un)" '${folder.replaceAll("'", "'\\''")}'`]),
        "",
    ].join("\n");
}

function commentOn(document: Document, at: string[], text: string): void {
    const parent: unknown = document.getIn(at.slice(0, -1), true) ?? document.contents;
    if (!isYamlMap(parent)) return;
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === at.at(-1));
    if (pair === undefined || !isScalar(pair.key)) return;
    pair.key.commentBefore = text
        .split("\n")
        .map((line) => ` ${line}`)
        .join("\n");
}
