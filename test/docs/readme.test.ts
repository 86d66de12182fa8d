import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { secrets } from "../../settings/schema/stack";

const project = join(__dirname, "..", "..");
const read = (path: string) => readFileSync(join(project, path), "utf8");
const pages = [
    "README.md",
    ...readdirSync(join(project, "docs"))
        .filter((name) => name.endsWith(".md"))
        .map((name) => `docs/${name}`),
];
const schema = JSON.parse(read("docs/schemas/settings.schema.json")) as Schema;

interface Schema {
    $ref?: string;
    definitions?: Record<string, Schema>;
    properties?: Record<string, Schema>;
    additionalProperties?: Schema | boolean;
    anyOf?: Schema[];
    allOf?: Schema[];
}

/** Whether a key path such as `clouds.agents.idle.minutes` can be said; maps take any key. */
function isSetting([key, ...path]: string[]): boolean {
    // A stack's file shows secrets encrypted, so its schema says nothing of what is in them.
    if (key === "secrets") return path[0]! in secrets.shape;
    return has(schema.properties!.config!, [`jenkins-ec2-agents:${key}`, ...path]);
}

function has(at: Schema, path: string[]): boolean {
    const [first, ...rest] = path;
    if (first === undefined) return true;
    if (at.$ref) return has(schema.definitions![at.$ref.replace("#/definitions/", "")]!, path);
    if ([...(at.anyOf ?? []), ...(at.allOf ?? [])].some((form) => has(form, path))) return true;
    const others = typeof at.additionalProperties === "object" ? at.additionalProperties : undefined;
    const next = at.properties?.[first] ?? others;
    return next !== undefined && has(next, rest);
}

describe.each(pages)("%s", (page) => {
    const text = read(page);

    test("names settings that there are, in the commands that set them", () => {
        const paths = [...text.matchAll(/pulumi config set[^\n]*?(?:jenkins-ec2-agents:)([\w.-]+)/g)].map(
            ([, path]) => path!,
        );
        expect(paths.filter((path) => !isSetting(path.split(".")))).toEqual([]);
    });
});

test("the check knows settings from other words", () => {
    for (const path of [
        "access.accessKeySerial",
        "parallel",
        "watch",
        "name",
        "clouds.agents.templates.linux.image.refresh",
    ]) {
        expect(isSetting(path.split(".")), path).toBe(true);
    }
    expect(isSetting(["clouds", "agents", "no-such-setting"])).toBe(false);
});

test("the workflow files are YAML whose deployment is never cancelled midway", () => {
    const workflows = readdirSync(join(project, ".github", "workflows"));
    for (const name of workflows) expect(parse(read(`.github/workflows/${name}`)), name).toHaveProperty("jobs");
    const deploy = parse(read(".github/workflows/deploy.yml")) as { jobs: { deploy: { concurrency: object } } };
    expect(deploy.jobs.deploy.concurrency).toMatchObject({ "cancel-in-progress": false });
});

test("nothing in the repository names a host of a package registry or a path of one machine", () => {
    const forbidden = [
        "registry.npm" + "js.org",
        "proxy.golang" + ".org",
        "repo1.maven" + ".org",
        "repo.maven" + ".apache.org",
        "files.python" + "hosted.org",
        "deb.deb" + "ian.org",
        "pypi" + ".org",
        "/wo" + "rk/",
        "/opt/" + "tf-plugins",
    ];
    const found = sources(project).flatMap((file) => {
        const text = readFileSync(file, "utf8");
        return forbidden.filter((word) => text.includes(word)).map((word) => `${file}: ${word}`);
    });
    expect(found).toEqual([]);
});

function sources(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        if (["node_modules", ".git", ".playground", "target"].includes(entry.name)) return [];
        const path = join(folder, entry.name);
        return entry.isDirectory() ? sources(path) : [path];
    });
}
