import { Failure } from "../../src/interpreter/failure.js";
import type { Bindings } from "../../src/interpreter/jsonata/bindings.js";
import { evaluateExpression } from "../../src/interpreter/jsonata/evaluate.js";
import { planExpression } from "../../src/interpreter/jsonata/expression.js";
import { Random } from "../../src/interpreter/random.js";
import type { Json } from "../../src/language/json.js";

/** What an expression of a state sees. */
export function bindings(given: Partial<Bindings> = {}): Bindings {
  return {
    input: { a: 1, list: [1, 2, 3], "b c": { d: null } },
    context: () => ({ State: { Name: "S" } }),
    variables: { x: 7 },
    random: new Random("seed"),
    now: 86_400_000,
    ...given,
  };
}

/** The value of an expression of the field `Output`; the cause where there is none. */
export function evaluate(text: string, given: Partial<Bindings> = {}): Json {
  const planned = planExpression(`{% ${text} %}`);
  if (planned === undefined || "message" in planned) throw new Error(`not planned: ${planned?.message}`);
  const value = evaluateExpression(planned, bindings(given), "Output");
  return value instanceof Failure ? (value.cause ?? "") : value;
}
