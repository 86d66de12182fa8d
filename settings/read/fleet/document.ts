import {
    Alias,
    Document,
    isAlias,
    isMap,
    isScalar,
    isSeq,
    LineCounter,
    Node,
    Pair,
    parseDocument,
    YAMLMap,
    visit,
} from "yaml";
import { deepest, tooDeep } from "../bounds";
import { Problem } from "../../problem";
import { Place, Written } from "./written";

/** A fleet of ten thousand templates has fewer; a few lines of aliases of aliases have billions. */
const mostValues = 1_000_000;

/** Characters of the texts together, each as often as it is put in. */
const mostText = 64 * 1024 * 1024;

/** Text of a fleet file as written values, anchors and merge keys (`<<`) put in; undefined, with problems, where it is not. */
export function readDocument(file: string, text: string, problems: Problem[]): Written | undefined {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const place = (offset: number): Place => ({
        inFile: true,
        show: () => {
            const { line, col } = lines.linePos(offset);
            return `${file}:${line}:${col}`;
        },
    });
    const report = (offset: number, message: string): void => {
        problems.push({
            code: "unreadable-file",
            severity: "error",
            path: "fleet",
            place: place(offset).show(),
            message,
        });
    };
    // The parser goes on after an error, and what it then finds follows from that one.
    for (const { pos, message } of [...document.errors.slice(0, 1), ...document.warnings]) {
        report(pos[0], message === stackOverflow ? tooDeep : message);
    }
    if (document.errors.length > 0 || document.contents === null) return undefined;
    return new Walk(aliasTargets(document), place, report).node(document.contents, 0);
}

/** What V8 reports, and yaml (2.9.1) hands on as a mistake of the document. */
const stackOverflow = "Maximum call stack size exceeded";

/** The message of what stops the walk; it has been reported then. */
class Stopped extends Error {}

class Walk {
    private values = 0;
    private text = 0;
    private readonly above = new Set<Node>();

    public constructor(
        private readonly targets: ReadonlyMap<Alias, Node>,
        private readonly place: (offset: number) => Place,
        private readonly report: (offset: number, message: string) => void,
    ) {}

    /** A node of the document, at the offset of its key where it has one. */
    public node(node: Node, offset: number): Written | undefined {
        try {
            return this.written(node, offset);
        } catch (error) {
            if (error instanceof Stopped) return undefined;
            throw error;
        }
    }

    private written(node: Node | null, offset: number): Written {
        if (isAlias(node)) return this.written(this.target(node), offset);
        this.values += 1;
        if (this.values > mostValues)
            this.stop(offset, `has more than ${mostValues} values when its aliases are put in`);
        if (isMap(node)) return this.within(node, offset, () => this.map(node, offset));
        if (isSeq(node)) {
            return this.within(node, offset, () => ({
                kind: "list",
                place: this.place(offset),
                elements: (node.items as Node[]).map((item) => this.written(item, startOf(item, offset))),
            }));
        }
        const value = isScalar(node) ? node.value : null;
        this.text += typeof value === "string" ? value.length : 0;
        if (this.text > mostText) {
            this.stop(offset, `has more than ${mostText} characters of text when its aliases are put in`);
        }
        return { kind: "value", place: this.place(offset), value };
    }

    private map(node: YAMLMap, offset: number): Written {
        const entries = new Map<string, Written>();
        const own = new Set<string>();
        for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
            const keyOffset = startOf(key, offset);
            const name = this.key(key, keyOffset);
            if (name === "<<") {
                for (const [merged, inner] of this.merged(value, keyOffset)) {
                    if (!entries.has(merged)) entries.set(merged, inner);
                }
                continue;
            }
            const written = this.written(value, keyOffset);
            if (own.has(name)) {
                const first = entries.get(name)!.place.show();
                this.report(keyOffset, `the key ${name} is twice in one map, first at ${first}`);
            } else entries.set(name, written);
            own.add(name);
        }
        return { kind: "map", place: this.place(offset), entries };
    }

    /** The entries that a merge key puts in: of one map or of a list of them, the earlier over the later. */
    private merged(value: Node | null, offset: number): [string, Written][] {
        const written = this.written(value, offset);
        const maps = written.kind === "list" ? written.elements : [written];
        return maps.flatMap((map) => {
            if (map.kind !== "map") this.stop(offset, "<< takes a map, or a list of maps");
            return [...map.entries];
        });
    }

    private key(key: Node, offset: number): string {
        const node = isAlias(key) ? this.target(key) : key;
        if (!isScalar(node) || node.value === null) this.stop(offset, "a key must be text");
        return String(node.value);
    }

    private target(alias: Alias): Node {
        return this.targets.get(alias) ?? this.stop(startOf(alias, 0), `there is no anchor ${alias.source}`);
    }

    private within(node: Node, offset: number, read: () => Written): Written {
        if (this.above.has(node)) this.stop(offset, "an anchor cannot hold an alias of itself");
        if (this.above.size >= deepest) this.stop(offset, tooDeep);
        this.above.add(node);
        const written = read();
        this.above.delete(node);
        return written;
    }

    private stop(offset: number, message: string): never {
        this.report(offset, message);
        throw new Stopped(message);
    }
}

/** What each alias stands for, in one pass: asked one by one, each would go through the whole document. */
function aliasTargets(document: Document): Map<Alias, Node> {
    const anchors = new Map<string, Node>();
    const targets = new Map<Alias, Node>();
    visit(document, {
        Node: (_, node) => {
            if (isAlias(node)) {
                const target = anchors.get(node.source);
                if (target !== undefined) targets.set(node, target);
            } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
        },
    });
    return targets;
}

function startOf(node: Node | null, otherwise: number): number {
    return node?.range?.[0] ?? otherwise;
}
