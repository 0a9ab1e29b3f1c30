import { looksLikeIntrinsic } from "../expression/intrinsic-parser.js";
import type { PathProblem } from "../expression/jsonpath.js";
import type { Json } from "../language/json.js";
import { setOwn } from "../language/json.js";
import { isList, isObject } from "./data.js";
import { Failure } from "./failure.js";
import { evaluateCall, type PlannedCall, planCall, readTemplatePath } from "./intrinsics/call.js";
import { type Path, planPath } from "./paths/path.js";
import type { Scope } from "./paths/scope.js";

/** A payload template, prepared: what is constant is kept as it is. */
export type Template =
  | { readonly kind: "constant"; readonly value: Json }
  | { readonly kind: "dynamic"; readonly field: string; readonly source: Path | PlannedCall }
  | { readonly kind: "object"; readonly members: readonly (readonly [key: string, member: Template])[] }
  | { readonly kind: "list"; readonly items: readonly Template[] };

/** Why the engine cannot evaluate what stands at a key of a template. */
export interface TemplateProblem {
  readonly key: string;
  readonly problem: PathProblem;
}

/** Reads a path or a call: what a key that ends in `.$`, `ErrorPath` and `CausePath` take. */
export function planSource(text: string): Path | PlannedCall | PathProblem {
  return looksLikeIntrinsic(text) ? planCall(text) : planPath(text);
}

/** Prepares a payload template. Recursion is bounded by the depth that a definition may have. */
export function planTemplate(value: Json, problems: TemplateProblem[]): Template {
  if (isList(value)) {
    const items = value.map((item) => planTemplate(item, problems));
    return items.every(isConstant) ? { kind: "constant", value } : { kind: "list", items };
  }
  if (!isObject(value)) return { kind: "constant", value };
  const members = Object.entries(value).map(([key, member]) => planMember(key, member, problems));
  return members.every(([, member]) => isConstant(member)) ? { kind: "constant", value } : { kind: "object", members };
}

function isConstant(template: Template): boolean {
  return template.kind === "constant";
}

function planMember(field: string, member: Json, problems: TemplateProblem[]): readonly [string, Template] {
  if (!field.endsWith(".$") || typeof member !== "string") return [field, planTemplate(member, problems)];
  const key = field.slice(0, -2);
  const source = planSource(member);
  if (!("message" in source)) return [key, { kind: "dynamic", field, source }];
  problems.push({ key: field, problem: source });
  return [key, { kind: "constant", value: null }];
}

/** The value of a template. */
export function fillTemplate(template: Template, scope: Scope): Json | Failure {
  switch (template.kind) {
    case "constant":
      return template.value;
    case "dynamic":
      return readSource(template.source, scope, template.field);
    case "list":
      return fillList(template.items, scope);
    case "object":
      return fillObject(template.members, scope);
  }
}

/** The value of a path or a call; `field` is named when it fails. */
export function readSource(source: Path | PlannedCall, scope: Scope, field: string): Json | Failure {
  return source.kind === "path" ? readTemplatePath(source, scope, field) : evaluateCall(source, scope);
}

function fillList(items: readonly Template[], scope: Scope): Json | Failure {
  const list: Json[] = [];
  for (const item of items) {
    const value = fillTemplate(item, scope);
    if (value instanceof Failure) return value;
    list.push(value);
  }
  return list;
}

function fillObject(members: readonly (readonly [string, Template])[], scope: Scope): Json | Failure {
  const object: Record<string, Json> = {};
  for (const [key, member] of members) {
    const value = fillTemplate(member, scope);
    if (value instanceof Failure) return value;
    setOwn(object, key, value);
  }
  return object;
}
