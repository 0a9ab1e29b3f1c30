import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from "yaml";
import { keysOfPointer } from "../language/pointer.js";

/** Where in a definition something is: a JSON pointer, and the line and column of its text where it is a text. */
export interface Spot {
  readonly pointer: string;
  readonly line?: number;
  readonly column?: number;
  /** Set where the name of the last member is meant, not its value. */
  readonly isKey?: boolean;
}

/** A line and a column of a template's text, from 1 on. */
export interface TemplatePosition {
  readonly line: number;
  readonly column: number;
}

/** The text of a template, and what was read from it. */
export class TemplateText {
  private readonly document: Document;
  private readonly text: string;
  private readonly lines: LineCounter;

  constructor(document: Document, text: string, lines: LineCounter) {
    this.document = document;
    this.text = text;
    this.lines = lines;
  }

  dataOf(node: Node): unknown {
    return node.toJS(this.document);
  }

  /** The function that says where the places of a definition are. */
  positionsOf(node: Node, definition: unknown): (spot: Spot) => TemplatePosition {
    if (typeof definition !== "string") return ({ pointer, isKey }) => this.startOf(this.nodeAt(node, pointer, isKey));
    const start = this.startOf(node);
    const written = definition.split("\n");
    return (spot) => this.withinBlock(start, written, spot) ?? start;
  }

  private startOf(node: Node): TemplatePosition {
    const { line, col } = this.lines.linePos(node.range?.[0] ?? 0);
    return { line, column: col };
  }

  /** The node to which a pointer leads, or its key; or the last one on the way that is there. */
  private nodeAt(node: Node, pointer: string, isKey = false): Node {
    let at = node;
    let name: unknown;
    for (const key of keysOfPointer(pointer)) {
      const whole = isAlias(at) ? at.resolve(this.document) : at;
      const member = isMap(whole) ? memberOf(whole, key) : undefined;
      const inner = isSeq(whole) ? whole.get(Number(key), true) : member?.value;
      if (inner === undefined || inner === null) return at;
      name = member?.key;
      at = inner as Node;
    }
    return isKey && isScalar(name) ? name : at;
  }

  /** Lines of a text in block style stand in the file as they are, behind blanks. Any other text is one place. */
  private withinBlock(start: TemplatePosition, written: readonly string[], spot: Spot): TemplatePosition | undefined {
    if (spot.line === undefined || spot.column === undefined) return undefined;
    const wanted = written[spot.line - 1];
    const line = start.line + spot.line;
    const from = this.lines.lineStarts[line - 1];
    if (wanted === undefined || from === undefined) return undefined;
    const [there = ""] = this.text.slice(from, this.lines.lineStarts[line]).split(/\r?\n/, 1);
    return there.endsWith(wanted) ? { line, column: there.length - wanted.length + spot.column } : undefined;
  }
}

interface Member {
  readonly key: unknown;
  readonly value: unknown;
}

function memberOf(map: { readonly items: readonly Member[] }, key: string): Member | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}
