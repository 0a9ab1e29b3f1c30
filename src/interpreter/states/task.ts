import type { Json, JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { type Amount, type AmountRule, amountOf, planAmount } from "../amount.js";
import { Data, isObject, toData } from "../data.js";
import { type DataFlow, dataOf, effectiveInput, leaveWithResult, planDataFlow } from "../data-flow.js";
import type { Effect } from "../effect.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { EventDetails } from "../history-event.js";
import { evaluateTyped } from "../jsonata/evaluate.js";
import type { Expression } from "../jsonata/expression.js";
import type { Outcome } from "../outcome.js";
import { misformed } from "../parameter-formats.js";
import { cancelPhase } from "../phase.js";
import { planRecovery, type Recovery, recover } from "../recovery.js";
import { reasons } from "../run.js";
import type { AskingPhase, Attempt, TaskPhase, Visit } from "../snapshot.js";
import type { KnownTask, TaskCatalogue } from "../task-catalogue.js";
import type { TaskResource } from "../task-resource.js";
import { fillTemplate, type Template } from "../template.js";
import type { Turn } from "../turn.js";

/** A Task whose call the shell has. */
export interface PlannedTask {
  readonly type: "Task";
  readonly flow: DataFlow;
  readonly resource: TaskResource;
  /** Parameters that the call cannot do without. */
  readonly requiredParameters: readonly string[];
  readonly timeout: Amount | undefined;
  readonly heartbeat: Amount | undefined;
  readonly role: Template | Expression | undefined;
  readonly recovery: Recovery;
  readonly next: string | undefined;
}

const noResource: TaskResource = { text: "", kind: "integration", service: "", action: "", pattern: "response" };

/** Reads a Task; a call that the catalogue does not have is refused by name. */
export function planTask(reader: FieldReader, next: string | undefined, catalogue: TaskCatalogue): PlannedTask {
  const known = catalogue.find(reader.text("Resource") ?? "");
  if ("refusal" in known) reader.refuse(known.refusal, "Resource");
  else checkParameters(reader, known);
  return {
    type: "Task",
    flow: planDataFlow(reader),
    resource: "refusal" in known ? noResource : known.resource,
    requiredParameters: "refusal" in known ? [] : known.requiredParameters,
    timeout: planAmount(reader, "TimeoutSeconds"),
    heartbeat: planAmount(reader, "HeartbeatSeconds"),
    role: planRole(reader),
    recovery: planRecovery(reader),
    next,
  };
}

function planRole(reader: FieldReader): Template | Expression | undefined {
  const credentials = reader.object("Credentials");
  return credentials?.expression("RoleArn") ?? reader.template("Credentials");
}

/** Parameters whose names stand in the definition are checked when the machine is made. */
function checkParameters(reader: FieldReader, { requiredParameters, parameters: known, refuses }: KnownTask): void {
  const field = reader.language === "JSONata" ? "Arguments" : "Parameters";
  const parameters = reader.raw(field);
  if (!isObject(parameters)) return;
  const refusal = refuses?.(parameters);
  if (refusal !== undefined) reader.refuse(refusal, field);
  const names = new Set(Object.keys(parameters).map((key) => (key.endsWith(".$") ? key.slice(0, -2) : key)));
  for (const name of requiredParameters) {
    if (!names.has(name)) reader.refuse(`The field '${name}' is required but was missing`, field);
  }
  if (known === undefined) return;
  for (const name of names) {
    if (!known.includes(name)) reader.refuse(`The field "${name}" is not supported by Step Functions`, field);
  }
}

/** Starts an attempt. */
export function runTask(state: PlannedTask, turn: Turn, entered: Visit): Outcome {
  const visit = state.resource.pattern === "response" ? entered : { ...entered, token: turn.random.token() };
  const attempt = prepare(state, turn, visit);
  if (attempt instanceof Failure) return recover(state.recovery, turn, visit, attempt);
  return start(state, turn, visit, attempt);
}

function prepare(state: PlannedTask, turn: Turn, visit: Visit): Attempt | Failure {
  const parameters = effectiveInput(state.flow, turn, visit);
  if (parameters instanceof Failure) return parameters;
  const timeoutSeconds = amountOf(state.timeout, timeoutRule, turn, visit);
  if (timeoutSeconds instanceof Failure) return timeoutSeconds;
  const heartbeatSeconds = amountOf(state.heartbeat, heartbeatRule, turn, visit);
  if (heartbeatSeconds instanceof Failure) return heartbeatSeconds;
  const roleArn = roleOf(state.role, turn, visit);
  if (roleArn instanceof Failure) return roleArn;
  const data = dataOf(parameters, visit);
  if (data instanceof Failure) return data;
  return refusedParameters(state, data) ?? { parameters: data, timeoutSeconds, heartbeatSeconds, roleArn };
}

function secondsRule(field: string): AmountRule {
  return (found, path) => {
    if (typeof found === "number" && Number.isInteger(found) && found > 0 && found < limits.number) return found;
    if (path === undefined)
      return runtimeFailure(`The ${field} field must be a positive integer, got ${JSON.stringify(found)}`);
    const shown = JSON.stringify(JSON.stringify(found));
    return runtimeFailure(
      `The ${field}Path field refers to value ${shown} which is not a valid positive integer: ${path}`,
    );
  };
}

const timeoutRule = secondsRule("TimeoutSeconds");
const heartbeatRule = secondsRule("HeartbeatSeconds");

function roleOf(role: PlannedTask["role"], turn: Turn, visit: Visit): string | undefined | Failure {
  if (role === undefined) return undefined;
  if (role.kind === "jsonata") {
    const found = evaluateTyped(role, turn.bindings(visit), "Credentials/RoleArn", "string");
    return found instanceof Failure ? found : String(found);
  }
  const credentials = fillTemplate(role, turn.scope(visit, visit.input.value));
  if (credentials instanceof Failure) return credentials;
  const arn = isObject(credentials) ? credentials["RoleArn"] : undefined;
  return typeof arn === "string" ? arn : runtimeFailure("The RoleArn of Credentials must be a string.");
}

/** What AWS finds wrong with the parameters before it calls. */
function refusedParameters({ resource, requiredParameters }: PlannedTask, parameters: Data): Failure | undefined {
  if (resource.kind !== "integration") return undefined;
  const given = isObject(parameters.value) ? parameters.value : {};
  const missing = requiredParameters.filter((name) => !Object.hasOwn(given, name));
  const told = [
    ...missing.map((name) => `The field '${name}' is required but was missing`),
    ...misformed(resource, given).map((name) => `The value of the field '${name}' has an invalid format`),
  ];
  if (told.length === 0) return undefined;
  return runtimeFailure(
    `The Parameters '${parameters.text}' could not be used to start the Task: [${told.join(", ")}]`,
  );
}

/** Asks for an activity; schedules anything else. */
function start(state: PlannedTask, turn: Turn, visit: Visit, attempt: Attempt): TaskPhase | AskingPhase {
  const task = turn.nameOf("task");
  const isActivity = state.resource.kind === "activity";
  const phase = isActivity
    ? { kind: "asking" as const, visit, task, attempt }
    : schedule(state, turn, visit, task, attempt);
  turn.effect(startTask(state, visit, task, attempt));
  return phase;
}

/** There is such an activity. */
export function scheduleActivity(state: PlannedTask, turn: Turn, { visit, task, attempt }: AskingPhase): TaskPhase {
  return schedule(state, turn, visit, task, attempt);
}

/** There is no such activity. */
export function refuseActivity(state: PlannedTask, turn: Turn, { visit }: AskingPhase, cause: string): Outcome {
  return recover(state.recovery, turn, visit, runtimeFailure(cause));
}

function schedule(state: PlannedTask, turn: Turn, visit: Visit, task: string, attempt: Attempt): TaskPhase {
  const { timeoutSeconds, heartbeatSeconds } = attempt;
  recordScheduled(state, turn, attempt);
  const isActivity = state.resource.kind === "activity";
  if (!isActivity) recordStarted(state, turn);
  return {
    kind: "task",
    visit,
    task,
    progress: isActivity ? "scheduled" : "started",
    ...(timeoutSeconds === undefined ? {} : { timeoutTimer: turn.setTimer("timeout", timeoutSeconds) }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
    ...(heartbeatSeconds === undefined || isActivity
      ? {}
      : { heartbeatTimer: turn.setTimer("heartbeat", heartbeatSeconds) }),
  };
}

function startTask({ resource }: PlannedTask, visit: Visit, task: string, { parameters, roleArn }: Attempt): Effect {
  const { token, state } = visit;
  return {
    kind: "startTask",
    task,
    state,
    resource,
    parameters,
    ...(token === undefined ? {} : { token }),
    ...(roleArn === undefined ? {} : { roleArn }),
  };
}

function recordScheduled({ resource }: PlannedTask, turn: Turn, attempt: Attempt): void {
  const { parameters } = attempt;
  const details =
    resource.kind === "integration"
      ? { resourceType: resource.service, resource: resource.action, region: turn.region, parameters }
      : { resource: resource.text, input: parameters };
  const terms = termsOf(resource, attempt);
  turn.record(eventsOf[resource.kind].scheduled, terms === undefined ? details : { ...details, ...terms });
}

/** Time limits and the role, as the history shows them; most attempts have none. */
function termsOf(resource: TaskResource, attempt: Attempt): JsonObject | undefined {
  const { timeoutSeconds, heartbeatSeconds, roleArn } = attempt;
  if (timeoutSeconds === undefined && heartbeatSeconds === undefined && roleArn === undefined) return undefined;
  return {
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined || resource.kind === "lambda" ? {} : { heartbeatInSeconds: heartbeatSeconds }),
    ...(roleArn === undefined ? {} : { taskCredentials: { roleArn } }),
  };
}

function recordStarted({ resource }: PlannedTask, turn: Turn): void {
  if (resource.kind === "lambda") turn.record("LambdaFunctionStarted");
  else turn.record("TaskStarted", { resourceType: resource.service, resource: resource.action });
}

/** The events of each kind of task. */
const eventsOf = {
  integration: {
    scheduled: "TaskScheduled",
    succeeded: "TaskSucceeded",
    failed: "TaskFailed",
    timedOut: "TaskTimedOut",
  },
  lambda: {
    scheduled: "LambdaFunctionScheduled",
    succeeded: "LambdaFunctionSucceeded",
    failed: "LambdaFunctionFailed",
    timedOut: "LambdaFunctionTimedOut",
  },
  activity: {
    scheduled: "ActivityScheduled",
    succeeded: "ActivitySucceeded",
    failed: "ActivityFailed",
    timedOut: "ActivityTimedOut",
  },
} as const;

/** What all later events of an integration repeat. */
function resourceOf({ resource }: PlannedTask): JsonObject {
  return resource.kind === "integration" ? { resourceType: resource.service, resource: resource.action } : {};
}

function withOutput({ kind, service, action }: TaskResource, output: Data): EventDetails {
  return kind === "integration" ? { resourceType: service, resource: action, output } : { output };
}

/** A worker has taken the activity: its time until the next heartbeat begins. */
export function startActivity(turn: Turn, phase: TaskPhase, workerName: string | undefined): TaskPhase {
  if (phase.progress !== "scheduled") return phase;
  turn.record("ActivityStarted", workerName === undefined ? {} : { workerName });
  const { heartbeatSeconds } = phase;
  const timer = heartbeatSeconds === undefined ? undefined : turn.setTimer("heartbeat", heartbeatSeconds);
  return { ...phase, progress: "started", ...(timer === undefined ? {} : { heartbeatTimer: timer }) };
}

/** The service has taken the job. */
export function submitTask(state: PlannedTask, turn: Turn, phase: TaskPhase, output: Json): TaskPhase {
  if (phase.progress === "submitted" || state.resource.pattern === "response") return phase;
  turn.record("TaskSubmitted", withOutput(state.resource, new Data(output)));
  return { ...phase, progress: "submitted" };
}

/** The task is alive: the time until the next heartbeat begins anew. */
export function beatTask(turn: Turn, phase: TaskPhase): TaskPhase {
  if (phase.heartbeatTimer === undefined) return phase;
  // The old timer is gone before the new one comes: both may have the same name.
  turn.effect({ kind: "cancelTimer", timer: phase.heartbeatTimer });
  return { ...phase, heartbeatTimer: turn.setTimer("heartbeat", phase.heartbeatSeconds ?? 0) };
}

/** The answer of the service: too large an answer is a failure of the task. */
export function succeedTask(state: PlannedTask, turn: Turn, phase: TaskPhase, output: Json): Outcome {
  const { resource } = state;
  const data = toData(output, resource.kind === "integration" ? resource.service : resource.text);
  if (data instanceof Failure) return failTask(state, turn, phase, data);
  stopTimers(turn, phase);
  turn.note("result", output);
  turn.record(eventsOf[resource.kind].succeeded, withOutput(resource, data));
  const exit = leaveWithResult(state.flow, turn, phase.visit, output, state.next);
  return exit instanceof Failure ? recover(state.recovery, turn, phase.visit, exit) : exit;
}

/** The service, or the shell for it, says that the task has failed. */
export function failTask(state: PlannedTask, turn: Turn, phase: TaskPhase, failure: Failure): Outcome {
  stopTimers(turn, phase);
  const details = reasons(failure.error, failure.causeIn(phase.visit.state, phase.visit.enteredEventId));
  turn.record(eventsOf[state.resource.kind].failed, { ...resourceOf(state), ...details });
  return recover(state.recovery, turn, phase.visit, failure);
}

/** A time limit has passed. A missed heartbeat is shown as a timeout; `Retry` and `Catch` can tell them apart. */
export function timeOutTask(state: PlannedTask, turn: Turn, phase: TaskPhase, timer: string): Outcome {
  stopTimers(turn, phase);
  turn.effect({ kind: "cancelTask", task: phase.task });
  const details: EventDetails = { ...resourceOf(state), error: "States.Timeout" };
  turn.record(eventsOf[state.resource.kind].timedOut, details);
  const error = timer === phase.heartbeatTimer ? "States.HeartbeatTimeout" : "States.Timeout";
  return recover(state.recovery, turn, phase.visit, new Failure(error, undefined));
}

function stopTimers(turn: Turn, phase: TaskPhase): void {
  for (const effect of cancelPhase(phase)) if (effect.kind === "cancelTimer") turn.effect(effect);
}
