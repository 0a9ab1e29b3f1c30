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
  ["$.book[0,2,7].p", [1, 3]],
  ["$.book[-1,0].p", [3, 1]],
  ["$.bike.*", [9]],
  ["$.none[*].x", []],
  ["$.none.x[*]", []],
  ["$v[*]", [1]],
  ["$w[*]", []],
  ["$$.State[*]", ["S"]],
];

test.each(paths)("%s finds %j", (path, found) => {
  expect(read(path, shop)).toEqual(found);
});

describe("several keys", () => {
  test.each([
    ["$.bike['p','q']", { p: 9 }],
    ["$.book['p','q']", undefined],
    ["$.book[*]['p','t']", [{ p: 1, t: "a" }, { p: 2, t: "b" }, { p: 3 }]],
    ["$.a['b','c'].d", [1, 2]],
    [
      "$..['p','t']",
      [
        { p: 1, t: "a" },
        { p: 2, t: "b" },
      ],
    ],
  ] as const)("%s finds %j", (path, found) => {
    expect(read(path, { ...shop, a: { b: { d: 1 }, c: { d: 2 } } })).toEqual(found);
  });
});

describe("a slice", () => {
  test.each([
    ["$[1:]", [1, 2, 3, 4]],
    ["$[-2:]", [3, 4]],
    ["$[-9:]", [0, 1, 2, 3, 4]],
    ["$[9:]", []],
    ["$[:2]", [0, 1]],
    ["$[:-2]", [0, 1, 2]],
    ["$[:-9]", []],
    ["$[:9]", [0, 1, 2, 3, 4]],
    ["$[1:3]", [1, 2]],
    ["$[3:1]", []],
    ["$[1:-1]", []],
    ["$[-3:-1]", [2, 3]],
    ["$[-1:2]", [4, 0, 1]],
    ["$[-2147483647:2147483647]", [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]],
    ["$[0:4:2]", [0, 1, 2, 3]],
    ["$[3:0:-1]", []],
  ] as const)("%s of 0 to 4 is %j", (path, found) => {
    expect(read(path, [0, 1, 2, 3, 4])).toEqual(found);
  });

  test("of what is no list finds nothing", () => {
    expect(read("$[1:2]", { a: [1, 2] })).toEqual([]);
  });
});

describe("recursive descent", () => {
  const nested: Json = { a: { a: 1, l: [{ a: 2 }, [{ a: 3 }]] }, b: 4 };
  test.each([
    ["$..a", [{ a: 1, l: [{ a: 2 }, [{ a: 3 }]] }, 1, 2, 3]],
    ["$.a.l..a", [2, 3]],
    ["$..l[*]", [{ a: 2 }, [{ a: 3 }]]],
    ["$..[0]", [{ a: 2 }, { a: 3 }]],
    ["$..l[1:]", [[{ a: 3 }]]],
    ["$..[?(@.a > 1)]", [{ a: 2 }, { a: 3 }]],
    ["$..[?(@.a > 1)].a", [2, 3]],
    ["$.b..a", []],
    ["$.b..*", []],
    ["$.a.l..*", [{ a: 2 }, [{ a: 3 }], 2, { a: 3 }, 3]],
    ["$..a..a", [1, 2, 3]],
    // As in Jayway: what follows an index is asked of all items.
    ["$.a.l..[1].a", [2, 3]],
  ] as const)("%s finds %j", (path, found) => {
    expect(read(path, nested)).toEqual(found);
  });
});

const items: Json = [
  { n: 1, s: "one", l: [1, 2], o: { x: 1 }, b: true },
  { n: 2.5, s: "", l: [], o: {}, b: false },
  { n: null, s: "10", l: ["1", 3], t: "x" },
];

/** Which of `items` a filter lets through. */
function passing(condition: string, input: Json = items): Json | undefined {
  const found = read(`$[?(${condition})]`, input);
  return Array.isArray(found) && Array.isArray(input) ? found.map((item) => input.indexOf(item)) : found;
}

