import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { smallStack } from "../settings/support";
import { command } from "./command";
import { reportOf } from "./reportOf";

const encrypted = { secure: "v1:c2VjcmV0:c2VjcmV0" };
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** The small stack after a change, as the engine writes it into the stack's file. */
function stackText(change: (raw: any) => void = () => undefined): string {
    const raw = { ...smallStack(), secrets: { tokens: { "team-a": encrypted } } };
    change(raw);
    const settings = Object.entries(raw).map(([key, value]) => [`jenkins-ec2-agents:${key}`, value]);
    return stringify({ config: { "aws:region": "eu-central-1", ...Object.fromEntries(settings) } });
}

/** A project's folder with these files, validated where no engine is on the PATH. */
async function validate(files: Record<string, string>, ...args: string[]) {
    const folder = mkdtempSync(join(tmpdir(), "validate-"));
    folders.push(folder);
    for (const [path, text] of Object.entries({ "Pulumi.yaml": "name: jenkins-ec2-agents\n", ...files })) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
    }
    return command(["validate", ...args], folder, { PATH: dirname(process.execPath) });
}

describe("validate", () => {
    it("ends with 0 where nothing is wrong; encrypted values are there, and not looked at", async () => {
        const text = stackText((raw) => {
            raw.keyPair = { publicKey: "ssh-rsa AAAAB3NzaC1yc2E= me" };
            raw.secrets.privateKey = encrypted;
            raw.secrets.variables = { registry: encrypted };
            Object.assign(raw.clouds.agents.templates.linux, {
                initScript: { inline: "login {{ token | sh }}" },
                variables: { token: { secret: "registry" } },
                userData: { inline: encrypted },
            });
        });
        const { code, stdout, stderr } = await validate({ "Pulumi.prod.yaml": text });
        expect(stderr).toBe("");
        expect(stdout).toMatch(/The settings of the stack prod are fine: controllers: 1, clouds: 1, templates: 1\.\n$/);
        expect(code).toBe(0);
    });

    it("ends with 2 and all that is wrong, each with its place, in the stack's file and in fleet files", async () => {
        const text = stackText((raw) => {
            raw.fleet = "fleets";
            raw.clouds.agents.cap = 0;
            delete raw.secrets.tokens;
        });
        const fleet =
            "clouds:\n  agents:\n    templates:\n      windows:\n        image: { id: ami-0123456789abcdef0 }\n        executers: 2\n";
        const { code, stdout } = await validate({ "Pulumi.prod.yaml": text, "fleets/more.yaml": fleet });
        expect(stdout).toMatch(/^\d settings of the stack prod are wrong\.\n\n/);
        expect(stdout).toMatch(/\nPulumi\.prod\.yaml:\d+:7: clouds\.agents\.cap: 0\n {4}must .+\n {4}see docs/);
        expect(stdout).toMatch(
            /\nfleets\/more\.yaml:6:9: clouds\.agents\.templates\.windows\.executers: 2\n {4}is not a setting: .*executors/,
        );
        expect(code).toBe(2);
    });

    it("says which token is missing, and which secret is in plain text, without its value", async () => {
        const missing = await validate({ "Pulumi.prod.yaml": stackText((raw) => delete raw.secrets) });
        expect(missing.stdout).toContain("secrets.tokens.team-a\n    is needed");
        expect(missing.code).toBe(2);
        const plain = stackText(
            (raw) => (raw.secrets = { tokens: { "team-a": encrypted }, variables: { a: "pl4nted" } }),
        );
        const { code, stdout, stderr } = await validate({ "Pulumi.prod.yaml": plain });
        expect(stdout).toMatch(/Pulumi\.prod\.yaml:\d+:\d+: secrets\.variables\.a: \[secret\]\n {4}is in plain text/);
        expect(stdout + stderr).not.toContain("pl4nted");
        expect(code).toBe(2);
    });

    it("prints warnings with the name that silences them, and ends with 0", async () => {
        const text = stackText((raw) => (raw.secrets.variables = { spare: encrypted }));
        const { code, stdout } = await validate({ "Pulumi.prod.yaml": text });
        expect(stdout).toMatch(
            /warning: Pulumi\.prod\.yaml:\d+:\d+: secrets\.variables\.spare: no template uses it in variables \(docs\/messages\.md#unused-secret\)\n/,
        );
        expect(code).toBe(0);
    });

    it("prints with --json the same as data", async () => {
        const fine = await validate({ "Pulumi.prod.yaml": stackText() }, "--json");
        const { changes, errors, problems, warnings, summary } = reportOf("validate", fine.stdout);
        expect([changes, errors, problems]).toEqual([[], [], []]);
        expect(summary).toEqual({
            ...{ stack: "prod", file: "Pulumi.prod.yaml", problems: 0, warnings: warnings.length },
            ...{ controllers: 1, clouds: 1, templates: 1 },
        });
        const wrong = await validate(
            { "Pulumi.prod.yaml": stackText((raw) => (raw.clouds.agents.cap = "6")) },
            "--json",
        );
        const found = [
            {
                code: "wrong-form",
                severity: "error",
                path: "clouds.agents.cap",
                place: expect.stringMatching(/^Pulumi\.prod\.yaml:\d+:7$/),
                value: '"6"',
                message: expect.any(String),
                fix: "cap: 6",
            },
        ];
        expect(reportOf("validate", wrong.stdout)).toEqual({
            changes: [],
            errors: found,
            problems: found,
            warnings: [],
            summary: { stack: "prod", file: "Pulumi.prod.yaml", problems: 1, warnings: 0 },
        });
        expect(wrong.code).toBe(2);
    });

    it("takes the stack that is named, or another file; of several stacks one has to be named", async () => {
        const files = {
            "Pulumi.prod.yaml": stackText(),
            "Pulumi.dev.yaml": stackText((raw) => (raw.clouds.agents.cap = 0)),
            "Pulumi.dev.example.yaml": "no example counts",
            "other/prod.yaml": stackText((raw) => (raw.parallel = 0)),
        };
        expect((await validate(files)).stderr).toBe("Which stack? Say --stack NAME. There are: dev, prod.\n");
        expect((await validate(files)).code).toBe(1);
        expect((await validate(files, "--stack", "prod")).code).toBe(0);
        expect((await validate(files, "--stack", "organization/jenkins/dev")).code).toBe(2);
        const other = await validate(files, "--stack", "prod", "--config-file", "other/prod.yaml");
        expect(other.stdout).toMatch(/other\/prod\.yaml:\d+:3: parallel: 0\n/);
    });

    it("takes keys without a namespace, and what Pulumi.yaml says for all stacks, as Pulumi does", async () => {
        const project = `name: mine\nstackConfigDir: stacks\nconfig:\n  aws:region: { value: eu-central-1 }\n  controllers:\n    type: object\n    default: { team-a: { url: "https://jenkins.example.com/", user: provisioner } }\n`;
        const { clouds } = smallStack();
        clouds.agents.network = { ingress: { cidrs: ["10.20.0.5/32"] } };
        const stack = stringify({ config: { clouds, "mine:secrets": { tokens: { "team-a": encrypted } } } });
        const { code, stdout, stderr } = await validate({ "Pulumi.yaml": project, "stacks/Pulumi.prod.yaml": stack });
        expect(stdout + stderr).toContain("The settings of the stack prod are fine");
        expect(code).toBe(0);
    });

    it.each([
        ["there is no such stack", {}, ["--stack", "prod"], "There is no Pulumi.prod.yaml. There are: none."],
        ["there is no such file", {}, ["--config-file", "a.yaml"], '--config-file is "a.yaml"; there is no such file.'],
        ["it is no YAML", { "Pulumi.prod.yaml": "config:\n  a: [1\n" }, [], "Pulumi.prod.yaml:"],
        [
            "it is no map",
            { "Pulumi.prod.yaml": "- config\n" },
            [],
            "Pulumi.prod.yaml: must be a map with the key config",
        ],
        ["the project has no name", { "Pulumi.yaml": "{}" }, [], "Pulumi.yaml: there is no name."],
        [
            "what has to be checked is encrypted",
            { "Pulumi.prod.yaml": stackText((raw) => (raw.clouds = encrypted)) },
            [],
            "Pulumi.prod.yaml: clouds: it is encrypted, so it cannot be checked.",
        ],
        [
            "a value that has to be checked is encrypted",
            { "Pulumi.prod.yaml": stackText((raw) => (raw.clouds.agents.cap = encrypted)) },
            [],
            "Pulumi.prod.yaml: clouds.agents.cap: it is encrypted, so it cannot be checked.",
        ],
    ])("ends with 1 where %s", async (_, files, args, message) => {
        const { code, stdout, stderr } = await validate(files as Record<string, string>, ...args);
        expect(stderr).toContain(message);
        expect(stderr).not.toContain("    at ");
        expect(stdout).toBe("");
        expect(code).toBe(1);
    });
});
