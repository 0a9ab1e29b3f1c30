import type { Json, JsonObject } from "../language/json.js";
import { Data } from "./data.js";
import type { SizedItem } from "./map/batches.js";
import type { Attempt, Join, MapRun, Phase, Results, Snapshot, Thread, Visit } from "./snapshot.js";
import { Threads } from "./threads.js";

/** A snapshot as a JSON text; {@link readSnapshot} gives back one that goes on in the same way. */
export function storeSnapshot(snapshot: Snapshot): string {
  const { facts, threads, ...rest } = snapshot;
  const stored = {
    ...rest,
    facts: { ...facts, input: facts.input.text },
    threads: [...threads].map(storeThread),
  };
  return JSON.stringify(stored);
}

function storeThread({ phase, ...rest }: Thread): object {
  return { ...rest, phase: storePhase(phase) };
}

function storePhase(phase: Phase): object {
  switch (phase.kind) {
    case "iteration":
      return phase;
    case "ready":
      return { ...phase, input: phase.input.text };
    case "joining": {
      const results = listOf(phase.join.results).map(({ index, result }) => [index, result.text]);
      return { ...phase, visit: storeVisit(phase.visit), join: { ...phase.join, results } };
    }
    case "asking": {
      const attempt = { ...phase.attempt, parameters: phase.attempt.parameters.text };
      return { ...phase, visit: storeVisit(phase.visit), attempt };
    }
    case "mapRun":
      return { ...phase, visit: storeVisit(phase.visit), mapRun: storeMapRun(phase.mapRun) };
    default:
      return { ...phase, visit: storeVisit(phase.visit) };
  }
}

function storeMapRun({ batching, ...mapRun }: MapRun): object {
  const results = listOf(mapRun.results).map(({ index, result }) => {
    const hasOutput = "output" in result && result.output !== undefined;
    const output = hasOutput ? { output: result.output.text } : {};
    return [index, { ...result, input: result.input.text, ...output }];
  });
  if (batching === undefined) return { ...mapRun, results };
  const selected = listOf(batching.selected).map(({ index, result }) => [index, result]);
  return {
    ...mapRun,
    results,
    batching: { batcher: batching.batcher, nextItem: batching.nextItem, results: selected },
  };
}

function storeVisit(visit: Visit): object {
  return { ...visit, input: visit.input.text };
}

/** The results in the order in which they came. */
function listOf<T>(results: Results<T> | undefined): readonly Results<T>[] {
  const list: Results<T>[] = [];
  for (let next = results; next !== undefined; next = next.before) list.push(next);
  return list.reverse();
}

/** Reads what {@link storeSnapshot} has made; anything else is not to be given to it. */
export function readSnapshot(text: string): Snapshot {
  const { facts, threads, ...rest } = JSON.parse(text) as Stored<Snapshot, "facts" | "threads">;
  const read = (threads as unknown as readonly Stored<Thread, "phase">[]).map(readThread);
  return {
    ...(rest as unknown as Omit<Snapshot, "facts" | "threads">),
    facts: { ...(facts as unknown as Snapshot["facts"]), input: readData(facts["input"]) },
    threads: Threads.of(read),
  };
}

type Stored<T, Changed extends keyof T> = Omit<T, Changed> & { readonly [K in Changed]: JsonObject };

function readThread({ phase, ...rest }: Stored<Thread, "phase">): Thread {
  return { ...rest, phase: readPhase(phase) };
}

function readPhase(stored: JsonObject): Phase {
  const phase = stored as unknown as Phase;
  switch (phase.kind) {
    case "iteration":
      return phase;
    case "ready":
      return { ...phase, input: readData(stored["input"]) };
    case "joining": {
      const join = stored["join"] as JsonObject;
      const results = readResults(join, readData);
      return { ...phase, visit: readVisit(stored), join: { ...(join as unknown as Join), results } };
    }
    case "asking": {
      const attempt = stored["attempt"] as JsonObject;
      const parameters = readData(attempt["parameters"]);
      return { ...phase, visit: readVisit(stored), attempt: { ...(attempt as unknown as Attempt), parameters } };
    }
    case "mapRun":
      return { ...phase, visit: readVisit(stored), mapRun: readMapRun(stored["mapRun"] as JsonObject) };
    default:
      return { ...phase, visit: readVisit(stored) };
  }
}

function readMapRun(stored: JsonObject): MapRun {
  const { batching, ...mapRun } = stored as unknown as MapRun;
  const results = readResults(stored, (result) => readChild(result as JsonObject));
  if (batching === undefined) return { ...mapRun, results };
  const { batcher, nextItem } = batching;
  const selected = readResults(stored["batching"] as JsonObject, (item) => item as unknown as SizedItem);
  return { ...mapRun, results, batching: { batcher, nextItem, selected } };
}

function readVisit(phase: JsonObject): Visit {
  const visit = phase["visit"] as JsonObject;
  return { ...(visit as unknown as Visit), input: readData(visit["input"]) };
}

function readChild(result: JsonObject): NonNullable<MapRun["results"]>["result"] {
  const child = result as unknown as NonNullable<MapRun["results"]>["result"];
  const output = result["output"] === undefined ? {} : { output: readData(result["output"]) };
  return { ...child, input: readData(result["input"]), ...output };
}

function readResults<T>(owner: JsonObject, read: (result: Json) => T): Results<T> | undefined {
  let results: Results<T> | undefined;
  for (const [index, result] of owner["results"] as readonly (readonly [number, Json])[]) {
    results = { index, result: read(result), before: results };
  }
  return results;
}

function readData(text: Json | undefined): Data {
  return new Data(JSON.parse(String(text)) as Json, String(text));
}
