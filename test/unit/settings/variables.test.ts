import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../settings";
import { context, problems, smallStack, warnings } from "./support";

/** The small stack, with this in its template. */
const withTemplate = (own: object, secrets: object = {}) => {
    const raw = smallStack();
    Object.assign(raw.clouds.agents.templates.linux, own);
    raw.secrets.variables = secrets;
    return readSettings(raw, context({ "run.sh": "run {{ name }}\n" })).settings;
};
const filled = (inline: string, variables: object) =>
    template(withTemplate({ initScript: { inline }, variables })).initScript;
const template = ({ clouds }: ReturnType<typeof withTemplate>) => clouds.agents!.templates.linux!;
const wrong = (own: object) =>
    problems((raw) => Object.assign(raw.clouds.agents.templates.linux, own)).map(({ path, message, fix }) => [
        path,
        message,
        fix,
    ]);

/** What a POSIX shell makes of a script: the arguments that it hands on, each between brackets. */
const shell = (script: string) => {
    const { stdout, status } = spawnSync("sh", ["-c", script], { encoding: "utf8", env: { PATH: process.env.PATH } });
    return status === 0 ? stdout : `failed: ${status}`;
};

describe("variables in the texts of a template", () => {
    it("are put in by name: text, numbers and truth values, in a file and in both texts", () => {
        const { initScript, userData } = template(
            withTemplate({
                initScript: "run.sh",
                userData: { inline: "{{port}} {{ on }}" },
                variables: { name: "x-1.2", port: 8080, on: true },
            }),
        );
        expect([initScript, userData]).toEqual(["run x-1.2\n", "8080 true"]);
    });

    it("are laid over those of sets and defaults, key by key", () => {
        const raw = smallStack();
        raw.clouds.agents.defaults = { initScript: { inline: "{{ a }} {{ b }}" }, variables: { a: "1", b: "2" } };
        raw.clouds.agents.templates.linux.variables = { b: "3" };
        expect(readSettings(raw, context()).settings.clouds.agents!.templates.linux!.initScript).toBe("1 3");
    });

    it("leave a text alone where the template has none, and forms that are no name", () => {
        expect(filled("docker ps --format '{{ name }} {{.State}}'", {})).toBe(
            "docker ps --format '{{ name }} {{.State}}'",
        );
        expect(filled("{{ a }} {{.State}} {{ }} ${b}", { a: "1" })).toBe("1 {{.State}} {{ }} ${b}");
    });

    it("quoted for sh are one argument, whatever they hold; nothing of them runs", () => {
        const hostile = fc.string({
            unit: fc.constantFrom(
                "a",
                " ",
                "'",
                '"',
                "$",
                "(",
                ")",
                "`",
                "\\",
                ";",
                "\n",
                "*",
                "~",
                "ü",
                "😀",
                "{",
                "}",
                "|",
                "!",
            ),
        });
        fc.assert(
            fc.property(hostile, (value) => {
                expect(shell(filled("printf '[%s]' {{ value | sh }} end", { value }))).toBe(`[${value}][end]`);
            }),
            { numRuns: 60 },
        );
    });

    it("quoted for PowerShell are in single quotes, with each kind of single quote doubled", () => {
        expect(filled("Write-Host {{ value | powershell }}", { value: "it's $x \u2019 `n" })).toBe(
            "Write-Host 'it''s $x \u2019\u2019 `n'",
        );
    });

    it("that are no plain word have to be quoted", () => {
        expect(wrong({ initScript: { inline: "echo {{ a }}" }, variables: { a: "x; rm -rf /" } })).toEqual([
            [
                "clouds.agents.templates.linux.initScript",
                "has {{ a }}, and the value is not a plain word (letters, digits and . / : + = _ -): quote it",
                "write {{ a | sh }}, {{ a | powershell }}, or {{ a | raw }} to put it in as it is",
            ],
        ]);
        expect(filled("echo {{ a | raw }}", { a: "x; y" })).toBe("echo x; y");
    });

    it("that are not there, or written for something unknown, are errors", () => {
        expect(
            wrong({ initScript: { inline: "{{ versoin }} {{ version | bash }}" }, variables: { version: "1" } }),
        ).toEqual([
            [
                "clouds.agents.templates.linux.initScript",
                "names the variable versoin, which the template does not have: did you mean version?",
                undefined,
            ],
            [
                "clouds.agents.templates.linux.initScript",
                "has {{ version | bash }}: the forms are sh, powershell and raw, not bash",
                undefined,
            ],
        ]);
    });

    it.each([
        ['echo "{{ a | sh }}"', "{{ a | sh }}"],
        ['echo "it\'s {{ a | sh }}"', "{{ a | sh }}"],
        ["echo 'x {{ a | sh }}'", "{{ a | sh }}"],
        ['Write-Host "`"{{ a | powershell }}"', "{{ a | powershell }}"],
    ])("quoted within quotes of the script are an error, since parts of them would run: %s", (inline, placeholder) => {
        expect(
            wrong({ initScript: { inline }, variables: { a: "$(echo RAN)" } }).map(([, message]) => message),
        ).toEqual([`has ${placeholder} inside quotes: remove them, because the value gets its own quotes`]);
    });

    it("quoted behind a closed or escaped quote are fine", () => {
        expect(shell(filled('printf \'[%s]\' "a"{{ v | sh }} \\"{{ v | sh }}', { v: "$(x)" }))).toBe('[a$(x)]["$(x)]');
    });

    it.each(["{{ a | }}", "{{ a | sh x }}", "{{ a-b }}"])("misspelt are an error: %s", (inline) => {
        expect(wrong({ initScript: { inline }, variables: { a: "1" } }).map(([, message]) => message)).toEqual([
            `has ${inline}; the forms are {{ a }}, {{ a | sh }}, powershell or raw`,
        ]);
    });

    it("with a NUL, or bare with what some shell reads, are errors", () => {
        for (const [inline, a] of [
            ["{{ a | sh }}", "x\0"],
            ["{{ a }}", "%PATH%"],
            ["{{ a }}", "-rf"],
            ["{{ a }}", "a,b"],
        ]) {
            expect(wrong({ initScript: { inline }, variables: { a } })).toHaveLength(1);
        }
    });

    it("that some templates of the cloud use are no warning for the others", () => {
        const said = warnings((raw) => {
            const { agents } = raw.clouds;
            agents.defaults = { variables: { version: "1" } };
            agents.templates.linux.initScript = { inline: "{{ version }}" };
            agents.templates.other = { ...agents.templates.linux, initScript: { inline: "true" } };
        });
        expect(said.map(({ code }) => code)).not.toContain("unused-variable");
    });

    it("that nothing uses are a warning", () => {
        const said = warnings((raw) => (raw.clouds.agents.templates.linux.variables = { unused: 1 }));
        expect(said).toContainEqual(
            expect.objectContaining({
                code: "unused-variable",
                path: "clouds.agents.templates.linux.variables.unused",
            }),
        );
    });

    it("that are secrets make the whole text one; others stay readable", () => {
        const settings = withTemplate(
            {
                initScript: { inline: "login {{ token | sh }}" },
                userData: { inline: "{{ port }}" },
                variables: { token: { secret: "registry" }, port: 1 },
            },
            { registry: "the registry's token" },
        );
        expect(template(settings).initScript).toBe("login 'the registry'\\''s token'");
        expect(settings.secretTexts).toEqual(["login 'the registry'\\''s token'"]);
    });

    it("that name a secret by a name of every object are told that there is none", () => {
        const own = { initScript: { inline: "{{ a | sh }}" }, variables: { a: { secret: "constructor" } } };
        expect(wrong(own).map(([, message]) => message)).toEqual([
            "is a name that JavaScript has on every map: choose another id",
        ]);
    });

    it("that name a secret which is not set are an error, with the command that sets it", () => {
        expect(
            wrong({ initScript: { inline: "{{ token | sh }}" }, variables: { token: { secret: "registry" } } }),
        ).toEqual([
            [
                "clouds.agents.templates.linux.variables.token",
                "there is no secrets.variables.registry",
                "pulumi config set --secret --path 'secrets.variables.registry'",
            ],
        ]);
    });
});
