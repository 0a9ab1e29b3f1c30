import fc from "fast-check";
import { expect, test } from "vitest";
import { inspectByParser } from "../../src/expression/inspect-jsonata.js";
import { readSimpleJsonata } from "../../src/expression/simple-jsonata.js";

/** Pieces of expressions, so that most of what they make together is nearly right. */
const pieces = fc.constantFrom(
  ..."$states $states.input $states.result $a $sum $b.c a and or in true false null function $ $$ . .b .and [0] [-1] [ ] ( ) { } , : := ? ?: ?? + - * ** / % = != < <= > >= & ~> ! ' \"".split(
    " ",
  ),
  ...[
    "'x'",
    '"y"',
    "'\\n'",
    "0",
    "1",
    "12.5",
    "01",
    "1.",
    "-1",
    "1e3",
    " ",
    "\n",
    "\t",
    "\f",
    "/a/",
    "/* c */",
    "`q`",
    "^",
    "@$x",
    "#$i",
    ";",
    "|",
    "é",
  ],
);

const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => {
  const [whole, inner] = [tie("expression"), tie("operand")];
  const blank = fc.constantFrom("", " ", "\n ");
  const plain = fc.constantFrom(
    "$states.input.a",
    "$states.context.b[0]",
    "$a",
    "$a1.b_2.C[-1]",
    "'t'",
    '"u"',
    "1",
    "0.5",
    "-3",
    "true",
    "null",
  );
  return {
    operand: fc.oneof(
      { maxDepth: 4 },
      plain,
      fc
        .tuple(
          fc.constantFrom("$count", "$own", "$string"),
          fc.array(whole, { maxLength: 3 }),
          fc.constantFrom("", ".b", "[0]"),
        )
        .map(([name, args, rest]) => `${name}(${args.join(",")})${rest}`),
      fc.array(whole, { maxLength: 3 }).map((items) => `[${items.join(" , ")}]`),
      fc
        .array(whole, { maxLength: 2 })
        .map((items) => `{${items.map((item, index) => `'k${index}': ${item}`).join(", ")}}`),
      whole.map((text) => `(${text})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    ),
    expression: fc.oneof(
      { maxDepth: 4 },
      inner,
      fc
        .tuple(
          inner,
          blank,
          fc.constantFrom("+", "-", "*", "/", "&", "=", "!=", "<", "<=", ">", ">=", " and ", " or ", " in "),
          blank,
          inner,
        )
        .map((parts) => parts.join("")),
    ),
  };
});

test("what is read without the parser is read by the parser alike", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        expression,
        fc.array(pieces, { maxLength: 12 }).map((all) => all.join("")),
      ),
      (source) => {
        const simple = readSimpleJsonata(source);
        if (simple !== undefined) expect(simple).toEqual(inspectByParser(source));
      },
    ),
    { numRuns: 3000 },
  );
});

test("most expressions of the plain grammar need no parser", () => {
  const all = fc.sample(expression, 300);
  expect(all.filter((source) => readSimpleJsonata(source) !== undefined).length).toBeGreaterThan(200);
});
