import { Data } from "../../../src/interpreter/data.js";
import type { Effect, StepInput } from "../../../src/interpreter/effect.js";
import { plan } from "../../../src/interpreter/plan.js";
import type { ExecutionFacts } from "../../../src/interpreter/snapshot.js";
import { begin, canAdvance, type Stepped, step } from "../../../src/interpreter/step.js";
import type { TaskCatalogue } from "../../../src/interpreter/task-catalogue.js";
import { parseTaskResource } from "../../../src/interpreter/task-resource.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { wireEvent } from "../../../src/local/operations/get-execution-history.js";
import { validate } from "../../../src/validate/validate.js";
import type { Mock, Recording } from "./recording.js";

/** What the engine made of a recording. */
export interface Replayed {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly JsonObject[];
}

/** Takes every service integration: the recording answers for the service. */
const anyTask: TaskCatalogue = {
  find(text) {
    const resource = parseTaskResource(text);
    return resource === undefined ? { refusal: `no task ${text}` } : { resource, requiredParameters: [] };
  },
};

/** Runs a recorded execution with a virtual clock; its tasks answer as they did on AWS. Throws what the validator and planning refuse. */
export function replay(recording: Recording): Replayed {
  const errors = validate(recording.definition ?? null).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  const planned = plan(recording.definition ?? null, anyTask);
  if (planned.plan === undefined) throw new Error(planned.issues.map(({ message }) => message).join("; "));
  const machine = planned.plan;
  const facts = factsOf(recording);
  const started = begin(machine, facts);
  const shell = new Shell(facts.startedAt, recording.mocks);
  let { snapshot } = started;
  shell.take(started);
  for (;;) {
    const input: StepInput | undefined = canAdvance(snapshot) ? { kind: "advance", turns: 100 } : shell.next();
    if (input === undefined) return shell.result(snapshot.status);
    const made = step(machine, snapshot, input, shell.now);
    snapshot = made.snapshot;
    shell.take(made);
  }
}

function factsOf(recording: Recording): ExecutionFacts {
  const { stateMachineName: machine, executionName: name, roleArn } = recording;
  const text = recording.inputRaw ?? JSON.stringify(recording.inputOmitted ? {} : (recording.input ?? {}));
  const prefix = "arn:aws:states:us-east-1:111111111111";
  return {
    arn: `${prefix}:execution:${machine}:${name}`,
    name,
    roleArn,
    startedAt: startOf(recording),
    type: recording.type === "EXPRESS" ? "EXPRESS" : "STANDARD",
    input: new Data(JSON.parse(text) as Json, text),
    stateMachineArn: `${prefix}:stateMachine:${machine}`,
    stateMachineName: machine,
    seed: recording.id,
    mostEvents: 25_000,
  };
}

/** A time in the input that was "in a minute" when AWS ran it is in a minute here too. */
function startOf({ inputTimeRelative: [relative] = [], input }: Recording): number {
  if (relative === undefined) return Date.UTC(2026, 0, 1);
  const key = relative.path.split(".").at(-1) ?? "";
  const text = (input as { readonly [key: string]: string })[key] ?? "";
  return Date.parse(`${text.slice(0, 19)}Z`) - relative.offsetSeconds * 1000;
}

/** The shell around the engine: timers, and the recorded answers. */
class Shell {
  now: number;
  private readonly mocks: Mock[];
  private readonly events: JsonObject[] = [];
  private readonly timers = new Map<string, number>();
  private readonly inputs: StepInput[] = [];
  private end: Extract<Effect, { kind: "end" }> | undefined;

  constructor(now: number, mocks: readonly Mock[]) {
    this.now = now;
    this.mocks = [...mocks];
  }

  take({ events, effects }: Stepped): void {
    for (const event of events) this.events.push(wireEvent(event));
    for (const effect of effects) {
      if (effect.kind === "setTimer") this.timers.set(effect.timer, effect.at);
      else if (effect.kind === "cancelTimer") this.timers.delete(effect.timer);
      else if (effect.kind === "startTask") this.answer(effect);
      else if (effect.kind === "end") this.end = effect;
    }
  }

  next(): StepInput | undefined {
    const answered = this.inputs.shift();
    if (answered !== undefined) return answered;
    const [first] = [...this.timers].sort(([, one], [, other]) => one - other);
    if (first === undefined) return undefined;
    const [timer, at] = first;
    this.timers.delete(timer);
    this.now = at;
    return { kind: "timer", timer };
  }

  result(status: string): Replayed {
    const { output, error, cause } = this.end ?? {};
    return {
      status,
      ...(output === undefined ? {} : { output: output.text }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
      events: this.events,
    };
  }

  private answer({ task, state }: Extract<Effect, { kind: "startTask" }>): void {
    const index = this.mocks.findIndex((mock) => mock.state === state);
    const [mock] = index < 0 ? [] : this.mocks.splice(index, 1);
    if (mock === undefined) return;
    if (mock.submitted !== undefined) this.inputs.push({ kind: "taskSubmitted", task, output: mock.submitted });
    if (mock.endEvent?.endsWith("Succeeded"))
      this.inputs.push({ kind: "taskSucceeded", task, output: mock.output ?? null });
    if (mock.endEvent?.endsWith("Failed")) this.inputs.push(failed(task, mock));
  }
}

function failed(task: string, { error = "", cause }: Mock): StepInput {
  const text = typeof cause === "string" ? cause : JSON.stringify(cause);
  return { kind: "taskFailed", task, error, ...(cause === undefined || cause === null ? {} : { cause: text }) };
}
