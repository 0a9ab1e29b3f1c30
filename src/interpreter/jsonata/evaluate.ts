import type { Json } from "../../language/json.js";
import { evaluationFailure, type Failure } from "../failure.js";
import type { Bindings } from "./bindings.js";
import type { Expression } from "./expression.js";

export function evaluateExpression(expression: Expression, _bindings: Bindings, field: string): Json | Failure {
  return evaluationFailure(expression.text, field);
}