describe("a filter lets through", () => {
  test.each([
    ["@.n == 1", [0]],
    ["@.n != 1", [1, 2]],
    ["@.n == '1'", [0]],
    ["@.s == 10", [2]],
    ["@.s === 10", []],
    ["@.s !== 10", [0, 1, 2]],
    ["@.n > 1", [1]],
    ["@.n >= 1", [0, 1]],
    ["@.n < 2.5", [0]],
    ["@.n <= 2.5", [0, 1]],
    ["@.s > 'a'", [0]],
    ["@.s == one", [0]],
    ["@.s==one", [0]],
    ["@.n == null", [2]],
    ["@.b == true", [0]],
    ["@.none == null", []],
    ["@.none != 1", [0, 1, 2]],
    ["@.b", [0, 1]],
    ["!@.b", [2]],
    ["@.o.x && @.s", [0]],
    ["@.t || @.n == 1", [0, 2]],
    ["!(@.t || @.n == 1)", [1]],
    ["@.o == {'x': 1}", [0]],
    ["@.o == {x: 1}", [0]],
    ["@.l == [1, 2]", [0]],
    ["@.n in [1, 2.5]", [0, 1]],
    ["@.s in ['one', \"10\"]", [0, 2]],
    ["@.n in @.l", [0]],
    ["@.n in 1", []],
    ["@.n nin [1]", [1, 2]],
    ["@.n nin 1", []],
    ["@.l contains 3", [2]],
    ["@.l contains 1", [0, 2]],
    ["@.s contains 'n'", [0]],
    ["@.l all [1]", [0, 2]],
    ["@.l subsetof [1, 2, 3]", [0, 1, 2]],
    ["@.l anyof [2, 3]", [0, 2]],
    ["@.l noneof [2]", [1, 2]],
    ["@.l size 2", [0, 2]],
    ["@.s size 3", [0]],
    ["@.l empty true", [1]],
    ["@.s empty false", [0, 2]],
    ["@.o empty true", [1]],
    ["@.n == $[0].n", [0]],
    ["@.l[0] == 1", [0, 2]],
    ["@['s'] == 'one'", [0]],
    ["@.l.length() == 2", [0, 2]],
    ["@.l[*]", [0, 2]],
    ["@..x", [0]],
    ["@.l[?(@ == 1)]", []],
    ["1 == @.n", [0]],
    ["'x' == 'x'", [0, 1, 2]],
  ] as const)("%s", (condition, passed) => {
    expect(passing(condition)).toEqual(passed);
  });

  test("no scalars, as AWS says of @", () => {
    expect(passing("@ == 1", [1, { n: 1 }])).toEqual([]);
    expect(passing("@.n != 1", [1, { n: 2 }])).toEqual([1]);
  });

  test("an object that is no item of a list", () => {
    expect(read("$.bike[?(@.p == 9)].p", shop)).toEqual([9]);
  });

  test("what equals a value of the document", () => {
    expect(read("$.l[?(@.a == $.want)]", { l: [{ a: 1 }, { a: 2 }], want: 2 })).toEqual([{ a: 2 }]);
    expect(read("$v[?(@.a == $.a)]", {})).toEqual([{ a: 1 }]);
  });
});

describe("a pattern", () => {
  test.each([
    ["/o.e/", [0]],
    ["/on/", []],
    ["/ON./i", [0]],
    ["/[N-P].*/i", [0]],
    ["/one|10/", [0, 2]],
    ["/(?:o|1)(ne|0)/", [0, 2]],
    ["/\\d+/", [2]],
    ["/\\d{2}/", [2]],
    ["/\\d{3,}/", []],
    ["/[^a-z]*/", [1, 2]],
    ["/^one$/", [0]],
    ["/.*?e/", [0]],
    ["/(o?n?){2}e/", [0]],
    ["//", [1]],
  ] as const)("%s", (pattern, passed) => {
    expect(passing(`@.s =~ ${pattern}`)).toEqual(passed);
    expect(passing(`${pattern} =~ @.s`)).toEqual(passed);
  });

  test("matches one item of a list, numbers and booleans as texts, and what is missing as an empty text", () => {
    expect(passing("@.l =~ /3/")).toEqual([2]);
    expect(passing("@.n =~ /2.5/")).toEqual([1]);
    expect(passing("@.b =~ /tr.*/")).toEqual([0]);
    expect(passing("@.none =~ /a*/")).toEqual([0, 1, 2]);
  });

  test("of the kind that keeps other engines busy for ever ends", () => {
    const input: Json = [{ s: `${"a".repeat(5_000)}b` }];
    expect(passing("@.s =~ /(a+)+/", input)).toEqual([]);
    expect(passing("@.s =~ /(a|a)*b/", input)).toEqual([0]);
    expect(read("$[?(@.s =~ /((a?){1,50})*b?c/)]", [{ s: "a".repeat(20_000) }])).toBe(
      "failed: The JSONPath '$[?(@.s =~ /((a?){1,50})*b?c/)]' finds too much (limit of the embedded engine: the work of one step)",
    );
  });
});

