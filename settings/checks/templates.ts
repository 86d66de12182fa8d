import { Findings } from "../read/findings";
import { Path, valueAt } from "../path";
import { CloudSettings } from "../schema/cloud";
import { StackSettings } from "../schema/stack";
import type { TemplateCheck } from "./template/templateCheck";
import { checkAgent } from "./template/agent";
import { checkConnection } from "./template/connection";
import { checkLifetime } from "./template/lifetime";
import { checkMachine } from "./template/machine";
import { checkPlugin } from "./template/plugin";
import { checkVolumes } from "./template/volumes";

/** Each template makes sense in itself, in its cloud and in its region. */
export function checkTemplates(cloud: CloudSettings, stack: StackSettings, findings: Findings): void {
    for (const template of Object.values(cloud.templates)) {
        const at = (setting: string): Path => [
            "clouds",
            cloud.id,
            "templates",
            template.key,
            ...setting.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
        ];
        const check: TemplateCheck = {
            template,
            cloud,
            stack,
            problem: (code, setting, message, fix) =>
                findings.problem(code, at(setting), message, fix, valueAt(template, setting.split("."))),
            warn: (code, setting, message) => findings.warn(code, at(setting), message),
        };
        checkMachine(check);
        checkVolumes(check);
        checkAgent(check);
        checkLifetime(check);
        checkConnection(check);
        checkPlugin(check);
    }
}
