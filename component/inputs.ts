// Made from settings/schema by docs/generators/main.ts.
import type { Input } from "@pulumi/pulumi";

/** The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`. */
export interface TemplateImageByIdArgs {
    /** Id of the AMI. If EC2 shows it, its processor is compared with the instance type. */
    id: Input<string>;
    ssm?: undefined;
    filter?: undefined;
    owners?: undefined;
    users?: undefined;
    resolve?: undefined;
    refresh?: undefined;
}

/** The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`. */
export interface TemplateImageBySsmArgs {
    id?: undefined;
    /** Name of a Systems Manager parameter that holds an AMI id. */
    ssm: Input<string>;
    filter?: undefined;
    owners?: undefined;
    users?: undefined;
    resolve?: undefined;
    /** A number. Another one looks the image up again. Default: 0. */
    refresh?: Input<number> | null;
}

/** The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`. */
export interface TemplateImageByFilterArgs {
    id?: undefined;
    ssm?: undefined;
    /**
     * Filters of EC2's DescribeImages by name (`name`, `architecture`, `tag:KEY`, …); a value or a list of values each,
     * `*` and `?` allowed. The newest match is used.
     */
    filter: Input<{ [name: string]: Input<string | Input<string>[]> | null }>;
    /**
     * Owners of the image that `filter` looks for. Required with `filter`, because anybody may publish an image of any
     * name.
     */
    owners: Input<Input<string>[]>;
    /** Accounts that may launch the image that `filter` looks for. */
    users?: Input<Input<string>[]> | null;
    /**
     * When `filter` is looked up. `deploy`: by this program, at the first deployment and after a change of `refresh`;
     * until then the id stays. `launch`: by the plugin, at each start of an agent. Default: deploy.
     */
    resolve?: Input<"deploy" | "launch"> | null;
    /** A number. Another one looks the image up again. Default: 0. */
    refresh?: Input<number> | null;
}

/** The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`. */
export type TemplateImageArgs = TemplateImageByIdArgs | TemplateImageBySsmArgs | TemplateImageByFilterArgs;

export interface ListAdditionArgs {
    add: Input<Input<string>[]>;
}

export interface TemplateBlockDeviceArgs {
    /** Name of the device. */
    device: Input<string>;
    /** Size in GiB. Costs: Per GiB and month. */
    sizeGiB?: Input<number>;
    /** Volume type. */
    type?: Input<"standard" | "io1" | "io2" | "gp2" | "gp3" | "sc1" | "st1">;
    /** Provisioned operations a second. Costs: Per operation and month; for gp3 those beyond the included ones. */
    iops?: Input<number>;
    /** Throughput of gp3 in MiB a second. Costs: Throughput beyond the included, per month. */
    throughputMiBps?: Input<number>;
    /** Encrypt the volume. */
    encrypted?: Input<boolean>;
    /** Delete the volume with its instance. Default: `true`. Costs: `false`: the volume, until somebody deletes it. */
    deleteOnTermination?: Input<boolean>;
    /** Snapshot that the volume is made from. */
    snapshot?: Input<string>;
}

export interface TemplateBlockDevicesAdditionArgs {
    add: Input<Input<TemplateBlockDeviceArgs>[]>;
}

/** The instance metadata service. */
export interface TemplateMetadataArgs {
    /** Whether the instance metadata service answers. Default: `true`. */
    enabled?: Input<boolean> | null;
    /**
     * Require session tokens (IMDSv2). Without it, a job that fetches a foreign URL can read the instance profile's
     * credentials. Default: `true`.
     */
    tokensRequired?: Input<boolean> | null;
    /** Network hops of an answer. Containers on the agent need 2. Default: `1`. */
    hopLimit?: Input<number> | null;
    /** `false` sends no metadata options, for a region or endpoint without them. Default: `true`. */
    supported?: Input<boolean> | null;
}

export interface WithFileArgs {
    file: Input<string>;
}

export interface WithInlineArgs {
    inline: Input<string>;
}

export interface WithSecretArgs {
    secret: Input<string>;
}

/** The agent's Java. */
export interface TemplateJavaArgs {
    /** The `java` program on the agent. Default: `java`. */
    path?: Input<string> | null;
    /** Options of the agent's JVM. */
    options?: Input<string> | null;
}

export interface TemplateToolArgs {
    /** `maven`, `jdk`, `git`, `gradle`, `ant`, or the class name of the tool's descriptor. */
    type: Input<string>;
    /** Folder of the tool on the agent. */
    home: Input<string>;
}

/** What happens to an agent without work. */
export interface TemplateIdleArgs {
    /**
     * Minutes without work after which an agent ends. 0: never. Negative: that many minutes before the end of a billing
     * hour. Default: `30`. Costs: An idle agent costs as much as a busy one; with 0, for ever.
     */
    minutes?: Input<number> | null;
    /**
     * `terminate`: the instance is deleted. `stop`: its volumes stay, and it starts again when needed. With several
     * subnets the plugin looks for a stopped one only in the subnet whose turn it is. Default: `terminate`. Costs:
     * `stop`: the volumes of stopped agents.
     */
    then?: Input<"stop" | "terminate"> | null;
}

export interface TemplateScheduleDaysAdditionArgs {
    add: Input<Input<"monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday">[]>;
}

/**
 * When `minimumInstances` and `spareInstances` apply. Without it: always. The plugin takes one range: for several, make
 * a template for each, with the same labels and a cap each.
 */
export interface TemplateScheduleArgs {
    /** Start, in the controller's time zone. Default: `"00:00"`. */
    from?: Input<string> | null;
    /** End, in the controller's time zone. Default: `"23:59"`. */
    to?: Input<string> | null;
    /** Days of the week. Default: `[monday, tuesday, wednesday, thursday, friday, saturday, sunday]`. */
    days?: Input<Input<"monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday">[] | TemplateScheduleDaysAdditionArgs> | null;
}

/**
 * How long an instance may take to connect for the first time. It runs beside `launchTimeoutSeconds`: the one that ends
 * sooner counts.
 */
export interface TemplateGraceArgs {
    /** Minutes from the request for the instance until it has connected for the first time. Default: `10`. */
    minutes?: Input<number> | null;
    /** What follows: the instance is terminated, or only its idle time begins. Default: `terminate`. */
    then?: Input<"terminate" | "idle"> | null;
}

/** Spot instances: cheaper, and taken back by AWS at two minutes' notice. `{}` for the defaults. */
export interface TemplateSpotArgs {
    /** Highest price in USD an hour. Default: the on-demand price. */
    maxPricePerHour?: Input<number> | null;
    /**
     * Start an on-demand instance while EC2 has no Spot capacity. Read the faults spot-fallback-stays-spot and
     * spot-fallback-leak first. Default: `false`. Costs: The on-demand price for such an instance.
     */
    fallbackToOnDemand?: Input<boolean> | null;
    /** Defined duration in hours, which AWS does not offer to new customers. 0: no duration. Default: `0`. */
    blockHours?: Input<number> | null;
}

