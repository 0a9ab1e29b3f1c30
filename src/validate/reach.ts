import { editDistance, nearest } from "../language/nearest.js";
import { isMembers, type Members } from "./check-object.js";
import type { Checker } from "./checker.js";
import type { Place } from "./place.js";

/** The states of one machine, branch or processor. */
export interface Scope {
  readonly startAt: unknown;
  readonly states: Members;
  /** Place of the object that has `States`; `undefined` for the machine. */
  readonly place: Place | undefined;
  /** Whether it is not known where the states lead to: then what cannot be reached cannot be told. */
  readonly isUncertain: boolean;
}

/** Targets that are not there, machines that never end, and states that nothing leads to; in AWS's order. */
export function checkReach(scope: Scope, checker: Checker): void {
  const { states, startAt, place } = scope;
  const has = (name: unknown): boolean => typeof name === "string" && Object.hasOwn(states, name);
  const reached = new Set<string>();
  let isUncertain = scope.isUncertain || checker.isOpen(startAt);
  if (typeof startAt === "string" && !checker.isOpen(startAt)) {
    if (has(startAt)) reached.add(startAt);
    else {
      isUncertain = true;
      missing(startAt, { outer: place, key: "StartAt" }, states, checker);
    }
  }
  const outer = { outer: place, key: "States" };
  let hasEnd = false;
  for (const name of Object.keys(states)) {
    const state = states[name];
    if (!isMembers(state)) continue;
    hasEnd ||= isTerminal(state);
    eachTarget(state, (target, key, list, index) => {
      if (checker.isOpen(target)) isUncertain = true;
      else if (!has(target)) missing(target, placeOf({ outer, key: name }, key, list, index), states, checker);
    });
  }
  if (isUncertain) return;
  // AWS does not look for what is out of reach where nothing ends.
  if (!hasEnd) {
    checker.add("MISSING_END_STATE", "Workflow has no terminal state", place, "States", "nowhere");
    return;
  }
  follow(reached, states);
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) {
      const message = `State "${name}" is not reachable.`;
      checker.findings.add({ code: "MISSING_TRANSITION_TARGET", message, place: { outer, key: name }, isKey: true });
    }
  }
}

function missing(name: string, place: Place, states: Members, checker: Checker): void {
  if (checker.findings.isFull) return;
  const message = `Missing 'Next' target: ${name}`;
  checker.add("MISSING_TRANSITION_TARGET", message, place, undefined, undefined, nearestState(name, states));
}

/** States among which the nearest name is looked for. */
const mostCompared = 200;

function nearestState(name: string, states: Members): string | undefined {
  const [near] = nearest(name, Object.keys(states).slice(0, mostCompared), 1);
  return near !== undefined && editDistance(name, near) <= 2 ? `did you mean ${near}?` : undefined;
}

function isTerminal(state: Members): boolean {
  return state["End"] === true || state["Type"] === "Succeed" || state["Type"] === "Fail";
}

function follow(reached: Set<string>, states: Members): undefined {
  const reach = (target: string): undefined => {
    reached.add(target);
  };
  // A set that grows is walked to its new end.
  for (const name of reached) {
    const state = Object.hasOwn(states, name) ? states[name] : undefined;
    if (isMembers(state)) eachTarget(state, reach);
  }
}

/** What is told of a target: its name, the field that has it, and where that stands in a rule, the list and the rule's index. */
type Visit = (target: string, key: "Next" | "Default", list?: "Choices" | "Catch", index?: number) => undefined;

const lists = ["Choices", "Catch"] as const;

/** Tells of the states that a state names as those that follow it. */
function eachTarget(state: Members, visit: Visit): undefined {
  const isChoice = state["Type"] === "Choice";
  const { Next: next, Default: otherwise } = state;
  if (!isChoice && typeof next === "string") visit(next, "Next");
  for (const list of lists) {
    const rules = state[list];
    if (!Array.isArray(rules)) continue;
    for (let index = 0; index < rules.length; index++) {
      const rule: unknown = rules[index];
      if (isMembers(rule) && typeof rule["Next"] === "string") visit(rule["Next"], "Next", list, index);
    }
  }
  if (isChoice && typeof otherwise === "string") visit(otherwise, "Default");
}

function placeOf(state: Place, key: string, list: string | undefined, index = 0): Place {
  return list === undefined
    ? { outer: state, key }
    : { outer: { outer: { outer: state, key: list }, key: index }, key };
}
