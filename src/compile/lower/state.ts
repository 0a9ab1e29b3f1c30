import type { QueryLanguage, StateType } from "../../language/asl.js";
import { type Issue, issue, shown } from "../../language/errors.js";
import type { Json } from "../../language/json.js";
import { nearest } from "../../language/nearest.js";
import { authoredState } from "../../states/step.js";
import { type Node, pathOf } from "../link.js";
import { Path } from "../path.js";
import { writeFieldsInJsonata } from "./fields-in-jsonata.js";
import { writeFieldsInJsonPath } from "./fields-in-jsonpath.js";
import { namesInOrder, optionOf, optionsOf } from "./options.js";
import type { Places } from "./places.js";
import type { Scopes } from "./scopes.js";

type Given = Readonly<Record<string, unknown>>;

/** Options that say how a state is placed or made, and are no field of their own. */
const placing: { readonly [T in StateType]?: ReadonlySet<string> } = {
  Choice: new Set(["otherwise"]),
  Map: new Set(["mode", "executionType", "iteration"]),
};

/**
 * Writes one state, its fields in the order of the language's table; without what the flow adds.
 *
 * @param machine - the query language that the machine names
 */
export function lowerState(
  node: Node,
  places: Places,
  scopes: Scopes,
  machine: QueryLanguage | undefined,
): Record<string, Json> {
  const given = authoredState(node.step).options as Given;
  const names = namesInOrder(node.type, given);
  const write = { node, given, names, places, scopes, path: new Path(node.scope.path, node.step.name) };
  const state = node.language === "JSONata" ? writeFieldsInJsonata(write) : writeFieldsInJsonPath(write);
  const { issues } = places;
  const last = names.at(-1);
  if (last !== undefined && optionOf(node.type, last) === undefined) reportUnknown(node, given, issues);
  checkCombination(node, given, issues);
  if (machine === "JSONata" && node.language === "JSONPath") {
    const message = "the workflow is in JSONata, and AWS takes no state of JSONPath in it";
    issues.push(issue("conflicting_options", write.path.below("QueryLanguage").keys, message));
  }
  return state;
}

function reportUnknown(node: Node, given: Given, issues: Issue[]): void {
  const { type } = node;
  const known = new Set(optionsOf[type].map(({ name }) => name));
  for (const [name, value] of Object.entries(given)) {
    if (known.has(name) || value === undefined || placing[type]?.has(name) === true) continue;
    if (name === "output" && type !== "Fail") {
      if (node.language === "JSONPath") reportOutput(node, issues);
      continue;
    }
    const near = nearest(name, known).map(shown).join(", ");
    const message = `${type} has no option ${shown(name)}; the nearest are ${near}`;
    issues.push(issue("unknown_option", [...pathOf(node), name], message));
  }
}

function reportOutput(node: Node, issues: Issue[]): void {
  const hint = 'set `queryLanguage: "JSONata"` for this step, or use parameters, resultSelector and outputPath';
  const message = "output is a field of JSONata";
  issues.push(issue("unsupported_in_jsonpath", [...pathOf(node), "Output"], message, hint));
}

/** Options of which at most one may be set, and whether one must be. */
const alternatives: {
  readonly [T in StateType]?: readonly { readonly names: readonly string[]; readonly isNeeded?: true }[];
} = {
  Task: [{ names: ["timeoutSeconds", "timeoutSecondsPath"] }, { names: ["heartbeatSeconds", "heartbeatSecondsPath"] }],
  Fail: [{ names: ["error", "errorPath"] }, { names: ["cause", "causePath"] }],
  Wait: [{ names: ["seconds", "secondsPath", "timestamp", "timestampPath"], isNeeded: true }],
  Parallel: [{ names: ["branches"], isNeeded: true }],
  Map: [{ names: ["processor"], isNeeded: true }, { names: ["maxConcurrency", "maxConcurrencyPath"] }],
  Choice: [{ names: ["choices"], isNeeded: true }],
};

/** What a state needs, where naming the option would not help. */
const needs: { readonly [T in StateType]?: readonly [message: string, hint: string] } = {
  Choice: [
    "Choice needs a rule",
    "add one with .when(rule, next): it returns a new Choice, and leaves the old one as it is",
  ],
};

function isEmptyList({ type, inner }: Node, { branches, choices }: Given): boolean {
  if (type === "Parallel") return inner.length === 0 && (branches === null || Array.isArray(branches));
  return type === "Choice" && Array.isArray(choices) && choices.length === 0;
}

function checkCombination(node: Node, given: Given, issues: Issue[]): void {
  if (node.type === "Task" && given["resource"] === undefined) {
    issues.push(issue("missing_resource", [...pathOf(node), "Resource"], "expected the ARN of what the task calls"));
  }
  const { timeoutSeconds, heartbeatSeconds } = given;
  if (
    typeof timeoutSeconds === "number" &&
    typeof heartbeatSeconds === "number" &&
    heartbeatSeconds >= timeoutSeconds
  ) {
    const message = `expected less than the timeout of ${timeoutSeconds} s, got ${heartbeatSeconds}`;
    issues.push(issue("invalid_number", [...pathOf(node), "HeartbeatSeconds"], message));
  }
  for (const { names, isNeeded } of alternatives[node.type] ?? []) {
    let count = 0;
    for (const name of names) if (given[name] !== undefined) count++;
    if (count > 1) {
      const set = names.filter((name) => given[name] !== undefined);
      issues.push(issue("conflicting_options", pathOf(node), `${set.join(" and ")} are both set`));
    }
    if (isNeeded === true && (count === 0 || isEmptyList(node, given))) {
      const [message, hint] = needs[node.type] ?? [`${node.type} needs ${names.join(" or ")}`];
      issues.push(issue("missing_option", pathOf(node), message, hint));
    }
  }
}
