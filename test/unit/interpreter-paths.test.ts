import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { planPath, readPath } from "../../src/interpreter/paths/path.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";
import { Random } from "../../src/interpreter/random.js";
import type { Json } from "../../src/language/json.js";

function read(text: string, input: Json): Json | undefined {
  const path = planPath(text);
  if ("message" in path) return `refused: ${path.message}`;
  const value = readPath(path, {
    input,
    variables: { v: { a: 1 } },
    context: () => ({ State: { Name: "S" } }),
    random: new Random(""),
    budget: new QueryBudget(),
  });
  return value instanceof Failure ? `failed: ${value.cause}` : value;
}

const shop: Json = { book: [{ p: 1, t: "a" }, { p: 2, t: "b" }, { p: 3 }], bike: { p: 9 } };

const paths: readonly (readonly [path: string, found: Json | undefined])[] = [
  ["$", shop],
  ["$.book[0].p", 1],
  ["$['book'][-1]['p']", 3],
  ["$.book[3]", undefined],
  ["$.book.p", undefined],
  ["$.bike[0]", undefined],
  ["$.__proto__", undefined],
  ["$.book.length", undefined],
  ["$v.a", 1],
  ["$w", undefined],
  ["$$.State.Name", "S"],
  ["$.book[*].p", [1, 2, 3]],
  ["$.book[1:].p", [2, 3]],
  ["$.book[:-1].t", ["a", "b"]],
  ["$.book[0:3:2].p", [1, 3]],
  ["$.book[0,2].p", [1, 3]],
  ["$.bike['p','q']", [9]],
  ["$..p", [1, 2, 3, 9]],
  ["$.bike.*", [9]],
  ["$.none[*].x", []],
  ["$.book[?(@.p == 2)].t", ["b"]],
  ["$.book[?(@.p > 1 && @.t)].p", [2]],
  ["$.book[?(!@.t || @.t == 'a')].p", [1, 3]],
];

test.each(paths)("%s finds %j", (path, found) => {
  expect(read(path, shop)).toEqual(found);
});

describe("what the engine does not evaluate is refused by name", () => {
  test.each([
    ["$.book[?(@.t =~ /a.*/)]", "the embedded engine has no filter such as"],
    ["$.book[?(@.p == [1,)]", "refused"],
    ["$.book[::0]", "expected a step of a slice above 0"],
    ["$.book.length()", "refused"],
    ["book", "expected a path that begins with $"],
  ])("%s", (path, message) => {
    expect(read(path, shop)).toContain(message);
  });
});

test("a value that nests deep is walked without recursion", () => {
  let deep: Json = { p: 0 };
  for (let level = 0; level < 50_000; level++) deep = { a: deep };
  expect(read("$..p", deep)).toEqual([0]);
});
