import type { Json } from "../../language/json.js";
import { type Amount, amountOf, planAmount } from "../amount.js";
import { Data, isObject } from "../data.js";
import { selectedInput } from "../data-flow.js";
import type { ReadRequest } from "../effect.js";
import { Failure, runtimeFailure } from "../failure.js";
import type { FieldReader } from "../field-reader.js";
import { fillJsonataTemplate, type JsonataTemplate } from "../jsonata/template.js";
import { batchesOf } from "../map/batches.js";
import { maxInputBytesPerBatch, maxItems, maxItemsPerBatch } from "../map/map-numbers.js";
import { defaultLabel, mapRunArn } from "../map/map-run.js";
import { mostItems } from "../map/read-items.js";
import { planReaderConfig, type ReaderConfig } from "../map/reader-config.js";
import { type EndedChild, inlineOutput, type WriterConfig } from "../map/result-files.js";
import { exceeds, thresholdExceeded } from "../map/tolerance.js";
import { planWriterConfig } from "../map/writer-config.js";
import type { Outcome } from "../outcome.js";
import { inOrder, type MapRun, type Phase, type Visit } from "../snapshot.js";
import { fillTemplate, type Template } from "../template.js";
import type { Turn } from "../turn.js";
import type { MapWork, PlannedMap } from "./map.js";
import { failMap, leaveMap } from "./map-exit.js";
import { iterationData } from "./map-iteration.js";

/** What a distributed Map has beside an inline one. */
export interface Distribution {
  readonly executionType: "STANDARD" | "EXPRESS";
  readonly label: string | undefined;
  readonly reader: PlannedReader | undefined;
  readonly batcher: PlannedBatcher | undefined;
  readonly writer: PlannedWriter;
}

type AnyTemplate =
  | { readonly language: "JSONPath"; readonly template: Template }
  | { readonly language: "JSONata"; readonly template: JsonataTemplate };

interface PlannedReader {
  readonly resource: string;
  readonly config: ReaderConfig;
  readonly maxItems: Amount | undefined;
  readonly parameters: AnyTemplate | undefined;
}

interface PlannedWriter {
  /** Empty where the results are not written anywhere. */
  readonly resource: string;
  readonly config: WriterConfig;
  readonly parameters: AnyTemplate | undefined;
}

interface PlannedBatcher {
  readonly maxItems: Amount | undefined;
  readonly maxInputBytes: Amount | undefined;
  readonly batchInput: AnyTemplate | undefined;
}

type MapRunPhase = Extract<Phase, { kind: "mapRun" }>;

/** Reads the fields of a distributed Map. */
export function planDistribution(reader: FieldReader, processor: FieldReader): Distribution {
  const isExpress = processor.object("ProcessorConfig")?.text("ExecutionType") === "EXPRESS";
  const itemReader = reader.object("ItemReader");
  const batcher = reader.object("ItemBatcher");
  return {
    executionType: isExpress ? "EXPRESS" : "STANDARD",
    label: reader.text("Label"),
    reader: itemReader === undefined ? undefined : planReader(itemReader),
    batcher: batcher === undefined ? undefined : planBatcher(batcher),
    writer: planWriter(reader.object("ResultWriter")),
  };
}

function planReader(reader: FieldReader): PlannedReader {
  const config = reader.object("ReaderConfig");
  return {
    resource: reader.text("Resource") ?? "",
    config: planReaderConfig(reader),
    maxItems: config === undefined ? undefined : planAmount(config, "MaxItems"),
    parameters: planTemplate(reader, reader.language === "JSONata" ? "Arguments" : "Parameters"),
  };
}

function planWriter(reader: FieldReader | undefined): PlannedWriter {
  return {
    resource: reader?.text("Resource") ?? "",
    config: planWriterConfig(reader),
    parameters:
      reader === undefined
        ? undefined
        : planTemplate(reader, reader.language === "JSONata" ? "Arguments" : "Parameters"),
  };
}

function planBatcher(reader: FieldReader): PlannedBatcher {
  return {
    maxItems: planAmount(reader, "MaxItemsPerBatch"),
    maxInputBytes: planAmount(reader, "MaxInputBytesPerBatch"),
    batchInput: planTemplate(reader, "BatchInput"),
  };
}

