import { inputTypes, type Field, type NamedType, type ValueType } from "./inputTypes";

const lineWidth = 116;

/** component/inputs.ts: the settings as types of TypeScript, of which any part may be an input of Pulumi. */
export function inputsModule(): string {
    const types = Object.entries(inputTypes()).map(([name, type]) => declaration(name, type));
    return [
        "// Made from settings/schema by docs/generators/main.ts.",
        'import type { Input } from "@pulumi/pulumi";',
        "",
        types.join("\n\n"),
        "",
    ].join("\n");
}

function declaration(name: string, type: NamedType): string {
    return type.forms === undefined ? anInterface(`${name}Args`, type) : formsOf(name, type, type.forms);
}

/** A union of one interface for each form. The keys of the other forms are `undefined` in it, so the compiler names a second one. */
function formsOf(name: string, type: NamedType, forms: NonNullable<NamedType["forms"]>): string {
    const interfaces = Object.entries(forms).map(([form, { needed = [], allowed = [] }]) => {
        const fields = Object.entries(type.fields).map(([key, field]): [string, Field] => {
            if (key === form || needed.includes(key)) return [key, { ...field, required: true, nullable: false }];
            return [key, allowed.includes(key) ? field : { ...field, description: "", type: { kind: "none" } }];
        });
        const interfaceName = `${name}By${form.charAt(0).toUpperCase()}${form.slice(1)}Args`;
        return { interfaceName, text: anInterface(interfaceName, { ...type, fields: Object.fromEntries(fields) }) };
    });
    const union = interfaces.map(({ interfaceName }) => interfaceName).join(" | ");
    return [
        ...interfaces.map(({ text }) => text),
        `${comment(type.description, "")}export type ${name}Args = ${union};`,
    ].join("\n\n");
}

function anInterface(name: string, { description, fields }: NamedType): string {
    const lines = Object.entries(fields).map(([key, field]) => {
        if (field.type.kind === "none") return `    ${key}?: undefined;\n`;
        const absent = field.nullable && field.type.kind !== "any" ? " | null" : "";
        return `${comment(field.description, "    ")}    ${key}${field.required ? "" : "?"}: ${input(field.type)}${absent};\n`;
    });
    return `${comment(description, "")}export interface ${name} {\n${lines.join("")}}`;
}

const input = (type: ValueType) => (type.kind === "any" ? "unknown" : `Input<${plain(type)}>`);

function plain(type: ValueType): string {
    switch (type.kind) {
        case "text":
            return "string";
        case "integer":
        case "number":
            return "number";
        case "boolean":
            return "boolean";
        case "words":
            return type.words.map((word) => JSON.stringify(word)).join(" | ");
        case "list":
            return `${input(type.of)}[]`;
        case "map":
            return `{ [name: string]: ${input(type.of)}${type.nullable && type.of.kind !== "any" ? " | null" : ""} }`;
        case "choice":
            return type.of.map(plain).join(" | ");
        case "named":
            return `${type.name}Args`;
        case "none":
            return "undefined";
        case "any":
            return "unknown";
    }
}

/** A comment of documentation with lines of a readable length; nothing for an empty text. */
function comment(text: string, indentation: string): string {
    if (text === "") return "";
    const words = text.replaceAll("*/", "*\\/").split(/\s+/);
    const lines = [""];
    for (const word of words) {
        const line = lines.at(-1)!;
        if (line !== "" && indentation.length + line.length + word.length > lineWidth) lines.push(word);
        else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
    }
    if (lines.length === 1) return `${indentation}/** ${lines[0]} */\n`;
    return `${indentation}/**\n${lines.map((line) => `${indentation} * ${line}\n`).join("")}${indentation} */\n`;
}
