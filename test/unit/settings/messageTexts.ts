import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { projectFolder } from "../../../playground/world";

/** A text of the sources that reports a problem, with `<name>` for what is put into it. */
export interface MessageText {
    code: string;
    message: string;
    fix?: string;
}

const folders = ["settings", "ec2", "iam", "component", "jenkins/preview", "cli"];

/**
 * The messages that the sources report, in the order of the files: of calls with a code of the registry as an argument and the
 * message as the next text, and of objects with `code` and `message`.
 *
 * @param codes the registry's
 */
export function messageTexts(codes: ReadonlySet<string>): MessageText[] {
    return folders.flatMap(sourcesIn).flatMap((file) => {
        const path = join(projectFolder, file);
        const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
        return nodesOf(source).flatMap((node) => {
            if (ts.isCallExpression(node)) return ofCall(node, codes);
            return ts.isObjectLiteralExpression(node) ? ofObject(node, codes) : [];
        });
    });
}

function sourcesIn(folder: string): string[] {
    return readdirSync(join(projectFolder, folder), { withFileTypes: true })
        .flatMap((entry) => {
            const path = `${folder}/${entry.name}`;
            return entry.isDirectory() ? sourcesIn(path) : path.endsWith(".ts") ? [path] : [];
        })
        .sort();
}

function nodesOf(node: ts.Node): ts.Node[] {
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    return [node, ...children.flatMap(nodesOf)];
}

function ofCall({ arguments: inputs }: ts.CallExpression, codes: ReadonlySet<string>): MessageText[] {
    const [first, ...others] = inputs;
    if (first === undefined) return [];
    const found = textsOf(first).filter((text) => codes.has(text));
    // A path may stand before the message, as a text or not.
    const at = others.findIndex((each) => !textsOf(each).every(isPath));
    if (at === -1) return [];
    return found.flatMap((code) => pairs(code, textsOf(others[at]!), literals(others[at + 1])));
}

/** A setting's name or path has no blanks. */
const isPath = (text: string) => !/ /.test(text.replace(/<[^>]*>/g, ""));

function ofObject(node: ts.ObjectLiteralExpression, codes: ReadonlySet<string>): MessageText[] {
    const value = (name: string) => {
        const property = node.properties.find((each) => each.name?.getText() === name);
        if (property === undefined) return undefined;
        if (ts.isShorthandPropertyAssignment(property)) return property.name;
        return ts.isPropertyAssignment(property) ? property.initializer : undefined;
    };
    const [code, message] = [value("code"), value("message")];
    if (code === undefined || message === undefined) return [];
    const found = textsOf(code).filter((text) => codes.has(text));
    return found.flatMap((each) => pairs(each, textsOf(message), literals(value("fix"))));
}

const pairs = (code: string, messages: string[], fixes: string[]) =>
    messages.map((message, index): MessageText => {
        const fix = fixes[index] ?? fixes[0];
        return { code, message, ...(fix === undefined ? {} : { fix }) };
    });

/** What a text may be: each side of a condition, and what a name of the file stands for. Empty where it is made elsewhere. */
function textsOf(node: ts.Expression): string[] {
    if (!ts.isIdentifier(node)) return literals(node);
    return [...new Set(nodesOf(node.getSourceFile()).flatMap((each) => given(each, node.text)))];
}

function literals(node: ts.Expression | undefined): string[] {
    if (node === undefined) return [];
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
    if (ts.isParenthesizedExpression(node)) return literals(node.expression);
    if (!ts.isTemplateExpression(node)) return [];
    const rest = node.templateSpans.map(({ expression, literal }) => `<${nameOf(expression)}>${literal.text}`);
    return [node.head.text + rest.join("")];
}

/** Literal texts that a declaration or a call gives to a name. */
function given(node: ts.Node, name: string): string[] {
    if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) {
        return node.name.getText() === name ? literals(node.initializer) : [];
    }
    if (!ts.isFunctionLike(node)) return [];
    const position = node.parameters.findIndex((parameter) => parameter.name.getText() === name);
    const called = ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : node.name?.getText();
    if (position === -1 || called === undefined) return [];
    return nodesOf(node.getSourceFile()).flatMap((each) =>
        ts.isCallExpression(each) && each.expression.getText() === called ? literals(each.arguments[position]) : [],
    );
}

/** What is put into a text, by its last name. */
function nameOf(expression: ts.Expression): string {
    return /(\w+)\W*$/.exec(expression.getText())?.[1] ?? "value";
}
