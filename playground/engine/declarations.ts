import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** Properties by name, as the npm package declares them or as the bridge knows them. */
export type Properties = Record<string, Property>;
export interface Property {
    shape: "scalar" | "list" | "map" | "object";
    /** Of an object, or of each object in a list. */
    properties?: Properties;
}

/** All properties that the class or function of a token sends or reads, from the type declarations of its npm package. */
export function declaredProperties(folder: string, token: string): Properties {
    const { file, name } = locate(token);
    const source = parse(readFileSync(join(folder, `${file}.d.ts`), "utf8"));
    const parts = ["Args", "State", "Result"].map((suffix) => interfaceIn(source, name + suffix));
    const found = parts.filter((part) => part !== undefined);
    if (found.length === 0 && !/export declare (class|function)/.test(source.text)) {
        throw new Error(`${token}: nothing declared in ${file}.d.ts of ${folder}`);
    }
    return Object.assign({}, ...found.map((part) => properties(folder, part))) as Properties;
}

/** `aws:iam/user:User` is `User` in iam/user, and `pulumi:providers:aws` is `Provider` in provider. */
function locate(token: string): { file: string; name: string } {
    if (token.startsWith("pulumi:providers:")) return { file: "provider", name: "Provider" };
    const [, module, member] = token.split(":");
    return { file: module.replace(/^index\//, ""), name: member.charAt(0).toUpperCase() + member.slice(1) };
}

const parse = (text: string) => ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);

function interfaceIn(source: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
    return source.statements.filter(ts.isInterfaceDeclaration).find((declared) => declared.name.text === name);
}

function properties(folder: string, declared: ts.InterfaceDeclaration): Properties {
    const members = declared.members.filter(ts.isPropertySignature).filter(({ type }) => type !== undefined);
    return Object.fromEntries(members.map((member) => [member.name.getText(), property(folder, member.type!)]));
}

function property(folder: string, type: ts.TypeNode): Property {
    const plain = unwrap(type);
    if (ts.isArrayTypeNode(plain)) return { ...property(folder, plain.elementType), shape: "list" };
    if (ts.isTypeLiteralNode(plain)) return { shape: "map" };
    if (ts.isTypeReferenceNode(plain) && ts.isQualifiedName(plain.typeName)) {
        const [file, ...path] = plain.typeName.getText().split(".");
        if (file === "inputs" || file === "outputs") {
            const text = nestedInterface(folder, file === "inputs" ? "input" : "output", path);
            return { shape: "object", properties: properties(folder, text) };
        }
    }
    return { shape: "scalar" };
}

/** Without Input, Output and Promise around it, and without undefined beside it. */
function unwrap(type: ts.TypeNode): ts.TypeNode {
    if (ts.isParenthesizedTypeNode(type)) return unwrap(type.type);
    if (ts.isUnionTypeNode(type)) {
        return unwrap(type.types.find(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword) ?? type.types[0]);
    }
    if (ts.isTypeReferenceNode(type) && /^pulumi\.(Input|Output)$/.test(type.typeName.getText())) {
        return unwrap(type.typeArguments![0]);
    }
    return type;
}

/** One interface of types/input.d.ts or output.d.ts: cut out of the text, since AWS's files have 200,000 lines. */
function nestedInterface(folder: string, file: "input" | "output", path: string[]): ts.InterfaceDeclaration {
    const name = path.at(-1)!;
    const text = typesFile(join(folder, "types", `${file}.d.ts`));
    const [namespace, indent] = path.length > 1 ? [path[0], "    "] : [undefined, ""];
    const from = namespace ? text.indexOf(`\nexport declare namespace ${namespace} {\n`) : 0;
    const start = text.indexOf(`\n${indent}${namespace ? "" : "export "}interface ${name} {\n`, from);
    const end = text.indexOf(`\n${indent}}\n`, start);
    const closes = namespace ? text.indexOf("\n}\n", from) : text.length;
    if (from < 0 || start < 0 || end < 0 || start > closes)
        throw new Error(`${path.join(".")} is not in types/${file}.d.ts of ${folder}`);
    return interfaceIn(parse(text.slice(start, end + indent.length + 2)), name)!;
}

const texts = new Map<string, string>();

function typesFile(path: string): string {
    const text = texts.get(path) ?? readFileSync(path, "utf8");
    texts.set(path, text);
    return text;
}
