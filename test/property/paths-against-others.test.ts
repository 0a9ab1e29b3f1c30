import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { jsonpath as p3 } from "json-p3";
import { query } from "jsonpathly";
import { expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { planPath, readPath } from "../../src/interpreter/paths/path.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";
import { Random } from "../../src/interpreter/random.js";
import type { Json } from "../../src/language/json.js";

interface Step {
  readonly isDeep: boolean;
  readonly select: Select;
}

type Select =
  | { readonly kind: "keys"; readonly keys: readonly string[] }
  | { readonly kind: "indexes"; readonly indexes: readonly number[] }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: "all" }
  | { readonly kind: "filter"; readonly of: readonly Test[]; readonly sign: "&&" | "||" };

interface Test {
  readonly key: string;
  readonly operator: string | undefined;
  readonly value: Json;
}

const key = fc.constantFrom("a", "b", "c", "x y", "é", "__proto__", "constructor", "length");
const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 2, 1.5, -1, "", "a", "1", "ab", "\ud83d\ude00"),
  fc.integer({ min: -3, max: 3 }),
);
const { value: documents } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((members) => Object.fromEntries(members) as Json),
  ),
}));

const bound = fc.option(fc.integer({ min: -3, max: 4 }), { nil: undefined });
function testsOf(keys: fc.Arbitrary<string>): fc.Arbitrary<Test> {
  const operator = fc.constantFrom("==", "!=", "<", "<=", ">", ">=", undefined);
  return fc.record<Test>({ key: keys, operator, value: scalar });
}
const select: fc.Arbitrary<Select> = fc.oneof(
  { weight: 4, arbitrary: key.map((name): Select => ({ kind: "keys", keys: [name] })) },
  fc.uniqueArray(key, { minLength: 2, maxLength: 3 }).map((keys): Select => ({ kind: "keys", keys })),
  fc
    .array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 3 })
    .map((indexes): Select => ({ kind: "indexes", indexes })),
  fc
    .record({ from: bound, to: bound })
    .filter(({ from, to }) => from !== undefined || to !== undefined)
    .map((bounds): Select => ({ kind: "slice", ...bounds })),
  fc.constant<Select>({ kind: "all" }),
  fc
    .record({ of: fc.array(testsOf(key), { minLength: 1, maxLength: 2 }), sign: fc.constantFrom("&&", "||") })
    .map((filter): Select => ({ kind: "filter", of: filter.of, sign: filter.sign as "&&" | "||" })),
);
const steps = fc.array(fc.record<Step>({ isDeep: fc.boolean(), select }), { minLength: 1, maxLength: 4 });

function print(path: readonly Step[]): string {
  return `$${path.map((step) => `${step.isDeep ? ".." : ""}[${printSelect(step.select)}]`).join("")}`;
}

function printSelect(chosen: Select): string {
  switch (chosen.kind) {
    case "keys":
      return chosen.keys.map((name) => `'${name}'`).join(",");
    case "indexes":
      return chosen.indexes.join(",");
    case "slice":
      return `${chosen.from ?? ""}:${chosen.to ?? ""}`;
    case "all":
      return "*";
    case "filter":
      return `?(${chosen.of.map(printTest).join(` ${chosen.sign} `)})`;
  }
}

function printTest({ key: name, operator, value }: Test): string {
  const left = `@['${name}']`;
  return operator === undefined ? left : `${left} ${operator} ${JSON.stringify(value)}`;
}

/** What we find, always as a list. */
function ours(text: string, input: Json): Json {
  const path = planPath(text);
  if ("message" in path) throw new Error(`${text}: ${path.message}`);
  const found = readPath(path, {
    input,
    variables: {},
    context: () => ({}),
    random: new Random(""),
    budget: new QueryBudget(),
  });
  if (found instanceof Failure) throw new Error(found.cause);
  if (path.query !== undefined && !path.query.isDefinite) return found ?? [];
  return found === undefined ? [] : [found];
}