/** Login over SSH. */
export interface TemplateSshArgs {
    /** Port of the SSH server. Default: `22`. */
    port?: Input<number> | null;
    /** Put before commands that need root. */
    rootCommandPrefix?: Input<string> | null;
    /** Put before the agent's command. */
    agentCommandPrefix?: Input<string> | null;
    /** Put after the agent's command. */
    agentCommandSuffix?: Input<string> | null;
    /** Seconds to wait before the first attempt. Default: `0`. */
    bootDelaySeconds?: Input<number> | null;
}

/** Login to Windows over WinRM. */
export interface TemplateWinrmArgs {
    /**
     * Key in `secrets.windowsPasswords` of the user's password. Default: the password that EC2 generates; this needs an
     * RSA key pair.
     */
    password?: Input<string> | null;
    /** WinRM over HTTPS (port 5986). On by default: over HTTP (5985) the password crosses the network. Default: `true`. */
    https?: Input<boolean> | null;
    /** Accept the certificate that the instance made for itself. Default: `true`. */
    allowSelfSignedCertificate?: Input<boolean> | null;
    /** Seconds to wait before the first attempt. Default: `0`. */
    bootDelaySeconds?: Input<number> | null;
}

export interface WithNameArgs {
    name: Input<string>;
}

export interface WithTagsArgs {
    tags: Input<{ [name: string]: Input<string> }>;
}

export interface TemplateSubnetsAdditionArgs {
    add: Input<Input<string | WithNameArgs | WithTagsArgs>[]>;
}

export interface TemplateVariantArgs {
    /** The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`. */
    image?: Input<TemplateImageArgs> | null;
    /**
     * EC2 instance type. A list makes one template for each type, in this order, with the same labels. At a cap or
     * without capacity the plugin tries the next type, but not from 2048 to 2059 (docs/compatibility.md,
     * error-no-fallthrough). Costs: Per second while the instance runs, at least a minute. A preview shows the price of
     * an hour. A Mac type needs a dedicated host, for at least 24 hours.
     */
    instanceType?: Input<string | Input<string>[] | ListAdditionArgs> | null;
    /** Tags of the instances and their volumes, added to the stack's `tags`. */
    tags?: Input<{ [name: string]: Input<string> | null }> | null;
    /**
     * Instance profile of the agents: what AWS allows the builds to do. The id of a role in `access.agentRoles`, or the
     * name or ARN of an existing profile.
     */
    instanceProfile?: Input<string> | null;
    /**
     * Shared hardware, your own hardware, or a dedicated host. `Dedicated` needs exactly one zone in `zones`; otherwise
     * the plugin does not request it. Default: `Default`. Costs: `Dedicated`: a higher price, and a fee for each hour
     * with such an instance in the region. `Host`: the whole host, from its allocation to its release.
     */
    tenancy?: Input<"Default" | "Dedicated" | "Host"> | null;
    /** Encryption of the root volume. `DEFAULT`: as image and account are configured. Default: `DEFAULT`. */
    encryptRootVolume?: Input<"DEFAULT" | "ENCRYPTED" | "UNENCRYPTED"> | null;
    /**
     * Delete the root volume with its instance. Default: `true`. Costs: `false`: each left volume, until somebody
     * deletes it.
     */
    deleteRootOnTermination?: Input<boolean> | null;
    /** Volumes beside or instead of the image's. Costs: Per GiB and month while the instance exists, also stopped. */
    blockDevices?: Input<Input<TemplateBlockDeviceArgs>[] | TemplateBlockDevicesAdditionArgs> | null;
    /** Attach the instance type's local disks in place of `blockDevices`. Default: `false`. */
    ephemeralDevices?: Input<boolean> | null;
    /**
     * Dedicated bandwidth to EBS. Current instance types always have it. Default: `false`. Costs: Per hour, with older
     * types.
     */
    ebsOptimized?: Input<boolean> | null;
    /** CloudWatch metrics each minute. Default: `false`. Costs: Each metric of each instance, by the hour. */
    detailedMonitoring?: Input<boolean> | null;
    /**
     * Burst beyond the credits of T instances. Default: `false`. Costs: Per vCPU hour beyond the credits that the
     * instance earns.
     */
    unlimitedCpuCredits?: Input<boolean> | null;
    /** The instance metadata service. */
    metadata?: Input<TemplateMetadataArgs> | null;
    /** Enable Nitro Enclaves. Default: `false`. */
    enclave?: Input<boolean> | null;
    /** Enable nested virtualisation, if the instance type has it. Default: `false`. */
    nestedVirtualization?: Input<boolean> | null;
    /**
     * Name of the template in Jenkins, unique in its cloud. Running agents refer to it; if you change it, they become
     * orphans. Default: the template's id.
     */
    description?: Input<string> | null;
    /** Jenkins tries the templates that have a label in this order, the lowest first, then by id. Default: `100`. */
    order?: Input<number> | null;
    /** Labels that jobs ask for. */
    labels?: Input<Input<string>[] | ListAdditionArgs> | null;
    /** `NORMAL`: any job may use the agents; `EXCLUSIVE`: only jobs that ask for one of the labels. Default: `NORMAL`. */
    mode?: Input<"NORMAL" | "EXCLUSIVE"> | null;
    /** Builds at a time on one agent. With 1, builds do not disturb one another. Default: `1`. */
    executors?: Input<number> | null;
    /** User that Jenkins logs in as. Default: `ec2-user`; `Administrator` on Windows. */
    remoteUser?: Input<string> | null;
    /** Folder on the agent where Jenkins works. Default: the user's home folder. */
    remoteFolder?: Input<string> | null;
    /** Folder for the init script and the agent's program. Default: /tmp. */
    temporaryFolder?: Input<string> | null;
    /**
     * Shell script that runs on a new agent before Jenkins uses it. One line: the path of a file, relative to the
     * project. Several lines: the script itself.
     */
    initScript?: Input<string | WithFileArgs | WithInlineArgs> | null;
    /** User data of the instance (cloud-init or EC2Launch), at most 16 KB. Written like `initScript`. */
    userData?: Input<string | WithFileArgs | WithInlineArgs> | null;
    /**
     * Values for `initScript` and `userData`, which use them as `{{ NAME | sh }}` or `{{ NAME | powershell }}` (quoted
     * as one word), `{{ NAME }}` (a plain word only), or `{{ NAME | raw }}`. `{ secret: NAME }` takes
     * `secrets.variables.NAME`: the program masks the whole text; in Jenkins and on the instance it is plain. Without
     * variables, braces have no meaning.
     */
    variables?: Input<{ [name: string]: Input<string | number | boolean | WithSecretArgs> | null }> | null;
    /** The agent's Java. */
    java?: Input<TemplateJavaArgs> | null;
    /**
     * Environment variables of the builds. `PATH+MAVEN` puts a folder first in `PATH`. Not for secrets: Jenkins stores
     * them in plain text.
     */
    environment?: Input<{ [name: string]: Input<string> | null }> | null;
    /** Where the tools of Jenkins' global tool configuration are on the agent, by the tool's name. */
    tools?: Input<{ [name: string]: Input<TemplateToolArgs> | null }> | null;
    /** What happens to an agent without work. */
    idle?: Input<TemplateIdleArgs> | null;
    /**
     * The most instances of the template at a time. The plugin may exceed it (docs/compatibility.md, cap-race).
     * Default: unlimited, up to the cloud's.
     */
    cap?: Input<number> | null;
    /**
     * Agents that run at least, busy or not, within the caps. The plugin checks every ten minutes, from 2063 on every
     * minute. Offline and stopped agents count too. Default: `0`. Costs: This many instances on each controller, always
     * or in the hours of `schedule`.
     */
    minimumInstances?: Input<number> | null;
    /**
     * Idle agents that start ahead. They end after `idle.minutes`, and the next start within ten minutes, from 2063 on
     * within one. With `idle.minutes: 0` they stay. Default: `0`. Costs: This many instances on each controller beside
     * the busy ones, always or in the hours of `schedule`.
     */
    spareInstances?: Input<number> | null;
    /**
     * When `minimumInstances` and `spareInstances` apply. Without it: always. The plugin takes one range: for several,
     * make a template for each, with the same labels and a cap each.
     */
    schedule?: Input<TemplateScheduleArgs> | null;
    /**
     * Builds after which an agent is replaced; 1 gives each build a new one. Default: unlimited. Costs: The start of
     * each instance, at least a minute of it.
     */
    uses?: Input<number> | null;
    /**
     * With `templateOrder: by-share`: how often its turn comes, against the others of its label. With `by-rank`: its
     * rank, the highest first. Default: `1`.
     */
    weight?: Input<number> | null;
    /**
     * How long an instance may take to connect for the first time. It runs beside `launchTimeoutSeconds`: the one that
     * ends sooner counts.
     */
    grace?: Input<TemplateGraceArgs> | null;
    /**
     * Seconds in which an instance must become an agent; then it ends. 0: no limit. Default: `1200`. Costs: 0: an
     * instance that never connects, until somebody ends it.
     */
    launchTimeoutSeconds?: Input<number> | null;
    /**
     * Spot instances: cheaper, and taken back by AWS at two minutes' notice. `{}` for the defaults. Costs: The Spot
     * price. A preview shows its upper bound.
     */
    spot?: Input<TemplateSpotArgs> | null;
    /**
     * Use matching instances that Jenkins does not know, and start stopped ones again. The tag `jenkins-controller`
     * keeps controllers from taking one another's agents. Default: `true`.
     */
    reuseOrphans?: Input<boolean> | null;
    /** End idle agents also while Jenkins prepares to shut down. Default: `false`. */
    terminateIdleDuringShutdown?: Input<boolean> | null;
    /**
     * `unix` and `mac` over SSH, `windows` over WinRM, `windows-ssh` over SSH. Default: `unix`. Costs: Windows has its
     * licence in the price of the instance. For `mac`, see `instanceType`.
     */
    platform?: Input<"unix" | "mac" | "windows" | "windows-ssh"> | null;
    /** Login over SSH. */
    ssh?: Input<TemplateSshArgs> | null;
    /** Login to Windows over WinRM. */
    winrm?: Input<TemplateWinrmArgs> | null;
    /**
     * Subnets for the instances, taken in turn: each by its id, by `{ name: … }` (its tag `Name`) or by `{ tags: … }`.
     * Default: the cloud's.
     */
    subnets?: Input<Input<string | WithNameArgs | WithTagsArgs>[] | TemplateSubnetsAdditionArgs> | null;
    /**
     * Availability zones for the instances: only the cloud's subnets in these zones are used. Default: all of the
     * subnets'.
     */
    zones?: Input<Input<string>[] | ListAdditionArgs> | null;
    /** Security groups beside the cloud's, each in a form of `network.securityGroups`. */
    securityGroups?: Input<Input<string | WithNameArgs | WithTagsArgs>[] | TemplateSubnetsAdditionArgs> | null;
    /**
     * Whether instances get a public address: always (`PUBLIC_IP`), never (`PRIVATE_IP`), or as the subnet is
     * configured (`SUBNET`, `DEFAULT`). With `spot.maxPricePerHour`, `DEFAULT` means never. Default: `DEFAULT`. Costs:
     * A public IPv4 address, by the hour.
     */
    publicAddress?: Input<"DEFAULT" | "SUBNET" | "PUBLIC_IP" | "PRIVATE_IP"> | null;
    /**
     * Address under which Jenkins connects. The default is the plugin's, and needs no public address. Default:
     * `PRIVATE_IP`.
     */
    connectionStrategy?: Input<"PRIVATE_IP" | "PRIVATE_DNS" | "PUBLIC_IP" | "PUBLIC_DNS"> | null;
    /**
     * How an agent's SSH host key is checked. `CHECK_NEW_HARD`: it must be in the instance's console output.
     * `CHECK_NEW_SOFT`: if the console has one, it must match. `ACCEPT_NEW`: trusts the first. `OFF`: accepts any. The
     * default is the strictest that works with images that print no host key. Default: `CHECK_NEW_SOFT`.
     */
    hostKeyVerification?: Input<"CHECK_NEW_HARD" | "CHECK_NEW_SOFT" | "ACCEPT_NEW" | "OFF"> | null;
    /** Connect by the controller's own `ssh` program. Default: `false`. */
    sshProcess?: Input<boolean> | null;
    /** More parameters of the `ec2` plugin, by its own names. They override the settings. An unknown one is an error. */
    plugin?: Input<{ [name: string]: unknown }> | null;
}