describe("a function", () => {
  const numbers: Json = { n: [1, 2, "x", 6], s: ["a", "b", 1], o: { a: 1, b: 2 }, e: [], l: [[1], [2, 3]] };
  test.each([
    ["$.n.length()", 4],
    ["$.o.length()", 2],
    ["$.n.size()", 4],
    ["$.n.min()", 1],
    ["$.n.max()", 6],
    ["$.n.sum()", 9],
    ["$.n.avg()", 3],
    ["$.n.stddev()", Math.sqrt(41 / 3 - 9)],
    ["$.sum($.n, 1)", 10],
    ["$.s.concat()", "ab"],
    ['$.concat($.s[0], "-", $.n[0])', "a-1"],
    ["$.o.keys()", ["a", "b"]],
    ["$.n.first()", 1],
    ["$.n.last()", 6],
    ["$.n.index(1)", 2],
    ["$.n.index(-2)", "x"],
    ["$.e.append(1)", [1]],
    ["$.l[*].length()", [1, 2]],
    ["$.l[*].sum()", [1, 5]],
    ["$.e.sum()", undefined],
    ["$.e.first()", undefined],
    ["$.none.length()", undefined],
    ["$.n[*].sum()", []],
    ["$..l.sum()", undefined],
  ] as const)("%s is %j", (path, value) => {
    expect(read(path, numbers)).toEqual(path === "$..l.sum()" ? [] : value);
  });

  test("behind .. takes all that was found", () => {
    expect(read("$..p.sum()", shop)).toBe(15);
    expect(read("$..p.max()", shop)).toBe(9);
  });

  test("leaves the document as it is", () => {
    const document: Json = { l: [1] };
    read("$.l.append(2)", document);
    expect(document).toEqual({ l: [1] });
  });
});

describe("what the engine does not evaluate is refused by name", () => {
  test.each([
    ["$.book[?(@.t =~ /(?=a).*/)]", "does not run the pattern /(?=a).*/: of groups with ? only (?:…) is run"],
    ["$.book[?(@.t =~ /(a)\\1/)]", "\\1 is not run"],
    ["$.book[?(@.t =~ /a/m)]", "of the flags of a pattern only i is run, got m"],
    ["$.book[?(@.t =~ /(a{1,50}){1,50}/)]", "the pattern repeats too much"],
    ["$.book[?(@.t == /a/)]", "expected =~ with the pattern /a/"],
    ["$.book[?(@.t type 'x')]", "does not run the operator type of filters"],
    ["$.book[?(@.t == $$.State.Name)]", "reads from @ and $ alone"],
    ["$.book[?(@.p == $v.a)]", "reads from @ and $ alone"],
    ["$.book[?(@.p == [1,)]", "refused"],
    ["$.book[?(@.p in [1 2])]", "expected a list or an object, got [1 2]"],
    ["$.book[::2]", "expected a slice with a start or an end"],
    ["$.book.median()", "there is no function median() of paths"],
    ["$.book.first().p", "what follows first() in a path is not run"],
    ["$..book.keys()", "what keys() gives behind .. on AWS is not known"],
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

describe("a filter that looks for each row in a long list", () => {
  const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, name: `n${id}` }));
  const ids = [...rows.map(({ id }) => id + 1_000), "7", "n1", true, null, ...Array(20).fill({})];

  test.each([
    ["$.rows[?(@.id in $.ids)].name", 1_001],
    ["$.rows[?(@.id in $.ids[*])].name", 1_001],
    ["$.rows[?(@.id nin $.ids)].name", 999],
    ["$.rows[?(@.name in $.ids)].name", 1],
    ["$.rows[?($.ids contains @.id)].name", 1_001],
    ["$.rows[?(@.none in $.ids)].name", 0],
  ])("%s", (path, count) => {
    expect(read(path, { rows, ids })).toHaveLength(count);
  });

  test.each([
    ["1", 1, true],
    ["1.0", 1, true],
    [1, "1", true],
    [1, "1.0", false],
    [true, true, true],
    ["true", true, false],
    [null, null, true],
    [0, false, false],
  ])("%j among the items is what %j looks for: %j", (item, wanted, isFound) => {
    const list = [...Array(20).fill("x"), item];
    expect(read("$.rows[?(@.v in $.list)]", { rows: Array(3).fill({ v: wanted }), list })).toHaveLength(
      isFound ? 3 : 0,
    );
  });
});

test("a path that finds too much fails", () => {
  const wide: Json = Array.from({ length: 1_000 }, () => ({ a: [{}] }));
  const list: Json = Array.from({ length: 20 }, () => wide);
  expect(read("$..*..*..*..*", list)).toBe(
    "failed: The JSONPath '$..*..*..*..*' finds too much (limit of the embedded engine: the work of one step)",
  );
});