const others: { readonly [name: string]: (text: string, input: Json) => unknown } = {
  "json-p3": (text, input) => p3.query(text, input as Parameters<typeof p3.query>[1]).values(),
  jsonpathly: (text, input) => query(input, text, { returnArray: true, hideExceptions: true }),
};

/** Differences that are known: we do as Jayway and AWS do. One that none of these explains fails the test, and one that never comes up too. */
const triaged = [
  {
    why: "several keys at the end give one object",
    explains: (path) => {
      const last = path.at(-1)?.select;
      return last?.kind === "keys" && last.keys.length > 1;
    },
  },
  {
    why: "between two bounds a negative one counts from the end only where it is looked up",
    explains: (path) =>
      path.some(({ select: { kind, ...bounds } }) => kind === "slice" && "from" in bounds && isNegativeBetween(bounds)),
  },
  {
    why: "behind .. what follows an index, a slice or a filter is asked of all items of the list",
    explains: (path) =>
      path.some(
        ({ isDeep, select: { kind } }, at) => isDeep && at < path.length - 1 && kind !== "keys" && kind !== "all",
      ),
  },
  {
    why: "it knows no slice and no union of indexes behind ..",
    of: "jsonpathly",
    explains: (path) =>
      path.some(({ isDeep, select }) => isDeep && (select.kind === "slice" || select.kind === "indexes")),
  },
  {
    why: "it finds what every object inherits",
    of: "jsonpathly",
    explains: (path) =>
      path.some(({ select }) => select.kind === "keys" && select.keys.some((name) => name in Object.prototype)),
  },
  {
    why: "a filter asks an object itself and not its members, and never a scalar",
    explains: (path) => path.some(({ select: { kind } }) => kind === "filter"),
  },
] as const satisfies readonly { why: string; of?: string; explains: (path: readonly Step[]) => boolean }[];

function isNegativeBetween({ from, to }: { from: number | undefined; to: number | undefined }): boolean {
  return from !== undefined && to !== undefined && (from < 0 || to < 0);
}

test.each(Object.entries(others))("a path finds what %s finds, but for differences that are known", (name, other) => {
  const known = triaged.filter((difference) => !("of" in difference) || difference.of === name);
  const seen = new Set<string>();
  fc.assert(
    fc.property(steps, documents, (path, input) => {
      const text = print(path);
      const found = ours(text, input);
      const wanted = other(text, input);
      if (isDeepStrictEqual(found, wanted)) return;
      const difference = known.find(({ explains }) => explains(path));
      if (difference === undefined) expect({ text, found }).toEqual({ text, found: wanted });
      else seen.add(difference.why);
    }),
    { numRuns: 5_000, seed: 7 },
  );
  expect([...seen].sort()).toEqual(known.map(({ why }) => why).sort());
});

const item = fc.dictionary(fc.constantFrom("a", "b"), scalar).map((members): Json => ({ ...members }));
const filters = fc.record({
  of: fc.array(testsOf(fc.constantFrom("a", "b", "c")), { minLength: 1, maxLength: 3 }),
  sign: fc.constantFrom("&&", "||"),
});

/** Whether types meet that Jayway compares otherwise: a text with a number as texts, booleans and nulls by no order. */
function comparesOtherwise(items: readonly Json[], { key: name, operator, value }: Test): boolean {
  return items.some((each) => {
    const left =
      typeof each === "object" && each !== null ? (each as { readonly [name: string]: Json })[name] : undefined;
    const types = [typeof left, typeof value].sort().join();
    const isOrdered = operator !== undefined && operator.length > 1 && operator[0] !== "=" && operator[0] !== "!";
    return types === "number,string" || (isOrdered && left === value && typeof value !== "number");
  });
}

test.each(Object.entries(others))("a filter of objects in a list lets through what it does in %s", (_, other) => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5 }), filters, (items, { of, sign }) => {
      fc.pre(!of.some((each) => comparesOtherwise(items, each)));
      const text = print([{ isDeep: false, select: { kind: "filter", of, sign: sign as "&&" | "||" } }]);
      expect({ text, found: ours(text, items) }).toEqual({ text, found: other(text, items) });
    }),
    { numRuns: 3_000, seed: 7 },
  );
});
