import { describe, expect, it } from "vitest";
import { problems, templateProblems } from "./support";

const path = "clouds.agents.templates.linux";

/** A change of the template, the setting that is named, and what is said of it. */
type Case = [change: Record<string, unknown>, setting: string, message: string];

function check(cases: Case[]): void {
    it.each(cases)("%j", (change, setting, message) => {
        expect(templateProblems(change).map(({ path: at, message: said }) => [at, said])).toEqual([
            [`${path}${setting}`, message],
        ]);
    });
}

describe("the image", () => {
    check([
        [
            { image: null },
            ".image",
            "an image is needed: { id: ami-… }, { ssm: /aws/service/… } or { filter: { name: … }, owners: [self] }",
        ],
        [
            { image: { id: "ami-0123456789abcdef0", ssm: "/a/b" } },
            ".image",
            "has id and ssm: set exactly one of id, ssm and filter",
        ],
        [
            { image: { filter: { name: "x" } } },
            ".image.owners",
            "is needed with filter, because anybody may publish an image of any name: set [self], [amazon] or an account id",
        ],
        [{ image: { ssm: "/a/b", owners: ["self"] } }, ".image.owners", "has an effect only with filter"],
        [{ image: { ssm: "/a/b", resolve: "launch" } }, ".image.resolve", "has an effect only with filter"],
        [
            { image: { id: "ami-0123456789abcdef0", refresh: 1 } },
            ".image.refresh",
            "has an effect only with ssm or filter: an id is never looked up",
        ],
        [
            { image: { filter: { name: "x" }, owners: ["self"], resolve: "launch", refresh: 1 } },
            ".image.refresh",
            "has no effect with resolve: launch: the plugin looks the image up at each start",
        ],
        [{ image: { id: "ami-1" } }, ".image.id", "must be an AMI id, like ami-0123456789abcdef0"],
        [{ image: { ssm: "no/slash" } }, ".image.ssm", "must be the name of an SSM parameter, beginning with /"],
    ]);
});

describe("the machine", () => {
    check([
        [
            { instanceType: null },
            ".instanceType",
            "is needed: an EC2 instance type, such as m7i.large, or a list of them",
        ],
        [{ instanceType: "large" }, ".instanceType", "must be an EC2 instance type, like m7i.large"],
        [{ instanceType: 5 }, ".instanceType", "must be an EC2 instance type, such as m7i.large, or a list of them"],
        [{ instanceType: ["m7i.large", "m7i.large"] }, ".instanceType", "names m7i.large more than once"],
        [{ platform: "mac" }, ".platform", "must not be mac: m7i.large is no Mac"],
        [{ instanceType: "mac2.metal", tenancy: "Host" }, ".platform", "mac2.metal is a Mac: the platform must be mac"],
        [{ instanceType: "mac2.metal", platform: "mac" }, ".tenancy", "must be Host: Macs run on dedicated hosts only"],
        [
            { unlimitedCpuCredits: true },
            ".unlimitedCpuCredits",
            "must be false: m7i.large has no CPU credits, only T instances have",
        ],
        [{ tags: { "aws:x": "y" } }, '.tags["aws:x"]', "tags that begin with aws: are reserved for AWS"],
        [{ tags: { year: 2026 } }, ".tags.year", "a tag's value must be text: put it in quotes"],
        [
            { tags: { "jenkins-controller": "x" } },
            ".tags.jenkins-controller",
            "is a tag that this program sets itself: remove it",
        ],
        [
            { tags: Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`tag-${number}`, "x"])) },
            ".tags",
            "makes 51 tags with the stack's and jenkins-controller; EC2 allows 50",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf" }, { device: "/dev/sdf" }] },
            ".blockDevices[1]",
            "names the device /dev/sdf twice",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "gp2", iops: 3000 }] },
            ".blockDevices[0]",
            "has iops, which only io1, io2 and gp3 have",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "gp2", throughputMiBps: 200 }] },
            ".blockDevices[0]",
            "has throughputMiBps, which only gp3 has",
        ],
        [{ blockDevices: [{ device: "/dev/sdf", type: "io2" }] }, ".blockDevices[0]", "needs iops, as its type is io2"],
        [{ tenancy: "default" }, ".tenancy", "must be one of Default, Dedicated, Host"],
        [
            { tenancy: "Dedicated" },
            ".tenancy",
            "needs exactly one zone in zones, and no subnets: otherwise the plugin omits the tenancy, and instances share hardware",
        ],
        [
            { tenancy: "Dedicated", zones: ["eu-central-1a", "eu-central-1b"] },
            ".tenancy",
            "needs exactly one zone in zones, and no subnets: otherwise the plugin omits the tenancy, and instances share hardware",
        ],
        [
            { tenancy: "Dedicated", zones: ["eu-central-1a"], spot: { maxPricePerHour: 0.1 } },
            ".tenancy",
            "must be Default with spot.maxPricePerHour: the plugin's Spot requests name no tenancy",
        ],
        [
            { ephemeralDevices: true, blockDevices: [{ device: "/dev/sdf" }] },
            ".ephemeralDevices",
            "must be false, or blockDevices empty: with local disks the plugin makes no volumes",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "gp3", iops: 2000 }] },
            ".blockDevices[0]",
            "must have 3000 iops or more, as its type is gp3",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "gp3", sizeGiB: 10, iops: 6000 }] },
            ".blockDevices[0]",
            "must have at most 5000 iops: 500 for each GiB of gp3, and it has 10",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "io1", sizeGiB: 10, iops: 600 }] },
            ".blockDevices[0]",
            "must have at most 500 iops: 50 for each GiB of io1, and it has 10",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "gp3", throughputMiBps: 1000 }] },
            ".blockDevices[0]",
            "must have at most 750 throughputMiBps: one for each 4 iops, and it has 3000",
        ],
        [
            { blockDevices: [{ device: "/dev/sdf", type: "st1", sizeGiB: 100 }] },
            ".blockDevices[0]",
            "must have 125 to 16384 GiB, as its type is st1",
        ],
        [{ metadata: { hopLimit: 65 } }, ".metadata.hopLimit", "must be a whole number from 1 to 64"],
    ]);
});

