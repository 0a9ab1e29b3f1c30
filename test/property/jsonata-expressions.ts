import fc from "fast-check";
import type { Json } from "../../src/language/json.js";

/** Small documents: few names, so that paths find something. */
export const documents: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(0, 1, 2, -1, 1.5, 3, "", "a", "b", "ab", "a1", true, false, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "d", "1"), tie("value"), { maxKeys: 4 }),
  ),
})).value;

const names = fc.constantFrom("a", "b", "c", "d", "`1`", "e");
const variables = fc.constantFrom("$v", "$w");
const numbers = fc.constantFrom("0", "1", "2", "-1", "3", "1.5", "10");
const texts = fc.constantFrom("''", "'a'", "'b'", "'ab'", "'a1b2'", "'A'", "' x  y '", "'$1'");
const pictures = fc.constantFrom(
  "'#,##0.00'",
  "'0.#e0'",
  "'#0%;(#0%)'",
  "'w'",
  "'W;o'",
  "'I'",
  "'a'",
  "'[Y0001]-[M01]-[D01]'",
  "'[D01]/[M01]/[Y0001] [H01]:[m01]:[s01].[f001] [Z]'",
  "'[FNn], [D1o] [MNn] [Y]'",
  "'[X]-W[W01]-[F1]'",
);
/** Numbers, and times in milliseconds. */
const amounts = fc.constantFrom("0", "1.5", "-12", "21", "1999", "12345.678", "1510067557121", "-1510067557121");
const written = fc.constantFrom(
  "'1,999.5'",
  "'twenty-one'",
  "'First'",
  "'MCMXCIX'",
  "'ab'",
  "'2017-11-07'",
  "'2017-11-07T15:07:54.972Z'",
  "'07/11/2017 15:07:54.972 +01:00'",
  "'Tuesday, 7th November 2017'",
);
const regexes = fc.constantFrom("/a/", "/[ab]/", "/(a)(1)?/i", "/b+/", "/x*/", "/^a/", "/\\d/");

/** Functions by the kinds of arguments that they take: `v` any value, `l` a list, `t` a text, `n` a number, `f…` a function of so many arguments,
 * `A` an amount, `W` one that is written, `P` a picture. */
const functions: Readonly<Record<string, readonly string[]>> = {
  v: "string boolean not exists type keys spread count distinct clone number".split(" "),
  l: "sum max min average reverse sort merge zip count".split(" "),
  t: "length uppercase lowercase trim number base64encode encodeUrl encodeUrlComponent".split(" "),
  n: "abs floor ceil round sqrt formatBase".split(" "),
  tn: "substring pad".split(" "),
  tnn: ["substring"],
  tt: "substringBefore substringAfter contains split".split(" "),
  tr: "contains split match".split(" "),
  trt: ["replace"],
  ttt: ["replace"],
  trn: "split match".split(" "),
  nn: "power round formatBase".split(" "),
  lv: ["append"],
  vv: ["append"],
  ll: "zip append".split(" "),
  vt: ["lookup"],
  lt: ["join"],
  lf1: "map filter single".split(" "),
  lf2: "map filter reduce sort".split(" "),
  lf3: "map filter".split(" "),
  lf2v: ["reduce"],
  vf1: "each sift".split(" "),
  vf2: "each sift".split(" "),
  AP: "formatNumber formatInteger fromMillis".split(" "),
  WP: "parseInteger toMillis".split(" "),
};

const calls = Object.entries(functions).flatMap(([kinds, found]) =>
  found.map((name) => [name, kinds.match(/f\d|./g) ?? []] as const),
);

const ownKinds: Readonly<Record<string, fc.Arbitrary<string>>> = { r: regexes, A: amounts, W: written, P: pictures };

interface Grammar {
  any: string;
  value: string;
  path: string;
  list: string;
  text: string;
  number: string;
  function1: string;
  function2: string;
  function3: string;
}

const kindNames: Readonly<Record<string, keyof Grammar>> = {
  v: "any",
  l: "list",
  t: "text",
  n: "number",
  f1: "function1",
  f2: "function2",
  f3: "function3",
};

