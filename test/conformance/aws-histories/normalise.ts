import type { Json } from "../../../src/language/json.js";
import { isObject, type Place, placesOf } from "./json-path.js";
import { sortParallels } from "./parallel-sort.js";
import type { Mask } from "./recording.js";

type Textual = (text: string) => string;

const isoDate = /\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
const arn = /^arn:(?:aws[a-zA-Z-]*)?:[a-zA-Z0-9_.-]*:[^:]*:(?:\d{12})?:(.*)/;

/** What the recorder does before the rules of the case. What it does with metadata of services came with their answers. */
const quotedInput: Mask = { kind: "key", rule: "json-input", as: "json-input", reference: true };

/** And after them. */
const last: readonly Mask[] = [
  { kind: "regex", pattern: "us-east-1", as: "<region>" },
  { kind: "regex", pattern: "arn:aws:", as: "arn:<partition>:" },
  { kind: "key", rule: "uuid", as: "uuid", reference: true },
  { kind: "regex", pattern: isoDate.source, as: "date" },
  { kind: "key", rule: "timestamp", as: "timestamp", reference: false },
];

/**
 * Gives a value the form of the recordings: embedded JSON parsed, names, dates and regions masked. A value that the
 * recorder numbered is numbered apart here, such as `<uuid:own-1>`, as the recordings hold masks as plain data too.
 */
export function normalise(value: Json, masks: readonly Mask[]): Json {
  const work = new Normalisation(parseEmbedded(value));
  for (const mask of [quotedInput, ...masks, ...last]) work.apply(mask);
  return work.finish();
}

/** Replacements in the value happen at once, those in its text at the end, in the order in which they were asked for. */
class Normalisation {
  private readonly value: Json;
  private readonly textual: Textual[] = [];
  private readonly known = new Set<string>();
  private readonly counts = new Map<string, number>();

  constructor(value: Json) {
    this.value = value;
  }

  apply(mask: Mask): void {
    const { kind, pattern = "", as = "" } = mask;
    if (kind === "regex") this.textual.push((text) => text.replace(regex(pattern), () => as));
    else if (kind === "parallel-sort") sortParallels(this.value);
    else for (const [place, found] of meantBy(mask, this.value)) this.mask(mask, place, found);
  }

  finish(): Json {
    const text = this.textual.reduce((masked, replace) => replace(masked), JSON.stringify(this.value));
    return JSON.parse(text) as Json;
  }

  private mask({ rule, as = "", reference }: Mask, { holder, key }: Place, found: string): void {
    if (reference === true) this.refer(found, as);
    else holder[key] = changed(rule, holder[key] ?? null, as);
  }

  private refer(found: string, name: string): void {
    // What stands for a value already came with an answer of the recording.
    if (this.known.has(found) || /^<[^<>]*>$/.test(found)) return;
    this.known.add(found);
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    const inJson = JSON.stringify(found).slice(1, -1);
    this.textual.push((text) => text.replaceAll(inJson, `<${name}:own-${count}>`));
  }
}

/** The patterns are Python's: a flag may stand in front, and named groups are written otherwise. */
function regex(pattern: string): RegExp {
  const source = pattern.replaceAll("(?P<", "(?<");
  return source.startsWith("(?i)") ? new RegExp(source.slice(4), "gi") : new RegExp(source, "g");
}

/** Members that hold the text of an object hold the object; not so the members of what was parsed. */
function parseEmbedded(value: Json): Json {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item) => (isObject(item) ? parseEmbedded(item) : structuredClone(item)));
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => {
    if (typeof member !== "string") return [key, parseEmbedded(member)];
    return [key, member.startsWith("{") ? (parsedJson(member) ?? member) : member];
  });
  return Object.fromEntries(members) as Json;
}

/** The value of a JSON text; nothing where it is none. */
export function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

type Meant = readonly [place: Place, found: string];

/** The places that a rule means, each with the text there that it is about. */
function meantBy(mask: Mask, value: Json): readonly Meant[] {
  const { kind, path = "", rule, key: name } = mask;
  if (kind === "jsonpath") return placesOf(value, path).map((place) => [place, textAt(place)]);
  return placesOf(value, "$..*").flatMap((place): readonly Meant[] => {
    const { holder, key } = place;
    if (typeof key !== "string" || Array.isArray(holder)) return [];
    const found = rule === undefined ? named(name, key, holder[key]) : rules[rule]?.(key, holder[key] ?? null);
    return found === undefined || found === "" ? [] : [[place, found]];
  });
}

function textAt({ holder, key }: Place): string {
  const value = holder[key];
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function named(wanted: string | undefined, key: string, value: Json | undefined): string | undefined {
  if (key !== wanted || value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a rule finds in a member: the text that is to be masked. */
const rules: Readonly<Record<string, (key: string, value: Json) => string | undefined>> = {
  "arn-resource-name": (_key, value) => (typeof value === "string" ? resourceName(value) : undefined),
  "json-input": (key, value) =>
    key.toLowerCase() === "cause" && typeof value === "string" ? quotedJson(value) : undefined,
  uuid: (key, value) =>
    key.toLowerCase().endsWith("id") && typeof value === "string" && uuid.test(value) ? value : undefined,
  timestamp: (key, value) => (key.toLowerCase().includes("timestamp") && !isDate(value) ? key : undefined),
  _convert_output_to_json: (key, value) =>
    key === "output" && typeof value === "string" && parsedJson(value) !== undefined ? value : undefined,
  _SfnSortVariableReferences: (key, value) => (key === "variableReferences" && isObject(value) ? key : undefined),
};

/** A time that is text becomes a date, or has become one in the recording. */
function isDate(value: Json): boolean {
  return typeof value === "string" && (isoDate.test(value) || value === "date");
}

function changed(rule: string | undefined, value: Json, as: string): Json {
  if (rule === "_convert_output_to_json" && typeof value === "string") return parsedJson(value) ?? null;
  if (rule !== "_SfnSortVariableReferences" || !isObject(value)) return as;
  const sorted = Object.entries(value).map(([state, names]) => [
    state,
    Array.isArray(names) ? [...(names as readonly Json[])].sort() : names,
  ]);
  return Object.fromEntries(sorted) as Json;
}

function quotedJson(cause: string): string | undefined {
  const [, text] = /'(\{.*\}|\[.*\])'/s.exec(cause) ?? [];
  return text !== undefined && parsedJson(text) !== undefined ? text : undefined;
}

/** The last part of an ARN; of a function without its version. */
function resourceName(value: string): string | undefined {
  const resource = arn.exec(value)?.[1];
  if (resource === undefined || /^<.*>$/.test(resource)) return undefined;
  if (resource.includes("/")) return resource.split("/").at(-1);
  if (resource.startsWith("function:")) return resource.slice("function:".length).split(":")[0];
  return resource.split(":").at(-1);
}
