import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloudSources } from "../../settings/schema/cloud";
import { templateSources } from "../../settings/schema/template";
import { readContract, readContracts, type Contract } from "./contract";
import { contractChanges, maybeRenamed, type Parameter } from "./contractChanges";
import { contracts } from "./generations";

/** Where a generation is written down. */
export interface Places {
    /** Folder of the contract files. */
    contracts: string;
    /** The list of releases, a TypeScript file. */
    releases: string;
    /** The first versions of parameters, a TypeScript file. */
    firstVersions: string;
}

/**
 * Takes a contract file among those of the stand-in, its release into the list of releases, and its new parameters into the list
 * of first versions.
 *
 * @returns what there is left to do, a line each
 * @throws an Error where the file is no contract, or its version is there already
 */
export function addGeneration(file: string, places: Places): string[] {
    const contract = readContract(file);
    const others = readContracts(places.contracts);
    if (others.some(({ version }) => version === contract.version)) {
        throw new Error(`there is a contract of ${contract.version} already, in ${places.contracts}`);
    }
    const before = others.filter(({ version }) => parseFloat(version) < parseFloat(contract.version)).at(-1);
    copyFileSync(file, join(places.contracts, `ec2-${contract.version}.json`));
    const releases = readFileSync(places.releases, "utf8");
    writeFileSync(places.releases, withRelease(releases, contract));
    if (before === undefined) return ["it is the oldest"];
    const firstVersions = readFileSync(places.firstVersions, "utf8");
    writeFileSync(places.firstVersions, withParameters(firstVersions, before, contract));
    return leftToDo(before, contract);
}

/** The list of first versions with the new parameters of clouds and templates. */
function withParameters(source: string, before: Contract, after: Contract): string {
    const names = contractChanges(before, after)
        .newParameters.filter(({ of }) => of === "EC2Cloud" || of === "SlaveTemplate")
        .map(({ name }) => name)
        .filter((name) => !source.includes(`    ${name}:`));
    const lines = names.map((name) => `    ${name}: "${after.version}",\n`);
    return source.replace("} as const", `${lines.join("")}} as const`);
}

/** The list of releases with one more, in its place; the same list where it has it. */
function withRelease(source: string, { version, date }: Contract): string {
    if (source.includes(`version: "${version}"`)) return source;
    const lines = source.split("\n");
    const isRelease = (line: string) => /^\s*\{ version: "/.test(line);
    const numberIn = (line: string) => parseFloat(/"(.*?)"/.exec(line)![1]!);
    const older = lines.findLastIndex((line) => isRelease(line) && numberIn(line) < parseFloat(version));
    const place = older === -1 ? lines.findIndex(isRelease) : older + 1;
    return lines.toSpliced(place, 0, `    { version: "${version}", date: "${date}" },`).join("\n");
}

/** What is different, and which declaration or script has to say so. */
function leftToDo(before: Contract, after: Contract): string[] {
    const changes = contractChanges(before, after);
    const { newTypes, goneTypes, newParameters, changedParameters } = changes;
    const lines = [
        ...newParameters.map(
            (parameter) =>
                `new: ${shown(parameter)}. A setting for it: settings/schema, with \`since: firstVersions.${parameter.name}\``,
        ),
        ...maybeRenamed(changes).map(([gone, others]) => goneLine(gone, others)),
        ...changedParameters.map(
            (parameter) =>
                `other type: ${shown(parameter)}, before ${parameter.before}. Look at jenkins/groovy/adapt.groovy and at ${settingsOf(parameter)}`,
        ),
        ...newTypes.map(
            (name) => `new: ${name}. A value of a setting, or a class that one can ask for: settings/schema`,
        ),
        ...goneTypes.map((name) => `gone: ${name}. What asks for it has to be refused: jenkins/groovy/adapt.groovy`),
    ];
    return lines.length > 0 ? lines : [`nothing that is bound to data differs from ${before.version}`];
}

function goneLine(gone: Parameter, others: Parameter[]): string {
    const renamed = others.length === 0 ? "" : `, unless it is now ${others.map(({ name }) => name).join(" or ")}`;
    return `gone: ${shown(gone)}${renamed}. Look at jenkins/groovy/adapt.groovy and at ${settingsOf(gone)}`;
}

const shown = ({ of, name, type }: Parameter) => `${of}.${name} (${type})`;

/** The settings that become a parameter. */
function settingsOf({ of, name }: Parameter): string {
    const [head, sources] = /Cloud$/.test(of)
        ? ["clouds.ID", cloudSources]
        : ["clouds.ID.templates.ID", templateSources];
    const paths = of === "SlaveTemplate" || head === "clouds.ID" ? (sources.get(name) ?? []) : [];
    return paths.length === 0
        ? `jenkins/payload: no setting becomes it as it is`
        : `the setting ${paths.map((path) => `${head}.${path}`).join(", ")}`;
}

/** What no contract can say. */
const always = [
    "What it mends and what it brings: settings/plugin/table",
    "node --import tsx docs/generators/main.ts",
    "npx vitest run --project groovy",
];

function main([file]: string[]): void {
    if (file === undefined)
        throw new Error("say the contract file: node --import tsx playground/controller/addGeneration.ts FILE");
    const releases = join(__dirname, "../../settings/plugin/releases.ts");
    const firstVersions = join(__dirname, "../../settings/plugin/firstVersions.ts");
    for (const line of [...addGeneration(file, { contracts, releases, firstVersions }), ...always])
        console.log(`- ${line}`);
}

if (require.main === module) {
    try {
        main(process.argv.slice(2));
    } catch (error) {
        console.error((error as Error).message);
        process.exitCode = 1;
    }
}
