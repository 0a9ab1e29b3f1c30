import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  contains,
  ExecutionInput,
  StepInput,
  schemaAsData,
  schemaAsJson,
} from "../../src/expression/execution-input.js";
import { States } from "../../src/expression/intrinsics.js";
import { isPlaceholder, type Ref, toJsonata, toJsonPath } from "../../src/expression/placeholder.js";
import { DefinitionError } from "../../src/language/errors.js";

/** The codes of the issues with which `action` is refused. */
function codesOf(action: () => unknown): readonly string[] {
  try {
    action();
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
}

/** As JavaScript sees it: any key may be read. */
// biome-ignore lint/suspicious/noExplicitAny: the point is what happens without types.
type Untyped = any;

const kind = z.enum(["a", "b"]);
interface Tree {
  readonly value: string;
  readonly children: readonly Tree[];
}
const tree: z.ZodType<Tree> = z.object({
  value: z.string(),
  get children() {
    return z.array(tree);
  },
});

describe("what a schema has, a placeholder has", () => {
  const schemas = [
    { name: "an object", schema: z.object({ a: z.object({ b: z.string() }) }), path: ["a", "b"] },
    { name: "an array", schema: z.object({ a: z.array(z.object({ b: z.string() })) }), path: ["a", 0, "b"] },
    { name: "an index from the end", schema: z.array(z.string()), path: [-1] },
    { name: "a tuple", schema: z.tuple([z.string(), z.object({ x: z.number() })]), path: [1, "x"] },
    { name: "a tuple's rest", schema: z.tuple([z.string()]).rest(z.object({ x: z.number() })), path: [7, "x"] },
    { name: "a record", schema: z.record(z.string(), z.object({ x: z.number() })), path: ["any key", "x"] },
    { name: "a record with listed keys", schema: z.record(kind, z.number()), path: ["b"] },
    { name: "an optional member", schema: z.object({ a: z.object({ b: z.string() }).optional() }), path: ["a", "b"] },
    { name: "a nullable member", schema: z.object({ a: z.object({ b: z.string() }).nullable() }), path: ["a", "b"] },
    { name: "a default", schema: z.object({ a: z.object({ b: z.string() }).default({ b: "x" }) }), path: ["a", "b"] },
    { name: "a union", schema: z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]), path: ["b"] },
    {
      name: "a discriminated union",
      schema: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("s3"), uri: z.string() }),
        z.object({ kind: z.literal("none") }),
      ]),
      path: ["uri"],
    },
    {
      name: "an intersection",
      schema: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
      path: ["b"],
    },
    { name: "a branded object", schema: z.object({ a: z.string() }).brand("Job"), path: ["a"] },
    { name: "a read-only object", schema: z.object({ a: z.string() }).readonly(), path: ["a"] },
    { name: "what goes into a transform", schema: z.object({ a: z.string() }).transform(() => 1), path: ["a"] },
    { name: "a recursive object", schema: tree, path: ["children", 0, "children", 1, "value"] },
    { name: "a loose object's own key", schema: z.looseObject({ a: z.string() }), path: ["other"] },
    { name: "anything below unknown", schema: z.object({ a: z.unknown() }), path: ["a", "x", 3, "y"] },
  ] as const;

  test.each(schemas)("$name", ({ schema, path }) => {
    let current: Untyped = new ExecutionInput(schema as z.ZodType);
    for (const key of path) current = current[key];
    const printed = path.map((key) => (typeof key === "number" ? `[${key}]` : `['${key}']`)).join("");
    expect(toJsonPath(current)).toBe(`$$.Execution.Input${printed}`);
  });
});

