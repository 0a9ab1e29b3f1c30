import type { Json } from "../../language/json.js";
import { isObject } from "../data.js";
import { Failure, runtimeFailure } from "../failure.js";
import { inlineOutput } from "../map/result-files.js";
import type { Outcome } from "../outcome.js";
import { reasons } from "../run.js";
import { inOrder, type MapRunPhase } from "../snapshot.js";
import type { Turn } from "../turn.js";
import { type Distribution, fill } from "./distribution.js";
import type { PlannedMap } from "./map.js";
import { failMap, leaveMap } from "./map-exit.js";

/** No child execution runs any more, and all are known: their results are put where they belong. */
export function writeResults(state: PlannedMap, { writer }: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  const results = inOrder(mapRun.results, mapRun.items.length).filter((result) => result !== undefined);
  if (writer.resource === "") return succeedMapRun(state, turn, phase, inlineOutput(results, writer.config));
  turn.renew(`${mapRun.id}:write`);
  const input = visit.input.value;
  const parameters =
    writer.parameters === undefined ? {} : fill(writer.parameters, turn, visit, input, "ResultWriter/Arguments");
  if (parameters instanceof Failure) return cancel(state, turn, phase, parameters);
  if (!isObject(parameters)) return cancel(state, turn, phase, runtimeFailure("ResultWriter expects an object."));
  const { resource, config } = writer;
  const request = { resource, config, parameters, mapRunArn: mapRun.arn, results };
  turn.effect({ kind: "writeResults", mapRun: mapRun.id, write: request });
  return { ...phase, mapRun: { ...mapRun, stage: "writing", isReady: false } };
}

/** All is written: the result of the Map is `output`, unless its run has failed. */
export function endMapRun(state: PlannedMap, turn: Turn, phase: MapRunPhase, output: Json): Outcome {
  const { failure } = phase.mapRun;
  if (failure !== undefined) return failMapRun(state, turn, phase, new Failure(failure.error, failure.cause));
  return succeedMapRun(state, turn, phase, output);
}

function succeedMapRun(state: PlannedMap, turn: Turn, phase: MapRunPhase, output: Json): Outcome {
  const { visit } = phase;
  end(turn, phase, "SUCCEEDED");
  return leaveMap(state, turn, visit, output, turn.recordAside("MapRunSucceeded"));
}

/** What still runs of the Map run is stopped, and the Map has failed. */
export function cancel(state: PlannedMap, turn: Turn, phase: MapRunPhase, failure: Failure): Outcome {
  turn.effect({ kind: "cancelMapRun", mapRun: phase.mapRun.id });
  return failMapRun(state, turn, phase, failure);
}

/** The Map run has failed, and with it the Map. */
export function failMapRun(state: PlannedMap, turn: Turn, phase: MapRunPhase, failure: Failure): Outcome {
  const { visit } = phase;
  end(turn, phase, "FAILED");
  const { error, cause } = failure.placedIn(visit.state, visit.enteredEventId);
  turn.record("MapRunFailed", reasons(error, cause));
  return failMap(state, turn, visit, failure);
}

/** Nothing is to be undone any more, whatever becomes of the state or of the execution. */
function end(turn: Turn, phase: MapRunPhase, status: "SUCCEEDED" | "FAILED"): void {
  turn.effect({ kind: "endMapRun", mapRun: phase.mapRun.id, status });
  turn.phase = { ...phase, mapRun: { ...phase.mapRun, stage: "over", isReady: false } };
}