export interface TemplateArgs {
    /** The image (AMI) of the agents: exactly one of `id`, `ssm` and `filter`. */
    image?: Input<TemplateImageArgs> | null;
    /**
     * EC2 instance type. A list makes one template for each type, in this order, with the same labels. At a cap or
     * without capacity the plugin tries the next type, but not from 2048 to 2059 (docs/compatibility.md,
     * error-no-fallthrough). Costs: Per second while the instance runs, at least a minute. A preview shows the price of
     * an hour. A Mac type needs a dedicated host, for at least 24 hours.
     */
    instanceType?: Input<string | Input<string>[] | ListAdditionArgs> | null;
    /** Tags of the instances and their volumes, added to the stack's `tags`. */
    tags?: Input<{ [name: string]: Input<string> | null }> | null;
    /**
     * Instance profile of the agents: what AWS allows the builds to do. The id of a role in `access.agentRoles`, or the
     * name or ARN of an existing profile.
     */
    instanceProfile?: Input<string> | null;
    /**
     * Shared hardware, your own hardware, or a dedicated host. `Dedicated` needs exactly one zone in `zones`; otherwise
     * the plugin does not request it. Default: `Default`. Costs: `Dedicated`: a higher price, and a fee for each hour
     * with such an instance in the region. `Host`: the whole host, from its allocation to its release.
     */
    tenancy?: Input<"Default" | "Dedicated" | "Host"> | null;
    /** Encryption of the root volume. `DEFAULT`: as image and account are configured. Default: `DEFAULT`. */
    encryptRootVolume?: Input<"DEFAULT" | "ENCRYPTED" | "UNENCRYPTED"> | null;
    /**
     * Delete the root volume with its instance. Default: `true`. Costs: `false`: each left volume, until somebody
     * deletes it.
     */
    deleteRootOnTermination?: Input<boolean> | null;
    /** Volumes beside or instead of the image's. Costs: Per GiB and month while the instance exists, also stopped. */
    blockDevices?: Input<Input<TemplateBlockDeviceArgs>[] | TemplateBlockDevicesAdditionArgs> | null;
    /** Attach the instance type's local disks in place of `blockDevices`. Default: `false`. */
    ephemeralDevices?: Input<boolean> | null;
    /**
     * Dedicated bandwidth to EBS. Current instance types always have it. Default: `false`. Costs: Per hour, with older
     * types.
     */
    ebsOptimized?: Input<boolean> | null;
    /** CloudWatch metrics each minute. Default: `false`. Costs: Each metric of each instance, by the hour. */
    detailedMonitoring?: Input<boolean> | null;
    /**
     * Burst beyond the credits of T instances. Default: `false`. Costs: Per vCPU hour beyond the credits that the
     * instance earns.
     */
    unlimitedCpuCredits?: Input<boolean> | null;
    /** The instance metadata service. */
    metadata?: Input<TemplateMetadataArgs> | null;
    /** Enable Nitro Enclaves. Default: `false`. */
    enclave?: Input<boolean> | null;
    /** Enable nested virtualisation, if the instance type has it. Default: `false`. */
    nestedVirtualization?: Input<boolean> | null;
    /**
     * Name of the template in Jenkins, unique in its cloud. Running agents refer to it; if you change it, they become
     * orphans. Default: the template's id.
     */
    description?: Input<string> | null;
    /** Jenkins tries the templates that have a label in this order, the lowest first, then by id. Default: `100`. */
    order?: Input<number> | null;
    /** Labels that jobs ask for. */
    labels?: Input<Input<string>[] | ListAdditionArgs> | null;
    /** `NORMAL`: any job may use the agents; `EXCLUSIVE`: only jobs that ask for one of the labels. Default: `NORMAL`. */
    mode?: Input<"NORMAL" | "EXCLUSIVE"> | null;
    /** Builds at a time on one agent. With 1, builds do not disturb one another. Default: `1`. */
    executors?: Input<number> | null;
    /** User that Jenkins logs in as. Default: `ec2-user`; `Administrator` on Windows. */
    remoteUser?: Input<string> | null;
    /** Folder on the agent where Jenkins works. Default: the user's home folder. */
    remoteFolder?: Input<string> | null;
    /** Folder for the init script and the agent's program. Default: /tmp. */
    temporaryFolder?: Input<string> | null;
    /**
     * Shell script that runs on a new agent before Jenkins uses it. One line: the path of a file, relative to the
     * project. Several lines: the script itself.
     */
    initScript?: Input<string | WithFileArgs | WithInlineArgs> | null;
    /** User data of the instance (cloud-init or EC2Launch), at most 16 KB. Written like `initScript`. */
    userData?: Input<string | WithFileArgs | WithInlineArgs> | null;
    /**
     * Values for `initScript` and `userData`, which use them as `{{ NAME | sh }}` or `{{ NAME | powershell }}` (quoted
     * as one word), `{{ NAME }}` (a plain word only), or `{{ NAME | raw }}`. `{ secret: NAME }` takes
     * `secrets.variables.NAME`: the program masks the whole text; in Jenkins and on the instance it is plain. Without
     * variables, braces have no meaning.
     */
    variables?: Input<{ [name: string]: Input<string | number | boolean | WithSecretArgs> | null }> | null;
    /** The agent's Java. */
    java?: Input<TemplateJavaArgs> | null;
    /**
     * Environment variables of the builds. `PATH+MAVEN` puts a folder first in `PATH`. Not for secrets: Jenkins stores
     * them in plain text.
     */
    environment?: Input<{ [name: string]: Input<string> | null }> | null;
    /** Where the tools of Jenkins' global tool configuration are on the agent, by the tool's name. */
    tools?: Input<{ [name: string]: Input<TemplateToolArgs> | null }> | null;
    /** What happens to an agent without work. */
    idle?: Input<TemplateIdleArgs> | null;
    /**
     * The most instances of the template at a time. The plugin may exceed it (docs/compatibility.md, cap-race).
     * Default: unlimited, up to the cloud's.
     */
    cap?: Input<number> | null;
    /**
     * Agents that run at least, busy or not, within the caps. The plugin checks every ten minutes, from 2063 on every
     * minute. Offline and stopped agents count too. Default: `0`. Costs: This many instances on each controller, always
     * or in the hours of `schedule`.
     */
    minimumInstances?: Input<number> | null;
    /**
     * Idle agents that start ahead. They end after `idle.minutes`, and the next start within ten minutes, from 2063 on
     * within one. With `idle.minutes: 0` they stay. Default: `0`. Costs: This many instances on each controller beside
     * the busy ones, always or in the hours of `schedule`.
     */
    spareInstances?: Input<number> | null;
    /**
     * When `minimumInstances` and `spareInstances` apply. Without it: always. The plugin takes one range: for several,
     * make a template for each, with the same labels and a cap each.
     */
    schedule?: Input<TemplateScheduleArgs> | null;
    /**
     * Builds after which an agent is replaced; 1 gives each build a new one. Default: unlimited. Costs: The start of
     * each instance, at least a minute of it.
     */
    uses?: Input<number> | null;
    /**
     * With `templateOrder: by-share`: how often its turn comes, against the others of its label. With `by-rank`: its
     * rank, the highest first. Default: `1`.
     */
    weight?: Input<number> | null;
    /**
     * How long an instance may take to connect for the first time. It runs beside `launchTimeoutSeconds`: the one that
     * ends sooner counts.
     */
    grace?: Input<TemplateGraceArgs> | null;
    /**
     * Seconds in which an instance must become an agent; then it ends. 0: no limit. Default: `1200`. Costs: 0: an
     * instance that never connects, until somebody ends it.
     */
    launchTimeoutSeconds?: Input<number> | null;
    /**
     * Spot instances: cheaper, and taken back by AWS at two minutes' notice. `{}` for the defaults. Costs: The Spot
     * price. A preview shows its upper bound.
     */
    spot?: Input<TemplateSpotArgs> | null;
    /**
     * Use matching instances that Jenkins does not know, and start stopped ones again. The tag `jenkins-controller`
     * keeps controllers from taking one another's agents. Default: `true`.
     */
    reuseOrphans?: Input<boolean> | null;
    /** End idle agents also while Jenkins prepares to shut down. Default: `false`. */
    terminateIdleDuringShutdown?: Input<boolean> | null;
    /**
     * `unix` and `mac` over SSH, `windows` over WinRM, `windows-ssh` over SSH. Default: `unix`. Costs: Windows has its
     * licence in the price of the instance. For `mac`, see `instanceType`.
     */
    platform?: Input<"unix" | "mac" | "windows" | "windows-ssh"> | null;
    /** Login over SSH. */
    ssh?: Input<TemplateSshArgs> | null;
    /** Login to Windows over WinRM. */
    winrm?: Input<TemplateWinrmArgs> | null;
    /**
     * Subnets for the instances, taken in turn: each by its id, by `{ name: … }` (its tag `Name`) or by `{ tags: … }`.
     * Default: the cloud's.
     */
    subnets?: Input<Input<string | WithNameArgs | WithTagsArgs>[] | TemplateSubnetsAdditionArgs> | null;
    /**
     * Availability zones for the instances: only the cloud's subnets in these zones are used. Default: all of the
     * subnets'.
     */
    zones?: Input<Input<string>[] | ListAdditionArgs> | null;
    /** Security groups beside the cloud's, each in a form of `network.securityGroups`. */
    securityGroups?: Input<Input<string | WithNameArgs | WithTagsArgs>[] | TemplateSubnetsAdditionArgs> | null;
    /**
     * Whether instances get a public address: always (`PUBLIC_IP`), never (`PRIVATE_IP`), or as the subnet is
     * configured (`SUBNET`, `DEFAULT`). With `spot.maxPricePerHour`, `DEFAULT` means never. Default: `DEFAULT`. Costs:
     * A public IPv4 address, by the hour.
     */
    publicAddress?: Input<"DEFAULT" | "SUBNET" | "PUBLIC_IP" | "PRIVATE_IP"> | null;
    /**
     * Address under which Jenkins connects. The default is the plugin's, and needs no public address. Default:
     * `PRIVATE_IP`.
     */
    connectionStrategy?: Input<"PRIVATE_IP" | "PRIVATE_DNS" | "PUBLIC_IP" | "PUBLIC_DNS"> | null;
    /**
     * How an agent's SSH host key is checked. `CHECK_NEW_HARD`: it must be in the instance's console output.
     * `CHECK_NEW_SOFT`: if the console has one, it must match. `ACCEPT_NEW`: trusts the first. `OFF`: accepts any. The
     * default is the strictest that works with images that print no host key. Default: `CHECK_NEW_SOFT`.
     */
    hostKeyVerification?: Input<"CHECK_NEW_HARD" | "CHECK_NEW_SOFT" | "ACCEPT_NEW" | "OFF"> | null;
    /** Connect by the controller's own `ssh` program. Default: `false`. */
    sshProcess?: Input<boolean> | null;
    /** More parameters of the `ec2` plugin, by its own names. They override the settings. An unknown one is an error. */
    plugin?: Input<{ [name: string]: unknown }> | null;
    /**
     * Ids of `templateSets` from which this template starts; a later set overrides an earlier one. Sets and a cloud's
     * `defaults` may extend sets too.
     */
    extends?: Input<string | Input<string>[]>;
    /**
     * Makes one template for each key, for example one per zone. Its settings override the template's, and its key is
     * appended to id and description (`linux-a`). In `defaults` it applies to each template of the cloud.
     */
    variants?: Input<{ [name: string]: Input<TemplateVariantArgs> | null }> | null;
}

