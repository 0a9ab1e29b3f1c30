import type { Json, JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { type Data, exceedsPayload, isObject, toData } from "../data.js";
import { type DataFlow, effectiveInput, leaveWithResult, planDataFlow, select } from "../data-flow.js";
import { Failure, runtimeFailure, tooLarge } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import type { Outcome } from "../outcome.js";
import type { Path } from "../paths/path.js";
import { planRecovery, type Recovery, recover } from "../recovery.js";
import { cancelPhase } from "../run.js";
import type { Phase, Visit } from "../snapshot.js";
import type { KnownTask, TaskCatalogue } from "../task-catalogue.js";
import type { TaskResource } from "../task-resource.js";
import type { Turn } from "../turn.js";

/** A Task whose call the shell has. */
export interface PlannedTask {
  readonly type: "Task";
  readonly flow: DataFlow;
  readonly resource: TaskResource;
  /** Parameters that the call cannot do without. */
  readonly requiredParameters: readonly string[];
  readonly timeout: Seconds;
  readonly heartbeat: Seconds;
  readonly recovery: Recovery;
  readonly next: string | undefined;
}

type Seconds = number | Path | undefined;
type TaskPhase = Extract<Phase, { kind: "task" }>;

const noResource: TaskResource = { text: "", service: "", action: "", submits: false };

/** Reads a Task; a call that the catalogue does not have is refused by name. */
export function planTask(reader: FieldReader, next: string | undefined, catalogue: TaskCatalogue): PlannedTask {
  const known = catalogue.find(reader.text("Resource") ?? "");
  if ("refusal" in known) reader.refuse(known.refusal, "Resource");
  else checkParameters(reader, known);
  if (reader.has("Credentials")) reader.refuse("Credentials are not used by the embedded service yet", "Credentials");
  return {
    type: "Task",
    flow: planDataFlow(reader),
    resource: "refusal" in known ? noResource : known.resource,
    requiredParameters: "refusal" in known ? [] : known.requiredParameters,
    timeout: reader.number("TimeoutSeconds") ?? reader.pathTo("TimeoutSecondsPath"),
    heartbeat: reader.number("HeartbeatSeconds") ?? reader.pathTo("HeartbeatSecondsPath"),
    recovery: planRecovery(reader),
    next,
  };
}

/** Parameters whose names stand in the definition are checked when the machine is made. */
function checkParameters(reader: FieldReader, { requiredParameters, parameters: known, refuses }: KnownTask): void {
  const parameters = reader.raw("Parameters");
  if (!isObject(parameters)) return;
  const refusal = refuses?.(parameters);
  if (refusal !== undefined) reader.refuse(refusal, "Parameters");
  const names = new Set(Object.keys(parameters).map((key) => (key.endsWith(".$") ? key.slice(0, -2) : key)));
  for (const name of requiredParameters) {
    if (!names.has(name)) reader.refuse(`The field '${name}' is required but was missing`, "Parameters");
  }
  if (known === undefined) return;
  for (const name of names) {
    if (!known.includes(name)) reader.refuse(`The field "${name}" is not supported by Step Functions`, "Parameters");
  }
}

/** Starts an attempt. */
export function runTask(state: PlannedTask, turn: Turn, entered: Visit): Outcome {
  const token = turn.run.random.token();
  const counted: Visit = { retryCount: 0, ...entered };
  const visit: Visit = state.resource.submits ? { ...counted, token } : counted;
  const attempt = prepare(state, turn, visit);
  if (attempt instanceof Failure) return recover(state.recovery, turn, visit, attempt);
  return schedule(state, turn, visit, token, attempt);
}

interface Attempt extends TimeLimits {
  readonly parameters: Data;
}

function prepare(state: PlannedTask, turn: Turn, visit: Visit): Attempt | Failure {
  const parameters = effectiveInput(state.flow, turn, visit);
  if (parameters instanceof Failure) return parameters;
  const timeLimits = limitsOf(state, turn, visit);
  if (timeLimits instanceof Failure) return timeLimits;
  const data = toData(parameters, visit.state);
  if (data instanceof Failure) return data;
  return missingParameters(state, data) ?? { parameters: data, ...timeLimits };
}

interface TimeLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

function limitsOf(state: PlannedTask, turn: Turn, visit: Visit): TimeLimits | Failure {
  const timeoutSeconds = secondsAt(state.timeout, "TimeoutSecondsPath", turn, visit);
  if (timeoutSeconds instanceof Failure) return timeoutSeconds;
  const heartbeatSeconds = secondsAt(state.heartbeat, "HeartbeatSecondsPath", turn, visit);
  return heartbeatSeconds instanceof Failure ? heartbeatSeconds : { timeoutSeconds, heartbeatSeconds };
}

function secondsAt(value: Seconds, field: string, turn: Turn, visit: Visit): number | undefined | Failure {
  if (value === undefined || typeof value === "number") return value;
  const found = select(value, turn, visit, visit.input.value);
  if (found instanceof Failure) return found;
  if (typeof found === "number" && Number.isInteger(found) && found > 0 && found < limits.number) return found;
  return runtimeFailure(
    `The ${field} field refers to value ${JSON.stringify(JSON.stringify(found))} which is not a valid positive integer: ${value.text}`,
  );
}

function missingParameters(state: PlannedTask, { value, text }: Data): Failure | undefined {
  const given = isObject(value) ? value : {};
  const missing = state.requiredParameters.filter((name) => !Object.hasOwn(given, name));
  if (missing.length === 0) return undefined;
  const reasons = missing.map((name) => `The field '${name}' is required but was missing`).join(", ");
  return runtimeFailure(`The Parameters '${text}' could not be used to start the Task: [${reasons}]`);
}

function schedule(state: PlannedTask, turn: Turn, visit: Visit, token: string, attempt: Attempt): TaskPhase {
  const { parameters, timeoutSeconds, heartbeatSeconds } = attempt;
  turn.record("TaskScheduled", {
    ...resourceOf(state),
    region: turn.region,
    parameters: parameters.text,
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
  });
  turn.record("TaskStarted", resourceOf(state));
  turn.effect({ kind: "startTask", token, state: visit.state, resource: state.resource, parameters });
  return {
    kind: "task",
    visit,
    token,
    submitted: false,
    ...(timeoutSeconds === undefined ? {} : { timeoutTimer: turn.setTimer("timeout", timeoutSeconds) }),
    ...(heartbeatSeconds === undefined
      ? {}
      : { heartbeatTimer: turn.setTimer("heartbeat", heartbeatSeconds), heartbeatSeconds }),
  };
}

function resourceOf({ resource }: PlannedTask): JsonObject {
  return { resourceType: resource.service, resource: resource.action };
}

/** The service has taken the job. */
export function submitTask(state: PlannedTask, turn: Turn, phase: TaskPhase, output: Json): TaskPhase {
  if (phase.submitted || !state.resource.submits) return phase;
  const details = { output: JSON.stringify(output), outputDetails: { truncated: false } };
  turn.record("TaskSubmitted", { ...resourceOf(state), ...details });
  return { ...phase, submitted: true };
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
  const text = JSON.stringify(output);
  if (exceedsPayload(text)) return failTask(state, turn, phase, tooLarge(state.resource.service));
  stopTimers(turn, phase);
  turn.record("TaskSucceeded", { ...resourceOf(state), output: text, outputDetails: { truncated: false } });
  const exit = leaveWithResult(state.flow, turn, phase.visit, output, state.next);
  return exit instanceof Failure ? recover(state.recovery, turn, phase.visit, exit) : exit;
}

/** The service, or the shell for it, says that the task has failed. */
export function failTask(state: PlannedTask, turn: Turn, phase: TaskPhase, failure: Failure): Outcome {
  stopTimers(turn, phase);
  const { error, cause } = failure;
  const reasons = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  turn.record("TaskFailed", { ...resourceOf(state), ...reasons });
  return recover(state.recovery, turn, phase.visit, failure);
}

/** A time limit has passed. A missed heartbeat is shown as a timeout; `Retry` and `Catch` can tell them apart. */
export function timeOutTask(state: PlannedTask, turn: Turn, phase: TaskPhase, timer: string): Outcome {
  stopTimers(turn, phase);
  turn.effect({ kind: "cancelTask", token: phase.token });
  turn.record("TaskTimedOut", { ...resourceOf(state), error: "States.Timeout" });
  const error = timer === phase.heartbeatTimer ? "States.HeartbeatTimeout" : "States.Timeout";
  return recover(state.recovery, turn, phase.visit, new Failure(error, undefined));
}

function stopTimers(turn: Turn, phase: TaskPhase): void {
  for (const effect of cancelPhase(phase)) if (effect.kind === "cancelTimer") turn.effect(effect);
}
