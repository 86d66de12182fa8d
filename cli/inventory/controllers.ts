import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { controllerAccess } from "../../jenkins/controllerAccess";
import type { ControllerAccess } from "../../jenkins/push/request";
import type { PriceTable, StackSettings } from "../../settings";
import shippedPrices from "../../settings/prices.json";
import { isMap } from "../../settings/collections";
import { projectFiles } from "../../settings/read/projectFiles";
import { readSettings } from "../../settings/read/readSettings";
import type { DeployedPush } from "../pulumi";

/** The controllers to ask, and the prices to count with. */
export interface Asked {
    controllers: ControllerAccess[];
    /** The map `controllers` as it was written, for the fleet file; absent where a stack has it. */
    written?: Record<string, unknown>;
    prices: PriceTable;
}

/** The controllers of a stack's settings. */
export function ofStack(settings: StackSettings): Asked {
    const controllers = Object.values(settings.controllers).map((one) => controllerAccess(settings, one));
    return { controllers, prices: settings.prices };
}

/** The controllers that a stack has deployed to: a program that gives its settings to the component has none in the configuration. */
export function ofDeployed(pushes: readonly DeployedPush[]): Asked {
    const byId = new Map(pushes.map(({ request: { controller } }) => [controller.id, controller]));
    return { controllers: [...byId.values()], prices: shippedPrices };
}

/**
 * The controllers of a file: a map `controllers`, as in a fleet file. The token of controller `team-a` is in the environment variable
 * JENKINS_TOKEN_TEAM_A, else in JENKINS_TOKEN.
 *
 * @throws if the file has no such map, or a token is missing
 */
export function ofFile(path: string, environment: NodeJS.ProcessEnv): Asked {
    if (!existsSync(path)) throw new Error(`--controllers is "${path}"; there is no such file.`);
    const content: unknown = parse(readFileSync(path, "utf8"));
    const written = isMap(content) ? content.controllers : undefined;
    if (!isMap(written) || Object.keys(written).length === 0) {
        throw new Error(`${path} must have a map controllers, like { controllers: { team-a: { url: …, user: … } } }.`);
    }
    const tokens = Object.keys(written).map((id) => [id, tokenOf(id, environment)] as const);
    const missing = tokens.filter(([, token]) => !token).map(([id]) => variableOf(id));
    if (missing.length > 0) throw new Error(`These environment variables are missing: ${missing.join(", ")}.`);
    return { ...ofStack(settingsOf(written, Object.fromEntries(tokens) as Record<string, string>)), written };
}

const variableOf = (id: string) => `JENKINS_TOKEN_${id.toUpperCase().replaceAll("-", "_")}`;
const tokenOf = (id: string, environment: NodeJS.ProcessEnv) =>
    environment[variableOf(id)] || environment.JENKINS_TOKEN;

/** Read as the settings of a stack, which has a cloud: this one is never used. */
function settingsOf(controllers: Record<string, unknown>, tokens: Record<string, string>): StackSettings {
    const template = { image: { id: "ami-00000000" }, instanceType: "t3.medium", labels: ["none"] };
    const raw = {
        controllers,
        clouds: { none: { controllers: Object.keys(controllers), templates: { none: template } } },
        network: { ingress: { cidrs: ["10.0.0.0/8"] } },
        secrets: { tokens },
    };
    const files = projectFiles(() => process.cwd());
    const context = { project: "inventory", stack: "inventory", region: "us-east-1", secretKeys: new Set(["secrets"]) };
    return readSettings(raw, { ...context, ...files }).settings;
}