describe("the agent", () => {
    check([
        [{ labels: ["a", "b", "a", "c", "b", "b"] }, ".labels", "names a, b more than once"],
        [
            { subnets: Array(2).fill("subnet-0123456789abcdef0") },
            ".subnets",
            "names subnet-0123456789abcdef0 more than once",
        ],
        [{ zones: ["eu-central-1a", "eu-central-1a"] }, ".zones", "names eu-central-1a more than once"],
        [{ image: { filter: { name: ["x", "x"] }, owners: ["self"] } }, ".image.filter.name", "names x more than once"],
        [{ labels: ["two words"] }, ".labels[0]", "must be a label: no spaces, quotes, commas or operators"],
        [
            { mode: "EXCLUSIVE", labels: [] },
            ".mode",
            "needs labels: with EXCLUSIVE only jobs that ask for a label use the agents",
        ],
        [{ executors: 0 }, ".executors", "must be a whole number from 1 to 1000"],
        [{ executors: "2" }, ".executors", "must be a whole number from 1 to 1000: remove the quotes"],
        [{ remoteFolder: "jenkins" }, ".remoteFolder", "must be an absolute path, such as /home/ec2-user"],
        [
            { platform: "windows-ssh", remoteFolder: "/jenkins" },
            ".remoteFolder",
            "must be an absolute path, such as C:\\Jenkins",
        ],
        [
            { initScript: "scripts/none.sh" },
            ".initScript",
            "no such file; paths are relative to the folder of Pulumi.yaml",
        ],
        [
            { userData: { file: "none.txt" } },
            ".userData",
            "no such file; paths are relative to the folder of Pulumi.yaml",
        ],
        [
            { initScript: { text: "x" } },
            ".initScript",
            "must be the path of a file (one line), the text itself (several lines), { file: path } or { inline: text }",
        ],
        [
            { userData: { inline: "x".repeat(16_385) } },
            ".userData",
            "has 16385 bytes; at most 16384 are allowed: EC2 takes no more user data",
        ],
        [
            { initScript: { inline: "é".repeat(40_000) } },
            ".initScript",
            "has 80000 bytes; at most 65536 are allowed: the script is kept in the controller's configuration; let it download what is larger",
        ],
        [{ environment: { "A B": "x" } }, '.environment["A B"]', "must be the name of an environment variable"],
        [{ labls: ["linux"] }, ".labls", "is not a setting: did you mean labels?"],
        [{ java: { opts: "-Xmx1g" } }, ".java.opts", "is not a setting: there is options, path"],
        [{ extends: "dokcer" }, ".extends", "there is no template set dokcer: there is none"],
    ]);

    it("reads a file of exactly the allowed size", () => {
        expect(templateProblems({ userData: "data.txt" }, { "data.txt": "x".repeat(16_384) })).toEqual([]);
        expect(templateProblems({ userData: "data.txt" }, { "data.txt": "x".repeat(16_385) })).toHaveLength(1);
    });

    it("names the template set that was probably meant", () => {
        const found = problems((raw) => {
            raw.templateSets = { docker: {} };
            raw.clouds.agents.templates.linux.extends = "dokcer";
        });
        expect(found.map(({ message }) => message)).toEqual(["there is no template set dokcer: did you mean docker?"]);
    });

    it("refuses two templates with one description", () => {
        const found = problems((raw) => {
            const { linux } = raw.clouds.agents.templates;
            raw.clouds.agents.templates = { linux, other: { ...linux, description: "linux" } };
        });
        expect(found).toMatchObject([
            {
                path: "clouds.agents.templates.other.description",
                value: '"linux"',
                message:
                    "is the description of templates.linux too: the plugin finds templates by it, so it must be unique in a cloud",
            },
        ]);
    });

    it("refuses an id that two lists of instance types make", () => {
        const found = problems((raw) => {
            const { linux } = raw.clouds.agents.templates;
            raw.clouds.agents.templates = {
                linux: { ...linux, instanceType: ["a-b.large"] },
                "linux-a": { ...linux, instanceType: ["b.large"] },
            };
        });
        expect(found.map(({ path: at, message }) => [at, message])).toEqual([
            [
                "clouds.agents.templates.linux-a",
                "makes the template linux-a-b.large, as templates.linux does; rename one",
            ],
        ]);
    });
});

