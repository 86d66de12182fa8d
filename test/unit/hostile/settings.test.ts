import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { masked } from "../../../settings/schema/codec";
import { imageCodec } from "../../../settings/schema/template/image";
import { RawSettings, readSettings, UserError } from "../../../settings";
import { fleetFile } from "../../../cli/export/fleetFile";
import { exampleFiles, writtenExample } from "../settings/example";
import { context, problems, smallStack, template } from "../settings/support";
import { asTheScriptHasIt, changedOnTheWay, oneOfEach, requestOf } from "./carried";
import { places, stackWith } from "./places";
import { canary, hostileText, lostText } from "./texts";

/** `HOSTILE_SEED` draws the same cases again; `npm run reliability` asks for more. */
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31);
const cases = Number(process.env.HOSTILE_CASES ?? 10_000);
const share = (part: number) => ({ seed, numRuns: Math.ceil(cases * part) });
beforeAll(() => console.log(`hostile input: ${cases} cases, HOSTILE_SEED=${seed}`));

/** What a terminal would act on; ends of lines and tabs are no harm. */
const unsafe = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** The user's mistake that the settings are; nothing else may come of them. */
function refusal(raw: RawSettings, files: Record<string, string> = {}): UserError | undefined {
    try {
        readSettings(raw, context(files));
        return undefined;
    } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect((error as UserError).message).not.toMatch(unsafe);
        return error as UserError;
    }
}
const refusedFor = (change: (raw: any) => void, files?: Record<string, string>) =>
    problems(change, files).map(({ path, message }) => `${path}: ${message}`);

describe("hostile texts in every setting that takes any", () => {
    it("are what the script in Jenkins has, character for character", async () => {
        await fc.assert(
            fc.asyncProperty(oneOfEach, async (texts) => {
                expect(await changedOnTheWay(texts, requestOf(stackWith(texts)))).toEqual([]);
            }),
            share(0.6 / places.length),
        );
    });

    it("are so from a fleet file, too", async () => {
        await fc.assert(
            fc.asyncProperty(oneOfEach, async (texts) => {
                const { secrets, ...rest } = stackWith(texts);
                const request = requestOf({ fleet: "fleet.yaml", secrets }, { "fleet.yaml": JSON.stringify(rest) });
                expect(await changedOnTheWay(texts, request)).toEqual([]);
            }),
            share(0.2 / places.length),
        );
    });

    it("are so after an export, whose file is no harm to a terminal", () => {
        fc.assert(
            fc.property(oneOfEach, (texts) => {
                // A live export has secrets as `masked`, and takes that text for a secret.
                const raw = stackWith(texts.filter(({ place, text }) => place.setting !== "plugin" && text !== masked));
                const { name, parameters, templates } = requestOf(raw).cloud;
                const exported = { name, parameters, templates: templates.map((each) => each.parameters) };
                const controllers = { "team-a": { url: "https://jenkins.example.com/", user: "provisioner" } };
                const { yaml, texts: files } = fleetFile({ path: "f.yaml", clouds: [exported], controllers });
                expect(yaml).not.toMatch(unsafe);
                const again = requestOf({ fleet: "f.yaml", secrets: raw["secrets"] }, { "f.yaml": yaml, ...files });
                // The subnets are what the test answers for the template `linux`.
                expect({ ...again.cloud.templates[0]!.parameters, subnetId: "" }).toEqual({
                    ...exported.templates[0],
                    subnetId: "",
                });
            }),
            share(0.1 / places.length),
        );
    });

    it("are refused where Jenkins would lose a character, by the setting", () => {
        fc.assert(
            fc.property(fc.constantFrom(...places), lostText, (place, text) => {
                const error = refusal(stackWith([{ place, text }]));
                expect(error?.message).toMatch(
                    /U\+(0000|2028|FFFE|FFFF|D[89A-F][0-9A-F]{2}).*which Jenkins cannot keep/,
                );
            }),
            share(0.1),
        );
    });

    it("of a megabyte each arrive in parts", async () => {
        const large = places.filter(
            ({ setting, fits }) => fits === undefined && !/initScript|userData|plugin/.test(setting),
        );
        const texts = large.map((place, index) => ({ place, text: `${index}\u{1f600}'$(x)\r\n`.repeat(60_000) }));
        expect(await changedOnTheWay(texts, requestOf(stackWith(texts)))).toEqual([]);
    });
});

