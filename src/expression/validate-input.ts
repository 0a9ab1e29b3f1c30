import type * as z from "zod";
import { inputSchema, namedSchemas } from "./execution-input.js";
import { type Ref, schemasOf } from "./placeholder.js";
import { describeSchema, isOptionalOnInput, type Schema, schemasAt, unwrapped } from "./schema.js";
import type { Segment } from "./tree.js";

/** What {@link validateInput} found. */
export interface InputResult {
  readonly valid: boolean;
  /** Places that the schema requires and the input does not have. */
  readonly missing: readonly (readonly Segment[])[];
  /** Places where something else was expected. */
  readonly mismatched: readonly Mismatch[];
}

export interface Mismatch {
  readonly path: readonly Segment[];
  /** The type or condition that the schema asks for. */
  readonly expected: string;
  /** The JSON type that came. */
  readonly received: string;
  /** The schema's own words. */
  readonly message: string;
}

/**
 * Checks an execution's input against the schema of its {@link ExecutionInput}; zod decides.
 * No input at all is an ordinary invalid result that lists every required key. Never throws for a bad input.
 *
 * @example
 * validateInput(input, { JobName: 3 });
 * // { valid: false, missing: [["Rows"]], mismatched: [{ path: ["JobName"], expected: "string", received: "number", … }] }
 */
export function validateInput(input: Ref<unknown>, value: unknown): InputResult {
  const found: Findings = { missing: [], mismatched: [] };
  const named = namedSchemas(input);
  if (named === undefined) {
    const schema = inputSchema(input);
    check(schema === undefined ? schemasOf(input) : [schema], value, [], found);
  } else {
    for (const [key, schema] of named) checkMember(key, schema, value, found);
  }
  return { valid: found.missing.length === 0 && found.mismatched.length === 0, ...found };
}

interface Findings {
  readonly missing: Segment[][];
  readonly mismatched: Mismatch[];
}

/** A key of an open input. */
function checkMember(key: string, schema: Schema, value: unknown, found: Findings): void {
  const place = lookUp(value, [key]);
  if (place.isThere) check([schema], (value as Record<string, unknown>)[key], [key], found);
  else if (!isOptionalOnInput(schema)) found.missing.push(...requiredBelow(unwrapped(schema), [key]));
}

/** Fits where one of the schemas does; else it is told what the first one does not take. */
function check(schemas: readonly Schema[] | undefined, value: unknown, at: readonly Segment[], found: Findings): void {
  const issues = (schemas ?? []).map((schema) => ({ schema, issues: issuesOf(schema, value) }));
  const [first] = issues;
  if (first === undefined || issues.some((one) => one.issues.length === 0)) return;
  for (const one of first.issues) {
    const path = one.path.map((segment) => (typeof segment === "symbol" ? String(segment) : segment));
    const place = lookUp(value, path);
    const wanted = schemasAt(first.schema, path);
    if (place.isThere) {
      const expected = expectation(one, wanted);
      found.mismatched.push({ path: [...at, ...path], expected, received: place.type, message: one.message });
    } else {
      found.missing.push(...requiredBelow(wanted, [...at, ...path]));
    }
  }
}

function issuesOf(schema: Schema, value: unknown): readonly z.core.$ZodIssue[] {
  try {
    return ((schema as z.ZodType).safeParse(value).error?.issues ?? []).flatMap(withoutUnion);
  } catch (error) {
    if (!(error instanceof Error) || error.constructor.name !== "$ZodAsyncError") throw error;
    const message = "a schema whose checks are not asynchronous";
    return [{ code: "custom", path: [], message, input: value }];
  }
}

/** In the place of "no option of the union fits" the issues of the option that came nearest. */
function withoutUnion(found: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (found.code !== "invalid_union" || found.errors.length === 0) return [found];
  const depth = (issues: readonly z.core.$ZodIssue[]): number => Math.max(...issues.map(({ path }) => path.length));
  const [nearest = []] = [...found.errors].sort(
    (left, right) => depth(right) - depth(left) || left.length - right.length,
  );
  // Where every option wants something else at this very place, the options are what was expected.
  if (depth(nearest) === 0) return [found];
  return nearest.map((issue) => ({ ...issue, path: [...found.path, ...issue.path] }) as z.core.$ZodIssue);
}

/** A place in an input as text: `rows[0].id`. */
export function formatPlace(path: readonly Segment[]): string {
  let text = "";
  for (const segment of path) {
    if (typeof segment === "number") text += `[${segment}]`;
    else text += text === "" ? segment : `.${segment}`;
  }
  return text === "" ? "the input" : text;
}

/** What is wrong with an input, one line a place. */
export function formatInputResult(result: InputResult): string {
  return [
    ...result.missing.map((path) => `${formatPlace(path)}: missing`),
    ...result.mismatched.map(
      ({ path, expected, received }) => `${formatPlace(path)}: expected ${expected}, got ${received}`,
    ),
  ].join("\n");
}

function lookUp(value: unknown, path: readonly Segment[]): { readonly isThere: boolean; readonly type: string } {
  let current = value;
  for (const segment of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, segment)) {
      return { isThere: false, type: "undefined" };
    }
    current = (current as Record<Segment, unknown>)[segment];
  }
  return { isThere: current !== undefined && !(path.length === 0 && current === null), type: jsonType(current) };
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/** Words for what zod wanted, from the kind of its issue; a type is named as the schema's description names it. */
function expectation(found: z.core.$ZodIssue, schemas: readonly Schema[]): string {
  switch (found.code) {
    case "invalid_type": {
      const [only, ...others] = schemas.map(describeSchema);
      return typeof only === "string" && others.length === 0 ? only : found.expected;
    }
    case "invalid_value":
      return found.values.map((value) => JSON.stringify(value)).join(" or ");
    case "invalid_union":
      return schemas.length === 0
        ? "one of the options of the union"
        : schemas.map((schema) => JSON.stringify(describeSchema(schema))).join(" or ");
    case "unrecognized_keys":
      return `no key ${found.keys.map((key) => JSON.stringify(key)).join(", ")}`;
    default:
      return found.message;
  }
}

function shapeOf(schema: Schema): { readonly [key: string]: Schema } | undefined {
  const definition = schema._zod.def as z.core.$ZodTypes["_zod"]["def"];
  return definition.type === "object" ? definition.shape : undefined;
}

/** The required leaves below a place that is missing whole. */
function requiredBelow(schemas: readonly Schema[], path: readonly Segment[]): Segment[][] {
  const leaves: Segment[][] = [];
  const waiting: { readonly schemas: readonly Schema[]; readonly path: readonly Segment[] }[] = [{ schemas, path }];
  const seen = new Set<Schema>();
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { path: at } = place;
    const [only, ...others] = place.schemas;
    const shape = only === undefined || others.length > 0 || seen.has(only) ? undefined : shapeOf(only);
    const required = Object.entries(shape ?? {}).filter(([, member]) => !isOptionalOnInput(member));
    if (only !== undefined) seen.add(only);
    if (shape === undefined || required.length === 0) leaves.push([...at]);
    else
      waiting.push(...required.map(([key, member]) => ({ schemas: unwrapped(member), path: [...at, key] })).reverse());
  }
  return leaves;
}
