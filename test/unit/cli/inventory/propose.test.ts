import { describe, expect, it } from "vitest";
import { instanceTypeFor, sizeOf } from "../../../../cli/inventory/instanceType";
import { kindsOf, systemOf, type FoundAgent } from "../../../../cli/inventory/kinds";
import { capOf, proposalsOf } from "../../../../cli/inventory/propose";
import shipped from "../../../../settings/prices.json";
import { agent } from "./sample";

function found(controller: string, name: string, changes: Partial<FoundAgent> = {}): FoundAgent {
    return { ...agent(name), controller, byHour: [], builds: [], ...changes };
}

describe("kinds of agents", () => {
    it("are those with the same labels in any order, system, executors, folder, environment and tools", () => {
        const kinds = kindsOf([
            found("a", "one", { labels: ["linux", "docker"] }),
            found("b", "two", { labels: ["docker", "linux"], system: "Linux (x86_64)" }),
            found("a", "three", { labels: ["linux", "docker"], executors: 2 }),
            found("a", "four", {
                labels: ["linux", "docker"],
                environment: [{ name: "A", value: "1", secret: false }],
            }),
        ]);
        expect(kinds.map(({ id, agents, controllers }) => [id, agents.map(({ name }) => name), controllers])).toEqual([
            ["linux-docker", ["one", "two"], ["a", "b"]],
            ["linux-docker-2", ["three"], ["a"]],
            ["linux-docker-3", ["four"], ["a"]],
        ]);
    });

    it("are called by the agents' name where they have no label, and by letters that settings take", () => {
        const ids = kindsOf([found("a", "builder-7", { labels: [] }), found("a", "x", { labels: ["C++", "ünix"] })]);
        expect(ids.map(({ id }) => id)).toEqual(["builder", "c-nix"]);
    });

    it("have the system that Jenkins' monitor has", () => {
        expect(systemOf("Linux (aarch64)")).toEqual({
            platform: "unix",
            architecture: "arm64",
            isKnown: true,
            isOnEc2: true,
        });
        expect(systemOf("Windows Server 2022 (amd64)")).toMatchObject({ platform: "windows", architecture: "x86_64" });
        expect(systemOf("Mac OS X (aarch64)")).toMatchObject({ platform: "mac", architecture: "arm64" });
        expect(systemOf("Linux (s390x)")).toMatchObject({ isKnown: true, isOnEc2: false });
        expect(systemOf("")).toMatchObject({ platform: "unix", isKnown: false, isOnEc2: true });
        expect(systemOf("", "C:\\jenkins")).toMatchObject({ platform: "windows", isKnown: false });
    });

    it("take an agent in whose system is not known, as it is offline, where there are others like it", () => {
        const kinds = kindsOf([
            found("a", "offline", { labels: ["arm"], system: "", memoryBytes: undefined }),
            found("a", "one", { labels: ["arm"], system: "Linux (aarch64)" }),
            found("a", "two", { labels: ["arm"], system: "Linux (aarch64)" }),
            found("a", "other", { labels: ["arm"], system: "Linux (amd64)" }),
            found("a", "alone", { labels: ["alone"], system: "" }),
        ]);
        expect(kinds.map(({ agents, system }) => [agents.map(({ name }) => name), system])).toMatchObject([
            [["one", "two", "offline"], { architecture: "arm64", isKnown: true }],
            [["other"], { architecture: "x86_64", isKnown: true }],
            [["alone"], { isKnown: false }],
        ]);
    });

    it("differ where a tool is in another place", () => {
        const maven = (home: string) => [
            { type: "hudson.tasks.Maven$MavenInstallation$DescriptorImpl", name: "maven", home },
        ];
        const agents = [
            found("a", "one", { tools: maven("/opt/maven") }),
            found("a", "two", { tools: maven("/srv/maven") }),
        ];
        expect(kindsOf(agents).map(({ id }) => id)).toEqual(["linux", "linux-2"]);
    });
});

describe("the cap", () => {
    const hours = (busy: number) => [...Array<number>(94).fill(0), ...Array<number>(6).fill(busy)];

    it("is the 95th percentile of the busiest controller and a quarter more, in agents", () => {
        const agents = [
            ...Array.from({ length: 4 }, (_, index) => found("a", `a-${index}`, { executors: 2, byHour: hours(2) })),
            found("b", "b-0", { executors: 2, byHour: hours(1) }),
        ];
        expect(capOf(kindsOf(agents)[0]!)).toBe(5);
    });

    it("is 1 for agents that built nothing, and their number where less than a day is known", () => {
        expect(capOf(kindsOf([found("a", "one", { byHour: hours(0) })])[0]!)).toBe(1);
        expect(capOf(kindsOf([found("a", "one", { byHour: [0] }), found("a", "two", { byHour: [0] })])[0]!)).toBe(2);
    });
});

