import type * as z from "zod";
import { type Issue, issue, shown } from "../language/errors.js";
import { setOwn } from "../language/json.js";
import type { Segment } from "./tree.js";

/** A zod schema as this library reads it: its definition, nothing else. */
export type Schema = z.core.SomeType;

/** Whether `value` is a zod schema. */
export function isSchema(value: unknown): value is Schema {
  const inner: unknown = typeof value === "object" && value !== null && "_zod" in value ? value._zod : undefined;
  return typeof inner === "object" && inner !== null && "def" in inner;
}

/** The issue for what should be a schema. */
export function invalidSchema(value: unknown, path: Issue["path"]): Issue {
  return issue("invalid_schema", path, `expected a zod schema, got ${shown(value)}`);
}

type Definition = z.core.$ZodTypes["_zod"]["def"];

/** What {@link unwrapped} gave: one schema mostly stands behind many placeholders. */
const known = new WeakMap<Schema, readonly Schema[]>();

/** The schema of what is sent, with optional, default, lazy and the like taken off; a union gives several. */
export function unwrapped(schema: Schema): readonly Schema[] {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const schemas = unwrap(schema);
  known.set(schema, schemas);
  return schemas;
}

function unwrap(schema: Schema): readonly Schema[] {
  if (wrappedIn(definitionOf(schema)) === undefined) return [schema];
  const found: Schema[] = [];
  const seen = new Set<Schema>();
  const waiting: Schema[] = [schema];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    // A recursive union meets itself again.
    if (seen.has(current)) continue;
    seen.add(current);
    const inner = wrappedIn(definitionOf(current));
    if (inner === undefined) found.push(current);
    else for (let index = inner.length - 1; index >= 0; index--) waiting.push(inner[index] as Schema);
  }
  return found;
}

/** What a schema stands for when it says nothing of its own; `undefined` when it does. */
function wrappedIn(definition: Definition): readonly Schema[] | undefined {
  switch (definition.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return [definition.innerType];
    case "lazy":
      return [definition.getter()];
    case "pipe":
      return [definition.in];
    case "intersection":
      return [definition.left, definition.right];
    case "union":
      return definition.options;
    default:
      return undefined;
  }
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as Definition;
}

/** A key found in a schema: the segment that reads it, and what stands there (no schema: anything may). */
export interface Member {
  readonly segment: Segment;
  readonly schemas: readonly Schema[] | undefined;
}

const indexText = /^(?:0|-?[1-9]\d{0,9})$/;

/**
 * Goes down one key.
 *
 * @param schemas - what may stand here; `undefined`: anything
 * @returns `undefined` where the schema has no such key
 */
export function memberOf(schemas: readonly Schema[] | undefined, key: string): Member | undefined {
  if (schemas === undefined) return { segment: indexText.test(key) ? Number(key) : key, schemas: undefined };
  let found: Member | undefined;
  for (const schema of schemas) {
    const member = memberOfOne(definitionOf(schema), key);
    if (member !== undefined) found = found === undefined ? member : either(found, member);
  }
  return found;
}

function either(one: Member, other: Member): Member {
  const isOpen = one.schemas === undefined || other.schemas === undefined;
  return {
    segment: typeof one.segment === "number" ? one.segment : other.segment,
    schemas: isOpen ? undefined : [...one.schemas, ...other.schemas],
  };
}

function memberOfOne(definition: Definition, key: string): Member | undefined {
  switch (definition.type) {
    case "object": {
      const shape: { readonly [key: string]: Schema } = definition.shape;
      if (Object.hasOwn(shape, key)) return { segment: key, schemas: unwrapped(shape[key] as Schema) };
      const rest = definition.catchall;
      if (rest === undefined || definitionOf(rest).type === "never") return undefined;
      return { segment: key, schemas: unwrapped(rest) };
    }
    case "record":
      if (!acceptsKey(definition.keyType, key)) return undefined;
      return { segment: key, schemas: unwrapped(definition.valueType) };
    case "array":
      return indexText.test(key) ? { segment: Number(key), schemas: unwrapped(definition.element) } : undefined;
    case "tuple": {
      if (!indexText.test(key)) return undefined;
      const item = definition.items[Number(key)] ?? definition.rest ?? undefined;
      if (item === undefined || key.startsWith("-")) return undefined;
      return { segment: Number(key), schemas: unwrapped(item) };
    }
    case "any":
    case "unknown":
    case "custom":
      return { segment: indexText.test(key) ? Number(key) : key, schemas: undefined };
    default:
      return undefined;
  }
}

