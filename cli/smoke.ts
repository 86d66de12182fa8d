import { parseArgs } from "node:util";
import type { PushRequest, TemplatePayload } from "../jenkins/push/request";
import { smoke } from "../jenkins/push/smoke";
import { printable } from "../settings/printable";
import { commands } from "./declarations";
import { deployedPushes } from "./pulumi";

/**
 * Asks deployed clouds for one agent each, waits until it is online, and removes it: `--label` or `--template`, and where a
 * stack has several, `--controller` and `--cloud`; `--seconds` is how long an agent may take (default 600).
 */
export async function smokeCommand(args: string[], stackArguments: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: commands.smoke.options });
    if ((values.label === undefined) === (values.template === undefined)) {
        throw new Error("smoke needs either --label LABEL or --template DESCRIPTION.");
    }
    const onlineSeconds = values.seconds === undefined ? undefined : seconds(values.seconds);
    const all = (await deployedPushes(stackArguments)).map(({ request }) => request);
    const chosen = all.filter(
        ({ controller, cloud }) =>
            (values.controller ?? controller.id) === controller.id && (values.cloud ?? cloud.name) === cloud.name,
    );
    if (chosen.length === 0)
        throw new Error(`No such push is deployed. There are: ${all.map(named).join(", ") || "none"}.`);
    const asked = chosen.filter((request) => hasTarget(request, values));
    if (asked.length === 0) {
        const target = values.label === undefined ? `template "${values.template}"` : `label "${values.label}"`;
        throw new Error(
            `No cloud of ${chosen.map(named).join(", ")} has the ${target}. There are: ${targets(chosen, values)}.`,
        );
    }
    for (const request of asked) {
        const result = await smoke(request, { label: values.label, template: values.template, onlineSeconds }, (line) =>
            process.stderr.write(`${line}\n`),
        );
        process.stdout.write(`${printable(JSON.stringify(result))}\n`);
    }
    return 0;
}

interface Target {
    label?: string;
    template?: string;
}

/** Whether the cloud, as it was deployed, has what is asked for: of several clouds often one has the label. */
function hasTarget({ cloud }: PushRequest, { label, template }: Target): boolean {
    return cloud.templates.some((each) =>
        label === undefined ? each.parameters.description === template : labels(each).includes(label),
    );
}

const labels = ({ parameters }: TemplatePayload) => String(parameters.labelString ?? "").split(/\s+/);

function targets(requests: PushRequest[], { label }: Target): string {
    const all = requests.flatMap(({ cloud }) =>
        cloud.templates.flatMap((each) => (label === undefined ? [String(each.parameters.description)] : labels(each))),
    );
    return [...new Set(all)].filter((each) => each !== "").join(", ") || "none";
}

function seconds(text: string): number {
    if (!/^\d+$/.test(text)) throw new Error(`--seconds is "${text}"; it must be a whole number, 0 or more.`);
    return Number(text);
}

const named = ({ controller, cloud }: PushRequest) => `--controller ${controller.id} --cloud ${cloud.name}`;