/** When an agent goes that is no longer needed. */
export interface CloudHotSpareIdleArgs {
    /**
     * In place of the templates' `idle.minutes`, also where that is never. 0: never. Negative: before the end of a
     * billing hour. Default: `15`.
     */
    minutes?: Input<number>;
}

/** In place of the templates' `grace`. */
export interface CloudHotSpareGraceArgs {
    /** Minutes from the request for the instance until it has connected for the first time. Default: `10`. */
    minutes?: Input<number>;
    /** What follows: the instance is terminated, or only its idle time begins. Default: `terminate`. */
    then?: Input<"terminate" | "idle">;
}

export interface CloudHotSpareArgs {
    /**
     * A label, or an expression of labels (`linux && !arm64`). The rule governs the templates whose labels fit; of
     * several rules that fit a template, the first one.
     */
    label: Input<string>;
    /** The plugin reads the rules in this order, the lowest first, then by id. Default: `100`. */
    order?: Input<number>;
    /**
     * Agents without work that are always ready. Default: `0`. Costs: So many instances on each controller at all
     * hours, beside those that work.
     */
    base?: Input<number>;
    /**
     * As soon as builds use the label, at least so many are ready. At most once a minute, so many more are started
     * while none is ready or builds wait; while there is no need, so many fewer are kept after each idle time. Default:
     * `5`. Costs: So many instances from the first build on.
     */
    step?: Input<number>;
    /**
     * At most so many of each label that the rule governs. Default: as many as the caps allow. Costs: At most so many
     * instances on each controller, for each label.
     */
    maximum?: Input<number>;
    /** When an agent goes that is no longer needed. */
    idle?: Input<CloudHotSpareIdleArgs>;
    /** In place of the templates' `grace`. */
    grace?: Input<CloudHotSpareGraceArgs>;
    /** What of a template goes before the rule: `idle` its `idle.minutes`, `grace` its `grace` where it has one. */
    templatesMayOverride?: Input<Input<"idle" | "grace">[]>;
}

