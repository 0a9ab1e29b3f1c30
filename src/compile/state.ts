import type { State, StateType } from "../language/asl.js";
import { issue, shown } from "../language/errors.js";
import { type Field, fieldsOf, stateTypes } from "../language/fields.js";
import type { Json } from "../language/json.js";
import { limits } from "../language/limits.js";
import { nearest } from "../language/nearest.js";
import { isDeferred } from "../states/deferred.js";
import { authoredState } from "../states/step.js";
import type { Node } from "./link.js";
import { lowerPath, lowerResultPath } from "./paths.js";
import { lowerCatchers, lowerRetriers } from "./recovery.js";
import { lowerConstant, lowerTemplate, type Place } from "./template.js";

type Path = readonly (string | number)[];

/** Options that are pairs: at most one of each may be set. */
const alternatives: readonly (readonly [string, string])[] = [
  ["timeoutSeconds", "timeoutSecondsPath"],
  ["heartbeatSeconds", "heartbeatSecondsPath"],
  ["error", "errorPath"],
  ["cause", "causePath"],
];

/** A field that an author sets, under the option's name: `resultPath` sets `ResultPath`. */
interface Option {
  readonly name: string;
  readonly field: string;
  readonly description: Field;
}

/** The options of each kind of state, in the order in which their fields are written. */
const optionsOf = Object.fromEntries(
  stateTypes.map((type) => [
    type,
    fieldsOf(type)
      // The rest comes from the step's kind and place.
      .filter(([, { kind, only }]) => kind !== "constant" && kind !== "name" && only !== "JSONata")
      .map(([field, description]) => ({ name: field.charAt(0).toLowerCase() + field.slice(1), field, description })),
  ]),
) as unknown as { readonly [T in StateType]: readonly Option[] };

/** Writes one state, its fields in the order of the language's table. */
export function lowerState(node: Node, place: Place): State {
  const { type, options } = authoredState(node.step);
  const given = options as Readonly<Record<string, unknown>>;
  const path: Path = ["States", node.step.name];
  const state: Record<string, Json> = { Type: type };
  let seen = 0;
  for (const { name, field, description } of optionsOf[type]) {
    const value = given[name];
    if (value === undefined) continue;
    seen++;
    state[field] = lowerField(value, description, node, place, [...path, field]);
  }
  if (seen < Object.keys(given).length) reportUnknown(node, given, place);
  checkCombination(type, given, path, place);
  if (node.next !== undefined) state["Next"] = node.next.name;
  else if (type !== "Succeed" && type !== "Fail" && type !== "Choice") state["End"] = true;
  return state as unknown as State;
}

function lowerField(value: unknown, field: Field, node: Node, place: Place, path: Path): Json {
  switch (field.kind) {
    case "template":
      return lowerTemplate(value, place, path);
    case "json":
      return lowerConstant(value, place, path);
    case "path":
      return lowerPath(value, place, path);
    case "resultPath":
      return lowerResultPath(value, place, path);
    case "number":
      return lowerNumber(value, place, path);
    case "text":
      return lowerText(value, place, path);
    case "retry":
      return lowerRetriers(value, place, path);
    case "catch":
      return lowerCatchers(value, node, place, path);
    default:
      place.issues.push(issue("unknown_option", path, `${field.kind} cannot be set here`));
      return null;
  }
}

function lowerNumber(value: unknown, place: Place, path: Path): Json {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value < limits.number) return value;
  const message = `expected a whole number from 1 to ${limits.number - 1}, got ${shown(value)}`;
  place.issues.push(issue("invalid_number", path, message));
  return 1;
}

function lowerText(value: unknown, place: Place, path: Path): Json {
  if (typeof value === "string") return value;
  if (isDeferred(value)) return place.resolve(value, path);
  place.issues.push(issue("invalid_text", path, `expected a text, got ${shown(value)}`));
  return "";
}

function reportUnknown(node: Node, given: Readonly<Record<string, unknown>>, place: Place): void {
  const { type } = authoredState(node.step);
  const known = new Set(optionsOf[type].map(({ name }) => name));
  for (const [name, value] of Object.entries(given)) {
    if (known.has(name) || value === undefined) continue;
    const message = `${type} has no option ${shown(name)}; the nearest are ${nearest(name, known).map(shown).join(", ")}`;
    place.issues.push(issue("unknown_option", ["States", node.step.name, name], message));
  }
}

function checkCombination(type: string, given: Readonly<Record<string, unknown>>, path: Path, place: Place): void {
  if (type === "Task" && given["resource"] === undefined) {
    place.issues.push(issue("missing_resource", [...path, "Resource"], "expected the ARN of what the task calls"));
  }
  if (type !== "Task" && type !== "Fail") return;
  for (const [one, other] of alternatives) {
    if (given[one] !== undefined && given[other] !== undefined) {
      place.issues.push(issue("conflicting_options", path, `${one} and ${other} are both set`));
    }
  }
}
