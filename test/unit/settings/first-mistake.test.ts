import { describe, expect, it } from "vitest";
import { problems, templateProblems } from "./support";

const told = (found: { path: string; message: string; fix?: string }[]) =>
    found.map(({ path, message, fix }) => [path, message, fix]);
const fleet = (text: string) =>
    problems(
        (raw) => {
            raw.fleet = "fleet.yaml";
            delete raw.clouds;
        },
        { "fleet.yaml": text },
    );

describe("a mistake is told once, with a fix that works when it is pasted", () => {
    it("a text in place of a list: the list", () => {
        const [problem, ...more] = told(templateProblems({ labels: "linux" }));
        expect(problem).toEqual(["clouds.agents.templates.linux.labels", "must be a list: [linux]", "labels: [linux]"]);
        expect(more).toEqual([]);
        expect(told(templateProblems({ labels: "linux docker" }))).toEqual([
            [expect.anything(), "must be a list: [linux, docker]", "labels: [linux, docker]"],
        ]);
    });

    it.each([
        ["6", "cap", "must be a whole number from 1 to 100000: remove the quotes", 6],
        ["true", "adopt", "must be true or false: remove the quotes", true],
    ])(
        "a quoted %s: the line without quotes, as no command changes a text into a number",
        (value, key, message, plain) => {
            expect(told(problems((raw) => (raw.clouds.agents[key] = value)))).toEqual([
                [`clouds.agents.${key}`, message, `${key}: ${plain}`],
            ]);
        },
    );

    it("a value that only the user knows: what is allowed, and no command with a placeholder", () => {
        expect(told(templateProblems({ executors: 0 }))).toEqual([
            ["clouds.agents.templates.linux.executors", "must be a whole number from 1 to 1000", undefined],
        ]);
    });

    it("in a fleet file: the line of YAML", () => {
        const text =
            'clouds:\n  agents:\n    controllers: [team-a]\n    cap: "6"\n    templates:\n      linux:\n        image: { id: ami-0123456789abcdef0 }\n        instanceType: m7i.large\n';
        expect(fleet(text)).toMatchObject([{ place: "fleet.yaml:4:5", fix: "cap: 6" }]);
    });

    it("tabs in a fleet file: one error, whatever the tabs hide", () => {
        expect(fleet("clouds:\n  agents:\n\tcap: 6\n\tregion: eu-west-1\n")).toMatchObject([
            { place: "fleet.yaml:3:1", code: "unreadable-file" },
        ]);
    });

    it("missing controllers: nothing of the declaration's example", () => {
        const found = problems((raw) => {
            delete raw.controllers;
            delete raw.clouds;
            delete raw.secrets;
        });
        expect(found.map(({ path }) => path)).toEqual(["controllers", "clouds"]);
        expect(problems((raw) => (raw.controllers = {})).map(({ path }) => path)).toEqual(["controllers"]);
    });
});

describe("what a template inherits has to fit its platform", () => {
    const inherited = (template: object, defaults: object) =>
        problems((raw) => {
            raw.access = { policy: "scoped" };
            raw.clouds.agents.defaults = defaults;
            Object.assign(raw.clouds.agents.templates.linux, template);
        });
    const windows = { platform: "windows-ssh", remoteFolder: "C:\\Jenkins" };

    it("a script of sh on Windows is refused", () => {
        expect(told(inherited(windows, { initScript: { inline: "#!/bin/sh\ntrue\n" } }))).toEqual([
            [
                "clouds.agents.templates.linux.initScript",
                "is a script for Unix (#!), and platform is windows-ssh",
                "set another initScript, or null to inherit none",
            ],
        ]);
    });

    it("PowerShell in the user data of a Linux template is refused", () => {
        const [problem] = inherited({}, { userData: { inline: "<powershell>\nWrite-Output 1\n</powershell>\n" } });
        expect(problem).toMatchObject({
            path: "clouds.agents.templates.linux.userData",
            message: "is a script for Windows, and platform is unix",
        });
    });

    it("a folder of Windows names the platform that allows it, and a relative one the parameter", () => {
        expect(templateProblems({ remoteFolder: "C:\\Jenkins" })).toMatchObject([
            { fix: "set platform: windows-ssh, or windows for WinRM" },
        ]);
        expect(templateProblems({ remoteFolder: "jenkins" })).toMatchObject([
            { fix: "for any other folder set plugin.remoteFS" },
        ]);
    });
});
