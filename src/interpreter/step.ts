import { unreachable } from "../language/asl.js";
import type { Effect, StepInput } from "./effect.js";
import { Failure } from "./failure.js";
import type { Outcome } from "./outcome.js";
import type { Plan, PlannedState } from "./plan.js";
import { machineTimer, Run } from "./run.js";
import type { ExecutionFacts, Phase, Snapshot, Visit } from "./snapshot.js";
import { runChoice } from "./states/choice.js";
import { runFail } from "./states/fail.js";
import { runPass } from "./states/pass.js";
import { runSucceed } from "./states/succeed.js";
import { beatTask, failTask, type PlannedTask, runTask, submitTask, succeedTask, timeOutTask } from "./states/task.js";
import { runWait, wakeUp } from "./states/wait.js";
import { Turn } from "./turn.js";

type Stepped = readonly [next: Snapshot, effects: readonly Effect[]];

/** Begins an execution: its first event, and the timer of the machine. */
export function begin(plan: Plan, facts: ExecutionFacts): Stepped {
  const ready = { kind: "ready", state: plan.startAt, input: facts.input } as const;
  const thread = { id: 0, lastEventId: 0, variables: {}, phase: ready };
  const run = new Run({ facts, status: "RUNNING", lastEventId: 0, threads: [thread] }, facts.startedAt);
  const fields = { input: facts.input.text, inputDetails: { truncated: false }, roleArn: facts.roleArn };
  run.record("ExecutionStarted", 0, { member: "executionStartedEventDetails", fields });
  if (plan.timeoutSeconds !== undefined) {
    run.effect({ kind: "setTimer", timer: machineTimer, at: facts.startedAt + plan.timeoutSeconds * 1000 });
  }
  return run.finish();
}

/** Whether the execution can go on without anything from outside. */
export function canAdvance({ threads }: Snapshot): boolean {
  return threads.some(({ phase }) => phase.kind === "ready");
}

/**
 * One step of an execution. Pure: the same plan, snapshot, input and time give the same answer.
 *
 * @param now - milliseconds since 1970
 */
export function step(plan: Plan, snapshot: Snapshot, input: StepInput, now: number): Stepped {
  if (snapshot.status !== "RUNNING") return [snapshot, []];
  const run = new Run(snapshot, now);
  apply(plan, run, input);
  return run.finish();
}

function apply(plan: Plan, run: Run, input: StepInput): void {
  switch (input.kind) {
    case "advance":
      takeTurn(plan, run, (phase) => phase.kind === "ready", enterNext);
      break;
    case "timer":
      onTimer(plan, run, input.timer);
      break;
    case "stop":
      run.abort(input.error, input.cause);
      break;
    case "crash":
      run.fail("States.Runtime", input.cause, run.nextEventId - 1);
      break;
    default:
      takeTurn(plan, run, (phase) => phase.kind === "task" && phase.token === input.token, onTask(input));
  }
}

/** What becomes of a visit: its state, and how far it got. */
interface Progress {
  readonly state: PlannedState;
  readonly visit: Visit;
  readonly outcome: Outcome;
}

type Act = (plan: Plan, turn: Turn) => Progress | undefined;

function takeTurn(plan: Plan, run: Run, wanted: (phase: Phase) => boolean, act: Act): void {
  const thread = run.find(wanted);
  if (thread === undefined) return;
  const turn = new Turn(run, thread);
  const progress = act(plan, turn);
  if (progress !== undefined) settle(turn, progress);
  run.keep(turn.toThread());
}

function settle(turn: Turn, { state, visit, outcome }: Progress): void {
  if (outcome instanceof Failure) turn.fail(visit, outcome);
  else if (outcome.kind !== "exit") turn.phase = outcome;
  else if (state.type !== "Fail") turn.exit(state.type, visit, outcome);
}

function enterNext(plan: Plan, turn: Turn): Progress | undefined {
  if (turn.phase.kind !== "ready") return undefined;
  const { state: name, input } = turn.phase;
  const state = stateOf(plan, name);
  const visit = turn.enter(state.type, name, input);
  return { state, visit, outcome: runState(state, turn, visit) };
}

function stateOf(plan: Plan, name: string): PlannedState {
  const state = plan.states.get(name);
  // The validator has looked for every target.
  if (state === undefined) throw new Error(`no state ${JSON.stringify(name)} in the plan`);
  return state;
}

function runState(state: PlannedState, turn: Turn, visit: Visit): Outcome {
  switch (state.type) {
    case "Pass":
      return runPass(state, turn, visit);
    case "Task":
      return runTask(state, turn, visit);
    case "Choice":
      return runChoice(state, turn, visit);
    case "Wait":
      return runWait(state, turn, visit);
    case "Succeed":
      return runSucceed(state, turn, visit);
    case "Fail":
      return runFail(state, turn, visit);
    default:
      return unreachable(state, "planned state");
  }
}

function onTimer(plan: Plan, run: Run, timer: string): void {
  if (timer === machineTimer) run.timeOut();
  else takeTurn(plan, run, (phase) => timersOf(phase).includes(timer), wake(timer));
}

function timersOf(phase: Phase): readonly (string | undefined)[] {
  if (phase.kind === "waiting" || phase.kind === "retrying") return [phase.timer];
  return phase.kind === "task" ? [phase.timeoutTimer, phase.heartbeatTimer] : [];
}

function wake(timer: string): Act {
  return (plan, turn) => {
    const { phase } = turn;
    if (phase.kind === "ready" || phase.kind === "ended") return undefined;
    const { visit } = phase;
    const state = stateOf(plan, visit.state);
    if (phase.kind === "retrying") return { state, visit, outcome: runState(state, turn, visit) };
    if (phase.kind === "waiting" && state.type === "Wait") return { state, visit, outcome: wakeUp(state, turn, visit) };
    if (phase.kind !== "task" || state.type !== "Task") return undefined;
    return { state, visit, outcome: timeOutTask(state, turn, phase, timer) };
  };
}

type TaskInput = Extract<StepInput, { token: string }>;

function onTask(input: TaskInput): Act {
  return (plan, turn) => {
    const { phase } = turn;
    if (phase.kind !== "task") return undefined;
    const state = stateOf(plan, phase.visit.state);
    if (state.type !== "Task") return undefined;
    return { state, visit: phase.visit, outcome: answer(state, turn, phase, input) };
  };
}

function answer(state: PlannedTask, turn: Turn, phase: Extract<Phase, { kind: "task" }>, input: TaskInput): Outcome {
  switch (input.kind) {
    case "taskSubmitted":
      return submitTask(state, turn, phase, input.output);
    case "taskSucceeded":
      return succeedTask(state, turn, phase, input.output);
    case "taskFailed":
      return failTask(state, turn, phase, new Failure(input.error, input.cause));
    case "taskHeartbeat":
      return beatTask(turn, phase);
    default:
      return unreachable(input, "input");
  }
}