describe("a proposal", () => {
    const prices = { "m7i.large": 0.1 };
    const lately = [...Array<number>(6).fill(1), ...Array<number>(18).fill(0)];
    const apart = Array.from({ length: 24 }, (_, hour) => (hour % 4 === 1 ? 1 : 0));
    const [proposal] = proposalsOf(
        kindsOf([found("a", "one", { byHour: lately }), found("a", "two", { byHour: lately })]),
        prices,
    );

    it("counts a month's hours always on, with full instances, and with one for each build that is kept for an hour", () => {
        expect(proposal!.month).toEqual({ alwaysOn: 1460, least: 365, most: 365 });
        const [later] = proposalsOf(kindsOf([found("a", "one", { byHour: apart })]), prices);
        expect(later!.month).toEqual({ alwaysOn: 730, least: 182.5, most: 365 });
        const [unknown] = proposalsOf(kindsOf([found("a", "one", { byHour: [0, 0] })]), prices);
        expect(unknown!.month).toEqual({ alwaysOn: 730, least: 0, most: 730 });
    });

    it("names what a template cannot have of the agents", () => {
        const environment = [
            { name: "API_TOKEN", value: "", secret: true },
            { name: "with-dash", value: "x", secret: false },
            { name: "GRADLE_HOME", value: "/opt/gradle", secret: false },
        ];
        const tools = [{ type: "hudson.model.JDK$DescriptorImpl", name: "jdk", home: "/opt/jdk" }];
        const [one] = proposalsOf(
            kindsOf([found("a", "one", { environment, tools, java: "", system: "Linux (i386)" })]),
            prices,
        );
        expect(one!.notCarried).toEqual([
            "what has to be in the image: /opt/gradle (GRADLE_HOME), /opt/jdk (jdk)",
            "variables that look like secrets are left out: API_TOKEN",
            "variables with names that settings do not take: with-dash",
            "EC2 has no such processor: Linux (i386)",
        ]);
    });

    it("carries what settings take, and names the rest", () => {
        const type = "hudson.plugins.git.GitTool$DescriptorImpl";
        const [one] = proposalsOf(
            kindsOf([
                found("a", "one", {
                    labels: ["C++", "two words"],
                    folder: "jenkins",
                    java: "",
                    environment: [{ name: "A", value: "1", secret: false }],
                    tools: [
                        { type, name: "Default", home: "/usr/bin/git" },
                        { type: "hudson.model.JDK$DescriptorImpl", name: "Default", home: "/opt/jdk" },
                        { type, name: "homeless", home: "" },
                    ],
                }),
            ]),
            prices,
        );
        expect(one!.carried).toEqual({
            labels: ["C++"],
            environment: { A: "1" },
            tools: { Default: { type, home: "/usr/bin/git" } },
        });
        expect(one!.notCarried).toEqual([
            "what has to be in the image: /opt/jdk (Default), /usr/bin/git (Default)",
            "labels that settings do not take: two words",
            "its folder must be absolute: jenkins",
            "tools without a folder, or with another tool's name: Default (hudson.model.JDK$DescriptorImpl), homeless (hudson.plugins.git.GitTool$DescriptorImpl)",
        ]);
        const [windows] = proposalsOf(
            kindsOf([found("a", "w", { system: "Windows 10 (amd64)", folder: "D:/ci" })]),
            prices,
        );
        expect(windows!.carried.folder).toBe("D:/ci");
    });

    it("is not made for macOS", () => {
        expect(proposalsOf(kindsOf([found("a", "mac", { system: "Mac OS X (aarch64)" })]), prices)).toEqual([]);
    });
});

describe("the instance type", () => {
    it("is the cheapest with a vCPU for each executor and the memory of today", () => {
        const of = (executors: number, memoryGiB: number | undefined, architecture: "x86_64" | "arm64" = "x86_64") =>
            instanceTypeFor({ architecture, executors, memoryGiB }, shipped.perHour);
        expect(of(1, 3.8)).toBe("t3a.medium");
        expect(of(1, undefined)).toBe("t3a.medium");
        expect(of(4, 7.7)).toBe("t3a.xlarge");
        expect(of(8, 30)).toBe("t3.2xlarge");
        expect(of(1, 7.6, "arm64")).toBe("t4g.large");
        expect(of(64, 8)).toBeUndefined();
    });

    it.each([
        ["m7i.2xlarge", { vcpus: 8, memoryGiB: 32, architecture: "x86_64" }],
        ["c7g.large", { vcpus: 2, memoryGiB: 4, architecture: "arm64" }],
        ["t4g.medium", { vcpus: 2, memoryGiB: 4, architecture: "arm64" }],
        ["p5.48xlarge", undefined],
    ])("of the name %s has that size", (type, size) => {
        expect(sizeOf(type)).toEqual(size);
    });
});
