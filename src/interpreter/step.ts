import { unreachable } from "../language/asl.js";
import { limits } from "../language/limits.js";
import type { Data } from "./data.js";
import type { StepInput } from "./effect.js";
import { Failure } from "./failure.js";
import { endThread, failThread, type Progress } from "./joining.js";
import type { Outcome } from "./outcome.js";
import type { Plan, PlannedState } from "./plan.js";
import { machineTimer, Run, reasons, type Stepped } from "./run.js";
import type { ExecutionFacts, MapRunPhase, Phase, Snapshot, Thread, Visit } from "./snapshot.js";
import { runChoice } from "./states/choice.js";
import { runFail } from "./states/fail.js";
import { runMap } from "./states/map.js";
import { iterationData } from "./states/map-iteration.js";
import { endChild, goOn, takeBack, takeItems } from "./states/map-run.js";
import { cancel, endMapRun } from "./states/map-run-end.js";
import { runParallel } from "./states/parallel.js";
import { runPass } from "./states/pass.js";
import { runSucceed } from "./states/succeed.js";
import {
  beatTask,
  failTask,
  refuseActivity,
  runTask,
  scheduleActivity,
  startActivity,
  submitTask,
  succeedTask,
  timeOutTask,
} from "./states/task.js";
import { runWait, wakeUp } from "./states/wait.js";
import { Threads } from "./threads.js";
import type { Turn } from "./turn.js";

export type { Stepped } from "./run.js";

/** Begins an execution: its first event, and the timer of the machine. */
export function begin(plan: Plan, facts: ExecutionFacts): Stepped {
  const { input, startedAt, child } = facts;
  const phase: Phase = { kind: "ready", state: child?.startAt ?? plan.startAt, input };
  const thread: Thread = { id: 0, parent: -1, index: 0, lastEventId: 0, variables: {}, item: child?.item, phase };
  const threads = Threads.of([thread]);
  const run = new Run({ facts, status: "RUNNING", lastEventId: 0, threads, ready: [0], nextThreadId: 1 }, startedAt);
  run.record("ExecutionStarted", 0, { input, roleArn: facts.roleArn });
  const seconds = secondsOf(plan, facts);
  if (seconds !== undefined) run.effect({ kind: "setTimer", timer: machineTimer, at: startedAt + seconds * 1000 });
  return run.finish();
}

/** What an execution may last. The `TimeoutSeconds` of a machine is not that of its Maps' child executions. */
function secondsOf({ timeoutSeconds }: Plan, { type, child }: ExecutionFacts): number | undefined {
  const given = child === undefined ? timeoutSeconds : undefined;
  return type === "EXPRESS" ? Math.min(given ?? limits.expressSeconds, limits.expressSeconds) : given;
}

/** Whether the execution can go on without anything from outside. */
export function canAdvance({ ready }: Snapshot): boolean {
  return ready.length > 0;
}

/**
 * One step of an execution. Pure: the same plan, snapshot, input and time give the same answer.
 *
 * @param now - milliseconds since 1970
 */
export function step(plan: Plan, snapshot: Snapshot, input: StepInput, now: number): Stepped {
  if (snapshot.status !== "RUNNING") return { snapshot, events: [], effects: [] };
  const run = new Run(snapshot, now);
  apply(plan, run, input);
  return run.finish();
}

function apply(plan: Plan, run: Run, input: StepInput): void {
  switch (input.kind) {
    case "advance":
      advance(plan, run, input.turns);
      break;
    case "timer":
      if (input.timer === machineTimer) timeOut(run);
      else act(plan, run, input.timer, (turn) => wake(plan, turn, input));
      break;
    case "stop":
      run.end({ status: "ABORTED", ...reasons(input.error, input.cause) }, 0);
      break;
    case "crash":
      run.fail("States.Runtime", input.cause, run.nextEventId - 1);
      break;
    case "itemsRead":
    case "childEnded":
    case "childrenReturned":
    case "resultsWritten":
    case "mapRunFailed":
      act(plan, run, input.mapRun, (turn) => onMapRun(plan, turn, input));
      break;
    default:
      act(plan, run, input.task, (turn) => onTask(plan, turn, input));
  }
}

function timeOut(run: Run): void {
  run.end({ status: "TIMED_OUT", error: "States.Timeout" }, run.turnOf(0)?.lastEventId ?? 0);
}

function advance(plan: Plan, run: Run, turns: number): void {
  for (let taken = 0; taken < turns && run.isRunning && !run.isTired; taken++) {
    const turn = run.nextReady();
    if (turn === undefined) return;
    turn.refresh();
    settle(plan, run, takeTurn(plan, turn));
  }
}

function takeTurn(plan: Plan, turn: Turn): Progress | undefined {
  switch (turn.phase.kind) {
    case "ready":
      return enter(plan, turn, turn.phase.state, turn.phase.input);
    case "iteration":
      return beginIteration(plan, turn);
    case "mapRun":
      return continueMapRun(plan, turn, turn.phase);
    default:
      return undefined;
  }
}

function continueMapRun(plan: Plan, turn: Turn, phase: MapRunPhase): Progress | undefined {
  const { visit } = phase;
  const state = stateOf(plan, visit.state);
  if (state.type !== "Map" || state.distribution === undefined) return undefined;
  return { turn, state, visit, outcome: goOn(state, state.distribution, turn, phase) };
}