/** Expressions over {@link documents}: most of what JSONata has, in all combinations, also those that make no sense. */
export const expressions: fc.Arbitrary<string> = fc.letrec<Grammar>((tie: fc.LetrecTypedTie<Grammar>) => {
  const any = tie("any");
  const of = (kind: string): fc.Arbitrary<string> => ownKinds[kind] ?? tie(kindNames[kind] ?? "any");
  const call = fc
    .constantFrom(...calls)
    .chain(([name, kinds]) =>
      fc
        .tuple(
          fc.boolean(),
          ...kinds.map((kind) => fc.oneof({ arbitrary: of(kind), weight: 9 }, { arbitrary: any, weight: 1 })),
        )
        .map(([isChained, ...args]) =>
          isChained && args.length > 0
            ? `(${args[0]}) ~> $${name}(${args.slice(1).join(", ")})`
            : `$${name}(${args.join(", ")})`,
        ),
    );
  const template = (pieces: TemplateStringsArray, ...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((values) => String.raw({ raw: pieces }, ...values));
  const lambda = (parameters: string): fc.Arbitrary<string> =>
    fc.oneof(
      template`function(${fc.constant(parameters)}){${any}}`,
      fc.constantFrom("$string", "$boolean", "$uppercase", "$sum", "$append", "$type", "$not"),
    );
  const operators = fc.constantFrom("+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "&", "and", "or", "in");
  const step = fc.oneof(
    names,
    names,
    names,
    fc.constantFrom("*", "**", "%", "$", "$v"),
    template`(${any})`,
    template`{${texts}: ${any}}`,
    template`[${any}]`,
    call,
  );
  const suffix = fc.oneof(
    fc.constant(""),
    fc.constant(""),
    template`[${any}]`,
    template`[${numbers}]`,
    fc.constantFrom("[]", "[0]", "[-1]", "@$v", "#$w", "#$w[$w = 0]", "@$v[$v = 1]"),
    template`^(${fc.constantFrom("", "<", ">")}${any})`,
    template`^(${names}, >${names})`,
    template`{${any}: ${any}}`,
    template`{${names}: ${any}}`,
  );
  const steps = fc
    .array(fc.tuple(step, suffix), { minLength: 1, maxLength: 4 })
    // The package walks over the characters of a text that is picked out of a list at the start of a path.
    .map((parts) =>
      parts.map(([name, end], index) => (index === 0 && name.startsWith("[") ? name : name + end)).join("."),
    );
  const list = fc.oneof(
    fc.array(any, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    template`[${numbers}..${numbers}]`,
    tie("path"),
    call,
  );
  return {
    value: fc.oneof(numbers, texts, fc.constantFrom("true", "false", "null", "$", "$$"), names, variables),
    path: fc.oneof(steps, template`$.${steps}`, template`$$.${steps}`, template`(${any}).${steps}`),
    list,
    text: fc.oneof(texts, template`${texts} & ${any}`, tie("path")),
    number: fc.oneof(numbers, template`(${tie("number")} + ${tie("number")})`, template`-${numbers}`, names),
    function1: lambda("$v"),
    function2: lambda("$v, $w"),
    function3: lambda("$v, $w, $u"),
    any: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      tie("value"),
      tie("path"),
      tie("path"),
      list,
      call,
      call,
      template`(${any} ${operators} ${any})`,
      template`(${any} ? ${any} : ${any})`,
      template`($v := ${any}; ${any})`,
      template`($w := ${any}; $v := ${any}; ${any})`,
      template`{${texts}: ${any}, 'k': ${any}}`,
      template`(${tie("function1")})(${any})`,
      template`(${any} ~> ${tie("function1")})`,
      template`(${any} ~> |${tie("path")}|{${texts}: ${any}}|)`,
      template`($ ~> |${tie("path")}|${any}, ${texts}|)`,
      template`$substring(?, ${numbers}, ${numbers})(${texts})`,
      template`function($x, $y)<n-n:n>{${any}}(${tie("number")})`,
    ),
  };
}).any;
