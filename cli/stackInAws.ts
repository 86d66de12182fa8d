import { awsAdvice } from "./awsAnswers";
import { PushError } from "../jenkins/push/errors";
import { pulumi } from "./pulumi";

interface EngineEvent {
    resOutputsEvent?: { metadata: { op: string; urn: string; type: string; old?: { id?: string } } };
    diagnosticEvent?: { severity: string; message: string };
}

/**
 * Asks AWS for each resource of the stack whether it is there as the state has it. Changes nothing: it is the preview of a
 * `pulumi refresh`, with the events of the engine as lines of JSON.
 *
 * @returns what was found, in one line
 * @throws PushError that names what is gone or was changed
 */
export async function compareStateWithAws(stackArguments: string[]): Promise<string[]> {
    const flags = ["--preview-only", "--json", "--non-interactive", ...stackArguments];
    const { code, stdout } = await pulumi(
        ["refresh", ...flags],
        { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
        { isQuiet: true },
    );
    const events = stdout
        .split("\n")
        .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as EngineEvent] : []));
    if (code !== 0) {
        const errors = events.flatMap(({ diagnosticEvent: one }) =>
            one?.severity === "error" ? [one.message.trim()] : [],
        );
        const said = errors.join("\n") || stdout.trim();
        throw new PushError("request-failed", "", [
            awsAdvice(said) ?? "the state could not be compared with AWS",
            said,
        ]);
    }
    const resources = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
    const gone = resources.filter(({ op }) => op === "delete").map(nameOf);
    const changed = resources.filter(({ op }) => op === "update").map(nameOf);
    if (gone.length + changed.length === 0)
        return [`each of the ${resources.length} resources is there as the state has it`];
    throw new PushError("request-failed", "", [
        ...gone.map((one) => `not in AWS any more: ${one}`),
        ...changed.map((one) => `changed in AWS: ${one}`),
        "pulumi refresh takes this into the state; pulumi up then puts back what the settings want",
    ]);
}

/** `SecurityGroup agents (sg-0123)`. */
function nameOf({ urn, type, old }: NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]): string {
    const id = old?.id === undefined ? "" : ` (${old.id})`;
    return `${type.split(":").at(-1)} ${urn.split("::").at(-1)}${id}`;
}
