import type { Json } from "../language/json.js";
import { select } from "./data-flow.js";
import { evaluationFailure, Failure } from "./failure.js";
import type { FieldReader } from "./field-reader.js";
import { evaluateTyped } from "./jsonata/evaluate.js";
import type { Expression } from "./jsonata/expression.js";
import type { Path } from "./paths/path.js";
import type { Visit } from "./snapshot.js";
import type { Turn } from "./turn.js";

/** A number that stands in the definition, or is found when the state runs. */
export interface Amount {
  /** Without `Path`: `TimeoutSeconds`. */
  readonly field: string;
  readonly source: number | Path | Expression;
}

/** The number that was found, or AWS's words for a value that is not what the field takes. JSONata has no `path`. */
export type AmountRule = (found: Json, path: string | undefined) => number | Failure;

/** Reads `X`, `XPath`, or JSONata in `X`. */
export function planAmount(reader: FieldReader, field: string): Amount | undefined {
  const source = reader.number(field) ?? reader.expression(field) ?? reader.pathTo(`${field}Path`);
  return source === undefined ? undefined : { field, source };
}

/** The number; `undefined` where the state has none. */
export function amountOf(
  amount: Amount | undefined,
  rule: AmountRule,
  turn: Turn,
  visit: Visit,
  input: Json = visit.input.value,
): number | undefined | Failure {
  if (amount === undefined) return undefined;
  const { field, source } = amount;
  if (typeof source === "number") return source;
  if (source.kind === "jsonata") return amountInJsonata(source, field, rule, turn, visit);
  const found = select(source, turn, visit, input);
  return found instanceof Failure ? found : rule(found, source.text);
}

function amountInJsonata(
  source: Expression,
  field: string,
  rule: AmountRule,
  turn: Turn,
  visit: Visit,
): number | Failure {
  const found = evaluateTyped(source, turn.bindings(visit), field, "number");
  if (found instanceof Failure) return found;
  const amount = rule(found, undefined);
  return amount instanceof Failure ? evaluationFailure(amount.cause ?? "", field) : amount;
}
