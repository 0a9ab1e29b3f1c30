import type { StateType } from "../language/asl.js";
import { fieldsOf, stateFields } from "../language/fields.js";
import type { Json, JsonObject } from "../language/json.js";
import { isObject } from "./data.js";
import { FieldReader, objectIn } from "./field-reader.js";
import type { PlanIssue } from "./plan-issue.js";
import { checkReach } from "./reach.js";
import { type PlannedChoice, planChoice } from "./states/choice.js";
import { type PlannedFail, planFail } from "./states/fail.js";
import { type PlannedPass, planPass } from "./states/pass.js";
import { type PlannedSucceed, planSucceed } from "./states/succeed.js";
import { type PlannedTask, planTask } from "./states/task.js";
import { type PlannedWait, planWait } from "./states/wait.js";
import type { TaskCatalogue } from "./task-catalogue.js";

/** A state made ready to run; one more kind is one more member here. */
export type PlannedState = PlannedPass | PlannedTask | PlannedChoice | PlannedWait | PlannedSucceed | PlannedFail;

/** A definition made ready to run: paths read, templates prepared, targets checked. */
export interface Plan {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, PlannedState>;
  readonly timeoutSeconds: number | undefined;
}

/** A plan, or all that stands in its way. */
export type Planned =
  | { readonly plan: Plan; readonly issues?: undefined }
  | { readonly plan?: undefined; readonly issues: readonly [PlanIssue, ...PlanIssue[]] };

const machineFields = ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"];

/**
 * Prepares a definition, once. What the engine does not run is an issue that names it: nothing is left to fail at run time.
 *
 * @param definition - JSON of a state machine, of bounded depth
 */
export function plan(definition: Json, catalogue: TaskCatalogue): Planned {
  const issues: PlanIssue[] = [];
  const planned = isObject(definition) ? planMachine(definition, catalogue, issues) : undefined;
  if (planned === undefined && issues.length === 0) {
    issues.push({ code: "SCHEMA_VALIDATION_FAILED", message: "Definition must be a valid JSON object" });
  }
  const [first, ...rest] = issues;
  if (first !== undefined) return { issues: [first, ...rest] };
  return planned === undefined ? plan(null, catalogue) : { plan: planned };
}

function planMachine(definition: JsonObject, catalogue: TaskCatalogue, issues: PlanIssue[]): Plan | undefined {
  const reader = new FieldReader(definition, "/", issues);
  const missing = ["States", "StartAt"].filter((field) => !reader.has(field));
  if (missing.length > 0) return reader.refuse(`These fields are required: [${missing.join(", ")}]`);
  reader.only(machineFields);
  if (!isInJsonPath(reader)) return undefined;
  reader.text("Comment");
  const version = reader.raw("Version");
  if (version !== undefined && version !== "1.0") {
    reader.refuse("The field 'Version' should have one of these values: [1.0]", "Version");
  }
  const startAt = reader.text("StartAt");
  const states = objectIn(reader, "States");
  const timeoutSeconds = reader.integer("TimeoutSeconds", 1);
  if (startAt === undefined || states === undefined) return undefined;
  if (Object.keys(states).length === 0) return reader.refuse("Value cannot be empty", "States");
  const plannedStates = planStates(states, new FieldReader(states, "/States", issues), catalogue);
  if (issues.length === 0) issues.push(...checkReach(startAt, plannedStates));
  return { startAt, states: plannedStates, timeoutSeconds };
}

/** Notes another query language, by which the fields are not to be judged then. */
function isInJsonPath(reader: FieldReader): boolean {
  const language = reader.raw("QueryLanguage");
  if (language === undefined || language === "JSONPath") return true;
  if (language === "JSONata") reader.refuse('query language "JSONata" is not run by the embedded service yet');
  else reader.refuse("The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]", "QueryLanguage");
  return false;
}

function planStates(
  states: JsonObject,
  reader: FieldReader,
  catalogue: TaskCatalogue,
): ReadonlyMap<string, PlannedState> {
  const planned = new Map<string, PlannedState>();
  for (const [name, fields] of Object.entries(states)) {
    if ([...name].length > 80) reader.refuse("State name must have 1 to 80 characters", name.slice(0, 80));
    const state = isObject(fields)
      ? planState(reader.within(fields, name), catalogue)
      : reader.refuse("Expected value of type Object", name);
    if (state !== undefined) planned.set(name, state);
  }
  return planned;
}

function isStateType(type: Json | undefined): type is StateType {
  return typeof type === "string" && Object.hasOwn(stateFields, type);
}

function planState(reader: FieldReader, catalogue: TaskCatalogue): PlannedState | undefined {
  const type = reader.raw("Type");
  if (!isStateType(type)) {
    return reader.refuse(
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
      "Type",
    );
  }
  if (!isInJsonPath(reader)) return undefined;
  checkFields(reader, type);
  reader.text("Comment");
  switch (type) {
    case "Pass":
      return planPass(reader, planTransition(reader));
    case "Task":
      return planTask(reader, planTransition(reader), catalogue);
    case "Wait":
      return planWait(reader, planTransition(reader));
    case "Choice":
      return planChoice(reader);
    case "Succeed":
      return planSucceed(reader);
    case "Fail":
      return planFail(reader);
    default:
      return reader.refuse(`state type "${type}" is not run by the embedded service yet`);
  }
}

/** The one table of fields says what a kind of state has, and in which query language. */
function checkFields(reader: FieldReader, type: StateType): void {
  const fields = fieldsOf(type);
  const inJsonata = fields.filter(([, { only }]) => only === "JSONata");
  reader.only(
    fields.map(([name]) => name),
    inJsonata.map(([name]) => name),
  );
}

/** The next state; `undefined` at the end. */
function planTransition(reader: FieldReader): string | undefined {
  const next = reader.text("Next");
  const end = reader.raw("End");
  if (end !== undefined && typeof end !== "boolean") reader.refuse("Expected value of type Boolean", "End");
  if ((next !== undefined) === (end === true)) reader.refuse("Expected exactly one of these fields: [Next, End]");
  return next;
}
