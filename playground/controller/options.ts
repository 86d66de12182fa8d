/** How a stand-in Jenkins controller is to be. It is no Jenkins: see README.md in this folder. */
export interface ControllerOptions {
    /** What it is called on its page and in messages. */
    name: string;
    /** Its folder: config.xml, credentials.xml, nodes, secrets, log. Kept; a start in a used folder is a restart. */
    home: string;
    /** Version of the `ec2` plugin, one of the contract files'. @default not installed */
    plugin?: string;
    /** Versions of the `ec2` plugin in the update centre, which installs the newest. @default all contract files' */
    offered?: string[];
    /** A plugin that was not there before needs a restart too. @default false; an upgrade always needs one */
    installNeedsRestart?: boolean;
    /** Seconds that an installation takes. @default 0.5 */
    installSeconds?: number;
    /** URL of the AWS emulator for clouds without an endpoint of their own. @default AWS itself */
    awsEndpoint?: string;
    /** Access key of the controller's machine, as an instance profile gives. @default none */
    machineIdentity?: { accessKeyId: string; secretAccessKey: string };
    /** @default 0: the one it had before in this home, if free, else any that is free */
    port?: number;
    /** Path prefix, for example `/team-a`. @default none */
    contextPath?: string;
    /** Seconds that a minute of the plugin lasts, for idle times. @default 60 */
    minuteSeconds?: number;
    /** Seconds of answering 503 at each start. @default 0 */
    startSeconds?: number;
    /** Seconds of refused connections in a restart. @default 0.5 */
    stopSeconds?: number;
    /** Bytes of the largest form that is accepted, 0 for any. @default 200000, as Jenkins 2.538 to 2.541 */
    formLimit?: number;
    /** Whether there are crumbs. @default true */
    crumbs?: boolean;
    /** Seconds until a crumb expires. @default 1800 */
    crumbSeconds?: number;
    /** PEM files for HTTPS; with `clientAuthority` each client needs a certificate of it. @default HTTP */
    tls?: { certificate: string; key: string; clientAuthority?: string };
    /** Lives on when this process ends. @default true */
    detached?: boolean;
    /** Folder of the plugin generations. @default `contract` beside this file */
    contracts?: string;
}

/** A stand-in controller that runs. Plain data: another process can stop it. */
export interface RunningController {
    name: string;
    home: string;
    /** With the path prefix, ending in a slash. */
    url: string;
    /** The administrator, with a password (needs a crumb) and an API token (does not). */
    user: string;
    password: string;
    token: string;
    /** A user without Overall/Administer. The token is also the password. */
    viewer: { user: string; token: string };
    /** The JVM; controllers that were started together share it. */
    pid: number;
}
