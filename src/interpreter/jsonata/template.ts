import type { Json } from "../../language/json.js";
import type { Failure } from "../failure.js";
import type { TemplateProblem } from "../template.js";
import type { Bindings } from "./bindings.js";

export interface JsonataTemplate {
  readonly value: Json;
}

export function planJsonataTemplate(value: Json, _problems: TemplateProblem[]): JsonataTemplate {
  return { value };
}

export function fillJsonataTemplate(template: JsonataTemplate, _bindings: Bindings, _field: string): Json | Failure {
  return template.value;
}
