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

interface Target {
  readonly name: string;
  readonly place: Place;
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
      missing(startAt, { outer: place, key: "StartAt" }, checker);
    }
  }
  const outer = { outer: place, key: "States" };
  let hasEnd = false;
  for (const name of Object.keys(states)) {
    const state = states[name];
    if (!isMembers(state)) continue;
    hasEnd ||= isTerminal(state);
    for (const target of targetsOf(state, { outer, key: name })) {
      if (checker.isOpen(target.name)) isUncertain = true;
      else if (!has(target.name)) missing(target.name, target.place, checker);
    }
  }
  if (isUncertain) return;
  // AWS does not look for what is out of reach where nothing ends.
  if (!hasEnd) {
    checker.add("MISSING_END_STATE", "Workflow has no terminal state", place, "States", "nowhere");
    return;
  }
  follow(reached, states, outer);
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) {
      checker.add("MISSING_TRANSITION_TARGET", `State "${name}" is not reachable.`, outer, name);
    }
  }
}

function missing(name: string, place: Place, checker: Checker): void {
  checker.add("MISSING_TRANSITION_TARGET", `Missing 'Next' target: ${name}`, place);
}

function isTerminal(state: Members): boolean {
  return state["End"] === true || state["Type"] === "Succeed" || state["Type"] === "Fail";
}

function follow(reached: Set<string>, states: Members, outer: Place): void {
  // A set that grows is walked to its new end.
  for (const name of reached) {
    const state = Object.hasOwn(states, name) ? states[name] : undefined;
    if (isMembers(state)) for (const target of targetsOf(state, { outer, key: name })) reached.add(target.name);
  }
}

/** The states that a state names as those that follow it. */
function targetsOf(state: Members, place: Place): readonly Target[] {
  const targets: Target[] = [];
  const add = (owner: Members, key: string, at: Place): void => {
    const name = owner[key];
    if (typeof name === "string") targets.push({ name, place: { outer: at, key } });
  };
  if (state["Type"] !== "Choice") add(state, "Next", place);
  for (const list of ["Choices", "Catch"]) {
    const rules = state[list];
    if (!Array.isArray(rules)) continue;
    for (const [index, rule] of rules.entries()) {
      if (isMembers(rule)) add(rule, "Next", { outer: { outer: place, key: list }, key: index });
    }
  }
  if (state["Type"] === "Choice") add(state, "Default", place);
  return targets;
}
