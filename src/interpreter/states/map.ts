import type { Json } from "../../language/json.js";
import { type Amount, amountOf, planAmount } from "../amount.js";
import { isList } from "../data.js";
import { type DataFlow, planDataFlow, selectedInput } from "../data-flow.js";
import { evaluationFailure, Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import { evaluateTyped } from "../jsonata/evaluate.js";
import { fillJsonataTemplate, type JsonataTemplate } from "../jsonata/template.js";
import { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } from "../map/map-numbers.js";
import type { Outcome } from "../outcome.js";
import { type Path, readPath } from "../paths/path.js";
import { planRecovery, type Recovery } from "../recovery.js";
import { inOrder, type Join, type Visit } from "../snapshot.js";
import type { Template } from "../template.js";
import type { Turn } from "../turn.js";
import { type Distribution, planDistribution } from "./distribution.js";
import { failMap, leaveMap } from "./map-exit.js";
import { spawnIteration } from "./map-iteration.js";
import { startMapRun } from "./map-run.js";

/** A Map state. */
export interface PlannedMap {
  readonly type: "Map";
  readonly flow: DataFlow;
  /** Where the items are: a path into the effective input; JSONata; `undefined` for the input itself. */
  readonly items: Path | JsonataTemplate | undefined;
  readonly selector: Selector | undefined;
  readonly maxConcurrency: Amount | undefined;
  readonly toleratedCount: Amount | undefined;
  readonly toleratedPercentage: Amount | undefined;
  readonly startAt: string;
  /** Set for a distributed Map. */
  readonly distribution: Distribution | undefined;
  readonly recovery: Recovery;
  readonly next: string | undefined;
}

/** Makes the input of an iteration. */
export type Selector =
  | { readonly language: "JSONPath"; readonly template: Template }
  | { readonly language: "JSONata"; readonly template: JsonataTemplate };

/** Iterations of an inline Map that AWS runs at the same time, whatever `MaxConcurrency` says. */
const mostInline = 40;

/** Reads a Map state; `planScope` reads the states of its processor and gives where it begins. */
export function planMap(
  reader: FieldReader,
  next: string | undefined,
  planScope: (scope: FieldReader) => string,
): PlannedMap {
  const processor = reader.object("ItemProcessor") ?? reader.object("Iterator");
  if (processor === undefined) reader.refuse("expected the states of the iterations", "ItemProcessor");
  const isDistributed = processor?.object("ProcessorConfig")?.text("Mode") === "DISTRIBUTED";
  return {
    type: "Map",
    flow: planMapFlow(reader),
    items: planItems(reader),
    selector: planSelector(reader),
    maxConcurrency: planAmount(reader, "MaxConcurrency"),
    toleratedCount: planAmount(reader, "ToleratedFailureCount"),
    toleratedPercentage: planAmount(reader, "ToleratedFailurePercentage"),
    startAt: processor === undefined ? "" : planScope(processor),
    distribution: isDistributed ? planDistribution(reader, processor) : undefined,
    recovery: planRecovery(reader),
    next,
  };
}

/** `Parameters` is the old name of `ItemSelector`. */
function planMapFlow(reader: FieldReader): DataFlow {
  const flow = planDataFlow(reader);
  return flow.language === "JSONata" ? flow : { ...flow, parameters: undefined };
}

function planItems(reader: FieldReader): PlannedMap["items"] {
  if (reader.language === "JSONPath") return reader.pathTo("ItemsPath");
  return reader.jsonataTemplate("Items");
}

function planSelector(reader: FieldReader): Selector | undefined {
  if (reader.language === "JSONata") {
    const template = reader.jsonataTemplate("ItemSelector");
    return template === undefined ? undefined : { language: "JSONata", template };
  }
  const template = reader.template("ItemSelector") ?? reader.template("Parameters");
  return template === undefined ? undefined : { language: "JSONPath", template };
}

/** What a Map works with, once its fields are evaluated. */
export interface MapWork {
  readonly items: readonly Json[];
  readonly concurrency: number;
  readonly toleratedCount: number | undefined;
  readonly toleratedPercentage: number | undefined;
}

/** Begins the iterations, as many as may run at the same time. */
export function runMap(state: PlannedMap, turn: Turn, visit: Visit): Outcome {
  const input = selectedInput(state.flow, turn, visit);
  if (input instanceof Failure) return failMap(state, turn, visit, input);
  const items = state.distribution?.reader === undefined ? itemsOf(state, turn, visit, input) : [];
  if (items instanceof Failure) return failMap(state, turn, visit, items);
  const concurrency = concurrencyOf(state, turn, visit, input);
  if (concurrency instanceof Failure) return failMap(state, turn, visit, concurrency);
  turn.record("MapStateStarted", { length: items.length });
  const work = workOf(state, turn, visit, input, { items, concurrency });
  if (work instanceof Failure) return failMap(state, turn, visit, work);
  if (state.distribution !== undefined) return startMapRun(state, state.distribution, turn, visit, work);
  if (items.length === 0) return joinMap(state, turn, visit, { running: 0, results: undefined, items, nextItem: 0 });
  return { kind: "joining", visit, join: spawnFirst(state, turn, work) };
}

/** The items that the state finds in its input. */
export function itemsOf(state: PlannedMap, turn: Turn, visit: Visit, input: Json): readonly Json[] | Failure {
  const { items } = state;
  if (state.flow.language === "JSONata") return itemsInJsonata(items as JsonataTemplate | undefined, turn, visit);
  const path = items as Path | undefined;
  const found = path === undefined ? input : readPath(path, turn.scope(visit, input));
  if (found instanceof Failure) return found;
  if (isList(found)) return noted(turn, found);
  // AWS leaves out the first sign of a path into the Context Object.
  return runtimeFailure(`Reference path "${(path?.text ?? "$").replace(/^\$\$/, () => "$")}" must point to array.`);
}

function noted(turn: Turn, items: readonly Json[]): readonly Json[] {
  turn.note("afterItemsPath", items);
  return items;
}

function itemsInJsonata(items: JsonataTemplate | undefined, turn: Turn, visit: Visit): readonly Json[] | Failure {
  if (items === undefined) {
    const input = visit.input.value;
    if (isList(input)) return input;
    return evaluationFailure(`Map state input must be an array but was: ${visit.input.text}`, undefined);
  }
  const bindings = turn.bindings(visit);
  const found =
    items.kind === "jsonata"
      ? evaluateTyped(items, bindings, "Items", "array")
      : fillJsonataTemplate(items, bindings, "Items");
  if (found instanceof Failure || isList(found)) return found;
  return evaluationFailure(`Map state input must be an array but was: ${JSON.stringify(found)}`, "Items");
}

/** `MaxConcurrency`, evaluated; 0 for no bound. */
export function concurrencyOf(state: PlannedMap, turn: Turn, visit: Visit, input: Json): number | Failure {
  return amountOf(state.maxConcurrency, maxConcurrency, turn, visit, input) ?? 0;
}

/** The failures that are tolerated, evaluated. */
export function workOf(
  state: PlannedMap,
  turn: Turn,
  visit: Visit,
  input: Json,
  work: Pick<MapWork, "items" | "concurrency">,
): MapWork | Failure {
  const toleratedCount = amountOf(state.toleratedCount, toleratedFailureCount, turn, visit, input);
  if (toleratedCount instanceof Failure) return toleratedCount;
  const toleratedPercentage = amountOf(state.toleratedPercentage, toleratedFailurePercentage, turn, visit, input);
  if (toleratedPercentage instanceof Failure) return toleratedPercentage;
  return { ...work, toleratedCount, toleratedPercentage };
}

function spawnFirst(state: PlannedMap, turn: Turn, { items, concurrency }: MapWork): Join {
  const running = Math.min(items.length, mostInline, concurrency === 0 ? mostInline : concurrency);
  for (let index = 0; index < running; index++) spawnIteration(state, turn, items, index, turn.lastEventId);
  return { running, results: undefined, items, nextItem: running };
}

/** All iterations have ended: their outputs are the result, in the order of the items. */
export function joinMap(state: PlannedMap, turn: Turn, visit: Visit, { results, items }: Join): Outcome {
  const raw = inOrder(results, items.length).map((result) => result?.value ?? null);
  return leaveMap(state, turn, visit, raw, turn.lastEventId);
}
