import type { Json, JsonObject } from "../../../src/language/json.js";
import { Comparison } from "./compare.js";
import { type Differences, type HistoryStage, historyDifferences } from "./history.js";
import { isObject } from "./json-path.js";
import { normalise, parsedJson } from "./normalise.js";
import type { Mask, Recording } from "./recording.js";

const finalStages = ["status", "output", "error", "cause"] as const;
const historyStages = ["types", "events", "ids"] as const satisfies readonly HistoryStage[];

/** What is counted of a case, each for itself; `answer`: all that TestState says. */
export const stages = [...finalStages, ...historyStages, "answer"] as const;
export type Stage = (typeof stages)[number];

/** How a case went: the stages that it has, and why those that failed did. */
export interface Verdict {
  readonly applies: ReadonlySet<Stage>;
  readonly reasons: Differences<Stage>;
  /** Where only the layout of a JSON text is another than the recorded one. */
  readonly relaid?: ReadonlySet<string>;
}

/** What the engine made of a recording. */
export interface Replayed {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly JsonObject[];
}

/**
 * Holds what the engine made of a recording against what AWS did. What other calls and logs told of the run is no part of
 * it: that is the service's to say, out of the same events.
 */
export function judge(recording: Recording, replayed: Replayed): Verdict {
  const { expected } = recording;
  const { result, events } = normalised(recording.normalise, replayed);
  const comparison = new Comparison();
  const reasons: Partial<Record<Stage, string>> = {};
  const applies = new Set<Stage>(finalsOf(expected.status));
  for (const stage of finalStages) {
    if (!applies.has(stage)) continue;
    const reason = finalDifference(stage, expected[stage], result[stage], comparison);
    if (reason !== undefined) reasons[stage] = reason;
  }
  const wanted = eventsOf(expected);
  const { relaid } = comparison;
  if (wanted === undefined) return { applies, reasons, relaid };
  for (const stage of historyStages) applies.add(stage);
  const given = expected.events === undefined ? events.slice(-1) : events;
  const differences = historyDifferences(wanted, given, comparison, recording.incomplete);
  return { applies, reasons: { ...reasons, ...differences }, relaid };
}

/** A case that could not be run fails in all its stages. */
export function refused({ expected }: Recording, reason: string): Verdict {
  const history = eventsOf(expected) === undefined ? [] : historyStages;
  const applies = new Set<Stage>([...finalsOf(expected.status), ...history]);
  return { applies, reasons: Object.fromEntries([...applies].map((stage) => [stage, reason])) };
}

export function isFinal({ reasons }: Verdict): boolean {
  return finalStages.every((stage) => reasons[stage] === undefined);
}

export function isHistoryEqual({ reasons }: Verdict): boolean {
  return historyStages.every((stage) => reasons[stage] === undefined);
}

/** Error and cause are looked at also where AWS sent none: then there has to be none. */
function finalsOf(status: string | null | undefined): readonly Stage[] {
  if (status === undefined || status === null) return [];
  return status === "SUCCEEDED" ? ["status", "output"] : ["status", "error", "cause"];
}

function finalDifference(
  stage: string,
  expected: Json | undefined,
  actual: Json | undefined,
  comparison: Comparison,
): string | undefined {
  if (expected === undefined)
    return actual === undefined ? undefined : `${stage}: expected none, got ${String(actual)}`;
  if (actual === undefined) return `${stage}: expected ${JSON.stringify(expected).slice(0, 300)}, got none`;
  return comparison.difference(expected, actual, stage);
}

interface Normalised {
  readonly result: Readonly<Record<string, Json | undefined>>;
  readonly events: readonly JsonObject[];
}

function normalised(masks: readonly Mask[], { events, ...result }: Replayed): Normalised {
  // The recorder had the history before it; what it numbered there counts for the rest.
  const masked = normalise({ history: { events }, result } as unknown as Json, masks) as unknown as {
    readonly history: { readonly events: readonly JsonObject[] };
    readonly result: { readonly [field: string]: Json };
  };
  const { output, ...others } = masked.result;
  // The recorded output is a value; outputs that are no objects are still text here.
  const parsed = typeof output === "string" ? parsedJson(output) : undefined;
  const value = parsed === undefined ? output : parsed;
  return { result: { ...others, ...(value === undefined ? {} : { output: value }) }, events: masked.history.events };
}

/** The recorded history; of an EXPRESS run, the last line of its log as an event. */
function eventsOf({ events, endEvent }: Recording["expected"]): readonly JsonObject[] | undefined {
  if (events !== undefined || endEvent === undefined) return events;
  const { id, previous_event_id: previous, type, details } = endEvent;
  const member = `${String(type).slice(0, 1).toLowerCase()}${String(type).slice(1)}EventDetails`;
  return [
    {
      id: Number(id),
      previousEventId: Number(previous),
      type: type ?? null,
      ...(isObject(details) ? { [member]: details } : {}),
    },
  ];
}
