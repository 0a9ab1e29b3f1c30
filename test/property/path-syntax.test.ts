import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectIntrinsic, inspectPath, isUnreadable } from "../../src/expression/inspect-path.js";
import { printJsonPath } from "../../src/expression/jsonpath.js";
import { readPathSyntax } from "../../src/expression/path-reader.js";
import { growth, mostGrowth } from "../unit/growth.js";

const segment = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("a", "Name", "it's", "a.b", "", "__proto__", "a\\b", "?(@.a)"),
  fc.integer({ min: -99_999, max: 99_999_999 }),
);

test("a reference that was printed is read back", () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
      const text = printJsonPath({ kind: "reference", root: { kind: "variable", name: "v" }, path: segments });
      expect(inspectPath(text)).toEqual({
        root: "variable",
        variable: "v",
        isReference: true,
        segments,
        isDefinite: true,
      });
    }),
    { numRuns: 1000 },
  );
});

const pieces = fc.constantFrom(
  ...[
    "$",
    "$$",
    "@",
    ".",
    "..",
    "[",
    "]",
    "(",
    ")",
    "[?(",
    ")]",
    "'",
    '"',
    "\\",
    "*",
    ":",
    ",",
    "-1",
    "0",
    "12",
    "a",
    "Name",
  ],
  ...[
    "==",
    "=~",
    "&&",
    "||",
    "!",
    " in ",
    "/x/",
    "length()",
    "true",
    "{",
    "}",
    " ",
    "\\u00e9",
    "é",
    "\ud800",
    "__proto__",
  ],
  ...["States.Format(", "States.Array(", "'{}'", "$.a", "$v"],
);
const text = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
  fc.array(pieces, { maxLength: 30 }).map((parts) => `$${parts.join("")}`),
  fc.string({ unit: "binary" }),
);

test("any text is read or refused with a place", () => {
  fc.assert(
    fc.property(text, (given) => {
      for (const result of [inspectPath(given), inspectIntrinsic(given)]) {
        if (isUnreadable(result)) expect(result.at).toBeLessThanOrEqual(given.length + 1);
      }
    }),
    { numRuns: 5000 },
  );
});

test("a usual path is the same whether it is told from its characters or read", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
      const given = `$${parts.join("")}`;
      const quick = inspectPath(given);
      const read = readPathSyntax(given);
      if (isUnreadable(quick) || "message" in read) expect("message" in quick).toBe("message" in read);
      else
        expect([quick.root, quick.variable, quick.segments, quick.isReference]).toEqual([
          read.root,
          read.variable,
          read.head,
          read.endsAt === undefined,
        ]);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ["$", ".a", ""],
  ["$", "[", ""],
  ["$", "..", ""],
  ["$", "[?(", ""],
  ["$[?(", "!", "@.a)]"],
  ["$[?(", "(", ""],
  ["$[?(@.a == ", "[", ""],
  ["$[?(@.a == '", "\\'", "')]"],
  ["$['", "\\", "']"],
  ["$.", "\\", ""],
  ["$[", "0,", "0]"],
  ["$[?(@.a", "&& @.a", ")]"],
  ["$.a(", "$.a(", ""],
  ["$.a", " ", "b"],
  ["States.Array(", "$.a,", "$.a)"],
  ["States.Array(", "[", ""],
  ["States.Format('", "\\'", "')"],
])("%s%s…%s of 400,000 characters is read in time that grows as it does", (before, repeated, after) => {
  const read = (characters: number): void => {
    const given = before + repeated.repeat(characters / repeated.length) + after;
    inspectPath(given);
    inspectIntrinsic(given);
  };
  expect(growth(read, 100_000)).toBeLessThan(mostGrowth);
});