/** Lets the thread that a timer, a task or a Map run belongs to go on. */
function act(plan: Plan, run: Run, name: string, work: (turn: Turn) => Progress | undefined): void {
  // What follows the number is not read.
  const turn = run.turnOf(Number.parseInt(name.slice(name.indexOf(":") + 1), 10));
  if (turn === undefined) return;
  turn.refresh();
  settle(plan, run, work(turn));
}

/** Carries on from how far a state got, through all that ends with it. */
function settle(plan: Plan, run: Run, first: Progress | undefined): void {
  for (let progress = first; progress !== undefined; ) {
    const { turn, state, visit, outcome } = progress;
    if (outcome instanceof Failure) progress = failThread(plan, run, turn, state, visit, outcome);
    else if (outcome.kind !== "exit" || state.type === "Fail") {
      if (outcome.kind !== "exit") turn.becomes(outcome);
      return;
    } else {
      turn.exit(state.type, visit, outcome);
      const { next, output } = outcome;
      progress = next === undefined ? endThread(plan, run, turn, output) : undefined;
      if (next !== undefined) turn.becomes({ kind: "ready", state: next, input: output });
    }
  }
}

function enter(plan: Plan, turn: Turn, name: string, input: Data): Progress {
  const state = stateOf(plan, name);
  const visit = turn.enter(state.type, name, input);
  return { turn, state, visit, outcome: runState(state, turn, visit) };
}

/** The first turn of an iteration: what it works on is made now. */
function beginIteration(plan: Plan, turn: Turn): Progress | undefined {
  const map = turn.run.turnOf(turn.parent);
  if (turn.phase.kind !== "iteration" || map?.phase.kind !== "joining" || turn.item === undefined) return undefined;
  const { startAt } = turn.phase;
  const { visit } = map.phase;
  const state = stateOf(plan, visit.state);
  if (state.type !== "Map") return undefined;
  turn.record("MapIterationStarted", { name: visit.state, index: turn.index });
  map.refresh();
  const input = iterationData(state, map, visit, turn.item);
  if (input instanceof Failure) return { turn, state, visit, outcome: input };
  return enter(plan, turn, startAt, input);
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
    case "Parallel":
      return runParallel(state, turn, visit);
    case "Map":
      return runMap(state, turn, visit);
    default:
      return unreachable(state, "planned state");
  }
}

function wake(plan: Plan, turn: Turn, { timer }: Extract<StepInput, { kind: "timer" }>): Progress | undefined {
  const { phase } = turn;
  if (!timersOf(phase).includes(timer) || !("visit" in phase)) return undefined;
  const { visit } = phase;
  const state = stateOf(plan, visit.state);
  if (phase.kind === "retrying") return { turn, state, visit, outcome: runState(state, turn, visit) };
  if (state.type === "Wait") return { turn, state, visit, outcome: wakeUp(state, turn, visit) };
  if (phase.kind !== "task" || state.type !== "Task") return undefined;
  return { turn, state, visit, outcome: timeOutTask(state, turn, phase, timer) };
}

function timersOf(phase: Phase): readonly (string | undefined)[] {
  if (phase.kind === "waiting" || phase.kind === "retrying") return [phase.timer];
  return phase.kind === "task" ? [phase.timeoutTimer, phase.heartbeatTimer] : [];
}

function onTask(plan: Plan, turn: Turn, input: Extract<StepInput, { task: string }>): Progress | undefined {
  const { phase } = turn;
  if ((phase.kind !== "task" && phase.kind !== "asking") || phase.task !== input.task) return undefined;
  const { visit } = phase;
  const state = stateOf(plan, visit.state);
  if (state.type !== "Task") return undefined;
  if (phase.kind === "asking") {
    if (input.kind === "taskScheduled") return { turn, state, visit, outcome: scheduleActivity(state, turn, phase) };
    if (input.kind !== "taskRefused") return undefined;
    return { turn, state, visit, outcome: refuseActivity(state, turn, phase, input.cause) };
  }
  const outcome = ((): Outcome => {
    switch (input.kind) {
      case "taskScheduled":
      case "taskRefused":
        return phase;
      case "taskStarted":
        return startActivity(turn, phase, input.workerName);
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
  })();
  return { turn, state, visit, outcome };
}

function onMapRun(plan: Plan, turn: Turn, input: Extract<StepInput, { mapRun: string }>): Progress | undefined {
  const { phase } = turn;
  if (phase.kind !== "mapRun" || phase.mapRun.id !== input.mapRun) return undefined;
  const { visit } = phase;
  const state = stateOf(plan, visit.state);
  if (state.type !== "Map" || state.distribution === undefined) return undefined;
  const { distribution } = state;
  const outcome = ((): Outcome => {
    switch (input.kind) {
      case "itemsRead":
        return takeItems(state, distribution, turn, phase, input.parts);
      case "childEnded":
        return endChild(state, distribution, turn, phase, input.index, input.result);
      case "childrenReturned":
        return takeBack(state, distribution, turn, phase, input.children);
      case "resultsWritten":
        return endMapRun(state, turn, phase, input.output);
      case "mapRunFailed":
        return cancel(state, turn, phase, new Failure(input.error, input.cause));
      default:
        return unreachable(input, "input");
    }
  })();
  return { turn, state, visit, outcome };
}