function planTemplate(reader: FieldReader, field: string): AnyTemplate | undefined {
  if (reader.language === "JSONata") {
    const template = reader.jsonataTemplate(field);
    return template === undefined ? undefined : { language: "JSONata", template };
  }
  const template = reader.template(field);
  return template === undefined ? undefined : { language: "JSONPath", template };
}

function fill(template: AnyTemplate, turn: Turn, visit: Visit, input: Json, field: string): Json | Failure {
  return template.language === "JSONata"
    ? fillJsonataTemplate(template.template, turn.bindings(visit), field)
    : fillTemplate(template.template, turn.scope(visit, input));
}

/** Child executions that run at the same time where `MaxConcurrency` does not say. */
const mostChildren = 10_000;

/** Begins a Map run: reads its items, or goes on with those that it has. */
export function startMapRun(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  visit: Visit,
  work: MapWork,
): Outcome {
  const { facts } = turn.run;
  const [, , , region = "", account = ""] = facts.arn.split(":");
  const home = { region, account, machine: facts.stateMachineName };
  const label = distribution.label ?? defaultLabel(home, visit.state);
  const arn = mapRunArn(home, { label, uuid: turn.random.uuid() });
  const id = turn.nameOf("mapRun");
  turn.record("MapRunStarted", { mapRunArn: arn });
  const read = readRequest(distribution, turn, visit);
  if (read instanceof Failure) return failMapRun(state, turn, visit, read);
  turn.effect({ kind: "startMapRun", mapRun: id, arn, ...(read === undefined ? {} : { read }) });
  const mapRun: MapRun = {
    id,
    arn,
    stage: "reading",
    concurrency: work.concurrency === 0 ? mostChildren : work.concurrency,
    tolerance: { count: work.toleratedCount, percentage: work.toleratedPercentage },
    items: [],
    nextItem: 0,
    running: 0,
    failed: 0,
    results: undefined,
  };
  const phase: MapRunPhase = { kind: "mapRun", visit, mapRun };
  return read === undefined ? takeItems(state, distribution, turn, phase, work.items) : phase;
}

/** What is to be read for the items; `undefined` where they are in the input. */
export function readRequest({ reader }: Distribution, turn: Turn, visit: Visit): ReadRequest | undefined | Failure {
  if (reader === undefined) return undefined;
  const input = visit.input.value;
  const most = amountOf(reader.maxItems, maxItems, turn, visit, input);
  if (most instanceof Failure) return most;
  const parameters =
    reader.parameters === undefined ? {} : fill(reader.parameters, turn, visit, input, "ItemReader/Arguments");
  if (parameters instanceof Failure) return parameters;
  const { resource, config } = reader;
  return { resource, config, parameters, maxItems: most === undefined || most === 0 ? mostItems : most };
}

/** The items are there: the first child executions begin. */
export function takeItems(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  phase: MapRunPhase,
  items: readonly Json[],
): Outcome {
  if (phase.mapRun.stage !== "reading") return phase;
  const work =
    distribution.batcher === undefined ? items : batched(state, distribution.batcher, turn, phase.visit, items);
  if (work instanceof Failure) return cancel(state, turn, phase, work);
  return goOn(state, distribution, turn, { ...phase, mapRun: { ...phase.mapRun, stage: "running", items: work } });
}

/** The items as the child executions get them, in batches. */
export function batched(
  state: PlannedMap,
  { maxItems: most, maxInputBytes: bytes, batchInput: template }: PlannedBatcher,
  turn: Turn,
  visit: Visit,
  items: readonly Json[],
): readonly Json[] | Failure {
  const input = selectedInput(state.flow, turn, visit);
  if (input instanceof Failure) return input;
  const mostItemsPerBatch = amountOf(most, maxItemsPerBatch, turn, visit, input);
  if (mostItemsPerBatch instanceof Failure) return mostItemsPerBatch;
  const mostBytes = amountOf(bytes, maxInputBytesPerBatch, turn, visit, input);
  if (mostBytes instanceof Failure) return mostBytes;
  const batchInput = template === undefined ? undefined : fill(template, turn, visit, input, "ItemBatcher/BatchInput");
  if (batchInput instanceof Failure) return batchInput;
  const selected: Json[] = [];
  for (const [index, value] of items.entries()) {
    const data = iterationData(state, turn, visit, { index, value });
    if (data instanceof Failure) return data;
    selected.push(data.value);
  }
  return batchesOf(selected, { maxItems: mostItemsPerBatch, maxInputBytes: mostBytes, batchInput });
}

