import { z } from "zod";
import { firstVersions } from "../../plugin/firstVersions";
import { isTrue, mapOf, masked, numberOf, parameterCodec, scalar, textOf, type PluginValue } from "../codec";
import { oneOf, text, wholeNumber } from "../declare";

const platforms = ["unix", "mac", "windows", "windows-ssh"] as const;
export type Platform = (typeof platforms)[number];

const classes: Record<Platform, string> = {
    unix: "hudson.plugins.ec2.UnixData",
    mac: "hudson.plugins.ec2.MacData",
    windows: "hudson.plugins.ec2.WindowsData",
    "windows-ssh": "hudson.plugins.ec2.WindowsSSHData",
};

/** By the class, which an export gives without its package. A template without login data is of the default platform. */
function platformOf(amiType: PluginValue): Platform | undefined {
    const name = textOf(mapOf(amiType)?.["$class"]) || classes.unix;
    return platforms.find((platform) => classes[platform] === name || classes[platform].endsWith(`.${name}`));
}

/** The parameter `amiType` is of the platform's class, which has the settings of one kind of login. */
const platformCodec = parameterCodec<Platform>("amiType", (platform) => ({ $class: classes[platform] }), platformOf);

const ssh = z.strictObject({
    port: wholeNumber(1, 65_535).default(22).meta({ description: "Port of the SSH server." }),
    rootCommandPrefix: z
        .string()
        .default("")
        .meta({ description: "Put before commands that need root.", examples: ["sudo"] }),
    agentCommandPrefix: z.string().default("").meta({ description: "Put before the agent's command." }),
    agentCommandSuffix: z.string().default("").meta({ description: "Put after the agent's command." }),
    bootDelaySeconds: wholeNumber(0, 3_600)
        .default(0)
        .meta({ description: "Seconds to wait before the first attempt." }),
});

const sshCodec = parameterCodec<z.output<typeof ssh>, { platform: Platform }>(
    "amiType",
    (login, { platform }) =>
        platform === "windows"
            ? undefined
            : {
                  rootCommandPrefix: login.rootCommandPrefix,
                  slaveCommandPrefix: login.agentCommandPrefix,
                  slaveCommandSuffix: login.agentCommandSuffix,
                  sshPort: scalar(login.port),
                  bootDelay: scalar(login.bootDelaySeconds),
              },
    (parameter) => {
        const amiType = mapOf(parameter);
        if (amiType === undefined || platformOf(amiType) === "windows") return undefined;
        return {
            port: numberOf(amiType["sshPort"]) ?? 22,
            rootCommandPrefix: textOf(amiType["rootCommandPrefix"]),
            agentCommandPrefix: textOf(amiType["slaveCommandPrefix"]),
            agentCommandSuffix: textOf(amiType["slaveCommandSuffix"]),
            bootDelaySeconds: numberOf(amiType["bootDelay"]) ?? 0,
        };
    },
);

const winrm = z.strictObject({
    password: text().optional().meta({
        description: "Key in `secrets.windowsPasswords` of the user's password.",
        defaultText: "the password that EC2 generates; this needs an RSA key pair",
    }),
    https: z.boolean().default(true).meta({
        description: "WinRM over HTTPS (port 5986). On by default: over HTTP (5985) the password crosses the network.",
    }),
    allowSelfSignedCertificate: z.boolean().default(true).meta({
        description: "Accept the certificate that the instance made for itself.",
    }),
    bootDelaySeconds: wholeNumber(0, 3_600)
        .default(0)
        .meta({ description: "Seconds to wait before the first attempt." }),
});

/** With the password itself; an export has it masked. */
const winrmCodec = parameterCodec<z.output<typeof winrm>, { platform: Platform }>(
    "amiType",
    (login, { platform }) =>
        platform === "windows"
            ? {
                  password: scalar(login.password),
                  useHTTPS: scalar(login.https),
                  bootDelay: scalar(login.bootDelaySeconds),
                  specifyPassword: scalar(login.password !== undefined),
                  allowSelfSignedCertificate: scalar(login.allowSelfSignedCertificate),
              }
            : undefined,
    (parameter) => {
        const amiType = mapOf(parameter);
        if (amiType === undefined || platformOf(amiType) !== "windows") return undefined;
        const hasPassword = isTrue(amiType["specifyPassword"]) || amiType["password"] === masked;
        return {
            ...(hasPassword ? { password: textOf(amiType["password"]) || masked } : {}),
            https: isTrue(amiType["useHTTPS"]),
            allowSelfSignedCertificate: isTrue(amiType["allowSelfSignedCertificate"]),
            bootDelaySeconds: numberOf(amiType["bootDelay"]) ?? 0,
        };
    },
);

/** How Jenkins logs in to an instance. */
export const loginShape = {
    platform: oneOf(platforms)
        .default("unix")
        .meta({
            description: "`unix` and `mac` over SSH, `windows` over WinRM, `windows-ssh` over SSH.",
            codec: platformCodec,
            since: { "windows-ssh": firstVersions.WindowsSSHData },
            cost: "Windows has its licence in the price of the instance. For `mac`, see `instanceType`.",
        }),
    ssh: ssh.prefault({}).meta({ description: "Login over SSH.", codec: sshCodec }),
    winrm: winrm.prefault({}).meta({ description: "Login to Windows over WinRM.", codec: winrmCodec }),
};

/** The user that images of a platform usually have. */
export function usualUser(platform: Platform): string {
    return platform === "windows" || platform === "windows-ssh" ? "Administrator" : "ec2-user";
}

/** A user's home folder. */
export function homeFolder(platform: Platform, user: string): string {
    if (platform === "mac") return `/Users/${user}`;
    if (platform === "unix") return user === "root" ? `/${user}` : `/home/${user}`;
    return `C:\\Users\\${user}`;
}
