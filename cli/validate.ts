import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { UserError, type StackSettings } from "../settings";
import { fromPulumi, regionOf } from "../settings/read/fromPulumi";
import { showPath } from "../settings/path";
import { problemLine, problemText } from "../settings/problem";
import { projectFiles } from "../settings/read/projectFiles";
import { readSettings } from "../settings/read/readSettings";
import { readStackFile, unknown, type ProjectFile } from "../settings/read/stackFile";
import { commands } from "./declarations";
import { asJson } from "./reports/jsonReport";
import type { ValidateReport } from "./reports/validateReport";

/** What `validate` ends with. */
export enum ValidateExit {
    Fine = 0,
    Unreadable = 1,
    Problems = 2,
}

/**
 * Checks a stack's settings with the program's own reader, from its files alone, in the working directory: for editors and
 * hooks. As text or with `--json` as data; secrets are in neither. As in a deployment there are no warnings where something
 * is wrong.
 */
export async function validateCommand(args: string[]): Promise<ValidateExit> {
    const { values } = parseArgs({ args, options: commands.validate.options });
    const result = withConfigFile(validate(values.stack, values["config-file"]), values["config-file"]);
    process.stdout.write(values.json ? asJson(result) : text(result));
    return result.errors.length > 0 ? ValidateExit.Problems : ValidateExit.Fine;
}

function validate(said: string | undefined, configFile: string | undefined): ValidateReport {
    const project = projectFile();
    const { stack, file } = stackOf(project, said?.split("/").at(-1), configFile);
    const content = readFileSync(file, "utf8");
    const { config, encrypted, placeOf } = readStackFile(file, content, project);
    const files = projectFiles(() => process.cwd());
    const { raw, context } = fromPulumi(config, {
        project: project.name,
        stack,
        region: regionOf(config),
        ...files,
        readFile: (path) => (path === `Pulumi.${stack}.yaml` ? content : files.readFile(path)),
        secretKeys: new Set(encrypted.map(([key]) => String(key))),
        secretPaths: encrypted,
        placeInConfiguration: placeOf,
    });
    try {
        const { settings, warnings } = readSettings(raw, context);
        const summary = { stack, file, problems: 0, warnings: warnings.length, ...counts(settings) };
        return { changes: [], summary, warnings, errors: [], problems: [] };
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // Outside of secrets a text of a form of its own may be encrypted, such as a file's path: what is reported of it is of its stand-in.
        const elsewhere = encrypted.filter(([key]) => key !== "secrets");
        const hidden = new Set(elsewhere.map(showPath));
        const problems = error.problems.filter(({ path }) => !hidden.has(path));
        if (problems.length === 0) throw new Error(`${file}: ${unknown(elsewhere)}`, { cause: error });
        const summary = { stack, file, problems: problems.length, warnings: 0 };
        return { changes: [], summary, warnings: [], errors: problems, problems };
    }
}

/** The report with commands that change the file that was checked. */
function withConfigFile(report: ValidateReport, file: string | undefined): ValidateReport {
    if (file === undefined) return report;
    const corrected = <P extends { fix?: string }>(problem: P): P =>
        problem.fix === undefined
            ? problem
            : {
                  ...problem,
                  fix: problem.fix.replace(/^pulumi config (set|rm)/, `pulumi config $1 --config-file ${file}`),
              };
    return { ...report, errors: report.errors.map(corrected), problems: report.problems.map(corrected) };
}

function counts({
    controllers,
    clouds,
}: StackSettings): Pick<ValidateReport["summary"], "controllers" | "clouds" | "templates"> {
    const templates = Object.values(clouds).flatMap((cloud) => Object.keys(cloud.templates));
    return {
        controllers: Object.keys(controllers).length,
        clouds: Object.keys(clouds).length,
        templates: templates.length,
    };
}

function text({ errors, warnings, summary }: ValidateReport): string {
    const { stack, controllers, clouds, templates } = summary;
    if (errors.length > 0) {
        const subject = errors.length === 1 ? "One setting" : `${errors.length} settings`;
        return `${problemText(`${subject} of the stack ${stack} ${errors.length === 1 ? "is" : "are"} wrong.`, errors)}\n`;
    }
    const said = warnings.map((warning) => `warning: ${problemLine(warning)}\n`).join("");
    return `${said}The settings of the stack ${stack} are fine: controllers: ${controllers}, clouds: ${clouds}, templates: ${templates}.\n`;
}

function projectFile(): ProjectFile {
    if (!existsSync("Pulumi.yaml")) throw new Error("There is no Pulumi.yaml in this folder.");
    const project = parse(readFileSync("Pulumi.yaml", "utf8")) as Partial<ProjectFile> | null;
    if (typeof project?.name !== "string") throw new Error("Pulumi.yaml: there is no name.");
    return { ...project, name: project.name };
}

/** The stack that is named, or the only one that has a file. Files of examples (`examples/every-setting/Pulumi.prod.example.yaml`) are no stack's. */
function stackOf(
    { stackConfigDir = "." }: ProjectFile,
    said: string | undefined,
    configFile: string | undefined,
): { stack: string; file: string } {
    const fileOf = (stack: string) => (stackConfigDir === "." ? "" : `${stackConfigDir}/`) + `Pulumi.${stack}.yaml`;
    if (configFile !== undefined) {
        if (!existsSync(configFile)) throw new Error(`--config-file is "${configFile}"; there is no such file.`);
        return { stack: said ?? /Pulumi\.([^/\\]+)\.yaml$/.exec(configFile)?.[1] ?? "stack", file: configFile };
    }
    const names = existsSync(stackConfigDir) ? readdirSync(stackConfigDir) : [];
    const all = names.flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []).sort();
    const stacks = all.filter((name) => !name.endsWith(".example"));
    const stack = said ?? (stacks.length === 1 ? stacks[0] : undefined);
    if (stack !== undefined && existsSync(fileOf(stack))) return { stack, file: fileOf(stack) };
    const there = `There are: ${stacks.join(", ") || "none"}.`;
    throw new Error(
        stack === undefined ? `Which stack? Say --stack NAME. ${there}` : `There is no ${fileOf(stack)}. ${there}`,
    );
}