/** The identity of this cloud; overrides `access.identity`. */
export interface CloudIdentityArgs {
    /**
     * `access-key`: a user and a key for each controller. `instance-profile`: the controller's own instance profile.
     * `role`: a role that one of these (`base`) assumes. Default: `access-key`.
     */
    mode?: Input<"access-key" | "instance-profile" | "role"> | null;
    /**
     * Id of AWS credentials (an access key) that the controllers have already. The stack never changes or removes them.
     * With `mode: access-key` it makes no user and no key; with `mode: role` they assume `roleArn`. What they must
     * allow: docs/permissions.md. Default: a user with a key is made for each controller.
     */
    credentialsId?: Input<string> | null;
    /** Which identity assumes the role, with `mode: role`. Default: `access-key`. */
    base?: Input<"access-key" | "instance-profile"> | null;
    /**
     * An existing role to assume, with `mode: role`. The stack makes key pair and security group in its own account, so
     * for agents in another account deploy a stack there. Its trust policy must not ask for an external id. Default: a
     * role is made.
     */
    roleArn?: Input<string> | null;
    /** Name of the role's sessions, as CloudTrail shows it. Default: `jenkins`. */
    roleSessionName?: Input<string> | null;
}

/** The VPC: by `id` or by `tags`; without either, the region's default VPC. */
export interface CloudNetworkVpcArgs {
    /** Id of the VPC. */
    id?: Input<string> | null;
    /** Tags that exactly one VPC has. */
    tags?: Input<{ [name: string]: Input<string> | null }> | null;
}

/** The subnets of the agents: by `ids` or by `tags`; without either, all of the VPC's. */
export interface CloudNetworkSubnetsArgs {
    /** Ids of the subnets. */
    ids?: Input<Input<string>[]> | null;
    /** Tags that the subnets have. */
    tags?: Input<{ [name: string]: Input<string> | null }> | null;
}

