import { unreachable } from "../language/asl.js";
import type { PlannedState } from "./plan.js";
import type { PlanIssue } from "./plan-issue.js";

/** A state that another one names, and the field that does it. */
interface Target {
  readonly name: string;
  readonly field: string;
}

function targetsOf(state: PlannedState): readonly Target[] {
  switch (state.type) {
    case "Pass":
    case "Wait":
      return nextOf(state);
    case "Task":
      return [
        ...nextOf(state),
        ...state.recovery.catchers.map(({ next }, index) => ({ name: next, field: `Catch[${index}]/Next` })),
      ];
    case "Choice":
      return [
        ...state.options.map(({ next }, index) => ({ name: next, field: `Choices[${index}]/Next` })),
        ...(state.otherwise === undefined ? [] : [{ name: state.otherwise, field: "Default" }]),
      ];
    case "Succeed":
    case "Fail":
      return [];
    default:
      return unreachable(state, "planned state");
  }
}

function nextOf({ next }: { readonly next: string | undefined }): readonly Target[] {
  return next === undefined ? [] : [{ name: next, field: "Next" }];
}

function isTerminal(state: PlannedState): boolean {
  return state.type === "Succeed" || state.type === "Fail" || (state.type !== "Choice" && state.next === undefined);
}

/** Targets that are not there, states that nothing leads to, and machines that never end; in AWS's words. */
export function checkReach(startAt: string, states: ReadonlyMap<string, PlannedState>): readonly PlanIssue[] {
  const issues: PlanIssue[] = [];
  if (!states.has(startAt)) issues.push(missingTarget(startAt, "/StartAt"));
  for (const [name, state] of states) {
    for (const target of targetsOf(state)) {
      if (!states.has(target.name)) issues.push(missingTarget(target.name, `/States/${name}/${target.field}`));
    }
  }
  // AWS does not look for what is out of reach where nothing ends.
  if (![...states.values()].some(isTerminal)) {
    return [...issues, { code: "MISSING_END_STATE", message: "Workflow has no terminal state" }];
  }
  const reached = reachable(startAt, states);
  for (const name of states.keys()) {
    if (reached.has(name)) continue;
    issues.push({
      code: "MISSING_TRANSITION_TARGET",
      message: `State "${name}" is not reachable.`,
      location: `/States/${name}`,
    });
  }
  return issues;
}

function missingTarget(name: string, location: string): PlanIssue {
  return { code: "MISSING_TRANSITION_TARGET", message: `Missing 'Next' target: ${name}`, location };
}

function reachable(startAt: string, states: ReadonlyMap<string, PlannedState>): ReadonlySet<string> {
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (state === undefined) continue;
    // A set that grows is walked to its new end.
    for (const target of targetsOf(state)) reached.add(target.name);
  }
  return reached;
}
