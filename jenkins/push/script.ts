import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { excerpt } from "./answers";
import type { JenkinsClient } from "./client";
import { FORM } from "./http";
import { secretNames } from "../../settings/looksSecret";
import { problemForm, problemOfScript, sentences, type ScriptProblem } from "./problems";
import { anything, list, record, type Form } from "./form";
import type { CloudPayload } from "./request";

/** What every script that reads or changes clouds begins with. */
const CLOUDS = ["frame", "classes", "objects", "clouds"];
/** Builds the wanted cloud and compares it with the live one. */
const COMPARISON = [...CLOUDS, "credentials", "adapt", "build", "alike", "compare"];

/** The operations, each with the constant files that its script consists of, in order. */
const SCRIPTS = {
    apply: [...COMPARISON, "apply"],
    preflight: [...COMPARISON, "known", "preflight"],
    plan: [...COMPARISON, "known", "plan"],
    remove: [...COMPARISON, "sdk", "remove"],
    export: [...COMPARISON, "export"],
    fleet: [...CLOUDS, "permanent", "fleet"],
    dryRun: [...CLOUDS, "sdk", "dryRun"],
    smoke: [...CLOUDS, "smoke"],
    inventory: ["frame", "classes", "objects", "permanent", "inventory"],
    switch: ["frame", "classes", "permanent", "switch"],
    plugin: ["frame", "plugin"],
    parts: ["frame", "parts"],
};
export type ScriptName = keyof typeof SCRIPTS;

/** Jenkins 2.538 to 2.541 and some Jetty set-ups refuse a form of more than 200,000 bytes; some room is left. */
const FORM_LIMIT = 190_000;
/** Groovy takes string constants of up to 65,535 bytes. */
const CHUNK = 60_000;
/** Comments of whole lines, a third of the sources. */
const COMMENTS = /^ *\/\*[^]*?\*\/\n/gm;
/** Characters of one part of a request that does not fit into a form. */
const PART = 100_000;
/** The code of frame.groovy's refusal when the parts are gone, as after a restart. */
const PARTS_MISSING = "parts-missing";
/** How often the parts are sent: Jenkins may restart in the middle of each attempt. */
const PARTS_ATTEMPTS = 4;

/**
 * Runs an operation in the controller's script console and answers what it returned. The script may run twice if an
 * answer is lost: every operation finds the work done the second time.
 *
 * @param form what the operation answers
 * @throws PushError with every problem that the script names; with the beginning of the page if the answer is not ours
 */
export async function runScript<T>(client: JenkinsClient, name: ScriptName, data: object, form: Form): Promise<T> {
    const nonce = randomBytes(12).toString("hex");
    const whole = encode({ nonce, secretNames, ...data });
    const body = formOf(name, whole);
    let reply = body.length <= FORM_LIMIT ? await exchange<T>(client, body, nonce, form) : undefined;
    for (let attempt = 1; reply === undefined || (attempt <= PARTS_ATTEMPTS && isMissing(reply)); attempt++) {
        const parts = await sendParts(client, whole, nonce);
        reply = await exchange<T>(client, formOf(name, parts), nonce, form);
    }
    if (reply.problems !== undefined) {
        const { cloud } = data as { cloud?: CloudPayload };
        const problems = reply.problems.map((problem) => problemOfScript(problem, cloud));
        throw client.refuse(reply.problems[0]?.code ?? "request-failed", ...sentences(problems));
    }
    return reply.value as T;
}

interface Reply<T> {
    value?: T;
    problems?: ScriptProblem[];
}

function isMissing(reply: Reply<unknown>): boolean {
    return reply.problems?.some(({ code }) => code === PARTS_MISSING) ?? false;
}

/** Leaves a large request on the controller in parts; answers the small request that stands for them. */
async function sendParts(client: JenkinsClient, whole: string, nonce: string): Promise<string> {
    const stash = randomBytes(12).toString("hex");
    const count = Math.ceil(whole.length / PART);
    for (let index = 0; index < count; index++) {
        const part = whole.slice(index * PART, (index + 1) * PART);
        await exchange(client, formOf("parts", encode({ nonce, stash, index, text: part })), nonce, anything);
    }
    return encode({ nonce, parts: { stash, count } });
}

const refusalForm = record({ problems: list(problemForm) });

async function exchange<T>(client: JenkinsClient, body: string, nonce: string, form: Form): Promise<Reply<T>> {
    const answer = await client.post({ path: "scriptText", body: { type: FORM, text: body }, repeatable: true });
    const reply = readFrame(answer.text, nonce);
    if (reply === undefined) {
        const by = client.isJenkins ? "Jenkins" : "something other than Jenkins";
        throw client.fail(
            "not-jenkins",
            `${by} at ${client.access.url} answered a script with: ${excerpt(answer.text, client.redact)}`,
        );
    }
    const refused = typeof reply === "object" && reply !== null && "problems" in reply;
    const wrong = refused ? refusalForm(reply, "reply") : record({ value: form })(reply, "reply");
    if (wrong !== undefined) {
        throw client.fail(
            "not-jenkins",
            `${client.access.url} answered a script in another form than the script has (${wrong}): does something in between change answers?`,
        );
    }
    return reply as Reply<T>;
}

/** The constant source of an operation, and the line that hands it its data. */
export const compose = (name: ScriptName, encoded: string) => readSource(name) + call(encoded);

function call(encoded: string): string {
    const chunks = encoded.match(new RegExp(`.{1,${CHUNK}}`, "g")) ?? [];
    return `\nanswer([${chunks.map((chunk) => `'${chunk}'`).join(",\n")}])\n`;
}

const sources = new Map<ScriptName, string>();

/** The body that runs {@link compose}'s script. The source is read once: a preview sends two scripts to each of a hundred controllers. */
function formOf(name: ScriptName, encoded: string): string {
    const source = sources.get(name) ?? formText(readSource(name));
    sources.set(name, source);
    return `script=${source}${formText(call(encoded))}`;
}

/** A text as the value of a form's field. URLSearchParams, and a + for each space, take several milliseconds more. */
const formText = encodeURIComponent;

function readSource(name: ScriptName): string {
    // By the package's name: this file may be a part of a bundle.
    const folder = join(
        dirname(createRequire(__filename).resolve("jenkins-ec2-agents/package.json")),
        "jenkins",
        "groovy",
    );
    return SCRIPTS[name]
        .map((file) => readFileSync(join(folder, `${file}.groovy`), "utf8").replace(COMMENTS, ""))
        .join("\n");
}

/** JSON, gzip, base64url: nothing in it can end a Groovy string constant. */
export function encode(data: object): string {
    return gzipSync(JSON.stringify(data), { level: 9 }).toString("base64url");
}

/** The reverse of {@link encode}. */
export function decode(encoded: string): unknown {
    return JSON.parse(gunzipSync(Buffer.from(encoded, "base64url")).toString());
}

/** The answer between the marks of the nonce, or undefined if there is none. */
export function readFrame(text: string, nonce: string): unknown {
    const begin = `<<${nonce}>>`;
    const from = text.indexOf(begin);
    const to = text.indexOf(`<<end ${nonce}>>`, from);
    if (from < 0 || to < 0) {
        return undefined;
    }
    try {
        return JSON.parse(text.slice(from + begin.length, to));
    } catch {
        return undefined;
    }
}
