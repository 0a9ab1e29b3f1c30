import * as z from "zod";
import { NotBuilt } from "./cases.js";

const types: Readonly<Record<string, () => z.ZodType>> = {
  str: () => z.string(),
  int: () => z.int(),
  float: () => z.number(),
  bool: () => z.boolean(),
  list: () => z.array(z.unknown()),
  dict: () => z.record(z.string(), z.unknown()),
};

/** A schema in Python's form as zod's. */
export function schemaOf(python: unknown): z.ZodType {
  if (typeof python === "string") {
    const make = types[python];
    if (make === undefined) throw new NotBuilt(`the schema type ${python}`);
    return make();
  }
  if (typeof python !== "object" || python === null || Array.isArray(python))
    throw new NotBuilt(`the schema ${JSON.stringify(python)}`);
  return z.object(Object.fromEntries(Object.entries(python).map(([key, member]) => [key, schemaOf(member)])));
}

const pythonNames: Readonly<Record<string, string>> = {
  string: "str",
  integer: "int",
  number: "float",
  boolean: "bool",
  array: "list",
  record: "dict",
  object: "dict",
};

/** Our type names as Python's: they map one to one. */
export function toPythonNames(value: unknown): unknown {
  if (typeof value === "string") return pythonNames[value] ?? value;
  if (Array.isArray(value)) return value.map(toPythonNames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPythonNames(member)]));
}

/** The schema that subscripts on a collection without one ask for: `["B", "C"]` is `{ B: { C: str } }`. */
export function grownSchema(
  uses: readonly (readonly { readonly key: unknown; readonly type?: string }[])[],
): z.ZodType {
  const rest = uses.filter((use) => use.length > 0);
  const [first] = rest;
  if (first === undefined) return schemaOf("str");
  const leaf = rest.find((use) => use.length === 1)?.[0]?.type;
  if (leaf !== undefined) return schemaOf(leaf);
  if (rest.every((use) => typeof use[0]?.key === "number"))
    return z.array(grownSchema(rest.map((use) => use.slice(1))));
  const keys = [...new Set(rest.map((use) => String(use[0]?.key)))];
  return z.object(
    Object.fromEntries(
      keys.map((key) => [
        key,
        grownSchema(rest.filter((use) => String(use[0]?.key) === key).map((use) => use.slice(1))),
      ]),
    ),
  );
}
