import type { Json } from "../language/json.js";
import { isObject } from "./data.js";
import { FieldReader } from "./field-reader.js";
import type { PlanIssue } from "./plan-issue.js";
import { type PlannedChoice, planChoice } from "./states/choice.js";
import { type PlannedFail, planFail } from "./states/fail.js";
import { type PlannedMap, planMap } from "./states/map.js";
import { type PlannedParallel, planParallel } from "./states/parallel.js";
import { type PlannedPass, planPass } from "./states/pass.js";
import { type PlannedSucceed, planSucceed } from "./states/succeed.js";
import { type PlannedTask, planTask } from "./states/task.js";
import { type PlannedWait, planWait } from "./states/wait.js";
import type { TaskCatalogue } from "./task-catalogue.js";

/** A state made ready to run; one more kind is one more member here. */
export type PlannedState =
  | PlannedPass
  | PlannedTask
  | PlannedChoice
  | PlannedWait
  | PlannedSucceed
  | PlannedFail
  | PlannedParallel
  | PlannedMap;

/** A definition made ready to run: paths read, templates prepared. */
export interface Plan {
  readonly startAt: string;
  /** The states of all scopes: no two of a machine have the same name. */
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
  const planner = new Planner(catalogue, reader.language);
  const startAt = planner.scope(reader);
  return { startAt, states: planner.states, timeoutSeconds: reader.number("TimeoutSeconds") };
}

/** Types of states that have `Next` or `End`. */
const goesOn: ReadonlySet<string> = new Set(["Pass", "Task", "Wait", "Parallel", "Map"]);

class Planner {
  readonly states = new Map<string, PlannedState>();
  private readonly catalogue: TaskCatalogue;
  private readonly language: "JSONPath" | "JSONata";

  constructor(catalogue: TaskCatalogue, language: "JSONPath" | "JSONata") {
    this.catalogue = catalogue;
    this.language = language;
  }

  /** Plans the states of a scope. Recursion is bounded by the depth that a definition may have. */
  readonly scope = (reader: FieldReader): string => {
    const startAt = reader.target("StartAt");
    // What a Parallel or a Map is written in does not concern the states within.
    const states = (reader.object("States") ?? reader.refuse("expected an object of states", "States"))?.within(
      this.language,
    );
    for (const name of Object.keys(states?.fields ?? {})) {
      const fields = states?.object(name) ?? states?.refuse("expected a state", name);
      const state = fields === undefined ? undefined : this.state(fields);
      if (state !== undefined) this.states.set(name, state);
    }
    return startAt;
  };

  private state(reader: FieldReader): PlannedState | undefined {
    const type = reader.raw("Type");
    // The state that follows; none at the end.
    const next = reader.text("Next");
    if (next === undefined && reader.raw("End") !== true && goesOn.has(String(type)))
      reader.refuse("this state neither goes on nor ends");
    switch (type) {
      case "Pass":
        return planPass(reader, next);
      case "Task":
        return planTask(reader, next, this.catalogue);
      case "Wait":
        return planWait(reader, next);
      case "Choice":
        return planChoice(reader);
      case "Succeed":
        return planSucceed(reader);
      case "Fail":
        return planFail(reader);
      case "Parallel":
        return planParallel(reader, next, this.scope);
      case "Map":
        return planMap(reader, next, this.scope);
      default:
        return reader.refuse(`${JSON.stringify(type)} is no type of a state`);
    }
  }
}
