// Each way into the program is one file that is made of its sources: Node would find, read and translate some two hundred files at
// each start otherwise. Plain JavaScript, since this runs before anything is translated.
"use strict";
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const nodeModule = require("node:module");
const { join } = require("node:path");

const project = join(__dirname, "..");
const folder = join(project, ".bundle");

/** The ways in, by name: what they are made of. */
const entries = {
    program: "index.ts",
    push: "jenkins/push/main.ts",
    component: "component/package.ts",
    provider: "component/provider.ts",
    commands: "cli/main.ts",
};

/** What stays outside of them, and is loaded from its own files. */
const outside = {
    // Whose program uses the package has providers of its own choice.
    component: ["@pulumi/aws", "@pulumi/command", "@pulumi/tls"],
};

/** Outside of all of them, five times as large as all else in them: few runs ask AWS beside Pulumi. */
const awsSdk = ["@aws-sdk/client-ec2", "@aws-sdk/client-iam"];

/** In the npm package there are no sources: its files were made when it was packed. */
const isPackage = !existsSync(join(project, entries.push));

/**
 * Loads a way in from its file, made anew where a source has changed since. Where no file can be made, as on a disk that can't be
 * written to, the sources are run as they are, which takes longer to start.
 *
 * @param {keyof typeof entries} name
 * @returns {Promise<unknown>} what the module exports
 */
async function load(name) {
    // Node 22.1 and later keep what the compiler made of a file; earlier ones have no such call.
    nodeModule.enableCompileCache?.(join(folder, "compiled"));
    const problem = await ready(name);
    return problem === undefined ? require(fileOf(name)) : loadSources(name, problem);
}

/** Loads a way in that is a program of its own. */
function run(name) {
    load(name).catch((error) => {
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
    });
}

/**
 * Makes the file, unless it is there and no source has changed since.
 *
 * @param {keyof typeof entries} name
 * @returns {Promise<string | undefined>} why that can't be; undefined if it is
 */
async function ready(name) {
    return isPackage || isFresh(name) ? undefined : make(name);
}

function loadSources(name, problem) {
    process.stderr.write(`the sources are run as they are, which is slower: ${problem}\n`);
    require("tsx/cjs/api").register();
    return require(join(project, entries[name]));
}

const fileOf = (name) => join(folder, `${name}.cjs`);
const recordOf = (name) => join(folder, `${name}.json`);

/** Whether the file was made of the sources as they are now: each has its time and size, or at least its content. */
function isFresh(name) {
    if (!existsSync(recordOf(name)) || !existsSync(fileOf(name))) return false;
    const record = JSON.parse(readFileSync(recordOf(name), "utf8"));
    return Object.entries(record).every(([source, { time, size, hash }]) => {
        const found = statSync(join(project, source), { throwIfNoEntry: false });
        if (found === undefined) return false;
        // A package's files get another time where they are unpacked.
        return (found.mtimeMs === time && found.size === size) || hashOf(source) === hash;
    });
}

const hashOf = (source) =>
    require("node:crypto")
        .createHash("sha256")
        .update(readFileSync(join(project, source)))
        .digest("hex");

/** Makes the file, one process at a time: a hundred pushes may begin at once. Answers as {@link ready}. */
async function make(name) {
    let unlock;
    try {
        mkdirSync(folder, { recursive: true });
        unlock = await require("proper-lockfile").lock(folder, {
            retries: { retries: 600, minTimeout: 50, maxTimeout: 100 },
        });
    } catch (error) {
        return error.message;
    }
    try {
        if (!isFresh(name)) await build(name); // another process may have made it meanwhile
    } finally {
        await unlock();
    }
}

/** The language host loads the SDK as well, and there must be one of it: its parts stay outside, see sdk.cjs. */
const sdk = {
    name: "sdk",
    setup(building) {
        building.onResolve({ filter: /^@pulumi\/pulumi(\/|$)/ }, ({ path }) => {
            if (path === "@pulumi/pulumi") return { path: join(__dirname, "sdk.cjs") };
            return path === "@pulumi/pulumi/runtime" ? { path, namespace: "sdk" } : { path, external: true };
        });
        building.onLoad({ filter: /.*/, namespace: "sdk" }, () => ({
            contents: 'module.exports = require("@pulumi/pulumi").runtime;',
            resolveDir: __dirname,
        }));
    },
};

async function build(name) {
    const start = Date.now();
    const unfinished = `${fileOf(name)}.unfinished`;
    const { metafile } = await require("esbuild").build({
        absWorkingDir: project,
        entryPoints: [entries[name]],
        outfile: unfinished,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        plugins: [sdk],
        external: [...awsSdk, ...(outside[name] ?? [])],
        metafile: true,
        legalComments: "none",
        minifyWhitespace: true,
        minifySyntax: true, // names stay: a stack trace has to be of use
        logLevel: "silent", // errors are thrown
    });
    // Another way to make it is another file. What is made of no file has a namespace.
    const sources = [...Object.keys(metafile.inputs).filter((input) => !input.startsWith("sdk:")), "build/bundle.cjs"];
    const record = Object.fromEntries(sources.map((source) => [source, stateOf(source, start)]));
    // In this order: a record shows that the file beside it is at least as new.
    renameSync(unfinished, fileOf(name));
    writeFileSync(`${recordOf(name)}.unfinished`, JSON.stringify(record));
    renameSync(`${recordOf(name)}.unfinished`, recordOf(name));
}

function stateOf(source, start) {
    const { mtimeMs, size } = statSync(join(project, source));
    // Changed while it was read: which of the two is in the file is not known, so the next start makes it again.
    if (mtimeMs >= start) return { time: 0, size: 0, hash: "" };
    return { time: mtimeMs, size, hash: hashOf(source) };
}

/** What `npm pack` adds to the package, in which there are no sources: each way in as one file, and the types. */
async function pack() {
    const outDir = join(folder, "types");
    rmSync(outDir, { recursive: true, force: true }); // a source may be gone
    for (const name of ["component", "provider", "push", "commands"]) {
        const problem = await ready(name);
        if (problem) throw new Error(problem);
    }
    const ts = require("typescript");
    const types = { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: project, outDir };
    const { options } = ts.getParsedCommandLineOfConfigFile(join(project, "tsconfig.json"), types, ts.sys);
    const { diagnostics } = ts.createProgram([join(project, entries.component)], options).emit();
    if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));
}

module.exports = { load, pack, ready, run };
