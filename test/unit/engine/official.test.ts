import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { launcherEngine, pathEngine } from "../../../playground/engine/official";
import { pluginPackages } from "../../../playground/engine/packages";
import { Verdicts } from "../../../playground/engine/verdicts";

const silent = () => undefined;
let folder: string;
let verdicts: Verdicts;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
    mkdirSync(join(folder, "bin"));
    verdicts = new Verdicts(join(folder, "verdicts.json"));
    vi.stubEnv("PLAYGROUND_CACHE", join(folder, "cache"));
    // Only what the fakes need of the real machine; no pulumi and no npx of its own.
    vi.stubEnv("PATH", [join(folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter));
});

afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
});

/** Puts an executable first on the PATH. Each call of it is a line in `calls`. */
function executable(name: string, script: string): void {
    const file = join(folder, "bin", name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${join(folder, "calls")}'\n${script}\n`);
    chmodSync(file, 0o755);
}

const calls = () => {
    const file = join(folder, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};

const home = () => join(folder, "cache", "jenkins-ec2-agents", "engine", "official");

/** A pulumi that knows its version and installs plugins; `install` replaces how it does that. */
const pulumi = (version: string, install = 'mkdir -p "$PULUMI_HOME/plugins/$3-$4-v$5"') =>
    `case "$1" in version) echo v${version};; plugin) ${install};; esac`;

describe("a pulumi on the PATH", () => {
    test("is not there", async () => {
        vi.stubEnv("PATH", join(folder, "bin"));
        await expect(pathEngine(verdicts, silent)).rejects.toThrow("no pulumi on the PATH");
    });

    test.each(["3.100.0", "3.258.9", "4.0.0"])(
        "of version %s is not taken: the reason says what is supported",
        async (version) => {
            executable("pulumi", pulumi(version));
            await expect(pathEngine(verdicts, silent)).rejects.toThrow(
                `pulumi ${version} on the PATH is not supported (3.259.0 and later 3.x are)`,
            );
        },
    );

    test("has no language host beside it", async () => {
        executable("pulumi", pulumi("3.270.0"));
        await expect(pathEngine(verdicts, silent)).rejects.toThrow("has no Node language host beside it");
    });

    test("is taken with the plugins of exactly the program's packages, in a Pulumi home of the playground's own", async () => {
        vi.stubEnv("PULUMI_HOME", join(folder, "the-user's-own"));
        executable("pulumi", pulumi("3.270.0"));
        executable("pulumi-language-nodejs", "");
        const engine = await pathEngine(verdicts, silent);
        expect(engine).toMatchObject({ version: "3.270.0", command: join(folder, "bin", "pulumi") });
        expect(engine.environment.PULUMI_HOME).toBe(home());
        for (const { name, version } of pluginPackages()) {
            expect(existsSync(join(home(), "plugins", `resource-${name}-v${version}`))).toBe(true);
        }
        expect(existsSync(join(folder, "the-user's-own"))).toBe(false);
    });

    test("installs no plugin a second time", async () => {
        executable("pulumi", pulumi("3.270.0"));
        executable("pulumi-language-nodejs", "");
        await pathEngine(verdicts, silent);
        const before = calls().length;
        await pathEngine(verdicts, silent);
        expect(calls().slice(before)).toEqual(["pulumi version"]);
    });

    test("cannot get its plugins: the reason is what it said, and it is not tried again that day", async () => {
        executable("pulumi", pulumi("3.270.0", 'echo "error: could not download: connection refused" >&2; exit 1'));
        executable("pulumi-language-nodejs", "");
        const reason = "pulumi 3.270.0 from the PATH cannot be had (error: could not download: connection refused)";
        await expect(pathEngine(verdicts, silent)).rejects.toThrow(reason);
        const before = calls().length;
        await expect(pathEngine(verdicts, silent)).rejects.toThrow(`${reason} (remembered)`);
        expect(calls().slice(before)).toEqual(["pulumi version"]);
    });

    test("is tried again when it is another version", async () => {
        executable("pulumi", pulumi("3.270.0", "exit 1"));
        executable("pulumi-language-nodejs", "");
        await expect(pathEngine(verdicts, silent)).rejects.toThrow("cannot be had");
        executable("pulumi", pulumi("3.271.0"));
        expect((await pathEngine(verdicts, silent)).version).toBe("3.271.0");
    });
});

describe("the official release through its npm launcher", () => {
    const release = () => {
        const bin = '"$PULUMI_HOME/versions/3.265.0/bin"';
        return `mkdir -p ${bin}; cp '${join(folder, "bin", "pulumi")}' ${bin}/pulumi`;
    };

    test("is fetched once into the playground's own home", async () => {
        executable("pulumi", pulumi("3.265.0"));
        executable("npx", release());
        const engine = await launcherEngine(verdicts, silent);
        expect(engine.command).toBe(join(home(), "versions", "3.265.0", "bin", "pulumi"));
        expect(engine.description).toBe("the official release 3.265.0 through npm");
        await launcherEngine(verdicts, silent);
        expect(calls().filter((call) => call.startsWith("npx"))).toEqual(["npx --yes pulumi@3.265.0 version"]);
    });

    test("cannot be fetched: the reason is what the launcher said, and it is not asked again that day", async () => {
        executable("npx", 'echo "Downloading pulumi v3.265.0..." >&2; echo "pulumi: fetch failed" >&2; exit 1');
        const reason = "the official release 3.265.0 through npm cannot be had (pulumi: fetch failed)";
        await expect(launcherEngine(verdicts, silent)).rejects.toThrow(reason);
        await expect(launcherEngine(verdicts, silent)).rejects.toThrow(`${reason} (remembered)`);
        expect(calls()).toHaveLength(1);
    });

    test("is tried again at once when it is asked for", async () => {
        executable("npx", "exit 1");
        await expect(launcherEngine(verdicts, silent)).rejects.toThrow("cannot be had");
        const forgetful = new Verdicts(join(folder, "verdicts.json"), { forgetful: true });
        await expect(launcherEngine(forgetful, silent)).rejects.not.toThrow("remembered");
        expect(calls()).toHaveLength(2);
    });
});
