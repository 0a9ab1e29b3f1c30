import { authoredState } from "../../states/step.js";
import { catchRulesOf, type Edge, type Node } from "../link.js";

/** Variables that an author sets at one place of a state. */
export interface Assignment {
  /** As it was given: values by names, which may end in `.$`. */
  readonly given: object;
  /** Where it stands in the state. */
  readonly at: readonly (string | number)[];
}

interface Given {
  readonly assign?: unknown;
  readonly catch?: unknown;
  readonly choices?: readonly { readonly assign?: unknown }[];
}

const none: readonly Assignment[] = [];

/** All that an author sets in a state: with its result, in its catchers and in its rules. */
export function assignmentsOf(node: Node): readonly Assignment[] {
  const { assign, catch: caught, choices } = authoredState(node.step).options as Given;
  if (assign === undefined && caught === undefined && choices === undefined) return none;
  const found: Assignment[] = [];
  const add = (given: unknown, at: Assignment["at"]): void => {
    if (typeof given === "object" && given !== null) found.push({ given, at });
  };
  add(assign, ["Assign"]);
  for (const [index, rule] of catchRulesOf(node).entries()) add(rule?.assign, ["Catch", index, "Assign"]);
  for (const [index, rule] of (choices ?? []).entries()) add(rule?.assign, ["Choices", index, "Assign"]);
  return found;
}

/** What is set on the way along an edge. The rule of a Choice sets its own alone: what the state sets is for the default. */
export function assignedOn({ from, kind, index }: Edge): object | undefined {
  const { assign, choices } = authoredState(from.step).options as Given;
  const given =
    kind === "catch" ? catchRulesOf(from)[index]?.assign : choices?.[index] ? choices[index]?.assign : assign;
  return typeof given === "object" && given !== null ? given : undefined;
}

/** The names of the variables that are set. */
export function namesIn(given: object): readonly string[] {
  const members = Object.entries(given).filter(([, value]) => value !== undefined);
  return members.map(([key]) => (key.endsWith(".$") ? key.slice(0, -2) : key));
}
