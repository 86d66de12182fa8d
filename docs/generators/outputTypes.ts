import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Field, NamedType, ValueType } from "./inputTypes";

/** Where the outputs are declared. */
const files = ["component/outputs.ts", "jenkins/controllerOutputs.ts", "ec2/images.ts", "jenkins/push/request.ts"];

/** The component's outputs as types with names, as their interfaces in TypeScript have them; `StackOutputs` has all of them. */
export function outputTypes(): Record<string, NamedType> {
    const types: Record<string, NamedType> = {};
    typeNamed("StackOutputs", types);
    return types;
}

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const declarations = new Map(
    files
        .flatMap((file) => parsed(file).statements.map((statement) => statement as ts.Statement))
        .filter((one): one is Declaration => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
        .map((declaration) => [declaration.name.text, declaration]),
);

function parsed(file: string): ts.SourceFile {
    const text = readFileSync(join(__dirname, "..", "..", file), "utf8");
    return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
}

function typeNamed(name: string, types: Record<string, NamedType>): ValueType {
    const declaration = declarations.get(name);
    if (declaration === undefined) throw new Error(`${name} is not declared in ${files.join(", ")}.`);
    if (ts.isTypeAliasDeclaration(declaration)) return typeOf(declaration.type, name, types);
    types[name] ??= { description: documentation(declaration), fields: fieldsOf(declaration.members, types) };
    return { kind: "named", name };
}

function fieldsOf(members: ts.NodeArray<ts.TypeElement>, types: Record<string, NamedType>): NamedType["fields"] {
    return Object.fromEntries(
        members.filter(ts.isPropertySignature).map((member): [string, Field] => {
            const key = member.name.getText();
            const required = member.questionToken === undefined;
            const type = typeOf(member.type!, key.charAt(0).toUpperCase() + key.slice(1), types);
            return [key, { description: documentation(member), type, required, nullable: false }];
        }),
    );
}

/** @param name what the type is called if it is a map with fixed keys, and has no name of its own */
function typeOf(node: ts.TypeNode, name: string, types: Record<string, NamedType>): ValueType {
    if (node.kind === ts.SyntaxKind.StringKeyword) return { kind: "text" };
    if (ts.isArrayTypeNode(node)) return { kind: "list", of: typeOf(node.elementType, name, types) };
    if (ts.isTypeLiteralNode(node)) {
        types[name] = { description: "", fields: fieldsOf(node.members, types) };
        return { kind: "named", name };
    }
    if (!ts.isTypeReferenceNode(node)) throw new Error(`No type of an output is known for ${node.getText()}.`);
    const reference = node.typeName.getText();
    const value = node.typeArguments?.[1];
    if (reference !== "Record" || value === undefined) return typeNamed(reference, types);
    return { kind: "map", of: typeOf(value, name.replace(/s$/, ""), types), nullable: false };
}

const documentation = (node: ts.Node) =>
    ts
        .getJSDocCommentsAndTags(node)
        .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
        .join(" ");