describe("hostile values of any kind in the place of any setting of the example", () => {
    const value = fc.oneof(
        hostileText,
        lostText,
        fc.constantFrom<unknown>(
            null,
            true,
            -0,
            1e308,
            -1,
            Number.MAX_SAFE_INTEGER + 2,
            [],
            {},
            [[]],
            nested(99),
            nested(5_000),
        ),
        fc.dictionary(
            fc.oneof(hostileText, fc.constantFrom("__proto__", "constructor", "toString", "add", "extends", "secret")),
            fc.jsonValue(),
        ),
        fc.jsonValue(),
    );

    it("are taken, or refused as a user's mistake without a character that a terminal acts on", () => {
        let refused = 0;
        fc.assert(
            fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 6 }), value, (choices, hostile) => {
                const raw = writtenExample();
                putSomewhere(raw, choices, hostile);
                if (refusal(raw, exampleFiles) !== undefined) refused++;
            }),
            share(0.02),
        );
        expect(refused).toBeGreaterThan(0);
    });

    it("are so as text of a fleet file", () => {
        fc.assert(
            fc.property(hostileText, hostileText, (one, other) => {
                refusal({ fleet: "f.yaml" }, { "f.yaml": `${one}\n${other}` });
                refusal({ ...smallStack(), fleet: "f.yaml" }, { "f.yaml": `tags:\n  a: ${one}\n  ${other}: b\n` });
            }),
            share(0.02),
        );
    });

    function putSomewhere(root: any, choices: readonly number[], value: unknown): void {
        let place = root;
        for (const choice of choices) {
            const keys = Object.keys(place);
            const key = keys[choice % Math.max(1, keys.length)];
            if (key === undefined) return;
            if (typeof place[key] !== "object" || place[key] === null || choice === choices.at(-1)) {
                place[key] = value;
                return;
            }
            place = place[key];
        }
    }
});

/** Lists and maps in one another. */
function nested(levels: number): unknown {
    return Array.from({ length: levels }).reduce<unknown>(
        (inner, _, level) => (level % 2 === 0 ? [inner] : { a: inner }),
        "x",
    );
}

