import { shown } from "../../language/errors.js";
import { isPlainObject, type Json, type JsonObject, setOwn } from "../../language/json.js";
import { ServiceError } from "../wire.js";

/** What AWS asks of a value. Lengths count characters, or items. */
export type Shape =
  | {
      readonly kind: "text";
      readonly min?: number;
      readonly max?: number;
      /** Must match the whole text. */
      readonly pattern?: RegExp;
      readonly values?: readonly string[];
    }
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number }
  | { readonly kind: "number"; readonly min?: number }
  | { readonly kind: "flag" }
  /** Kept as it is. */
  | { readonly kind: "any" }
  | { readonly kind: "list"; readonly min?: number; readonly max?: number; readonly item: Shape }
  | {
      readonly kind: "map";
      readonly max: number;
      readonly key: Shape & { readonly kind: "text" };
      readonly value: Shape;
    }
  | Structure;

/** An object whose members have shapes of their own; others are left out. */
export interface Structure {
  readonly kind: "structure";
  readonly required: readonly string[];
  readonly members: { readonly [name: string]: Shape };
}

/**
 * Reads a request: a copy with the members that the shape knows, null left out.
 *
 * @throws `ValidationException` with all that is out of range, in AWS's words; `SerializationException` for a value of
 * another kind.
 */
export function readRequest(shape: Structure, input: JsonObject): JsonObject {
  const problems: string[] = [];
  const read = readStructure(shape, input, "", problems);
  if (problems.length === 0) return read;
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  throw new ServiceError("ValidationException", `${count}: ${problems.join("; ")}`);
}

function readStructure(shape: Structure, input: JsonObject, place: string, problems: string[]): JsonObject {
  const read: Record<string, Json> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const value = Object.hasOwn(input, name) ? (input[name] ?? null) : null;
    const below = place === "" ? lowerFirst(name) : `${place}.${lowerFirst(name)}`;
    if (value !== null) read[name] = readValue(member, value, below, problems);
    else if (shape.required.includes(name)) problems.push(problem(null, below, "Member must not be null"));
  }
  return read;
}

/** A structure, for the tables of requests. */
export function structure(required: readonly string[], members: Structure["members"]): Structure {
  return { kind: "structure", required, members };
}

/** As deep as the shapes are: a table of ours, not the user's data. */
function readValue(shape: Shape, value: Json, place: string, problems: string[]): Json {
  switch (shape.kind) {
    case "text":
      problems.push(...textProblems(shape, expected(typeof value === "string", value, "a text", place), place));
      return value;
    case "integer":
      problems.push(...numberProblems(shape, expected(Number.isInteger(value), value, "a whole number", place), place));
      return value;
    case "number":
      problems.push(...numberProblems(shape, expected(typeof value === "number", value, "a number", place), place));
      return value;
    case "any":
      return value;
    case "flag":
      return expected(typeof value === "boolean", value, "true or false", place);
    case "list":
      return readList(shape, value, place, problems);
    case "map":
      return readMap(shape, value, place, problems);
    case "structure":
      expected(isPlainObject(value), value, "an object", place);
      return readStructure(shape, asObject(value), place, problems);
  }
}

function readList(shape: Shape & { kind: "list" }, value: Json, place: string, problems: string[]): Json {
  expected(Array.isArray(value), value, "a list", place);
  const items = asList(value);
  const length = lengthProblem(shape, items.length);
  if (length !== undefined) {
    problems.push(problem(value, place, length));
    return [];
  }
  return items.map((item, index) => {
    const below = `${place}.${index + 1}.member`;
    if (item !== null) return readValue(shape.item, item, below, problems);
    problems.push(problem(null, below, "Member must not be null"));
    return null;
  });
}

function readMap(shape: Shape & { kind: "map" }, value: Json, place: string, problems: string[]): Json {
  expected(isPlainObject(value), value, "an object", place);
  const entries = Object.entries(asObject(value));
  const length = lengthProblem(shape, entries.length);
  if (length !== undefined) problems.push(problem(value, place, length));
  const read: Record<string, Json> = {};
  for (const [key, item] of length === undefined ? entries : []) {
    for (const found of textProblems(shape.key, key, place)) {
      const constraint = found.slice(found.indexOf("Member must"));
      problems.push(problem(value, place, `Map keys must satisfy constraint: [${constraint}]`));
    }
    setOwn(read, key, readValue(shape.value, item, `${place}.${key}.member`, problems));
  }
  return read;
}

function textProblems(shape: Shape & { kind: "text" }, value: Json, place: string): string[] {
  const text = String(value);
  const length = lengthProblem(shape, text.length);
  if (length !== undefined) return [problem(text, place, length)];
  if (shape.values !== undefined && !shape.values.includes(text)) {
    return [problem(text, place, `Member must satisfy enum value set: [${shape.values.join(", ")}]`)];
  }
  if (shape.pattern === undefined || new RegExp(`^(?:${shape.pattern.source})$`, shape.pattern.flags).test(text))
    return [];
  return [problem(text, place, `Member must satisfy regular expression pattern: ${shape.pattern.source}`)];
}

function numberProblems(
  { min, max }: { readonly min?: number; readonly max?: number },
  value: Json,
  place: string,
): string[] {
  const number = Number(value);
  if (min !== undefined && number < min) {
    return [problem(value, place, `Member must have value greater than or equal to ${min}`)];
  }
  if (max === undefined || number <= max) return [];
  return [problem(value, place, `Member must have value less than or equal to ${max}`)];
}

function lengthProblem(shape: { readonly min?: number; readonly max?: number }, length: number): string | undefined {
  if (shape.min !== undefined && length < shape.min)
    return `Member must have length greater than or equal to ${shape.min}`;
  if (shape.max !== undefined && length > shape.max)
    return `Member must have length less than or equal to ${shape.max}`;
  return undefined;
}

function problem(value: Json, place: string, constraint: string): string {
  const text = typeof value === "string" ? `'${value.slice(0, 300)}'` : value === null ? "null" : `'${shown(value)}'`;
  return `Value ${text} at '${place}' failed to satisfy constraint: ${constraint}`;
}

function expected(holds: boolean, value: Json, what: string, place: string): Json {
  if (holds) return value;
  throw new ServiceError("SerializationException", `expected ${what} at '${place}', got ${shown(value)}`);
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isJsonObject(value: Json): value is JsonObject {
  return isPlainObject(value);
}

function asList(value: Json): readonly Json[] {
  return isJsonList(value) ? value : [];
}

function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