/** Begins as many child executions as may run; ends the Map when there is none left. */
function goOn(state: PlannedMap, distribution: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  let { nextItem, running } = mapRun;
  for (; nextItem < mapRun.items.length && running < mapRun.concurrency; nextItem++, running++) {
    const value = mapRun.items[nextItem] ?? null;
    const item = { index: nextItem, value };
    const input = distribution.batcher === undefined ? iterationData(state, turn, visit, item) : new Data(value);
    if (input instanceof Failure) return cancel(state, turn, phase, input);
    turn.effect({
      kind: "startChild",
      mapRun: mapRun.id,
      index: nextItem,
      input,
      type: distribution.executionType,
      child: { startAt: state.startAt, item, parentArn: turn.run.facts.arn, mapRunArn: mapRun.arn },
    });
  }
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, nextItem, running } };
  return running === 0 ? write(state, distribution, turn, next) : next;
}

/** A child execution has ended. */
export function endChild(
  state: PlannedMap,
  distribution: Distribution,
  turn: Turn,
  phase: MapRunPhase,
  index: number,
  result: EndedChild,
): Outcome {
  const { mapRun } = phase;
  if (mapRun.stage !== "running") return phase;
  const failed = mapRun.failed + (result.status === "SUCCEEDED" ? 0 : 1);
  const results = { index, result, before: mapRun.results };
  const next: MapRunPhase = { ...phase, mapRun: { ...mapRun, running: mapRun.running - 1, failed, results } };
  if (failed > mapRun.failed && exceeds(mapRun.tolerance, failed, mapRun.items.length)) {
    return cancel(state, turn, next, thresholdExceeded());
  }
  return goOn(state, distribution, turn, next);
}

function write(state: PlannedMap, { writer }: Distribution, turn: Turn, phase: MapRunPhase): Outcome {
  const { visit, mapRun } = phase;
  const results = inOrder(mapRun.results, mapRun.items.length).filter((result) => result !== undefined);
  if (writer.resource === "") return succeedMapRun(state, turn, visit, inlineOutput(results, writer.config));
  const input = visit.input.value;
  const parameters =
    writer.parameters === undefined ? {} : fill(writer.parameters, turn, visit, input, "ResultWriter/Arguments");
  if (parameters instanceof Failure) return cancel(state, turn, phase, parameters);
  if (!isObject(parameters)) return cancel(state, turn, phase, runtimeFailure("ResultWriter expects an object."));
  const { resource, config } = writer;
  const write = { resource, config, parameters, mapRunArn: mapRun.arn, results };
  turn.effect({ kind: "writeResults", mapRun: mapRun.id, write });
  return { ...phase, mapRun: { ...mapRun, stage: "writing" } };
}

/** All is done, and written: the result of the Map is `output`. */
export function succeedMapRun(state: PlannedMap, turn: Turn, visit: Visit, output: Json): Outcome {
  return leaveMap(state, turn, visit, output, turn.recordAside("MapRunSucceeded"));
}

/** What still runs of the Map run is stopped, and the Map has failed. */
export function cancel(state: PlannedMap, turn: Turn, { visit, mapRun }: MapRunPhase, failure: Failure): Outcome {
  turn.effect({ kind: "cancelMapRun", mapRun: mapRun.id });
  return failMapRun(state, turn, visit, failure);
}

function failMapRun(state: PlannedMap, turn: Turn, visit: Visit, failure: Failure): Outcome {
  const { error, cause } = failure.placedIn(visit.state, visit.enteredEventId);
  turn.record("MapRunFailed", { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
  return failMap(state, turn, visit, failure);
}
