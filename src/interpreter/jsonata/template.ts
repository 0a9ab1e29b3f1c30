import type { Json, JsonObject } from "../../language/json.js";
import { setOwn } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { Failure } from "../failure.js";
import type { Bindings } from "./bindings.js";
import { evaluateExpression } from "./evaluate.js";
import { type Expression, type ExpressionProblem, isExpressionProblem, planExpression } from "./expression.js";

/** Data with expressions in it: what is constant is kept as it is. */
export type JsonataTemplate =
  | { readonly kind: "constant"; readonly value: Json }
  | Expression
  | { readonly kind: "object"; readonly members: readonly (readonly [key: string, member: JsonataTemplate])[] }
  | { readonly kind: "list"; readonly items: readonly JsonataTemplate[] };

/** An expression of a template that cannot be planned. */
export interface JsonataTemplateProblem {
  /** Where it stands in the template, as AWS names it: `/result/x[0]`. */
  readonly path: string;
  readonly problem: ExpressionProblem;
}

/** Prepares data with expressions in it. Keys are never expressions. Recursion is bounded by the depth that a definition may have. */
export function planJsonataTemplate(value: Json, problems: JsonataTemplateProblem[], path = ""): JsonataTemplate {
  if (typeof value === "string") return planText(value, problems, path);
  if (isList(value)) {
    const items = value.map((item, index) => planJsonataTemplate(item, problems, `${path}[${index}]`));
    return items.every(isConstant) ? { kind: "constant", value } : { kind: "list", items };
  }
  if (!isObject(value)) return { kind: "constant", value };
  const members = Object.entries(value as JsonObject).map(
    ([key, member]) => [key, planJsonataTemplate(member, problems, `${path}/${key}`)] as const,
  );
  return members.every(([, member]) => isConstant(member)) ? { kind: "constant", value } : { kind: "object", members };
}

function planText(value: string, problems: JsonataTemplateProblem[], path: string): JsonataTemplate {
  const planned = planExpression(value);
  if (planned === undefined) return { kind: "constant", value };
  if (!isExpressionProblem(planned)) return planned;
  problems.push({ path, problem: planned });
  return { kind: "constant", value: null };
}

function isConstant(template: JsonataTemplate): boolean {
  return template.kind === "constant";
}

/** The value of a template, or the first failure; `field` is the name of what holds it, which those of its parts begin with. */
export function fillJsonataTemplate(template: JsonataTemplate, bindings: Bindings, field: string): Json | Failure {
  switch (template.kind) {
    case "constant":
      return template.value;
    case "jsonata":
      return evaluateExpression(template, bindings, field);
    case "list": {
      const list: Json[] = [];
      for (const [index, item] of template.items.entries()) {
        const value = fillJsonataTemplate(item, bindings, `${field}[${index}]`);
        if (value instanceof Failure) return value;
        list.push(value);
      }
      return list;
    }
    case "object": {
      const object: Record<string, Json> = {};
      for (const [key, member] of template.members) {
        const value = fillJsonataTemplate(member, bindings, `${field}/${key}`);
        if (value instanceof Failure) return value;
        setOwn(object, key, value);
      }
      return object;
    }
  }
}
