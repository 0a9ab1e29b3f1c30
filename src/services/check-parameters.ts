import { described } from "../expression/described.js";
import { expressionInText } from "../expression/jsonata-literal.js";
import { isPlaceholder } from "../expression/placeholder.js";
import { shown } from "../language/errors.js";
import type { Integration } from "../language/integrations.js";
import { isPlainObject } from "../language/json.js";
import { nearest } from "../language/nearest.js";
import { isDeferred } from "../states/deferred.js";
import type { Problems } from "./problems.js";

/** The request of a call, or `undefined` with an issue for what can be none: JSONata itself takes any value as `Arguments`. */
export function requestOf(parameters: unknown, problems: Problems): unknown {
  if (parameters === undefined || isOpen(parameters) || isPlainObject(parameters)) return parameters;
  const hint = "give an object whose values are JSON or placeholders; JSONata takes a placeholder or {% … %} as well";
  problems.add("invalid_template", ["Parameters"], `expected an object, got ${described(parameters)}`, hint);
  return undefined;
}

/** What a service asks of parameters together, or of what stands in one; `call` is its name. */
export type CheckRequest = (request: Readonly<Record<string, unknown>>, problems: Problems, call: string) => void;

/** What is given under a name, be it as a path; `undefined` where nothing is. */
export function parameterIn(request: Readonly<Record<string, unknown>>, name: string): unknown {
  return request[name] ?? request[`${name}.$`];
}

/** An object whose members can be read now. */
export function isKnownObject(value: unknown): value is Record<string, unknown> {
  return isPlainObject(value) && !isOpen(value);
}

/** Whether what a value stands for is not known yet. */
export function isOpen(value: unknown): boolean {
  if (isPlaceholder(value) || isDeferred(value)) return true;
  return typeof value === "string" && expressionInText(value) !== undefined;
}

/** Finds what AWS would refuse in the parameters of a call: one that it needs and is missing, one that it does not know. */
export function checkParameters(
  call: string,
  { required, optional }: Integration,
  given: { readonly parameters?: unknown; readonly checkParameters?: unknown },
  problems: Problems,
  check?: CheckRequest,
): void {
  const { parameters = {}, checkParameters: isChecked = true } = given;
  if (typeof isChecked !== "boolean") {
    problems.add("invalid_argument", ["checkParameters"], `expected true or false, got ${described(isChecked)}`);
  }
  if (isChecked === false || !isKnownObject(parameters)) return;
  const keys = Object.keys(parameters).filter((key) => parameters[key] !== undefined);
  const names = new Set(keys.map(nameOf));
  for (const name of required) {
    if (!names.has(name)) problems.add("missing_parameter", ["Parameters", name], `${call} needs ${name}`);
  }
  check?.(parameters, problems, call);
  const known = new Set([...required, ...optional]);
  for (const key of keys) {
    if (known.has(nameOf(key))) continue;
    const near = nearest(nameOf(key), known).map(shown).join(", ");
    problems.add(
      "unknown_parameter",
      ["Parameters", key],
      `${call} has no parameter ${shown(key)}; the nearest are ${near}`,
    );
  }
}

/** A path under a key that ends in `.$` is the value of what stands before. */
function nameOf(key: string): string {
  return key.endsWith(".$") ? key.slice(0, -2) : key;
}