describe("the lifetime", () => {
    check([
        [
            { spot: {}, idle: { then: "stop" } },
            ".idle.then",
            "must be terminate: the plugin's Spot instances can't be stopped",
        ],
        [
            { spot: {}, platform: "mac", instanceType: "mac2.metal", tenancy: "Host" },
            ".spot",
            "must be absent: there are no Macs on Spot",
        ],
        [
            { spot: { maxPricePerHour: 0.001 } },
            ".spot.maxPricePerHour",
            "must be more than 0.001 USD: the plugin takes a lower one for none",
        ],
        [{ minimumInstances: 5, cap: 4 }, ".minimumInstances", "is more than the template's cap of 4"],
        [
            { minimumInstances: 1, schedule: { days: ["monday", "monday"] } },
            ".schedule.days",
            "names monday more than once",
        ],
        [{ spareInstances: 41, idle: { minutes: 0 } }, ".spareInstances", "is more than the cloud's cap of 40"],
        [{ schedule: {} }, ".schedule", "has an effect only with minimumInstances, spareInstances or hotSpares"],
        [
            { minimumInstances: 1, schedule: { from: "08:00", to: "08:00" } },
            ".schedule",
            "must end at another time than it starts",
        ],
        [
            { minimumInstances: 1, schedule: { from: "8 AM" } },
            ".schedule.from",
            "must be a time of day, like 08:00, in quotes",
        ],
        [{ idle: { minutes: -60 } }, ".idle.minutes", "must be a whole number from -59 to 100000"],
        [{ idle: { then: "reboot" } }, ".idle.then", "must be one of stop, terminate"],
        [{ uses: 0 }, ".uses", "must be a whole number from 1 to 1000000"],
    ]);
});

