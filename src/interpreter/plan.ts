import type { Json } from "../language/json.js";
import { isObject } from "./data.js";
import { FieldReader } from "./field-reader.js";
import type { PlanIssue } from "./plan-issue.js";
import { type PlannedChoice, planChoice } from "./states/choice.js";
import { type PlannedFail, planFail } from "./states/fail.js";
import { type PlannedPass, planPass } from "./states/pass.js";
import { type PlannedSucceed, planSucceed } from "./states/succeed.js";
import { type PlannedTask, planTask } from "./states/task.js";
import { type PlannedWait, planWait } from "./states/wait.js";
import type { TaskCatalogue } from "./task-catalogue.js";

/** A state made ready to run; one more kind is one more member here. */
export type PlannedState = PlannedPass | PlannedTask | PlannedChoice | PlannedWait | PlannedSucceed | PlannedFail;

/** A definition made ready to run: paths read, templates prepared. */
export interface Plan {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, PlannedState>;
  readonly timeoutSeconds: number | undefined;
}

/** A plan, or all that stands in its way. */
export type Planned =
  | { readonly plan: Plan; readonly issues?: undefined }
  | { readonly plan?: undefined; readonly issues: readonly [PlanIssue, ...PlanIssue[]] };

/**
 * Prepares a definition, once. What the engine does not run is an issue that names it: nothing is left to fail at run time.
 *
 * @param definition - one that the validator finds no error in: what the language asks of its fields is not looked at again
 */
export function plan(definition: Json, catalogue: TaskCatalogue): Planned {
  const issues: PlanIssue[] = [];
  const planned = planMachine(new FieldReader(isObject(definition) ? definition : {}, "/", issues), catalogue);
  const [first, ...rest] = issues;
  return first === undefined ? { plan: planned } : { issues: [first, ...rest] };
}

function planMachine(reader: FieldReader, catalogue: TaskCatalogue): Plan {
  const startAt = reader.target("StartAt");
  const timeoutSeconds = reader.number("TimeoutSeconds");
  const states = reader.object("States") ?? reader.refuse("expected an object of states", "States");
  return {
    startAt,
    states: isInJsonPath(reader) && states !== undefined ? planStates(states, catalogue) : new Map(),
    timeoutSeconds,
  };
}

/** Notes another query language, by which the fields are not to be judged then. */
function isInJsonPath(reader: FieldReader): boolean {
  if (reader.raw("QueryLanguage") !== "JSONata") return true;
  reader.refuse('query language "JSONata" is not run by the embedded service yet');
  return false;
}

function planStates(states: FieldReader, catalogue: TaskCatalogue): ReadonlyMap<string, PlannedState> {
  const planned = new Map<string, PlannedState>();
  for (const name of Object.keys(states.fields)) {
    const fields = states.object(name) ?? states.refuse("expected a state", name);
    const state = fields === undefined ? undefined : planState(fields, catalogue);
    if (state !== undefined) planned.set(name, state);
  }
  return planned;
}

/** Types of states that have `Next` or `End`. */
const goesOn: ReadonlySet<string> = new Set(["Pass", "Task", "Wait"]);

function planState(reader: FieldReader, catalogue: TaskCatalogue): PlannedState | undefined {
  if (!isInJsonPath(reader)) return undefined;
  const type = reader.raw("Type");
  // The state that follows; none at the end.
  const next = reader.text("Next");
  if (next === undefined && reader.raw("End") !== true && goesOn.has(String(type)))
    reader.refuse("this state neither goes on nor ends");
  switch (type) {
    case "Pass":
      return planPass(reader, next);
    case "Task":
      return planTask(reader, next, catalogue);
    case "Wait":
      return planWait(reader, next);
    case "Choice":
      return planChoice(reader);
    case "Succeed":
      return planSucceed(reader);
    case "Fail":
      return planFail(reader);
    default:
      return reader.refuse(`state type ${JSON.stringify(type)} is not run by the embedded service yet`);
  }
}