/** Who may connect to the agents (SSH; WinRM if a template needs it), beside the `addresses` of the cloud's controllers. */
export interface CloudNetworkIngressArgs {
    /** Address ranges. */
    cidrs?: Input<Input<string>[] | ListAdditionArgs> | null;
    /** Managed prefix lists, by id. */
    prefixLists?: Input<Input<string>[] | ListAdditionArgs> | null;
    /**
     * Security groups, for example of the controllers, each in a form of `network.securityGroups`. Name one of another
     * VPC by its id.
     */
    securityGroups?: Input<Input<string | WithNameArgs | WithTagsArgs>[] | TemplateSubnetsAdditionArgs> | null;
}

/** The network of this cloud; overrides `network`. */
export interface CloudNetworkArgs {
    /** The VPC: by `id` or by `tags`; without either, the region's default VPC. */
    vpc?: Input<CloudNetworkVpcArgs> | null;
    /** The subnets of the agents: by `ids` or by `tags`; without either, all of the VPC's. */
    subnets?: Input<CloudNetworkSubnetsArgs> | null;
    /**
     * Existing security groups for the agents, beside the one that the stack makes: each by its id, by `{ name: … }`
     * (one of the VPC) or by `{ tags: … }` (all of the VPC that have them).
     */
    securityGroups?: Input<Input<string | WithNameArgs | WithTagsArgs>[] | TemplateSubnetsAdditionArgs> | null;
    /**
     * Make a security group for the agents, with `ingress` and `egress`. `false`: agents have only `securityGroups` and
     * those of their templates, which must allow the controllers. Default: `true`.
     */
    makeSecurityGroup?: Input<boolean> | null;
    /**
     * Who may connect to the agents (SSH; WinRM if a template needs it), beside the `addresses` of the cloud's
     * controllers.
     */
    ingress?: Input<CloudNetworkIngressArgs> | null;
    /** Address ranges that the agents may connect to. Default: `["0.0.0.0/0", "::/0"]`. */
    egress?: Input<Input<string>[] | ListAdditionArgs> | null;
}

/** The key of this cloud; overrides `keyPair`. */
export interface CloudKeyPairArgs {
    /**
     * Id of SSH credentials (a private key) that the controllers have already. The stack never changes or removes them.
     * The public half must be in EC2, in the cloud's region, under any name (`aws ec2 import-key-pair`). Default: the
     * stack's key pair.
     */
    credentialsId?: Input<string> | null;
}

export interface CloudArgs {
    /** Name in Jenkins. Running agents refer to it; if you change it, they become orphans. Default: the cloud's id. */
    name?: Input<string> | null;
    /** Ids of the controllers that get this cloud. */
    controllers?: Input<Input<string>[] | ListAdditionArgs> | null;
    /** Region of the agents. Default: `aws:region`. */
    region?: Input<string> | null;
    /**
     * Jenkins asks the stack's clouds in this order, the lowest first, then by id. Other clouds keep their places.
     * Default: `100`.
     */
    order?: Input<number> | null;
    /**
     * The most instances of the cloud at a time, for each controller. Other clouds of the controller in the same
     * account and region count too. The plugin may exceed it (docs/compatibility.md, cap-race). Default: unlimited.
     */
    cap?: Input<number> | null;
    /**
     * In which order the templates of a label are asked. `in-order`: by their `order`, then by id, each time from the
     * first one. `by-share`: they take turns, each as often as its `weight` sets. `by-rank`: always from the highest
     * `weight`; templates of one weight take turns. A template that EC2 has no capacity for goes to the end for five
     * minutes, but with `in-order`. Default: `in-order`.
     */
    templateOrder?: Input<"in-order" | "by-share" | "by-rank"> | null;
    /**
     * Agents without work that are ready for the builds of a label, by rules that grow with the demand. Costs: `base`
     * instances at all hours on each controller, up to `maximum` for each label.
     */
    hotSpares?: Input<{ [name: string]: Input<CloudHotSpareArgs> | null }> | null;
    /** Start agents as soon as a build waits. `false`: Jenkins waits for its average load. Default: `false`. */
    noDelayProvisioning?: Input<boolean> | null;
    /** The plugin terminates instances of this cloud that no Jenkins has refreshed for some hours. Default: `false`. */
    cleanUpOrphanedNodes?: Input<boolean> | null;
    /** EC2 endpoint in place of the region's: a VPC endpoint, or an EC2-compatible cloud. */
    endpoint?: Input<string> | null;
    /** The identity of this cloud; overrides `access.identity`. */
    identity?: Input<CloudIdentityArgs> | null;
    /** The network of this cloud; overrides `network`. */
    network?: Input<CloudNetworkArgs> | null;
    /** The key of this cloud; overrides `keyPair`. */
    keyPair?: Input<CloudKeyPairArgs> | null;
    /** Take over a cloud or credentials of the same name that this stack did not make. Default: `false`. */
    adopt?: Input<boolean> | null;
    /**
     * What a removal of the cloud does if agents are busy. `refuse`: stops. `drain`: waits for the builds. `force`:
     * cuts them. Default: `refuse`.
     */
    busyAgents?: Input<"refuse" | "drain" | "force"> | null;
    /** Minutes that `drain` waits. Default: `60`. */
    drainMinutes?: Input<number> | null;
    /** Run the plugin's Test Connection before a change. Default: `true`. */
    testConnection?: Input<boolean> | null;
    /** Settings that every template of the cloud starts from. */
    defaults?: Input<TemplateArgs> | null;
    /** The templates, by id. */
    templates?: Input<{ [name: string]: Input<TemplateArgs> | null }> | null;
    /** More parameters of the `ec2` plugin, by its own names. They override the settings. An unknown one is an error. */
    plugin?: Input<{ [name: string]: unknown }> | null;
    /** Ids of `cloudSets` from which this cloud starts, templates included; a later set overrides an earlier one. */
    extends?: Input<string | Input<string>[]>;
}

/** How long to wait for the controller. */
export interface ControllerTimeoutsArgs {
    /** Seconds for a connection to be made. Default: `10`. */
    connectSeconds?: Input<number>;
    /**
     * Seconds for one answer. Use more than 90, because the plugin itself retries against AWS for so long. Default:
     * `180`.
     */
    answerSeconds?: Input<number>;
    /** Seconds for the whole push, waiting for a starting Jenkins included. Default: `900`. */
    totalSeconds?: Input<number>;
}

/** The `ec2` plugin on the controller. */
export interface ControllerPluginArgs {
    /**
     * Version of the `ec2` plugin that the push installs if the plugin is missing or too old. `npm run -s jenkins --
     * advise` shows which one suits a stack; reasons for the default: docs/compatibility.md. Default:
     * `"2063.ve202101143b_6"`.
     */
    version?: Input<string>;
    /**
     * A plugin before this version is too old. The default is the oldest that this program is tested with. Default:
     * `"2.0.7"`.
     */
    minimum?: Input<string>;
    /** Install the plugin if it is missing or too old. `false`: the push stops and prints the command. Default: `true`. */
    install?: Input<boolean>;
    /** Restart Jenkins if the installation needs it, safely: running builds end first. Default: `false`. */
    restart?: Input<boolean>;
}