describe("the connection", () => {
    check([
        [{ zones: ["eu-west-1a"] }, ".zones", "eu-west-1a is not in the cloud's region eu-central-1"],
        [
            { zones: ["eu-central-1a"], subnets: ["subnet-0123456789abcdef0"] },
            ".zones",
            "excludes subnets, because zones choose among the cloud's subnets: remove one of the two",
        ],
        [
            { publicAddress: "PRIVATE_IP", connectionStrategy: "PUBLIC_DNS" },
            ".connectionStrategy",
            "needs a public address, and publicAddress is PRIVATE_IP: change one of the two",
        ],
        [
            { spot: { maxPricePerHour: 0.1 }, connectionStrategy: "PUBLIC_IP" },
            ".connectionStrategy",
            "needs a public address, and DEFAULT with spot.maxPricePerHour gives none: set publicAddress: SUBNET or PUBLIC_IP",
        ],
        [
            { platform: "windows", winrm: { password: "admin" } },
            ".winrm.password",
            "there is no secrets.windowsPasswords.admin",
        ],
        [
            { platform: "windows" },
            ".winrm.password",
            "needs ec2:GetPasswordData, as no password is given, which is not among the 17 actions of access.policy: broad",
        ],
        [
            { instanceProfile: "builds" },
            ".instanceProfile",
            "needs iam:PassRole, which is not among the 17 actions of access.policy: broad",
        ],
        [{ platform: "linux" }, ".platform", "must be one of unix, mac, windows, windows-ssh"],
        [
            { subnets: ["sub"] },
            ".subnets[0]",
            "must be a subnet id, like subnet-0123456789abcdef0, { name: … } or { tags: … }",
        ],
        [
            { securityGroups: ["agents"] },
            ".securityGroups[0]",
            "must be a security group id, like sg-0123456789abcdef0, { name: … } or { tags: … }",
        ],
        [{ securityGroups: [{ name: "" }] }, ".securityGroups[0].name", "must not be empty"],
        [{ securityGroups: { add: [{ tags: {} }] } }, ".securityGroups.add[0].tags", "must have at least one tag"],
        [
            { plugin: { description: "x" } },
            ".plugin.description",
            "is not allowed under plugin: use the setting description",
        ],
    ]);
});

describe("forms that people write first", () => {
    check([
        [{ image: "ami-0123456789abcdef0" }, ".image", "must be a map: { id: ami-0123456789abcdef0 }"],
        [{ image: "/a/b" }, ".image", "must be a map: { ssm: /a/b }"],
        [{ image: "ubuntu" }, ".image", "must be a map, like { id: ami-0123456789abcdef0 }"],
        [{ spot: true }, ".spot", "must be a map: {} for the defaults, or one like { maxPricePerHour: 0.08 }"],
        [{ spot: false }, ".spot", "must be a map: remove it, or write null to remove an inherited one"],
        [{ spot: 0.08 }, ".spot", "must be a map: { maxPricePerHour: 0.08 }"],
        [{ idle: 30 }, ".idle", "must be a map: { minutes: 30 }"],
        [
            { schedule: "0 8 * * *" },
            ".schedule",
            'must be a map, like { from: "07:30", to: "18:00", days: [monday, tuesday, wednesday, thursday, friday] }',
        ],
        [{ ssh: "key" }, ".ssh", "must be a map: { rootCommandPrefix: key }"],
        [
            { image: { filter: { name: "x" }, owners: [99720109477] } },
            ".image.owners[0]",
            "must be self, amazon, aws-marketplace or an account id: put it in quotes",
        ],
        [{ labelString: "linux" }, ".labelString", "is the ec2 plugin's name; the setting is labels"],
        [
            { idleTerminationMinutes: "30" },
            ".idleTerminationMinutes",
            "is the ec2 plugin's name; the setting is idle.minutes",
        ],
        [{ image: { ami: "ami-0123456789abcdef0" } }, ".image.ami", "is the ec2 plugin's name; the setting is id, ssm"],
        [{ amiType: {} }, ".amiType", "is the ec2 plugin's name; the setting is platform, ssh, winrm"],
    ]);

    it("are told the command that keeps text as text, an account id with its zeros", () => {
        const fixes = (change: Record<string, unknown>) => templateProblems(change).map(({ fix }) => fix);
        expect(fixes({ tags: { "cost-centre": 4711 } })).toEqual([
            `pulumi config set --type string --path '${path}.tags.cost-centre' 4711`,
        ]);
        expect(fixes({ image: { filter: { name: "x" }, owners: [99720109477] } })).toEqual([
            `pulumi config set --type string --path '${path}.image.owners[0]' 099720109477`,
        ]);
        expect(fixes({ environment: { DEBUG: true } })).toEqual([
            `pulumi config set --type string --path '${path}.environment.DEBUG' true`,
        ]);
        expect(fixes({ description: 7 })).toEqual([`pulumi config set --type string --path '${path}.description' 7`]);
    });
});

describe("a problem in what a template inherits", () => {
    it("is shown with the inherited value", () => {
        const [found] = problems((raw) => {
            raw.clouds.agents.defaults = { mode: "EXCLUSIVE" };
            raw.clouds.agents.templates.linux.labels = [];
        });
        expect(found).toMatchObject({ path: `${path}.mode`, value: '"EXCLUSIVE"' });
    });
});
