import { described } from "../../expression/described.js";
import { isPlainObject } from "../../language/json.js";
import { editDistance } from "../../language/nearest.js";
import { type Path, Problems } from "../../services/problems.js";
import { rules } from "./check-rules.js";
import { isLate } from "./late-value.js";
import { isPlainData } from "./members.js";
import requestShapes from "./request-shapes.json" with { type: "json" };

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** What SageMaker's API demands of a value. */
type Shape =
  | {
      readonly type: "object";
      readonly required: readonly string[];
      readonly members: Readonly<Record<string, string>>;
    }
  | ({ readonly type: "list"; readonly item: string } & Bounds)
  | ({ readonly type: "map"; readonly key: string; readonly value: string } & Bounds)
  | ({ readonly type: "text"; readonly pattern?: string } & Bounds)
  | ({ readonly type: "whole" | "number" } & Bounds)
  | { readonly type: "choice"; readonly choices: readonly string[] }
  | { readonly type: "boolean" };

/** Operations whose requests can be checked. */
export type RequestName = keyof typeof requestShapes.operations;

const shapes = requestShapes.shapes as Readonly<Record<string, Shape>>;
/** Requests nest far less; this bounds what an author's `parameters` may hold. */
const maxDepth = 30;

/**
 * Holds a request against what the API demands: required members, types, lengths, ranges, choices and patterns.
 * What is known only later counts as given and right. Members that the API's model does not have are left to AWS, which may be newer; but one that is
 * a known one misspelt is refused. What is told already of a place, or of what it stands in, is not told again.
 * Source: the model of the SageMaker API, from which `scripts/request-shapes.mjs` makes the table.
 */
export function checkRequest(name: RequestName, request: unknown, path: Path, problems: Problems): void {
  const found = new Problems();
  check(requestShapes.operations[name], request, path, found);
  if (isPlainData(request)) rules[name]?.(request, path, found);
  const told = new Set(problems.issues.map((before) => JSON.stringify(before.path)));
  problems.issues.push(...found.issues.filter((issue) => !isTold(issue.path, path.length, told)));
}

function isTold(path: Path, depthOfRequest: number, told: ReadonlySet<string>): boolean {
  return path.some((_, depth) => depth >= depthOfRequest && told.has(JSON.stringify(path.slice(0, depth + 1))));
}

function check(name: string, value: unknown, path: Path, problems: Problems): void {
  const shape = shapes[name];
  if (shape === undefined || isLate(value) || isJsonata(value) || path.length > maxDepth) return;
  switch (shape.type) {
    case "object":
      checkObject(shape, value, path, problems);
      break;
    case "list":
      checkList(shape, value, path, problems);
      break;
    case "map":
      checkMap(shape, value, path, problems);
      break;
    case "text":
      checkText(shape, value, path, problems);
      break;
    case "whole":
    case "number":
      checkNumber(shape, value, path, problems);
      break;
    case "choice":
      checkChoice(shape.choices, value, path, problems);
      break;
    case "boolean":
      if (typeof value !== "boolean") refuse("true or false", value, path, problems);
  }
}

/** A text of JSONata by hand: what it gives is known only while the machine runs. */
function isJsonata(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("{%") && value.endsWith("%}");
}

function checkObject(shape: Shape & { type: "object" }, value: unknown, path: Path, problems: Problems): void {
  if (!isPlainObject(value)) {
    refuse("an object", value, path, problems);
    return;
  }
  const misspelt = checkSpelling(Object.keys(shape.members), value, path, problems);
  for (const member of shape.required) {
    if (misspelt.has(member)) continue;
    // What an author writes by hand as `Name.$` is a path: it is there, and known later.
    if (value[member] === undefined && !Object.hasOwn(value, `${member}.$`)) {
      problems.add("invalid_request", [...path, member], "expected a value, as the API demands one; got nothing");
    }
  }
  for (const [member, of] of Object.entries(shape.members)) {
    if (Object.hasOwn(value, member) && value[member] !== undefined) {
      check(of, value[member], [...path, member], problems);
    }
  }
}

/** Names members that are known ones misspelt; gives the known ones. */
function checkSpelling(known: readonly string[], value: object, path: Path, problems: Problems): ReadonlySet<string> {
  const meant = new Set<string>();
  for (const key of Object.keys(value)) {
    const name = key.endsWith(".$") ? key.slice(0, -2) : key;
    if (known.includes(name) || (value as Record<string, unknown>)[key] === undefined) continue;
    const near = known.find((one) => Math.abs(one.length - name.length) <= 1 && editDistance(one, name) <= 1);
    if (near === undefined) continue;
    meant.add(near);
    problems.add(
      "invalid_request",
      [...path, key],
      `expected a member of the API, got ${near} misspelt`,
      `write ${near}`,
    );
  }
  return meant;
}

function checkList(shape: Shape & { type: "list" }, value: unknown, path: Path, problems: Problems): void {
  if (!Array.isArray(value)) {
    refuse("a list", value, path, problems);
    return;
  }
  checkSize("items", value.length, shape, path, problems);
  value.forEach((item, index) => {
    check(shape.item, item, [...path, index], problems);
  });
}

function checkMap(shape: Shape & { type: "map" }, value: unknown, path: Path, problems: Problems): void {
  if (!isPlainObject(value)) {
    refuse("an object", value, path, problems);
    return;
  }
  const entries = Object.entries(value);
  checkSize("entries", entries.length, shape, path, problems);
  for (const [key, member] of entries) {
    const isPath = key.endsWith(".$");
    check(shape.key, isPath ? key.slice(0, -2) : key, [...path, key], problems);
    if (!isPath) check(shape.value, member, [...path, key], problems);
  }
}

function checkText(shape: Shape & { type: "text" }, value: unknown, path: Path, problems: Problems): void {
  if (typeof value !== "string") {
    refuse("a text", value, path, problems);
    return;
  }
  if (!checkSize("characters", value.length, shape, path, problems) || shape.pattern === undefined) return;
  // Pairs of surrogates stand for one character only then.
  const flags = /\\p\{|\\uD8/.test(shape.pattern) ? "u" : "";
  if (!new RegExp(`^(?:${shape.pattern})$`, flags).test(value)) {
    refuse(`a text that matches ${shape.pattern}`, value, path, problems);
  }
}

function checkChoice(choices: readonly string[], value: unknown, path: Path, problems: Problems): void {
  if (typeof value === "string" && choices.includes(value)) return;
  refuse(`one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`, value, path, problems);
}

function checkNumber(
  shape: Shape & { type: "whole" | "number" },
  value: unknown,
  path: Path,
  problems: Problems,
): void {
  const what = shape.type === "whole" ? "a whole number" : "a number";
  const isRight = shape.type === "whole" ? Number.isInteger(value) : Number.isFinite(value);
  if (isRight && isWithin(Number(value), shape)) return;
  refuse(`${what}${range(shape)}`, value, path, problems);
}

function checkSize(what: string, size: number, bounds: Bounds, path: Path, problems: Problems): boolean {
  if (isWithin(size, bounds)) return true;
  problems.add("invalid_request", path, `expected${range(bounds)} ${what}, got ${size}`);
  return false;
}

function isWithin(value: number, { min, max }: Bounds): boolean {
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}

function range({ min, max }: Bounds): string {
  if (min === undefined) return max === undefined ? "" : ` at most ${max}`;
  return max === undefined ? ` at least ${min}` : ` ${min} to ${max}`;
}

function refuse(expected: string, value: unknown, path: Path, problems: Problems): void {
  problems.add("invalid_request", path, `expected ${expected}, got ${described(value)}`);
}
