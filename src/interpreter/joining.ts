import type { StateType } from "../language/asl.js";
import type { Data } from "./data.js";
import { tell } from "./evaluation-failed.js";
import { type Failure, InnerFailure } from "./failure.js";
import type { HistoryEventType } from "./history-event.js";
import type { Outcome } from "./outcome.js";
import { cancelPhase } from "./phase.js";
import type { Plan, PlannedState } from "./plan.js";
import type { Run } from "./run.js";
import type { Visit } from "./snapshot.js";
import { joinMap, type PlannedMap } from "./states/map.js";
import { failMap } from "./states/map-exit.js";
import { spawnIteration } from "./states/map-iteration.js";
import { failParallel, joinParallel, type PlannedParallel } from "./states/parallel.js";
import type { Turn } from "./turn.js";

/** How far a thread has come with a state. */
export interface Progress {
  readonly turn: Turn;
  readonly state: PlannedState;
  readonly visit: Visit;
  readonly outcome: Outcome;
}

/** The state that waits for a thread. */
interface Waiting {
  readonly turn: Turn;
  readonly state: PlannedParallel | PlannedMap;
}

function waitingFor(plan: Plan, run: Run, turn: Turn): Waiting | undefined {
  const outer = run.turnOf(turn.parent);
  if (outer?.phase.kind !== "joining") return undefined;
  const state = plan.states.get(outer.phase.visit.state);
  return state?.type === "Parallel" || state?.type === "Map" ? { turn: outer, state } : undefined;
}

/** A thread has come to the end of its scope: the execution has succeeded, or the state around it has one less to wait for. */
export function endThread(plan: Plan, run: Run, turn: Turn, output: Data): Progress | undefined {
  if (turn.parent < 0) {
    run.end({ status: "SUCCEEDED", output }, turn.lastEventId);
    return undefined;
  }
  const waiting = waitingFor(plan, run, turn);
  run.drop(turn);
  const outer = waiting?.turn;
  if (waiting === undefined || outer?.phase.kind !== "joining") return undefined;
  const { visit, join } = outer.phase;
  const { running, items, nextItem } = join;
  outer.lastEventId = turn.lastEventId;
  const results = { index: turn.index, result: output, before: join.results };
  if (waiting.state.type === "Map") {
    const succeeded = turn.recordAside("MapIterationSucceeded", { name: visit.state, index: turn.index });
    if (nextItem < items.length) {
      spawnIteration(waiting.state, outer, items, nextItem, turn.lastEventId);
      outer.phase = { kind: "joining", visit, join: { running, results, items, nextItem: nextItem + 1 } };
      return undefined;
    }
    outer.lastEventId = succeeded;
  }
  const next = { running: running - 1, results, items, nextItem };
  outer.phase = { kind: "joining", visit, join: next };
  if (next.running > 0) return undefined;
  outer.refresh();
  const { state } = waiting;
  const outcome = state.type === "Map" ? joinMap(state, outer, visit, next) : joinParallel(state, outer, visit, next);
  return { turn: outer, state, visit, outcome };
}

/** A thread ends with a failure that nothing in it has caught: the execution has failed, or the state around it has. */
export function failThread(
  plan: Plan,
  run: Run,
  turn: Turn,
  state: PlannedState,
  visit: Visit,
  failed: Failure,
): Progress | undefined {
  const failure = tell(turn, visit, failed).placedIn(visit.state, visit.enteredEventId);
  if (turn.parent < 0) {
    run.fail(failure.shownError, failure.cause, turn.lastEventId);
    return undefined;
  }
  const waiting = waitingFor(plan, run, turn);
  const outer = waiting?.turn;
  if (waiting === undefined || outer?.phase.kind !== "joining") return undefined;
  const { visit: outerVisit } = outer.phase;
  if (waiting.state.type === "Map") {
    turn.recordAside("MapIterationFailed", { name: outerVisit.state, index: turn.index });
  } else if (state.type === "Task") turn.recordAside("TaskStateAborted");
  run.drop(turn);
  abortChildren(plan, run, outer, waiting.state);
  outer.lastEventId = turn.lastEventId;
  outer.refresh();
  const inner = new InnerFailure(failure.error, failure.cause);
  const outcome =
    waiting.state.type === "Map"
      ? failMap(waiting.state, outer, outerVisit, inner)
      : failParallel(waiting.state, outer, outerVisit, inner);
  return { turn: outer, state: waiting.state, visit: outerVisit, outcome };
}

const abortable: ReadonlySet<StateType> = new Set(["Task", "Wait", "Parallel", "Map"]);

/** Ends all threads under a state, the innermost first. Does not call itself: the threads are gathered level by level. */
function abortChildren(plan: Plan, run: Run, outer: Turn, state: PlannedParallel | PlannedMap): void {
  const found: { readonly turn: Turn; readonly map: string | undefined }[] = [];
  const pending: { readonly turn: Turn; readonly state: PlannedState | undefined }[] = [{ turn: outer, state }];
  const idsByParent = run.idsByParent();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { phase } = next.turn;
    const map = next.state?.type === "Map" && "visit" in phase ? phase.visit.state : undefined;
    for (const id of idsByParent.get(next.turn.id) ?? []) {
      const turn = run.turnOf(id);
      if (turn === undefined) continue;
      found.push({ turn, map });
      if (turn.phase.kind === "joining") pending.push({ turn, state: plan.states.get(turn.phase.visit.state) });
    }
  }
  for (const { turn, map } of found.toReversed()) {
    abort(plan, run, turn);
    if (map !== undefined && turn.phase.kind !== "iteration")
      turn.recordAside("MapIterationAborted", { name: map, index: turn.index });
    run.drop(turn);
  }
}

function abort(plan: Plan, run: Run, turn: Turn): void {
  const { phase } = turn;
  for (const effect of cancelPhase(phase)) run.effect(effect);
  if (phase.kind === "mapRun") turn.record("MapRunAborted");
  const type = "visit" in phase ? plan.states.get(phase.visit.state)?.type : undefined;
  if (type !== undefined && abortable.has(type)) turn.record(`${type}StateAborted` as HistoryEventType);
}