/** Whether the keys of a record are limited to a list without this key. */
function acceptsKey(keyType: Schema, key: string): boolean {
  const schemas = unwrapped(keyType);
  return schemas.some((schema) => {
    const definition = definitionOf(schema);
    if (definition.type === "enum") return Object.values(definition.entries).includes(key);
    if (definition.type === "literal") return definition.values.includes(key);
    return true;
  });
}

const anything = { _zod: { def: { type: "unknown" } } } as unknown as Schema;

/** The schema of an object that has `inner` at the end of the keys, and besides it anything. */
export function schemaUnder(keys: readonly Segment[], inner: Schema | undefined): Schema {
  return keys.reduceRight<Schema>((schema, key) => {
    const shape = { [String(key)]: schema };
    return { _zod: { def: { type: "object", shape, catchall: anything } } } as unknown as Schema;
  }, inner ?? anything);
}

/** The keys that the schemas name, in their order. Lists have none. */
export function keysOf(schemas: readonly Schema[] | undefined): readonly string[] {
  const keys = new Set<string>();
  for (const schema of schemas ?? []) {
    const definition = definitionOf(schema);
    if (definition.type === "object") for (const key of Object.keys(definition.shape)) keys.add(key);
    if (definition.type === "record") {
      for (const keySchema of unwrapped(definition.keyType)) {
        const keyDefinition = definitionOf(keySchema);
        if (keyDefinition.type === "enum")
          for (const key of Object.values(keyDefinition.entries)) keys.add(String(key));
      }
    }
  }
  return [...keys];
}

/** Whether the key may be left out of what is sent. */
export function isOptionalOnInput(schema: Schema): boolean {
  return schema._zod.optin !== undefined;
}

/** A schema as nested data: an object for an object, the name of the type for a leaf. */
export type SchemaData = string | SchemaData[] | { readonly [key: string]: SchemaData };

/** Names of zod's types that read better otherwise. */
const typeNames: { readonly [type: string]: string } = { int: "integer", any: "unknown" };

/** Describes a schema as data; a schema that meets itself again is named `recursive`. */
export function describeSchema(schema: Schema): SchemaData {
  return describe(schema, []);
}

function describe(schema: Schema, above: readonly Schema[]): SchemaData {
  if (above.includes(schema)) return "recursive";
  const inside = [...above, schema];
  const options = unwrapped(schema);
  if (options.length > 1) return [...new Set(options.map((option) => describe(option, inside)))].flat();
  const [only] = options;
  if (only === undefined) return "recursive";
  const definition = definitionOf(only);
  if (definition.type === "object") {
    const result: Record<string, SchemaData> = {};
    for (const [key, member] of Object.entries(definition.shape)) setOwn(result, key, describe(member, inside));
    return result;
  }
  return leafName(only, definition);
}

function leafName(schema: Schema, definition: Definition): string {
  if (definition.type === "number") return isWholeNumber(schema) ? "integer" : "number";
  return typeNames[definition.type] ?? definition.type;
}

/** `z.int()` carries its format itself, `z.number().int()` among its checks. */
function isWholeNumber(schema: Schema): boolean {
  const { format, checks = [] } = schema._zod.def as z.core.$ZodNumberFormatDef;
  const formats = [format, ...checks.map((check) => (check._zod.def as Partial<z.core.$ZodNumberFormatDef>).format)];
  return formats.some((one) => one === "safeint" || one === "int32" || one === "uint32");
}

/** What may stand at a place below the schemas; nothing where they have no such place. */
export function schemasAt(schema: Schema, path: readonly Segment[]): readonly Schema[] {
  let current: readonly Schema[] | undefined = unwrapped(schema);
  for (const segment of path) {
    const member: Member | undefined = memberOf(current, String(segment));
    if (member === undefined) return [];
    current = member.schemas;
  }
  return current ?? [];
}