describe("settings that would be lost, or that nothing could go through, are refused", () => {
    it("the key __proto__, wherever it is", () => {
        for (const key of ["environment", "tags", "plugin", "variables", "tools"]) {
            expect(
                refusedFor((raw) => (raw.clouds.agents.templates.linux[key] = JSON.parse('{"__proto__":"x"}'))),
            ).toEqual([
                `clouds.agents.templates.linux.${key}.__proto__: is a key that JavaScript keeps for itself: choose another`,
            ]);
        }
        expect(refusedFor((raw) => (raw.fleet = "f.yaml"), { "f.yaml": "tags: { __proto__: x }" })).toEqual([
            "tags.__proto__: is a key that JavaScript keeps for itself: choose another",
        ]);
    });

    it("an id that every map of JavaScript has: nothing would be found missing of it", () => {
        const [first] = refusedFor((raw) => {
            raw.controllers = { constructor: raw.controllers["team-a"] };
            raw.clouds.agents.controllers = ["constructor"];
            raw.secrets = { tokens: {} };
        });
        expect(first).toBe("controllers.constructor: is a name that JavaScript has on every map: choose another id");
    });

    it("maps and lists without end", () => {
        const deep = ["clouds.agents.templates: has more than 100 levels of maps and lists in one another"];
        expect(refusedFor((raw) => (raw.clouds.agents.templates.linux.plugin = { a: nested(100_000) }))).toEqual(deep);
        const message = "has more than 100 levels of maps and lists in one another";
        const file = (text: string) => refusedFor((raw) => (raw.fleet = "f.yaml"), { "f.yaml": text });
        expect(file(`tags: ${"[".repeat(50_000)}`)).toContain(`fleet: ${message}`);
        const chain = Array.from(
            { length: 60 },
            (_, index) => `k${index}: &a${index} [[[${index === 0 ? "x" : `*a${index - 1}`}]]]`,
        );
        expect(file(chain.join("\n"))).toContain(`fleet: ${message}`);
    });

    it("a few lines of aliases that stand for gigabytes", () => {
        const file = (text: string) => refusedFor((raw) => (raw.fleet = "f.yaml"), { "f.yaml": text });
        const bomb = (first: string) =>
            [
                `a0: &a0 ${first}`,
                ...Array.from(
                    { length: 9 },
                    (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join()}]`,
                ),
            ].join("\n");
        expect(file(bomb("x"))).toEqual(["fleet: has more than 1000000 values when its aliases are put in"]);
        expect(file(bomb("x".repeat(100_000)))).toEqual([
            "fleet: has more than 67108864 characters of text when its aliases are put in",
        ]);
    });

    it("a key of a megabyte, and two thousand that are no settings, in few words", () => {
        expect(refusedFor((raw) => (raw["x".repeat(1e6)] = 1))).toEqual([
            `${"x".repeat(20)}: is a key of 1000000 characters; at most 1000 are allowed`,
        ]);
        const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`key${index}`, 1]));
        const error = refusal({ ...smallStack(), ...many });
        expect(error?.problems).toHaveLength(2_000);
        expect(error?.message).toMatch(/^2000 settings are wrong.*and 1800 more$/s);
    });

    it("files that are no UTF-8, which Node reads with marks in place of what it cannot", () => {
        const files = { "a.sh": "echo \ufffd\n", "f.yaml": "tags: { a: \ufffd }", "b.sh": "echo \u2028" };
        const utf8 = "is no UTF-8, or has the character U+FFFD, which stands for bytes that are none: save it as UTF-8";
        const script = (file: string) =>
            refusedFor((raw) => (raw.clouds.agents.templates.linux.initScript = file), files);
        expect(script("a.sh")).toEqual([`clouds.agents.templates.linux.initScript: ${utf8}`]);
        expect(script("b.sh")).toEqual([
            "clouds.agents.templates.linux.initScript: has the character U+2028 at position 6, which Jenkins cannot keep",
        ]);
        expect(refusedFor((raw) => (raw.fleet = "f.yaml"), files)).toEqual([`fleet: f.yaml ${utf8}`]);
    });

    it("a cloud's name with what Jenkins takes in none", () => {
        for (const name of ["a\u0007b", "a\u009bb", "..", "a."]) {
            expect(refusedFor((raw) => (raw.clouds.agents.name = name))).toEqual([
                expect.stringContaining("clouds.agents.name: must be"),
            ]);
        }
    });

    it("a tool's class with an @, where its name would begin", () => {
        expect(
            refusedFor((raw) => (raw.clouds.agents.templates.linux.tools = { x: { type: "a@b", home: "/x" } })),
        ).toHaveLength(1);
        expect(template({ tools: { x: { type: "constructor", home: "/x" } } }).tools.x!.type).toBe("constructor");
    });
});

describe("texts that another language reads", () => {
    let folder: string;
    beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "hostile-"))));
    afterAll(() => rmSync(folder, { recursive: true }));
    const forScripts = hostileText.map((text) => [...text].slice(0, 100).join(""));
    const sample = (count: number) => fc.sample(forScripts, { seed, numRuns: Math.ceil(count) });
    const filled = (values: string[], each: (name: string) => string) =>
        template({
            initScript: { inline: values.map((_, index) => each(`v${index}`)).join("\n") },
            variables: Object.fromEntries(values.map((value, index) => [`v${index}`, value])),
        }).initScript;

    it("variables for sh: a shell has each as one word, and nothing of them runs", () => {
        const values = sample(300);
        const script = filled(values, (name) => `printf '%s\\0' {{ ${name} | sh }}`);
        const { stdout, status } = spawnSync("sh", [], { cwd: folder, input: script, env: { PATH: process.env.PATH } });
        expect(status).toBe(0);
        expect(stdout.equals(Buffer.from(values.map((value) => `${value}\0`).join("")))).toBe(true);
        expect(existsSync(join(folder, canary))).toBe(false);
    });

    it("variables for PowerShell: each is one string without an end before its end", () => {
        const values = sample(300);
        const separator = "\n#\u0001#\n";
        const words = filled(values, (name) => `{{ ${name} | powershell }}${separator}`).split(`${separator}`);
        expect(words.slice(0, -1).map((word) => powershellString(word.replace(/^\n/, "")))).toEqual(values);
    });

    it("values of an image filter: the plugin finds each as it is", () => {
        const values = [...sample(200), "", "\\", "a b\\", "a\\\\b", "\\'", '"'];
        const image = { kind: "launch" as const, filters: { name: values }, owners: [], users: [] };
        const parameters = imageCodec.to(image, undefined);
        expect(tokenized((parameters["amiFilters"] as { values: string }[])[0]!.values)).toEqual(values);
        expect(imageCodec.from(parameters)).toMatchObject({ filter: { name: values } });
    });

    it("what looks like the beginning of secrets and addresses, for a megabyte, takes no time worth the name", () => {
        for (const part of ["a.", "://:", "a://", "-----BEGIN ", "aws_secret_access_key="]) {
            refusal(stackWith([{ place: places[0]!, text: part.repeat(1_000_000 / part.length) }]));
            expect(refusedFor((raw) => (raw.clouds.agents.region = part.repeat(1_000_000 / part.length)))).toHaveLength(
                1,
            );
        }
    });

    it("braces and quotes by the ten thousand take no time worth the name", () => {
        expect(
            template({ variables: { a: "1" }, initScript: { inline: `{{${"a".repeat(65_000)}` } }).initScript,
        ).toHaveLength(65_002);
        expect(template({ variables: { a: "1" }, initScript: { inline: "{{a|sh}}".repeat(8_000) } }).initScript).toBe(
            "'1'".repeat(8_000),
        );
    });
});

/** about_Quoting_Rules: any of five quotes begins and ends a string, and two of them are one of it. */
function powershellString(word: string): string {
    const quote = "['\\u2018-\\u201b]";
    expect(word).toMatch(new RegExp(`^${quote}([^'\\u2018-\\u201b]|${quote}{2})*${quote}$`));
    return word.slice(1, -1).replace(new RegExp(`(${quote})${quote}`, "g"), "$1");
}

/** As hudson.util.QuotedStringTokenizer splits a text at white space, with both kinds of quotes. */
function tokenized(text: string): string[] {
    const tokens: string[] = [];
    let token: string | undefined;
    let quote = "";
    for (let at = 0; at < text.length; at++) {
        const character = text[at]!;
        if (character === "\\" && token !== undefined) {
            const next = text[++at] ?? "";
            token += `${/[\\"' ]/.test(next) ? "" : "\\"}${next}`;
        } else if (quote !== "") {
            if (character === quote) quote = "";
            else token = (token ?? "") + character;
        } else if (/[ \t\n\r\f]/.test(character)) {
            if (token !== undefined) tokens.push(token);
            token = undefined;
        } else if (character === '"' || character === "'") {
            quote = character;
            token ??= "";
        } else token = (token ?? "") + character;
    }
    return token === undefined ? tokens : [...tokens, token];
}

describe("what the script has of it all", () => {
    it("is JSON between marks that no text of a request can be", async () => {
        const data = { cloud: { name: "<<nonce>>", evil: "<<end nonce>>'])\nanswer(['" } };
        expect(await asTheScriptHasIt(data)).toMatchObject(data);
    });
});