export interface ControllerArgs {
    /** Base URL of the controller, with its path prefix. Plain http only for a controller on this machine. */
    url: Input<string>;
    /**
     * User with Overall/Administer. The API token goes to `secrets.tokens.CONTROLLER`, or the password to
     * `secrets.passwords.CONTROLLER`.
     */
    user: Input<string>;
    /**
     * Address ranges from which the controller connects to its agents. The stack's security groups allow them. With
     * `network.makeSecurityGroup: false` your own groups must.
     */
    addresses?: Input<Input<string>[]>;
    /** File (PEM) of a private certificate authority, relative to the project; trusted beside the system's. */
    certificateAuthority?: Input<string>;
    /** File (PEM) of a client certificate, relative to the project. Its key goes to `secrets.clientKeys.CONTROLLER`. */
    clientCertificate?: Input<string>;
    /**
     * Forward proxy. Set one that has a password with `pulumi config set --secret --path controllers.CONTROLLER.proxy`.
     * Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
     */
    proxy?: Input<string>;
    /** How long to wait for the controller. */
    timeouts?: Input<ControllerTimeoutsArgs>;
    /** The `ec2` plugin on the controller. */
    plugin?: Input<ControllerPluginArgs>;
}

/** The identity of every cloud without one of its own. */
export interface AccessIdentityArgs {
    /**
     * `access-key`: a user and a key for each controller. `instance-profile`: the controller's own instance profile.
     * `role`: a role that one of these (`base`) assumes. Default: `access-key`.
     */
    mode?: Input<"access-key" | "instance-profile" | "role">;
    /**
     * Id of AWS credentials (an access key) that the controllers have already. The stack never changes or removes them.
     * With `mode: access-key` it makes no user and no key; with `mode: role` they assume `roleArn`. What they must
     * allow: docs/permissions.md. Default: a user with a key is made for each controller.
     */
    credentialsId?: Input<string>;
    /** Which identity assumes the role, with `mode: role`. Default: `access-key`. */
    base?: Input<"access-key" | "instance-profile">;
    /**
     * An existing role to assume, with `mode: role`. The stack makes key pair and security group in its own account, so
     * for agents in another account deploy a stack there. Its trust policy must not ask for an external id. Default: a
     * role is made.
     */
    roleArn?: Input<string>;
    /** Name of the role's sessions, as CloudTrail shows it. Default: `jenkins`. */
    roleSessionName?: Input<string>;
}

/** Old agents that `policy: scoped` may still stop, start and end. Remove an entry when they are gone. */
export interface AccessFormerAgentsArgs {
    /** Former names of this stack, as `project/stack`. Its old agents have such a name in their tag. */
    owners?: Input<Input<string>[]>;
    /**
     * Jenkins URLs (Manage Jenkins, System) of controllers whose agents started before this program took over. The
     * `url` of a controller with a cloud that has `adopt: true` is included.
     */
    jenkinsUrls?: Input<Input<string>[]>;
    /**
     * `true` while Spot instances requested with `spot.maxPricePerHour` still start, although no template has a price
     * any more. Default: `false`.
     */
    spotWithPrice?: Input<boolean>;
}

export interface AccessAgentRoleArgs {
    /** Managed policies: those of AWS by name, others by ARN. `AmazonSSMManagedInstanceCore` is Session Manager. */
    managedPolicies?: Input<Input<string>[]>;
    /** File (JSON) with a policy document of your own, relative to the project. */
    policy?: Input<string>;
    /** Permissions boundary of the role. Default: `access.permissionsBoundary`. */
    permissionsBoundary?: Input<string>;
}

/** What the stack makes in IAM. */
export interface AccessArgs {
    /** The identity of every cloud without one of its own. */
    identity?: Input<AccessIdentityArgs>;
    /**
     * `broad`: the 17 actions on every resource. `scoped`: what templates and existing agents need, with conditions on
     * tags, and PassRole for the named instance profiles. Default: `broad`.
     */
    policy?: Input<"broad" | "scoped">;
    /** Old agents that `policy: scoped` may still stop, start and end. Remove an entry when they are gone. */
    formerAgents?: Input<AccessFormerAgentsArgs>;
    /** IAM path of everything that the stack makes. Default: `/`. */
    path?: Input<string>;
    /** Permissions boundary of users and roles. */
    permissionsBoundary?: Input<string>;
    /**
     * Roles that agents run with, each with an instance profile. A cloud (`defaults`) or a template names one in
     * `instanceProfile` by its id here.
     */
    agentRoles?: Input<{ [name: string]: Input<AccessAgentRoleArgs> }>;
    /** Existing role of the controllers' instance profile. With `mode: instance-profile` the policy is attached to it. */
    controllerRole?: Input<string>;
    /**
     * Another number makes new access keys. The old ones are deleted after every controller has passed Test Connection
     * with its new key. Default: `1`.
     */
    accessKeySerial?: Input<number>;
    /** Seconds for which AWS may refuse a new access key. Default: `90`. */
    accessKeySeconds?: Input<number>;
}

/** The VPC: by `id` or by `tags`; without either, the region's default VPC. */
export interface NetworkVpcArgs {
    /** Id of the VPC. */
    id?: Input<string>;
    /** Tags that exactly one VPC has. */
    tags?: Input<{ [name: string]: Input<string> }>;
}

/** The subnets of the agents: by `ids` or by `tags`; without either, all of the VPC's. */
export interface NetworkSubnetsArgs {
    /** Ids of the subnets. */
    ids?: Input<Input<string>[]>;
    /** Tags that the subnets have. */
    tags?: Input<{ [name: string]: Input<string> }>;
}

/** Who may connect to the agents (SSH; WinRM if a template needs it), beside the `addresses` of the cloud's controllers. */
export interface NetworkIngressArgs {
    /** Address ranges. */
    cidrs?: Input<Input<string>[]>;
    /** Managed prefix lists, by id. */
    prefixLists?: Input<Input<string>[]>;
    /**
     * Security groups, for example of the controllers, each in a form of `network.securityGroups`. Name one of another
     * VPC by its id.
     */
    securityGroups?: Input<Input<string | WithNameArgs | WithTagsArgs>[]>;
}

/** The network of every cloud without one of its own. */
export interface NetworkArgs {
    /** The VPC: by `id` or by `tags`; without either, the region's default VPC. */
    vpc?: Input<NetworkVpcArgs>;
    /** The subnets of the agents: by `ids` or by `tags`; without either, all of the VPC's. */
    subnets?: Input<NetworkSubnetsArgs>;
    /**
     * Existing security groups for the agents, beside the one that the stack makes: each by its id, by `{ name: … }`
     * (one of the VPC) or by `{ tags: … }` (all of the VPC that have them).
     */
    securityGroups?: Input<Input<string | WithNameArgs | WithTagsArgs>[]>;
    /**
     * Make a security group for the agents, with `ingress` and `egress`. `false`: agents have only `securityGroups` and
     * those of their templates, which must allow the controllers. Default: `true`.
     */
    makeSecurityGroup?: Input<boolean>;
    /**
     * Who may connect to the agents (SSH; WinRM if a template needs it), beside the `addresses` of the cloud's
     * controllers.
     */
    ingress?: Input<NetworkIngressArgs>;
    /** Address ranges that the agents may connect to. Default: `["0.0.0.0/0", "::/0"]`. */
    egress?: Input<Input<string>[]>;
}