describe("what a schema does not have is refused", () => {
  const cases = [
    {
      name: "a misspelt key",
      schema: z.object({ InputMessage: z.string() }),
      read: (input: Untyped) => input.InputMesage,
    },
    { name: "a key below a leaf", schema: z.object({ a: z.string() }), read: (input: Untyped) => input.a.b },
    { name: "a key of a list", schema: z.array(z.string()), read: (input: Untyped) => input.length },
    { name: "an index that is no whole number", schema: z.array(z.string()), read: (input: Untyped) => input[1.5] },
    { name: "an index beyond a tuple", schema: z.tuple([z.string()]), read: (input: Untyped) => input[1] },
    {
      name: "a key that a record does not list",
      schema: z.record(kind, z.number()),
      read: (input: Untyped) => input.c,
    },
    { name: "constructor", schema: z.object({ a: z.string() }), read: (input: Untyped) => input.constructor },
    {
      name: "__proto__",
      schema: z.object({ a: z.string() }),
      read: (input: Untyped) => Reflect.get(input, "__proto__"),
    },
    { name: "a key of an empty object", schema: z.object({}), read: (input: Untyped) => input.a },
  ] as const;

  test.each(cases)("$name", ({ schema, read }) => {
    expect(codesOf(() => read(new ExecutionInput(schema as z.ZodType)))).toEqual(["unknown_key"]);
  });

  test("and the nearest keys are named", () => {
    const input: Untyped = new ExecutionInput(
      z.object({ InputMessage: z.string(), OutputMessage: z.string(), Rows: z.int() }),
    );
    expect(() => input.InputMesage).toThrowErrorMatchingInlineSnapshot(
      `[DefinitionError: [unknown_key] $$.Execution.Input has no key "InputMesage"; the nearest keys are "InputMessage", "OutputMessage", "Rows" (use a key of the schema, or add the key to the schema)]`,
    );
  });
});

describe("keys that JavaScript uses", () => {
  const odd = [
    "then",
    "toJSON",
    "constructor",
    "__proto__",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "prototype",
    "length",
  ];
  const input: Untyped = new ExecutionInput(
    z.object(Object.fromEntries(odd.filter((key) => key !== "__proto__").map((key) => [key, z.string()]))),
  );

  test.each(odd.filter((key) => key !== "__proto__"))("%s is a key of the data where the schema has it", (key) => {
    expect(toJsonPath(input[key])).toBe(`$$.Execution.Input['${key}']`);
  });

  test("__proto__ is a key of the data where an open input names it", () => {
    expect(toJsonPath(new ExecutionInput().get("__proto__", z.string()))).toBe("$$.Execution.Input['__proto__']");
  });

  test("a key named then does not make a promise of the input", async () => {
    expect(await input).toBe(input);
  });

  test("an input without such a key can be awaited", async () => {
    const plain = new ExecutionInput(z.object({ a: z.string() }));
    expect(await Promise.resolve(plain)).toBe(plain);
  });
});

describe("a placeholder is no text, number or JSON", () => {
  const input = new ExecutionInput(z.object({ name: z.string(), toJSON: z.string() }));
  const accidents = [
    { name: "a template", use: () => `s3://${input.name as Untyped}/x` },
    { name: "adding to a text", use: () => "s3://".concat(input.name as Untyped) },
    { name: "String()", use: () => String(input.name) },
    { name: "Number()", use: () => Number(input.name) },
    { name: "JSON.stringify", use: () => JSON.stringify({ deep: [input.name] }) },
    { name: "JSON.stringify of an input with a key toJSON", use: () => JSON.stringify(input) },
    { name: "spreading into a list", use: () => [...(input.name as Untyped)] },
    { name: "joining", use: () => [input.name].join() },
  ];

  test.each(accidents)("$name is refused", ({ use }) => {
    expect(codesOf(use)).toEqual(["accidental_text"]);
  });

  test("the message names the placeholder and the fix", () => {
    expect(() => String(input.name)).toThrowErrorMatchingInlineSnapshot(
      `[DefinitionError: [accidental_text] name: the placeholder $$.Execution.Input['name'] was turned into a text, a number or JSON (pass the placeholder itself where the value is wanted, or build a text from it with the tag \`text\`)]`,
    );
  });

  test.each([
    { name: "a product", use: () => (input.name as Untyped) * 2 },
    { name: "a sum", use: () => (input.name as Untyped) + 1 },
    { name: "a product of what is computed", use: () => (States.uuid() as Untyped) * 2 },
  ])("$name names the functions that compute", ({ use }) => {
    expect(use).toThrow("compute with States.mathAdd(ref, 1), compare with when(ref).greaterThan(3)");
  });

  test("the console shows what it stands for", () => {
    expect(inspect(input.name)).toBe("Ref($$.Execution.Input['name'])");
  });

  test("it cannot be changed", () => {
    expect(() => {
      (input as Untyped).name = 1;
    }).toThrow(TypeError);
  });
});

