import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";
import type { Token } from "markdown-it/index.js";
import { projectFolder } from "../../playground/world";

/** Something that a page says, with the line that it begins in. */
export interface Said {
    text: string;
    line: number;
}

export interface Block extends Said {
    /** As its fence says it; empty where it says none, or is made by indentation. */
    language: string;
}

/** A page of Markdown, in the parts that are checked. */
export interface Page {
    /** Relative to the project. */
    path: string;
    /** What may stand after `#` in a link to it: headings as GitHub names them, and every `id`. */
    anchors: ReadonlySet<string>;
    /** Targets of links and pictures, also of those in HTML. */
    links: readonly Said[];
    blocks: readonly Block[];
    /** Code within text. */
    codes: readonly Said[];
    /** Text that is neither code nor a link's target. */
    prose: readonly Said[];
    /** Paragraphs, headings, entries of lists and cells of tables, as they are shown. */
    paragraphs: readonly Said[];
}

const markdown = new MarkdownIt({ html: true });

/** Every page of the repository. Folders with a dot are none of its own; changesets are lines of the changelog to be. */
export function pages(): Page[] {
    return files(projectFolder).map((file) =>
        readPage(relative(projectFolder, file).replaceAll("\\", "/"), readFileSync(file, "utf8")),
    );
}

function files(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : files(path);
        }
        return entry.name.endsWith(".md") ? [path] : [];
    });
}

/** Takes a page apart. */
export function readPage(path: string, text: string): Page {
    const tokens = markdown.parse(text, {});
    const slugger = new GithubSlugger();
    const anchors = new Set<string>();
    const links: Said[] = [];
    const blocks: Block[] = [];
    const codes: Said[] = [];
    const prose: Said[] = [];
    const paragraphs: Said[] = [];

    const html = (source: string, line: number) => {
        for (const [, id] of source.matchAll(/\bid="([^"]*)"/g)) anchors.add(id!);
        for (const [, target] of source.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g)) {
            links.push({ text: target!, line });
        }
    };
    const inline = (token: Token, line: number) => {
        if (token.type === "text") prose.push({ text: token.content, line });
        if (token.type === "code_inline") codes.push({ text: token.content, line });
        if (token.type === "html_inline") html(token.content, line);
        const target = token.attrGet("href") ?? token.attrGet("src");
        if (target !== null) links.push({ text: target, line });
        for (const child of token.children ?? []) inline(child, line);
    };

    let line = 1;
    tokens.forEach((token, index) => {
        line = token.map ? token.map[0] + 1 : line;
        if (token.type === "heading_open") anchors.add(slugger.slug(shown(tokens[index + 1]!)));
        if (token.type === "fence") blocks.push({ language: token.info.trim(), text: token.content, line });
        if (token.type === "code_block") blocks.push({ language: "", text: token.content, line });
        if (token.type === "html_block") html(token.content, line);
        if (token.type === "inline") paragraphs.push({ text: shown(token), line });
        if (token.type === "inline") inlineLines(token, line).forEach(([child, at]) => inline(child, at));
    });
    return { path, anchors, links, blocks, codes, prose, paragraphs };
}

/** A text as it is shown. */
function shown({ children }: Token): string {
    return (children ?? [])
        .filter(({ type }) => ["text", "code_inline", "softbreak"].includes(type))
        .map(({ type, content }) => (type === "softbreak" ? " " : content))
        .join("");
}

/** The parts of a paragraph with their lines. */
function inlineLines({ children }: Token, first: number): [Token, number][] {
    let line = first;
    return (children ?? []).map((child) => {
        const at = line;
        if (child.type === "softbreak" || child.type === "hardbreak") line++;
        return [child, at];
    });
}
