import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { intrinsicFunctions } from "../../src/expression/intrinsic-parser.js";
import { Failure } from "../../src/interpreter/failure.js";
import { FieldReader } from "../../src/interpreter/field-reader.js";
import { evaluateCall, planCall } from "../../src/interpreter/intrinsics/call.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";
import type { Scope } from "../../src/interpreter/paths/scope.js";
import { Random } from "../../src/interpreter/random.js";
import { holds, planRule } from "../../src/interpreter/states/choice-rule.js";
import type { Json, JsonObject } from "../../src/language/json.js";

const file = new URL("../../../shared/reference/aws-observed.json", import.meta.url);

interface Observed {
  readonly intrinsics: { readonly [name: string]: readonly (readonly [input: Json, result: Json])[] };
  readonly choice: { readonly [name: string]: readonly (readonly [variable: Json, operand: Json, matched: boolean])[] };
}

const observed: Observed = existsSync(file)
  ? (JSON.parse(readFileSync(file, "utf8")) as Observed)
  : { intrinsics: {}, choice: {} };

function scopeOf(input: Json): Scope {
  return {
    input,
    context: () => ({ Execution: { Input: input } }),
    variables: {},
    random: new Random(""),
    budget: new QueryBudget(),
  };
}

/** `array_get_item` as `ArrayGetItem`. */
function camel(name: string): string {
  return name
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

const context = "_context_object";
const argumentNames = ["fst", "snd", "trd"];

/**
 * The call that an observation was made of. A name ends with the number of arguments where it may vary; what the recorder wrote around
 * them stands in the recordings.
 */
function callOf(name: string, input: Json): string | undefined {
  const root = name.endsWith(context) ? "$$.Execution.Input.v" : "$.v";
  const [, base = "", count] = /^(.*?)(?:_(\d))?$/.exec(name.replace(context, "")) ?? [];
  const called = `States.${camel(base)}`;
  if (!(called in intrinsicFunctions)) return undefined;
  const members =
    typeof input === "object" && input !== null ? argumentNames.filter((member) => Object.hasOwn(input, member)) : [];
  let args = members.length === 0 ? [root] : members.map((member) => `${root}.${member}`);
  if (count !== undefined && members.length === 0) args = args.slice(0, Number(count));
  if (called === "States.Format") {
    const template = members.length === 0 ? " {}." : `s ${members.map((member) => `${member}={}`).join(" and ")}.`;
    args.unshift(`'Formatting argument${template}'`);
  }
  if (called === "States.JsonMerge") args.push("false");
  if (called === "States.StringSplit" && args.length === 1) args.push("','");
  return `${called}(${args.join(", ")})`;
}

describe.skipIf(!existsSync(file))("what AWS was seen to do", () => {
  const groups = Object.entries(observed.intrinsics).flatMap(([name, cases]) =>
    cases.flatMap(([input, result]) => {
      const call = callOf(name, input);
      return call === undefined ? [] : [{ call, input, result }];
    }),
  );

  test.each(groups)("$call of $input is $result", ({ call, input, result }) => {
    const planned = planCall(call);
    if ("message" in planned) throw new Error(planned.message);
    expect(evaluateCall(planned, scopeOf({ v: input }))).toEqual(result);
  });

  test("is known of all functions but those of chance", () => {
    const seen = new Set(groups.map(({ call }) => call.slice(0, call.indexOf("("))));
    const unseen = Object.keys(intrinsicFunctions).filter((name) => !seen.has(name));
    expect(unseen).toEqual(["States.ArrayUnique", "States.MathRandom", "States.UUID"]);
  });

  const rules = Object.entries(observed.choice).flatMap(([name, cases]) =>
    cases.map(([variable, operand, matched]) => ({ operator: camel(name), variable, operand, matched })),
  );

  test.each(rules)("$variable $operator $operand is $matched", ({ operator, variable, operand, matched }) => {
    const rule: JsonObject = { Variable: "$.v", [operator]: operator.endsWith("Path") ? "$.w" : operand };
    const planned = planRule(new FieldReader(rule, "/", []));
    const held = holds(planned, scopeOf({ v: variable, w: operand }));
    expect(held instanceof Failure ? held.cause : held).toBe(matched);
  });
});