describe("placeholders as values", () => {
  const input = new ExecutionInput(z.object({ a: z.object({ b: z.array(z.string()) }) }));

  test("one key of one collection is one object", () => {
    expect(input.a.b[0]).toBe(input.a.b[0]);
  });

  test("equal keys of two collections are two objects", () => {
    const other = new ExecutionInput(z.object({ a: z.object({ b: z.array(z.string()) }) }));
    expect(other.a === input.a).toBe(false);
  });

  test("a collection contains what was read from it, at any depth", () => {
    expect(contains(input, input.a.b[3] as Ref<unknown>)).toBe(true);
  });

  test("a collection does not contain a twin of another collection", () => {
    const other = new ExecutionInput(z.object({ a: z.object({ b: z.array(z.string()) }) }));
    expect(contains(input, other.a)).toBe(false);
  });

  test("plain data is no placeholder", () => {
    expect([isPlaceholder(input.a), isPlaceholder({}), isPlaceholder(null), isPlaceholder("$.a")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test("its keys can be listed", () => {
    expect([Object.keys(input), "a" in input, "c" in input]).toEqual([["a"], true, false]);
  });
});

describe("an input without a schema", () => {
  test("gives placeholders key by key", () => {
    const input = new ExecutionInput();
    expect(toJsonPath(input.get("rows", z.array(z.object({ id: z.string() })))[0].id)).toBe(
      "$$.Execution.Input['rows'][0]['id']",
    );
  });

  test("gives one object for one key", () => {
    const input = new ExecutionInput();
    const first = input.get("a", z.string());
    expect(input.get("a", z.string()) === first).toBe(true);
  });

  test("refuses a key with another type", () => {
    const input = new ExecutionInput();
    input.get("a", z.int());
    expect(codesOf(() => input.get("a", z.string()))).toEqual(["key_type_clash"]);
  });

  test("tells what was named", () => {
    const input = new ExecutionInput();
    input.get("A", z.string());
    input.get("B", z.object({ C: z.int() }));
    expect(schemaAsData(input)).toEqual({ A: "string", B: { C: "integer" } });
  });

  test.each([{ schema: 3 }, { schema: "string" }, { schema: {} }])("refuses $schema as a schema", ({ schema }) => {
    expect(codesOf(() => new ExecutionInput(schema as Untyped))).toEqual(["invalid_schema"]);
  });
});

describe("the schema as data", () => {
  const cases = [
    {
      name: "names of types",
      schema: z.object({ a: z.string(), b: z.int(), c: z.number(), d: z.boolean() }),
      data: { a: "string", b: "integer", c: "number", d: "boolean" },
    },
    {
      name: "lists and dictionaries",
      schema: z.object({ a: z.array(z.string()), b: z.record(z.string(), z.int()) }),
      data: { a: "array", b: "record" },
    },
    { name: "what is optional by its own type", schema: z.object({ a: z.string().optional() }), data: { a: "string" } },
    {
      name: "each option of a union",
      schema: z.object({ a: z.union([z.string(), z.int()]) }),
      data: { a: ["string", "integer"] },
    },
  ];

  test.each(cases)("$name", ({ schema, data }) => {
    expect(schemaAsData(new ExecutionInput(schema))).toEqual(data);
  });

  test("and as JSON text", () => {
    expect(schemaAsJson(new StepInput(z.object({ a: z.string() })))).toBe('{"a":"string"}');
  });

  test("of one placeholder", () => {
    expect(schemaAsData(new ExecutionInput(z.object({ a: z.object({ b: z.string() }) })).a)).toEqual({ b: "string" });
  });
});

test("JSONata prints bare names, and quotes the others", () => {
  const input = new ExecutionInput(z.object({ a: z.object({ "b-c": z.array(z.string()), and: z.string() }) }));
  expect([toJsonata(input.a["b-c"][0]), toJsonata(input.a.and)]).toEqual([
    "$states.context.Execution.Input.a.`b-c`[0]",
    "$states.context.Execution.Input.a.`and`",
  ]);
});
