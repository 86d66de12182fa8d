import { describe, expect, it } from "vitest";
import { PluginObject, PluginValue } from "../../../jenkins/push/request";
import { parametersOf, readContracts } from "../../../playground/controller/contract";
import { contracts } from "../../../playground/controller/generations";
import { cloudSources } from "../../../settings/schema/cloud";
import { templateSources } from "../../../settings/schema/template";
import { parameters, payload } from "./support";

const contract = readContracts(contracts).at(-1)!;
const { enums } = contract;
const contractParameters = (name: string) => parametersOf(contract, name);

function names(name: string): string[] {
    return [...new Set(contractParameters(name).map((parameter) => parameter.name))].sort();
}

/** Old names of what `connectionStrategy` and `associateIPStrategy` say: each would undo the other (setters of SlaveTemplate). */
const neverSent = ["associatePublicIp", "connectUsingPublicIp", "usePrivateDnsName"];

const everything = {
    spot: { fallbackToOnDemand: true },
    minimumInstances: 1,
    schedule: { days: ["monday"] },
    publicAddress: "PUBLIC_IP",
    environment: { A: "1" },
    tools: { maven: { type: "maven", home: "/opt/maven" } },
};

describe("the payload of a template, against the newest plugin", () => {
    it("has every parameter of the plugin but those that undo others", () => {
        const sent = Object.keys(parameters(everything)).sort();
        expect(sent).toEqual(names("hudson.plugins.ec2.SlaveTemplate").filter((name) => !neverSent.includes(name)));
    });

    it("leaves out only what is absent when absent: no Spot, no schedule", () => {
        const missing = Object.keys(parameters(everything)).filter((name) => !(name in parameters({})));
        expect(missing.sort()).toEqual(["minimumNumberOfInstancesTimeRangeConfig", "spotConfig"]);
    });

    it("comes from declared settings", () => {
        expect([...templateSources.keys()].sort()).toEqual(
            names("hudson.plugins.ec2.SlaveTemplate").filter((name) => !neverSent.includes(name)),
        );
    });

    it.each(contractParameters("hudson.plugins.ec2.SlaveTemplate").map(({ name, type }) => [name, type]))(
        "%s fits %s",
        (name, type) => {
            const value = parameters(everything)[name];
            if (value !== undefined) fits(value, type);
            else expect(neverSent).toContain(name);
        },
    );

    it.each([
        ["unix", "hudson.plugins.ec2.UnixData"],
        ["mac", "hudson.plugins.ec2.MacData"],
        ["windows", "hudson.plugins.ec2.WindowsData"],
        ["windows-ssh", "hudson.plugins.ec2.WindowsSSHData"],
    ])("of platform %s logs in as %s says", (platform, name) => {
        const mac = platform === "mac" ? { instanceType: "mac2.metal", tenancy: "Host" } : {};
        const amiType = parameters({ platform, ...mac, winrm: { password: "admin" } }, (raw) => {
            raw.secrets.windowsPasswords = { admin: "x" };
        })["amiType"] as PluginObject;
        const { $class, ...rest } = amiType;
        expect($class).toBe(name);
        expect(Object.keys(rest).sort()).toEqual(names(name));
    });
});

describe("the payload of a cloud, against the newest plugin", () => {
    it.each(contractParameters("hudson.plugins.ec2.EC2Cloud").map(({ name, type }) => [name, type]))(
        "%s fits %s",
        (name, type) => {
            const { parameters: cloud } = payload((raw) => {
                raw.clouds.agents.hotSpares = { all: { label: "linux", maximum: 3 } };
                raw.clouds.agents.templates.linux.labels = ["linux"];
            });
            if (name === "name" || name === "templates") expect(cloud).not.toHaveProperty(name);
            else fits(cloud[name]!, type);
        },
    );

    it("has every parameter of the plugin, but the name and the templates, which are beside them", () => {
        expect(Object.keys(payload().parameters).sort()).toEqual(
            names("hudson.plugins.ec2.EC2Cloud").filter((name) => name !== "name" && name !== "templates"),
        );
    });

    it("comes from declared settings, but for the templates and the deprecated SSH key", () => {
        expect([...cloudSources.keys()].sort()).toEqual(
            names("hudson.plugins.ec2.EC2Cloud").filter((name) => !["templates", "privateKey"].includes(name)),
        );
    });
});

/** Whether a value is what DescribableModel makes the type of. */
function fits(value: PluginValue, type: string): void {
    const element = /^List<(?:\? extends )?(\w+)(?:<.*)?>$/.exec(type)?.[1];
    if (element !== undefined) {
        expect(Array.isArray(value)).toBe(true);
        for (const one of value as PluginValue[]) fits(one, element);
        return;
    }
    const enumeration = Object.entries(enums).find(([name]) => name.endsWith(`.${type}`))?.[1];
    if (enumeration !== undefined) expect(enumeration).toContain(value);
    else if (type === "boolean" || type === "Boolean") expect(["true", "false"]).toContain(value);
    else if (type === "int" || type === "Integer") expect(value).toMatch(/^-?\d+$/);
    else if (type === "String") expect(typeof value).toBe("string");
    else if (type === "Node.Mode") expect(["NORMAL", "EXCLUSIVE"]).toContain(value);
    else if (type === "AMITypeData" || type === "NodeProperty") expect(value).toHaveProperty("$class");
    else {
        const known = Object.keys(contract.classes).find((name) => name.endsWith(`.${type}`))!;
        expect(Object.keys(value).sort()).toEqual(names(known));
    }
}
