import type * as z from "zod";
import { DefinitionError, issue, shown } from "../language/errors.js";
import { setOwn } from "../language/json.js";
import type { InputOf } from "./input-of.js";
import { isPlaceholder, makePlaceholder, type Placeholder, type Ref, referenceOf, schemasOf } from "./placeholder.js";
import { describeSchema, invalidSchema, isSchema, type Schema, type SchemaData, unwrapped } from "./schema.js";
import type { Reference, Root } from "./tree.js";

/** An input without a schema: keys are named one by one, each with a schema of its own. */
export interface OpenInput<T = Record<string, unknown>> extends Ref<T> {
  /**
   * The placeholder of a key.
   *
   * @param key - any text, also one that JavaScript uses
   * @param schema - what stands there
   * @throws {@link DefinitionError} `key_type_clash` when the key was read with another type before.
   * @example
   * const input = new ExecutionInput();
   * const rows = input.get("rows", z.number().int()); // Ref<number>
   */
  get<S extends z.core.SomeType>(key: string, schema: S): Placeholder<InputOf<S>>;
}

interface InputConstructor {
  /**
   * @param schema - a zod schema of the input as it is sent
   * @example
   * const input = new ExecutionInput(z.object({ rows: z.array(z.object({ id: z.string() })) }));
   * input.rows[0].id; // Ref<string>, in ASL: $$.Execution.Input['rows'][0]['id']
   */
  new <S extends z.core.SomeType>(schema: S): Placeholder<InputOf<S>>;
  /** Without a schema, keys are named with `get(key, schema)`. */
  new (): OpenInput;
}

/** The schema that a collection was made with, or the keys that were named since. */
interface Collection {
  readonly schema: Schema | undefined;
  readonly named: Map<string, Named>;
}

interface Named {
  readonly schema: Schema;
  readonly text: string;
  readonly placeholder: object;
}

const collections = new WeakMap<object, Collection>();

function collectionOf(root: Root, schema: Schema | undefined): object {
  const reference: Reference = { kind: "reference", root, path: [] };
  if (schema !== undefined && !isSchema(schema)) {
    throw new DefinitionError([invalidSchema(schema, [])]);
  }
  const named = new Map<string, Named>();
  const methods =
    schema === undefined ? { get: (key: string, type: Schema) => openMember(reference, named, key, type) } : undefined;
  const schemas = schema === undefined ? [] : unwrapped(schema);
  const collection = makePlaceholder(reference, schemas, methods);
  collections.set(collection, { schema, named });
  return collection;
}

function openMember(reference: Reference, named: Map<string, Named>, key: unknown, schema: unknown): object {
  if (typeof key !== "string") {
    throw new DefinitionError([issue("unknown_key", [], `expected a key that is a text, got ${shown(key)}`)]);
  }
  if (!isSchema(schema)) {
    throw new DefinitionError([invalidSchema(schema, [key])]);
  }
  const text = JSON.stringify(describeSchema(schema));
  const before = named.get(key);
  if (before === undefined) {
    const placeholder = makePlaceholder({ ...reference, path: [key] }, unwrapped(schema));
    named.set(key, { schema, text, placeholder });
    return placeholder;
  }
  if (before.text === text) return before.placeholder;
  throw new DefinitionError([
    issue("key_type_clash", [key], `the key ${shown(key)} was read as ${before.text} before, now as ${text}`),
  ]);
}

/**
 * The input of the execution, as placeholders.
 *
 * @example
 * const input = new ExecutionInput(z.object({ JobName: z.string() }));
 * new Pass("A", { parameters: { name: input.JobName } });
 * // "Parameters": { "name.$": "$$.Execution.Input['JobName']" }
 */
export const ExecutionInput = function createExecutionInput(schema?: Schema): object {
  return collectionOf({ kind: "executionInput", collection: {} }, schema);
} as unknown as InputConstructor;

/**
 * The input of the state in which the placeholder stands: `$`.
 *
 * @example
 * const data = new StepInput(z.object({ rows: z.number() }));
 * new Pass("A", { parameters: { count: data.rows } });
 * // "Parameters": { "count.$": "$['rows']" }
 */
export const StepInput = function createStepInput(schema?: Schema): object {
  return collectionOf({ kind: "stateInput" }, schema);
} as unknown as InputConstructor;

/** The schema with which an input was made; `undefined` for an open one. */
export function inputSchema(input: Ref<unknown>): Schema | undefined {
  return collections.get(input)?.schema;
}

/** The schemas of the keys that an open input was asked for; `undefined` for any other placeholder. */
export function namedSchemas(input: Ref<unknown>): ReadonlyMap<string, Schema> | undefined {
  const collection = collections.get(input);
  if (collection === undefined || collection.schema !== undefined) return undefined;
  return new Map([...collection.named].map(([key, { schema }]) => [key, schema]));
}

/**
 * The schema of a placeholder as data: objects as objects, leaves as the names of their types.
 *
 * @example
 * schemaAsData(new ExecutionInput(z.object({ a: z.string(), b: z.object({ c: z.int() }) })));
 * // { a: "string", b: { c: "integer" } }
 */
export function schemaAsData(placeholder: Ref<unknown>): SchemaData {
  const collection = collections.get(placeholder);
  if (collection?.schema !== undefined) return describeSchema(collection.schema);
  if (collection !== undefined) {
    const result: Record<string, SchemaData> = {};
    for (const [key, { schema }] of collection.named) setOwn(result, key, describeSchema(schema));
    return result;
  }
  referenceOf(placeholder);
  const described = (schemasOf(placeholder) ?? []).map(describeSchema);
  if (described.length === 0) return "unknown";
  return described.length === 1 && described[0] !== undefined ? described[0] : described.flat();
}

/** The schema of a placeholder as JSON text; `pretty` for one key a line. */
export function schemaAsJson(placeholder: Ref<unknown>, options: { readonly pretty?: boolean } = {}): string {
  return JSON.stringify(schemaAsData(placeholder), null, options.pretty === true ? 2 : undefined);
}

/** Whether `placeholder` is `collection` or was read from it, at any depth. */
export function contains(collection: Ref<unknown>, placeholder: Ref<unknown>): boolean {
  if (!isPlaceholder(collection) || !isPlaceholder(placeholder)) return false;
  const outer = referenceOf(collection);
  const inner = referenceOf(placeholder);
  // One key of one collection is one object: walking down the path again meets it, if it came from here.
  let current: object = collection;
  for (const segment of inner.path.slice(outer.path.length)) {
    const named = collections.get(current)?.named.get(String(segment));
    const next: unknown =
      named?.placeholder ?? (String(segment) in current ? Reflect.get(current, String(segment)) : undefined);
    if (typeof next !== "object" || next === null) return false;
    current = next;
  }
  return current === placeholder;
}
