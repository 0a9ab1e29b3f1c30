import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Findings, issueOf } from "../../src/validate/findings.js";
import { JsonataChecker, type StatesMember } from "../../src/validate/jsonata.js";
import { keysOf, type Place } from "../../src/validate/place.js";

const output: Place = { outer: { outer: { outer: undefined, key: "States" }, key: "E" }, key: "Output" };

function found(
  value: unknown,
  members: readonly StatesMember[] = [],
  options: ConstructorParameters<typeof JsonataChecker>[1] = {},
  place = output,
) {
  const findings = new Findings();
  new JsonataChecker(findings, options).check(value, place, members);
  return findings.all.map((finding) => issueOf(finding)).map(({ code, location }) => `${code} ${location}`);
}

describe("JsonataChecker", () => {
  const at = "/States/E/Output";
  const path = `jsonpath_in_jsonata ${at}`;
  const invalid = "INVALID_JSONATA_EXPRESSION /States/E/Output";
  const unsupported = "UNSUPPORTED_JSONATA_EXPRESSION /States/E/Output";
  const cases: readonly { name: string; value: unknown; members?: readonly StatesMember[]; says: readonly string[] }[] =
    [
      { name: "a plain expression", value: "{% $states.input.a %}", says: [] },
      { name: "an expression without blanks", value: "{%$a%}", says: [] },
      { name: "an expression of several lines", value: "{%\n  $a\n%}", says: [] },
      { name: "an expression that cannot be read", value: "{% 1 + %}", says: [invalid] },
      { name: "no expression between the signs", value: "{%%}", says: [invalid] },
      { name: "signs that share a character", value: "{%}", says: [invalid] },
      { name: "an expression that is not closed", value: "{% 1", says: [invalid] },
      { name: "an expression that is not opened", value: "1 %}", says: [invalid] },
      { name: "a blank behind the end", value: "{% 1 %} ", says: [invalid] },
      { name: "blanks around make it a text", value: " {% states.input %} ", says: [] },
      { name: "blanks before it make it a text", value: " {% states.input %}", says: [] },
      { name: "a path of JSONPath", value: { a: "$.a", b: ["$$.Execution.Id"] }, says: [`${path}/a`, `${path}/b[0]`] },
      { name: "a call of JSONPath", value: "States.UUID()", says: [path] },
      { name: "JSONPath under a key of JSONPath", value: { "a.$": "$[0]" }, says: [`${path}/a.$`] },
      { name: "sums of money", value: ["$", "$5", "$100.00", "US$"], says: [] },
      { name: "a member that $states has not", value: "{% $states.inputs %}", says: [`unknown_states_member ${at}`] },
      { name: "signs within a text", value: "say {% 1 %}!", says: [] },
      { name: "a name at the top level", value: { v: "{% phone %}" }, says: [`${unsupported}/v`] },
      {
        name: "several, in the order of the text",
        value: { b: ["x", { c: "{% p %}" }, "{% q %}"], a: "{% r %}" },
        says: [`${unsupported}/b[1]/c`, `${unsupported}/b[2]`, `${unsupported}/a`],
      },
      { name: "keys are never expressions", value: { "{% phone %}": 1 }, says: [] },
      { name: "the result where there is none", value: "{% $states.result %}", says: [unsupported] },
      { name: "the result where there is one", value: "{% $states.result %}", members: ["result"], says: [] },
      {
        name: "the error outside of a catcher",
        value: "{% $states.errorOutput.Cause %}",
        members: ["result"],
        says: [unsupported],
      },
      { name: "the error in a catcher", value: "{% $states.errorOutput %}", members: ["errorOutput"], says: [] },
      { name: "values that are no texts", value: [1, null, true, {}, []], says: [] },
      {
        name: "a key of the language",
        value: JSON.parse('{"__proto__": "{% phone %}"}'),
        says: [`${unsupported}/__proto__`],
      },
    ];

  test.each(cases)("$name", ({ value, members, says }) => {
    expect(found(value, members)).toEqual(says);
  });

  test("a placeholder of CloudFormation leaves the expression open where such are looked for", () => {
    expect(found(`{% \${Name} %}`)).toEqual([invalid]);
    expect(found(`{% \${Name} %}`, [], { hasSubstitutions: true })).toEqual([]);
  });

  test("variables that are read are told with their places", () => {
    const reads: string[] = [];
    const onRead = ({ name, place }: { name: string; place: Place }) =>
      reads.push(`${name} ${keysOf(place).join("/")}`);
    found({ a: "{% $x + $y %}", b: ["{% $map($x, function($v){ $v }) %}"] }, [], { onRead });
    expect(reads).toEqual(["x States/E/Output/a", "y States/E/Output/a", "x States/E/Output/b/0"]);
  });

  test("a value of 100,000 levels is looked at to its end", () => {
    let value: unknown = "{% phone %}";
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    expect(found(value)).toHaveLength(1);
  });
});

const corpus = new URL("../../../shared/conformance/definitions/", import.meta.url);

describe.skipIf(!existsSync(fileURLToPath(corpus)))(
  "mutants in ../shared/conformance (skipped where they are not there)",
  () => {
    interface Mutant {
      readonly id: string;
      readonly code: string;
      readonly location: string;
      readonly definition: unknown;
    }
    const codes =
      /^jsonata-(syntax|syntax-nested|unclosed|unopened|bare-reference|root-reference|erroroutput-outside-catch)$/;
    const mutants = readFileSync(new URL("mutants.jsonl", corpus), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Mutant)
      .filter(({ code }) => codes.test(code));

    test.each(mutants)("$id is caught", ({ location, definition }) => {
      const keys = location.split("/").slice(1);
      const value = keys.reduce<unknown>(
        (inner, key) => (inner as { readonly [key: string]: unknown })[key],
        definition,
      );
      const place = keys.reduce<Place | undefined>((outer, key) => ({ outer, key }), undefined);
      expect(found(value, ["result"], {}, place)).toHaveLength(1);
    });
  },
);

test("a member of $states that is nearly one is named", () => {
  const findings = new Findings();
  new JsonataChecker(findings).check("{% $states.contxt.Execution.Id %}", output);
  expect(findings.all).toMatchObject([
    {
      code: "unknown_states_member",
      message: 'expected a member of $states, which are input, context, result, errorOutput, got "contxt"',
      hint: "did you mean $states.context?",
    },
  ]);
});

test("what is too much to read is told once", () => {
  const values = Array.from(
    { length: 40 },
    (_, index) => `{% $f(function($x) { '${String(index).repeat(30_000)}' }) %}`,
  );
  expect(found(values).filter((said) => said.startsWith("not_checked"))).toHaveLength(1);
});
