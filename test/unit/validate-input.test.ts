import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { formatInputResult, validateInput } from "../../src/expression/validate-input.js";

const input = new ExecutionInput(
  z.object({
    name: z.string(),
    deep: z.object({ leaf: z.int() }),
    rows: z.array(z.object({ id: z.string() })),
    note: z.string().optional(),
  }),
);
const good = { name: "n", deep: { leaf: 1 }, rows: [{ id: "a" }] };

describe("validateInput", () => {
  test("takes an input that fits", () => {
    expect(validateInput(input, good)).toEqual({ valid: true, missing: [], mismatched: [] });
  });

  test("takes keys that the schema does not name", () => {
    expect(validateInput(input, { ...good, other: 1 }).valid).toBe(true);
  });

  test.each([undefined, null])("lists every required leaf when the input is %s", (value) => {
    expect(validateInput(input, value)).toEqual({
      valid: false,
      missing: [["name"], ["deep", "leaf"], ["rows"]],
      mismatched: [],
    });
  });

  test("lists the leaves below a missing object", () => {
    expect(validateInput(input, { name: "n", rows: [] }).missing).toEqual([["deep", "leaf"]]);
  });

  test("takes a member with a default for one that may be missing", () => {
    const preset = new ExecutionInput(z.object({ name: z.string(), mode: z.string().default("full") }));
    expect(validateInput(preset, {}).missing).toEqual([["name"]]);
  });

  test("finds a missing key inside a list", () => {
    expect(validateInput(input, { ...good, rows: [{ id: "a" }, {}] }).missing).toEqual([["rows", 1, "id"]]);
  });

  const mismatches = [
    { name: "a number for a text", value: { ...good, name: 3 }, found: [["name"], "string", "integer"] },
    {
      name: "a text for a whole number",
      value: { ...good, deep: { leaf: "1" } },
      found: [["deep", "leaf"], "integer", "string"],
    },
    {
      name: "a boolean for a whole number",
      value: { ...good, deep: { leaf: true } },
      found: [["deep", "leaf"], "integer", "boolean"],
    },
    { name: "null for a text", value: { ...good, name: null }, found: [["name"], "string", "null"] },
    { name: "an object for a list", value: { ...good, rows: {} }, found: [["rows"], "array", "object"] },
    { name: "a text for the whole", value: "text", found: [[], "object", "string"] },
  ];

  test.each(mismatches)("reports $name", ({ value, found }) => {
    const { mismatched } = validateInput(input, value);
    expect(mismatched.map(({ path, expected, received }) => [path, expected, received])).toEqual([found]);
  });

  test("reports everything at once, a line a place", () => {
    expect(formatInputResult(validateInput(input, { name: 3, rows: [{ id: 1 }] }))).toMatchInlineSnapshot(`
      "deep.leaf: missing
      name: expected string, got integer
      rows[0].id: expected string, got integer"
    `);
  });

  test("takes anything where there is no schema", () => {
    expect(validateInput(new ExecutionInput(), 3).valid).toBe(true);
  });

  test("checks what a placeholder below the input stands for", () => {
    expect(validateInput(input.deep, { leaf: "1" }).mismatched.map(({ path }) => path)).toEqual([["leaf"]]);
  });

  test("checks the keys that an open input was asked for", () => {
    const open = new ExecutionInput();
    open.get("rows", z.int());
    open.get("note", z.string().optional());
    open.get("deep", z.object({ leaf: z.string() }));
    expect(validateInput(open, { rows: "x" })).toMatchObject({
      valid: false,
      missing: [["deep", "leaf"]],
      mismatched: [{ path: ["rows"] }],
    });
  });

  test("goes down into the option of a union that came nearest", () => {
    const source = z.union([z.object({ uri: z.string() }), z.object({ rows: z.array(z.object({ id: z.string() })) })]);
    const { mismatched } = validateInput(new ExecutionInput(z.object({ source })), { source: { rows: [{ id: 1 }] } });
    expect(mismatched.map(({ path, expected, received }) => [path, expected, received])).toEqual([
      [["source", "rows", 0, "id"], "string", "integer"],
    ]);
  });

  test("names the options of a union where none comes near", () => {
    const either = new ExecutionInput(z.object({ a: z.union([z.string(), z.int()]) }));
    expect(validateInput(either, { a: true }).mismatched).toMatchObject([
      { path: ["a"], expected: '"string" or "integer"', received: "boolean" },
    ]);
  });

  test("says so when the schema is asynchronous", () => {
    const slow = new ExecutionInput(z.string().refine(async () => true));
    expect(validateInput(slow, "x").mismatched).toMatchObject([
      { path: [], expected: "a schema whose checks are not asynchronous" },
    ]);
  });
});
