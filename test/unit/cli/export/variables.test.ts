import { describe, expect, it } from "vitest";
import { resolveVariables } from "../../../../cli/export/casc/variables";

const given = {
    REGION: "eu-central-1",
    ZONE: "${REGION}a",
    A: "${B}",
    B: "${A}",
    NAME: "REGION",
    DOCUMENT: '{"ami": "ami-1", "cap": 5}',
    "sysProp:user.home": "/root",
};
const files: Record<string, string> = { "init.sh": "echo ${REGION} ^${HOME}\n" };
const sources = {
    given,
    readFile: (path: string) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
};

describe("a variable of Configuration as Code", () => {
    it.each([
        ["in ${REGION}.", "in eu-central-1."],
        ["^${REGION} and ^^${REGION}", "${REGION} and ^${REGION}"],
        ["echo ^${HOME} in ${REGION}", "echo ${HOME} in eu-central-1"],
        ["${ABSENT:-eu-west-1}", "eu-west-1"],
        ["${ABSENT:-}", ""],
        ["${REGION:-eu-west-1}", "eu-central-1"],
        ["${ABSENT:-${REGION}}", "eu-central-1"],
        ["${${NAME}}", "eu-central-1"],
        ["${ZONE}", "eu-central-1a"],
        ["${base64:text}", "dGV4dA=="],
        ["${decodeBase64:dGV4dA==}", "text"],
        ["${readFile:init.sh}", "echo eu-central-1 ${HOME}\n"],
        ["${base64:${file:init.sh}}", Buffer.from("echo eu-central-1 ^${HOME}\n").toString("base64")],
        ["${readFileBase64:init.sh}", Buffer.from(files["init.sh"]!).toString("base64")],
        ["${json:ami:${DOCUMENT}}", "ami-1"],
        ["${json:cap:${DOCUMENT}}", "5"],
        ["${sysProp:user.home}", "/root"],
        ["[${trim:text  }]", "[text]"],
        ["no variable: $REGION {REGION} ${REGION", "no variable: $REGION {REGION} ${REGION"],
    ])("%s is %s", (text, expected) => {
        expect(resolveVariables(text, sources)).toEqual({ text: expected, unknown: [] });
    });

    it.each([
        ["${ABSENT} and ${OTHER} and ${ABSENT}", ["ABSENT", "OTHER"]],
        ["${readFile:absent.sh}", ["readFile:absent.sh"]],
        ["${base64:${ABSENT}}", ["ABSENT"]],
        ["${json:absent:${DOCUMENT}}", ["json:absent:…"]],
    ])("%s is not known, and is reported by its name", (text, unknown) => {
        expect(resolveVariables(text, sources).unknown).toEqual(unknown);
    });

    it("that leads back to itself is refused", () => {
        expect(() => resolveVariables("${A}", sources)).toThrow("the variable ${A} leads back to itself");
    });

    it("of JSON that is none is refused, without the text", () => {
        expect(() => resolveVariables("${json:ami:pl4nted}", sources)).toThrow(
            /^\$\{json:ami:…\} is not given a JSON object$/,
        );
    });
});
