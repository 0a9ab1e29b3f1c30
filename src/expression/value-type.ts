import type * as z from "zod";
import type { Json } from "../language/json.js";
import { describeSchema, type Schema } from "./schema.js";
import type { ValueType } from "./tree.js";

/** The type of a value; numbers without a fraction are integers. */
export function valueTypeOf(value: Json): ValueType {
  if (value === null) return "null";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return Array.isArray(value) ? "list" : "object";
}

/** The type of what the schemas allow; `undefined` where they allow several, or anything. */
export function valueTypeOfSchemas(schemas: readonly Schema[] | undefined): ValueType | undefined {
  const types = new Set((schemas ?? []).map(typeOfSchema));
  if (types.size === 2 && types.has("integer") && types.has("number")) return "number";
  const [only] = types;
  return types.size === 1 ? only : undefined;
}

const types: { readonly [name: string]: ValueType } = {
  string: "text",
  template_literal: "text",
  boolean: "boolean",
  null: "null",
  array: "list",
  tuple: "list",
  object: "object",
  record: "object",
};

function typeOfSchema(schema: Schema): ValueType | undefined {
  const definition = schema._zod.def as z.core.$ZodTypes["_zod"]["def"];
  switch (definition.type) {
    case "number":
      return describeSchema(schema) === "integer" ? "integer" : "number";
    case "enum":
      return onlyType(Object.values(definition.entries));
    case "literal":
      return onlyType(definition.values);
    default:
      return types[definition.type];
  }
}

function onlyType(values: readonly unknown[]): ValueType | undefined {
  const found = new Set(values.map((value) => (isLeaf(value) ? valueTypeOf(value) : undefined)));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

function isLeaf(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