/** The key pair that Jenkins logs in to the agents with. */
export interface KeyPairArgs {
    /**
     * Id of SSH credentials (a private key) that the controllers have already. The stack never changes or removes them.
     * The public half must be in EC2, in the cloud's region, under any name (`aws ec2 import-key-pair`). Default: the
     * stack's key pair.
     */
    credentialsId?: Input<string>;
    /**
     * A public key of your own (OpenSSH form): the file's path or { inline: … }. The private half goes to
     * `secrets.privateKey`. Default: an RSA key pair is made.
     */
    publicKey?: Input<string | WithFileArgs | WithInlineArgs>;
    /** Length of the RSA key that the stack makes. EC2 imports only these (AWS: ImportKeyPair). Default: `4096`. */
    bits?: Input<2048 | 4096>;
}

/** After each push to a canary, start one agent, wait until it is online, and remove it. */
export interface RolloutSmokeArgs {
    /** The label of the agent. */
    label: Input<string>;
    /** Seconds that the agent may take to come online. Default: `600`. */
    seconds?: Input<number>;
}

/** Which controllers get a change first, and what must succeed before the others get it. */
export interface RolloutArgs {
    /**
     * Controllers that get a change first. The others follow when every cloud on these is in place and has passed Test
     * Connection. If one fails, the others are not touched.
     */
    canary?: Input<Input<string>[]>;
    /**
     * After each push to a canary, start one agent, wait until it is online, and remove it. Default: no agent is asked
     * for. Costs: An instance for some minutes on each canary, at each push.
     */
    smoke?: Input<RolloutSmokeArgs>;
}

/** Set by the command in the message of a refused change. It may stay, because it allows one size only. */
export interface SafetyAllowArgs {
    /** Allows one change of exactly this many controllers. Default: none. */
    controllers?: Input<number>;
    /** Allows one change of exactly this many clouds. Default: none. */
    clouds?: Input<number>;
    /** Allows one change of exactly this many templates. Default: none. */
    templates?: Input<number>;
}

/** How large a change may be. */
export interface SafetyArgs {
    /**
     * A preview and an up fail, with a list, if they would remove or change a larger share of the existing controllers,
     * clouds or templates. 100 allows everything. Default: `30`.
     */
    percent?: Input<number>;
    /** With fewer than this, no share is too large. Default: `10`. */
    least?: Input<number>;
    /** Set by the command in the message of a refused change. It may stay, because it allows one size only. */
    allow?: Input<SafetyAllowArgs>;
}

/**
 * A monthly budget in AWS over the stack's agents. First activate their tag `jenkins-controller` as a cost allocation
 * tag in the billing console: AWS counts from then on. Its figures lag by 8 to 12 hours, after the activation by up to
 * a day. The deployer needs budgets:ViewBudget, budgets:ModifyBudget and budgets:ListTagsForResource. Tested with mocks
 * only.
 */
export interface BudgetArgs {
    /** What the agents of the stack may cost in a calendar month, in USD. Default: no budget is made. */
    usdPerMonth?: Input<number>;
    /**
     * E-mail addresses that AWS writes to, when the forecast exceeds 80 % of it and when the actual cost exceeds all of
     * it.
     */
    notify?: Input<Input<string>[]>;
}

/** Tokens, passwords and keys, set with `pulumi config set --secret --path`. */
export interface SecretsArgs {
    /** API tokens of the controllers' users, by the controller's id. */
    tokens?: Input<{ [name: string]: Input<string> }>;
    /** Passwords of the controllers' users, where there is no token, by the controller's id. */
    passwords?: Input<{ [name: string]: Input<string> }>;
    /** Keys (PEM) of the controllers' client certificates, by the controller's id. */
    clientKeys?: Input<{ [name: string]: Input<string> }>;
    /** Values for templates' scripts, by the name in `{ secret: NAME }` of `variables`. */
    variables?: Input<{ [name: string]: Input<string> }>;
    /** Passwords for WinRM, by the name in `winrm.password`. */
    windowsPasswords?: Input<{ [name: string]: Input<string> }>;
    /** The private half of `keyPair.publicKey`: RSA, PEM, without a passphrase. */
    privateKey?: Input<string>;
}

export interface SettingsArgs {
    /**
     * Name of the policy and the group in IAM; user names begin with it. Two stacks in one account need two names.
     * Default: `jenkins-aws`.
     */
    name?: Input<string>;
    /** The Jenkins controllers, by id. */
    controllers: Input<{ [name: string]: Input<ControllerArgs> }>;
    /** The clouds, by id. */
    clouds: Input<{ [name: string]: Input<CloudArgs> }>;
    /**
     * Fleet files, relative to the project: a file, a folder (its `*.yaml`), or a list of them. They may set everything
     * except `secrets` and `fleet`: [fleet files](fleet-files.md).
     */
    fleet?: Input<string | Input<string>[]>;
    /** Named settings that templates can start from with `extends`. */
    templateSets?: Input<{ [name: string]: Input<TemplateArgs> }>;
    /** Named settings, templates included, that clouds can start from with `extends`. */
    cloudSets?: Input<{ [name: string]: Input<CloudArgs> }>;
    /** What the stack makes in IAM. */
    access?: Input<AccessArgs>;
    /** The network of every cloud without one of its own. */
    network?: Input<NetworkArgs>;
    /** The key pair that Jenkins logs in to the agents with. */
    keyPair?: Input<KeyPairArgs>;
    /** Tags of everything that the stack makes, and of the instances. */
    tags?: Input<{ [name: string]: Input<string> }>;
    /**
     * What happens when somebody has edited the cloud in Jenkins. `report`: shows it. `heal`: restores the settings.
     * `off`: does not look. Default: `report`.
     */
    watch?: Input<"report" | "heal" | "off">;
    /** How many pushes run at a time. Default: `10`. */
    parallel?: Input<number>;
    /**
     * Names of warnings that are hidden, and of faults of the plugin (docs/compatibility.md) that you accept, also if
     * they are errors.
     */
    silence?: Input<Input<string>[]>;
    /** Which controllers get a change first, and what must succeed before the others get it. */
    rollout?: Input<RolloutArgs>;
    /** How large a change may be. */
    safety?: Input<SafetyArgs>;
    /**
     * A monthly budget in AWS over the stack's agents. First activate their tag `jenkins-controller` as a cost
     * allocation tag in the billing console: AWS counts from then on. Its figures lag by 8 to 12 hours, after the
     * activation by up to a day. The deployer needs budgets:ViewBudget, budgets:ModifyBudget and
     * budgets:ListTagsForResource. Tested with mocks only. Costs: Nothing: AWS charges for budgets with actions only.
     */
    budget?: Input<BudgetArgs>;
    /**
     * File of a price table, relative to the project, in the form of settings/prices.json: the cost of each template in
     * a preview. Default: `settings/prices.json`.
     */
    prices?: Input<string>;
    /** Tokens, passwords and keys, set with `pulumi config set --secret --path`. */
    secrets?: Input<SecretsArgs>;
}
