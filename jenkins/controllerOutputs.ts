import type { SecretNames } from "./push/request";

/** What the stack's output tells of one controller. */
export interface ControllerOutputs {
    url: string;
    /** Name of its IAM user; absent where none is made for it. */
    userName?: string;
    /** What tells this Jenkins from others, wherever it is reached: Jenkins' own hash. Absent where it was never asked (`watch: off`). */
    instance?: string;
    /** By the cloud's id in the settings. Without those whose push failed in the last `up`. */
    clouds: Record<string, PushOutputs>;
}

/** What a controller answered to the push of one cloud; in a preview what it answered to the last one. */
export interface PushOutputs {
    /** Name of the cloud in Jenkins. */
    cloud: string;
    /** Version of Jenkins. */
    jenkins: string;
    /** Version of the `ec2` plugin. */
    plugin: string;
    /** Descriptions of the templates, in order. */
    templates: string[];
    /** What Test Connection answered. */
    connection: string;
    /** Names of the plugin's parameters that hold a secret text of the settings, by the template's description; absent where none does. */
    secret?: SecretNames;
}
