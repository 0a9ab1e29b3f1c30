import { createRequire } from "node:module";
import type { Document, Node, ParsedNode } from "yaml";
import type { Finding, Findings } from "../findings.js";
import type { Place } from "../place.js";
import { reportDuplicateKey } from "./duplicate-keys.js";
import { tooDeep as tooDeepData, tooLong } from "./plain-data.js";
import { Lines, type SourceText, type Spot, sourceText } from "./source-text.js";
import { YamlData, type YamlMember } from "./yaml-data.js";
import { mostYamlLevels, nestsTooDeep } from "./yaml-depth.js";

type Yaml = typeof import("yaml");

let loaded: Yaml | undefined;

/** The parser: needed by few, so that it is loaded with the first text of YAML. */
function load(): Yaml {
  loaded ??= createRequire(import.meta.url)("yaml") as Yaml;
  return loaded;
}

/** The finding for a text of too many levels. */
const tooDeep = {
  ...tooDeepData,
  message: `Expected at most ${mostYamlLevels} levels of objects and lists in YAML, got more`,
} as const;

/** Of a text that cannot be read. */
const hint = "mend the YAML at the line and column that are named";

/** What a text of YAML holds. */
interface YamlRead {
  /** Whether it is a mapping, as far as it can be read. */
  readonly isMapping: boolean;
  /** Why it cannot be read. */
  readonly problem?: Finding;
  readonly value?: unknown;
  readonly source?: SourceText;
  /** Whether it has tags of CloudFormation, which stand for texts that nobody knows yet. */
  readonly hasTags: boolean;
}

/** Reads a text of YAML 1.2. Tags of CloudFormation become placeholders; merge keys are merged. The value may hold itself, by aliases. */
export function readYaml(text: string, findings: Findings, keyOf: (key: string) => string): YamlRead {
  const yaml = load();
  const lines = new Lines(text);
  const broken = (problem: Finding): YamlRead => ({ isMapping: true, problem, hasTags: false });
  if (nestsTooDeep(yaml, text)) return broken(tooDeep);
  try {
    const document = yaml.parseDocument(text, {
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    });
    const isMapping = yaml.isMap(document.contents);
    const [error] = document.errors;
    if (error !== undefined) {
      const position = lines.positionOf(error.pos[0]);
      if (isTooDeep(error)) return broken({ ...tooDeep, position });
      const message = `${error.message} at line ${position.line}, column ${position.column}`;
      return {
        ...broken({ code: "INVALID_JSON_DESCRIPTION", message, place: undefined, at: "nowhere", position, hint }),
        isMapping,
      };
    }
    const data = new YamlData(yaml, document);
    if (data.unresolved !== undefined) {
      const position = lines.positionOf(startOf(data.unresolved) ?? 0);
      const message = `Unresolved alias: ${data.unresolved.source}`;
      return {
        ...broken({ code: "INVALID_JSON_DESCRIPTION", message, place: undefined, at: "nowhere", position, hint }),
        isMapping,
      };
    }
    if (isMapping) findDuplicates(yaml, document, data, findings, lines);
    const value = data.toData(document.contents);
    if (value === undefined) return broken(tooLong);
    const spots = new YamlSpots(yaml, document, data, keyOf);
    const source = sourceText(text, (paths) => paths.map((path) => spots.find(path)));
    return { isMapping, value, source, hasTags: data.hasTags };
  } catch (problem) {
    if (isTooDeep(problem)) return broken(tooDeep);
    const message = problem instanceof Error ? problem.message : String(problem);
    return broken({
      code: "INVALID_JSON_DESCRIPTION",
      message,
      place: undefined,
      at: "nowhere",
      hint: "mend the YAML",
    });
  }
}

/** The parser is recursive, so that a deep text exhausts the stack; it may make an error of YAML of that. */
function isTooDeep(problem: unknown): boolean {
  return problem instanceof Error && problem.message.startsWith("Maximum call stack size exceeded");
}

interface Inner {
  readonly node: unknown;
  readonly place: Place | undefined;
}

function findDuplicates(yaml: Yaml, document: Document, data: YamlData, findings: Findings, lines: Lines): void {
  const left: Inner[] = [{ node: document.contents, place: undefined }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, place: outer } = next;
    if (yaml.isSeq(node)) {
      for (let key = node.items.length - 1; key >= 0; key--)
        left.push({ node: node.items[key], place: { outer, key } });
    } else if (yaml.isMap(node)) {
      const keys = new Set<string>();
      const inner: Inner[] = [];
      for (const pair of node.items) {
        const key = data.keyText(pair.key);
        const place = { outer, key };
        if (keys.has(key) && !data.isMergeKey(pair.key)) {
          reportDuplicateKey(place, findings, lines.positionOf((pair.key as Node | null)?.range?.[0] ?? 0));
        }
        keys.add(key);
        inner.push({ node: pair.value, place });
      }
      for (const member of inner.reverse()) left.push(member);
    }
  }
}

/** Finds places in the nodes of a document. */
class YamlSpots {
  private readonly yaml: Yaml;
  private readonly document: Document;
  private readonly data: YamlData;
  private readonly keyOf: (key: string) => string;
  private readonly members = new Map<unknown, ReadonlyMap<string, YamlMember>>();

  constructor(yaml: Yaml, document: Document, data: YamlData, keyOf: (key: string) => string) {
    this.yaml = yaml;
    this.document = document;
    this.data = data;
    this.keyOf = keyOf;
  }

  find(path: readonly (string | number)[]): { spot: Spot; isWhole: boolean } {
    let node: unknown = this.document.contents;
    const start = startOf(node) ?? 0;
    let spot: Spot = { keyAt: start, valueAt: start };
    for (const part of path) {
      const inner = this.inner(node, part);
      const valueAt = startOf(inner?.value) ?? startOf(inner?.key);
      if (inner === undefined || valueAt === undefined) return { spot, isWhole: false };
      spot = { keyAt: startOf(inner.key) ?? valueAt, valueAt };
      node = inner.value;
    }
    return { spot, isWhole: true };
  }

  private inner(outer: unknown, key: string | number): YamlMember | undefined {
    const node = this.data.follow(outer);
    if (this.yaml.isSeq(node)) {
      const value = node.items[Number(key)];
      return value === undefined ? undefined : { key: value, value };
    }
    return this.yaml.isMap(node) ? this.membersOf(node).get(String(key)) : undefined;
  }

  private membersOf(node: unknown): ReadonlyMap<string, YamlMember> {
    let members = this.members.get(node);
    if (members === undefined) {
      members = new Map([...this.data.membersOf(node)].map(([key, member]) => [this.keyOf(key), member]));
      this.members.set(node, members);
    }
    return members;
  }
}

function startOf(node: unknown): number | undefined {
  return (node as ParsedNode | null | undefined)?.range?.[0];
}
