import { isPlainObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import type { Findings } from "../findings.js";
import type { ValidateOptions } from "../issue.js";
import { findDuplicateKeys } from "./duplicate-keys.js";
import { jsonFault } from "./json-fault.js";
import { jsonSpots } from "./json-spots.js";
import { plainData, tooDeep, tooLong } from "./plain-data.js";
import { readYaml } from "./read-yaml.js";
import { bracketBelow, membersOfText, sizeOfData } from "./scan-json.js";
import { Lines, type SourceText, sourceText } from "./source-text.js";
import { fillUnquoted, isOpen, substitute } from "./substitute.js";

/** What was read of a definition. */
export interface ReadDefinition {
  /** Plain data, free of cycles, at most {@link limits.definitionDepth} levels deep; absent where the definition cannot be read. */
  readonly value?: { readonly [key: string]: unknown };
  /** The text, where text was given. */
  readonly source?: SourceText;
  /** Whether a text that still has `${Name}` stands for whatever its place wants. */
  readonly hasOpenTexts: boolean;
}

type ReadOptions = Pick<ValidateOptions, "substitutions" | "format">;

interface Read {
  readonly value: unknown;
  readonly source?: SourceText;
  readonly hasOpenTexts?: boolean;
}

/** Reads a definition: text of JSON, text of YAML, or parsed data. Why it cannot be read is told to `findings`. */
export function readDefinition(definition: unknown, findings: Findings, options: ReadOptions = {}): ReadDefinition {
  const {
    value,
    source,
    hasOpenTexts = false,
  } = typeof definition === "string"
    ? readText(definition, findings, options)
    : { value: plainData(definition, findings, textOf(options))?.value };
  const known = { hasOpenTexts: hasOpenTexts || options.substitutions !== undefined, ...(source && { source }) };
  if (isPlainObject(value)) return { ...known, value };
  if (value !== undefined) findings.add(noObject);
  return known;
}

const noObject = {
  code: "SCHEMA_VALIDATION_FAILED",
  message: "Definition must be a valid JSON object",
  place: undefined,
  at: "nowhere",
  hint: "give an object with StartAt and States",
} as const;

function textOf({ substitutions }: ReadOptions): (text: string) => string {
  return substitutions === undefined ? (text) => text : (text) => substitute(text, substitutions);
}

function readText(text: string, findings: Findings, options: ReadOptions): Read {
  if (text.length > limits.definitionLength) return longRead(text, findings, options);
  if (/^\s*$/.test(text)) return { value: null };
  if (options.format === "yaml") return yamlRead(text, findings, options) as Read;
  const value = parsed(text);
  if (value !== undefined) return jsonRead(value, text, text, findings, options);
  return (
    filledRead(text, findings, options) ??
    (options.format === undefined && mayBeYaml(text) ? yamlRead(text, findings, options, true) : undefined) ??
    badJson(text, findings)
  );
}

/** A text that AWS would not even read: what else is wrong with it is told where it is JSON, and not longer by far. */
function longRead(text: string, findings: Findings, options: ReadOptions): Read {
  findings.add(tooLong);
  const value = text.length > limits.readLength || options.format === "yaml" ? undefined : parsed(text);
  return value === undefined ? { value } : jsonRead(value, text, text, findings, options);
}

/** `undefined` where the text is no JSON: no JSON is `undefined`. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a JSON text that has placeholders outside of quotes. */
function filledRead(text: string, findings: Findings, options: ReadOptions): Read | undefined {
  if (options.substitutions === undefined || !isOpen(text)) return undefined;
  const filled = fillUnquoted(text, options.substitutions);
  const value = filled.text.length > limits.readLength ? undefined : parsed(filled.text);
  return value === undefined ? undefined : jsonRead(value, filled.text, text, findings, options, filled.original);
}

/** `text` is what was parsed; `given` the text whose lines people know. */
function jsonRead(
  value: unknown,
  text: string,
  given: string,
  findings: Findings,
  options: ReadOptions,
  original: (offset: number) => number = (offset) => offset,
): Read {
  const { members, depth } = sizeOfData(value);
  if (depth > limits.definitionDepth) {
    const offset = original(bracketBelow(text, limits.definitionDepth));
    findings.add({ ...tooDeep, position: new Lines(given).positionOf(offset) });
    return { value: undefined };
  }
  if (members !== membersOfText(text)) {
    const lines = new Lines(given);
    findDuplicateKeys(text, findings, (offset) => lines.positionOf(original(offset)));
  }
  const keyOf = textOf(options);
  const source = sourceText(given, (paths) => jsonSpots(text, paths, keyOf), original);
  const isFilled = typeof options.substitutions === "object" && isOpen(text);
  return { value: isFilled ? plainData(value, findings, keyOf)?.value : value, source };
}

function badJson(text: string, findings: Findings): Read {
  const fault = jsonFault(text);
  const position = new Lines(text).positionOf(fault?.offset ?? 0);
  findings.add({
    code: "INVALID_JSON_DESCRIPTION",
    message: fault?.message ?? "expected JSON",
    place: undefined,
    ...(fault === undefined ? { at: "nowhere" } : { location: fault.location }),
    position,
    ...(text.startsWith("\ufeff") && { hint: "save the file without a byte order mark" }),
  });
  return { value: undefined };
}

/** YAML that holds a mapping, or several lines of one, has a colon before a blank; JSON begins with what YAML would not. */
function mayBeYaml(text: string): boolean {
  return !/^[\s\ufeff]*[{["]/.test(text) && /:(?:\s|$)/.test(text);
}

/** Characters of the JSON that a text of YAML stands for, behind which nothing is read: aliases make much of little. */
const longestOfYaml = 2 * limits.definitionLength;

/** `undefined` where only a mapping is taken for YAML, and the text is none. */
function yamlRead(text: string, findings: Findings, options: ReadOptions, onlyMapping = false): Read | undefined {
  const { isMapping, problem, value, source, hasTags } = readYaml(text, findings, textOf(options));
  if (onlyMapping && !isMapping) return undefined;
  if (problem !== undefined) findings.add(problem);
  const data = problem === undefined ? plainData(value, findings, textOf(options), longestOfYaml) : undefined;
  return { value: data?.value, ...(source && { source }), hasOpenTexts: hasTags };
}
