import type { PluginObject, PluginValue } from "../../settings/schema/codec";

/**
 * What one push is told: everything it needs, as one JSON document on standard input, so that nothing of it is in the
 * command line or the environment. Pulumi keeps it as a secret; the delete months later runs from the same document.
 */
export interface PushRequest {
    /** Who manages this cloud, as `project/stack`: a mark against two stacks that fight over one cloud. */
    owner: string;
    controller: ControllerAccess;
    plugin: PluginPolicy;
    cloud: CloudPayload;
    policy: ApplyPolicy;
    /** The stack's `aws:profile`, for what is asked in AWS beside Pulumi. @default the login of the environment */
    awsProfile?: string;
}

/** How to reach one Jenkins controller. */
export interface ControllerAccess {
    /** The id of the controller in the settings, for messages. */
    id: string;
    /** Base URL, with the path prefix where there is one, ending in a slash. */
    url: string;
    user: string;
    /** An API token. Preferred: it needs no crumb. Either this or a password is given. */
    token?: string;
    /** A password: a crumb is then fetched and sent with each POST. */
    password?: string;
    /** PEM of a private certificate authority, trusted in addition to the system's. */
    certificateAuthority?: string;
    /** PEM of a client certificate and its key. */
    clientCertificate?: string;
    clientKey?: string;
    /** URL of a forward proxy; without it HTTPS_PROXY, HTTP_PROXY and NO_PROXY are followed. */
    proxy?: string;
    timeouts: {
        /** Seconds for a connection to be made. */
        connectSeconds: number;
        /** Seconds for one answer. Longer than the plugin's own retries against AWS (90 s). */
        answerSeconds: number;
        /** Seconds for the whole push, waiting for a starting Jenkins included. */
        totalSeconds: number;
        /** Seconds to wait for a controller that refuses connections and has not answered yet. @default totalSeconds */
        startSeconds?: number;
    };
}

/** What may be done about the `ec2` plugin on the controller. */
export interface PluginPolicy {
    /** Installed when the plugin is missing or too old, for example `2059.v05f9d511d7e5`. */
    version: string;
    /** Older than this is too old. */
    minimum: string;
    /** Install or upgrade by ourselves; otherwise the push ends with the exact command to run. */
    install: boolean;
    /** Restart Jenkins safely (running builds end first) if the installation needs it. */
    restart: boolean;
}

export type { PluginObject, PluginValue };

/** A cloud as the plugin knows it: parameters by the newest plugin's own names. */
export interface CloudPayload extends SecretParameters, SettingNames {
    name: string;
    /** Names of the stack's clouds that stand before this one on the controller. */
    follows: string[];
    /** The agents' security group that the stack made. */
    securityGroup: string;
    /** Ids of the security groups that the settings name, by name. The live cloud may have the name. Absent where none is named. */
    groupIds?: Record<string, string>;
    credentials: CredentialPayload[];
    /** The description that the credentials had before the stack was renamed; absent where it was not. */
    formerMark?: string;
    /** Parameters of `EC2Cloud` without `name` and `templates`. */
    parameters: PluginObject;
    /** Parameters that a plugin without them may drop in silence: the program's own defaults, which the user did not ask for. */
    optional: string[];
    templates: TemplatePayload[];
}

/** How the settings name what became of them here, for messages. */
export interface SettingNames {
    /** Path in the settings: `clouds.agents`, `clouds.agents.templates.linux`. */
    path: string;
    /** The setting that asked for a parameter, below that path, by the parameter's name; none where nobody asked. */
    settings: Record<string, string>;
}

/** What of them the settings keep secret. */
export interface SecretParameters {
    /** Parameters that hold a text of the settings that is a Pulumi secret: they are shown masked, as a whole. */
    secret: string[];
}

export interface TemplatePayload extends SecretParameters, SettingNames {
    /** The id of the template in the settings, for messages. */
    id: string;
    /** Parameters of `SlaveTemplate`; `description` identifies the template in its cloud. */
    parameters: PluginObject;
    /** As in {@link CloudPayload.optional}. */
    optional: string[];
}

/** An entry of the controller's system credentials store, scope SYSTEM. */
export type CredentialPayload =
    | { kind: "aws"; id: string; description: string; accessKey: string; secretKey: string }
    | { kind: "ssh"; id: string; description: string; username: string; privateKey: string }
    /** No key: what marks a cloud of this name as the stack's that names only credentials which somebody else made. */
    | { kind: "mark"; id: string; description: string; cloud: string };

/** What a push may do to what it finds. */
export interface ApplyPolicy {
    /** Take over a cloud or credentials of these names that this stack did not make. */
    adopt: boolean;
    /** When the cloud is removed while agents of it are busy. */
    busyAgents: "refuse" | "drain" | "force";
    /** Minutes that `drain` waits for builds to end. */
    drainMinutes: number;
    /** Run the plugin's Test Connection before anything that is in use changes. */
    testConnection: boolean;
    /** After the push: ask the cloud for one agent of this label, wait until it is online, remove it. */
    smoke?: { label: string; onlineSeconds: number };
    /** Seconds that AWS may refuse a fresh identity before it is an error. */
    accessKeySeconds: number;
    /** Name of the instance profile that the stack made for the controller's instance, where the cloud's identity is that. */
    hostProfile?: string;
}

/** What a push answers on standard output, as one line of JSON: no secret and no time, so that it is the same each time. */
export interface PushResult {
    controller: string;
    cloud: string;
    /** Version of Jenkins, for example `2.479.3`. */
    jenkins: string;
    /** Version of the `ec2` plugin. */
    plugin: string;
    /** Descriptions of the cloud's templates, in order. */
    templates: string[];
    /** What Test Connection answered; `skipped` where the policy does not ask for it; `not tested yet` and what to do. */
    connection: string;
    /** The agents' security group that the stack made. */
    securityGroup: string;
    /** Absent where there is none. */
    secret?: SecretNames;
}

/** Parameters that hold a secret of the settings, by the description of their template; the cloud's own by the empty text. */
export type SecretNames = Record<string, string[]>;
