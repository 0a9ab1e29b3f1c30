import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { planPath, readPath, whyMissing } from "../../src/interpreter/paths/path.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";
import type { Scope } from "../../src/interpreter/paths/scope.js";
import { Random } from "../../src/interpreter/random.js";
import type { Json } from "../../src/language/json.js";

function nested(levels: number, wrap: (inner: Json) => Json): Json {
  let value: Json = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

const shared = Array.from({ length: 1_000 }, (_, index) => ({ a: [{ b: index, s: "x".repeat(50) }], b: { a: {} } }));

/** Documents that cost the most, or that a path must not trip over. */
const documents: { readonly [name: string]: Json } = {
  "1,000 levels of objects": nested(1_000, (inner) => ({ a: inner, b: [0] })),
  "1,000 levels of lists": nested(1_000, (inner) => [inner, { a: 1 }]),
  "inherited names": JSON.parse(
    '{"__proto__":{"a":1},"constructor":{"prototype":2},"a":[{"__proto__":[]}],"toString":1}',
  ) as Json,
  "lone surrogates": { "\ud800": ["\udc00", "a\ud800"], a: "\udfff" },
  "100,000 numbers": Array.from({ length: 100_000 }, (_, index) => index),
  "the same objects many times": Array.from({ length: 100 }, () => shared),
  "long texts": Array.from({ length: 200 }, () => ({
    a: "a".repeat(1_000),
    b: `${"a".repeat(300)}b${"a".repeat(300)}`,
  })),
  "an empty object": {},
  null: null,
  "a text": "text",
};

function read(
  text: string,
  input: Json,
): { readonly found: Json | undefined | Failure; readonly took: number } | undefined {
  const path = planPath(text);
  if ("message" in path) return undefined;
  const scope: Scope = {
    input,
    variables: {},
    context: () => ({}),
    random: new Random(""),
    budget: new QueryBudget(),
  };
  const start = performance.now();
  const found = readPath(path, scope);
  const took = performance.now() - start;
  if (found === undefined) expect(whyMissing(path, scope)).toMatch(/^(?:Missing property|No results)/);
  return { found, took };
}

const pieces = fc.constantFrom(
  ...[
    ".a",
    ".b",
    "..a",
    "..*",
    "..b",
    "[*]",
    "[0]",
    "[-1]",
    "[0,1,-1]",
    "['a','b']",
    "..['a','b']",
    "[1:]",
    "[:-1]",
    "[-3:2]",
    "..[0]",
  ],
  ...[
    "['__proto__']",
    "..constructor",
    "['\\ud800']",
    "..[?(@.a)]",
    "[?(@.b >= 1)]",
    "[?(@.a contains @.b)]",
    "..[?(!@.c)]",
  ],
  ...[
    "[?(@..b)]",
    "[?(@.a == $..a)]",
    "[?(@ in $)]",
    "[?(@.b nin [1,2,'a'] || @.a subsetof $[*])]",
    "[?(@..* size 3)]",
    ".length()",
  ],
  ...[
    ".sum()",
    ".concat($..a)",
    ".append($)",
    ".keys()",
    ".max(1)",
    "[?(@.keys() empty false)]",
    "[?(@ == $)]",
    "..*.*",
  ],
);
const texts = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => `$${parts.join("")}`);

/** What the slowest path within the budget may take here: a machine for tests may be slow, and busy with others. */
const most = 500;

test.each(Object.keys(documents))("a random path of %s never throws and stays within its budget", (name) => {
  const input = documents[name] ?? null;
  fc.assert(
    fc.property(texts, (text) => {
      const result = read(text, input);
      if (result === undefined) return;
      expect({ text, isSlow: result.took > most }).toEqual({ text, isSlow: false });
      if (!(result.found instanceof Failure)) expect(result.found).not.toBe(Object.prototype);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ["many descents", `$${"..*".repeat(30)}`, "the same objects many times"],
  ["many descents by name", `$${"..a".repeat(30)}`, "1,000 levels of objects"],
  ["long unions", `$[${"0,".repeat(9_999)}0][${"0,".repeat(9_999)}0]`, "the same objects many times"],
  ["a long condition", `$[?(${"@ == 1 || ".repeat(9_999)}@.a)]`, "the same objects many times"],
  ["comparisons of all with all", `$..[?(${"@.a == $ && ".repeat(999)}@.a)]`, "1,000 levels of objects"],
  ["a long list", `$[*][?(@.b nin [${"1,".repeat(9_999)}1])]`, "the same objects many times"],
  ["filters in filters", "$..[?(@..*[?(@..*)])]", "1,000 levels of lists"],
  ["texts of all", `$[*].concat($${"..*".repeat(5)})`, "long texts"],
  ["patterns", "$[*][?(@.a =~ /((a?){1,40})*b?c/)]", "long texts"],
  ["texts in texts", `$[?(${"$[0].a contains @.b || ".repeat(999)}@.none)]`, "long texts"],
])("%s end where the budget does", (_, text, name) => {
  const result = read(text, documents[name] ?? null);
  expect(result?.took).toBeLessThan(most);
});

test("what a path finds is never a part of what objects inherit", () => {
  for (const text of [
    "$.__proto__",
    "$.constructor",
    "$.a.__proto__",
    "$.toString",
    "$..__proto__",
    "$[?(@.constructor)]",
  ]) {
    expect(read(text, { a: {} })?.found ?? []).toEqual([]);
  }
});

test("keys that objects inherit are found where they are data", () => {
  const own = JSON.parse('{"__proto__":{"constructor":1}}') as Json;
  expect(read("$.__proto__.constructor", own)?.found).toBe(1);
  expect(read("$['__proto__','x']", own)?.found).toEqual(own);
});
