import type { Alias, Document, Node, Scalar } from "yaml";
import { setOwn } from "../../language/json.js";
import { limits } from "../../language/limits.js";

/** A member of a mapping: nodes of its key and its value. */
export interface YamlMember {
  readonly key: unknown;
  readonly value: unknown;
}

type Yaml = typeof import("yaml");
type Collection = { readonly items: readonly unknown[] };

/** The nodes of a document, with aliases and merge keys followed; linear in the text, whatever the aliases make of it. */
export class YamlData {
  /** The first alias without an anchor. */
  readonly unresolved: Alias | undefined;
  /** Whether there are tags of CloudFormation. */
  readonly hasTags: boolean = false;
  private readonly yaml: Yaml;
  private readonly targets = new Map<unknown, unknown>();
  private readonly members = new Map<unknown, ReadonlyMap<string, YamlMember>>();
  private merged = 0;

  constructor(yaml: Yaml, document: Document) {
    this.yaml = yaml;
    const anchors = new Map<string, unknown>();
    const left: unknown[] = [document.contents];
    while (left.length > 0) {
      const node = left.pop();
      if (yaml.isAlias(node)) {
        if (anchors.has(node.source)) this.targets.set(node, anchors.get(node.source));
        else this.unresolved ??= node;
      } else if (yaml.isPair(node)) {
        left.push(node.value, node.key);
      } else if (yaml.isNode(node)) {
        const { anchor } = node as Scalar;
        if (anchor !== undefined) anchors.set(anchor, node);
        this.hasTags ||= isTagged(node);
        if (yaml.isCollection(node)) for (let at = node.items.length - 1; at >= 0; at--) left.push(node.items[at]);
      }
    }
  }

  /** The data, where one object may stand at many places, or within itself; `undefined` where merge keys make too much of them. */
  toData(root: unknown): unknown {
    const made = new Map<unknown, unknown>();
    const left: (() => void)[] = [];
    const dataOf = (given: unknown): unknown => {
      const node = this.follow(given);
      if (node === null || node === undefined) return null;
      if (this.yaml.isScalar(node) || isTagged(node)) return scalarData(node as Scalar);
      if (made.has(node)) return made.get(node);
      const data: unknown[] | Record<string, unknown> = this.yaml.isSeq(node) ? [] : {};
      made.set(node, data);
      left.push(() => {
        if (Array.isArray(data)) for (const item of (node as Collection).items) data.push(dataOf(item));
        else for (const [key, { value }] of this.membersOf(node)) setOwn(data, key, dataOf(value));
      });
      return data;
    };
    const whole = dataOf(root);
    for (let fill = left.pop(); fill !== undefined; fill = left.pop()) {
      fill();
      if (this.merged > limits.definitionLength / 4) return undefined;
    }
    return whole;
  }

  /** What an alias stands for. */
  follow(node: unknown): unknown {
    return this.targets.has(node) ? this.targets.get(node) : node;
  }

  /** The text of a key. */
  keyText(key: unknown): string {
    const node = this.follow(key);
    if (this.yaml.isScalar(node)) return node.value === null ? "" : String(node.value);
    return node === null || node === undefined ? "" : "[object]";
  }

  /** The members of a mapping, those merged into it included. */
  membersOf(map: unknown): ReadonlyMap<string, YamlMember> {
    const known = this.members.get(map);
    if (known !== undefined) return known;
    const members = new Map<string, YamlMember>();
    const sources = new Set<unknown>([map]);
    for (const source of sources) {
      const isMerged = source !== map;
      for (const pair of (source as { readonly items: readonly YamlMember[] }).items) {
        if (this.isMergeKey(pair.key)) this.addSources(pair.value, sources);
        else if (!isMerged || !members.has(this.keyText(pair.key))) members.set(this.keyText(pair.key), pair);
        if (isMerged && this.merged++ > limits.definitionLength) return members;
      }
    }
    this.members.set(map, members);
    return members;
  }

  /** Whether a key is `<<`, which merges a mapping, or a list of them. */
  isMergeKey(key: unknown): boolean {
    return this.yaml.isScalar(key) && key.value === "<<" && key.type === "PLAIN";
  }

  private addSources(given: unknown, sources: Set<unknown>): void {
    const node = this.follow(given);
    for (const item of this.yaml.isSeq(node) ? node.items : [node]) {
      const source = this.follow(item);
      if (this.yaml.isMap(source)) sources.add(source);
    }
  }
}

function isTagged(node: unknown): boolean {
  return (node as Node & { tag?: string }).tag?.startsWith("!") === true;
}

/** A tag of CloudFormation stands for a text that nobody knows yet: `!Ref Name` becomes `${Name}`. */
function scalarData(node: Scalar): unknown {
  const { tag = "", value } = node;
  if (!tag.startsWith("!")) return value;
  if (tag === "!Sub" && typeof value === "string") return value;
  return (tag === "!Ref" || tag === "!GetAtt") && typeof value === "string" ? `\${${value}}` : `\${${tag}}`;
}
