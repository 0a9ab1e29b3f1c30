import type { Json, JsonObject } from "../../../src/language/json.js";
import { branchesOf, nameOf } from "./branches.js";
import type { Comparison } from "./compare.js";

/** How far two histories agree; each stage asks for more than the one before. */
export type HistoryStage = "types" | "events" | "ids";

export type Differences<Stage extends string> = Readonly<Partial<Record<Stage, string>>>;

/**
 * Compares histories: types in order, events without ids, events with ids. Where branches of the recorded one run at the
 * same time, each branch is compared for itself, as AWS interleaves them freely, and the links by what they lead to.
 *
 * @param isPrefix - the end was not recorded: what is there has to be the beginning
 */
export function historyDifferences(
  expected: readonly JsonObject[],
  recordedNow: readonly JsonObject[],
  comparison: Comparison,
  isPrefix = false,
): Differences<HistoryStage> {
  const actual = isPrefix ? recordedNow.slice(0, expected.length) : recordedNow;
  const inOrder = differencesOf(expected, actual, comparison.fork());
  if (Object.keys(inOrder).length === 0 || !hasConcurrency(expected)) return inOrder;
  const byBranch = branchDifferences(expected, actual, comparison.fork());
  return Object.keys(byBranch).length < Object.keys(inOrder).length ? byBranch : inOrder;
}

type Events = readonly JsonObject[];

/** The first stage at which two lists differ; the later ones cannot be better. */
function differencesOf(expected: Events, actual: Events, comparison: Comparison): Differences<HistoryStage> {
  const checks: readonly [HistoryStage, () => string | undefined][] = [
    ["types", () => comparison.difference(typesOf(expected), typesOf(actual), "types")],
    ["events", () => comparison.fork().difference(withoutIds(expected), withoutIds(actual), "events")],
    ["ids", () => comparison.difference(withoutTime(expected), withoutTime(actual), "events")],
  ];
  return cumulative(checks);
}

function cumulative(checks: readonly [HistoryStage, () => string | undefined][]): Differences<HistoryStage> {
  const found: Partial<Record<HistoryStage, string>> = {};
  let reason: string | undefined;
  for (const [stage, check] of checks) {
    reason ??= check();
    if (reason !== undefined) found[stage] = reason;
  }
  return found;
}

function typesOf(events: Events): Json {
  return events.map(({ type }) => type ?? null);
}

function withoutTime(events: Events): Json {
  return events.map(({ timestamp: _, ...event }) => event) as Json;
}

function withoutIds(events: Events): Json {
  return events.map(({ timestamp: _, id: _id, previousEventId: _previous, ...event }) => event) as Json;
}

/** Whether one branch begins before another one of the same state has ended. */
export function hasConcurrency(events: Events): boolean {
  const running = new Map<string, number>();
  const begun = new Map<unknown, number>();
  const parallels = new Set(events.filter(({ type }) => type === "ParallelStateStarted").map(({ id }) => id));
  return events.some((event) => {
    const type = String(event["type"]);
    const name = nameOf(event);
    const count = (running.get(name) ?? 0) + (type === "MapIterationStarted" ? 1 : 0);
    if (type === "MapIterationStarted") running.set(name, count);
    else if (type.startsWith("MapIteration")) running.set(name, count - 1);
    const previous = event["previousEventId"];
    if (parallels.has(previous as number)) begun.set(previous, (begun.get(previous) ?? 0) + 1);
    return (type === "MapIterationStarted" && count > 1) || (begun.get(previous) ?? 0) > 1;
  });
}

function branchDifferences(expected: Events, actual: Events, comparison: Comparison): Differences<HistoryStage> {
  const [wanted, given] = [eventsByBranch(expected), eventsByBranch(actual)];
  const keys = comparison.difference([...wanted.keys()].sort(), [...given.keys()].sort(), "branches");
  const each = (compare: (one: Events, other: Events, place: string) => string | undefined): string | undefined => {
    for (const [key, events] of wanted) {
      const reason = compare(events, given.get(key) ?? [], `branch ${key}`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  return cumulative([
    ["types", () => keys ?? each((one, other, place) => comparison.difference(typesOf(one), typesOf(other), place))],
    ["events", () => each((one, other, place) => comparison.difference(withoutIds(one), withoutIds(other), place))],
    ["ids", () => linkDifference(expected, actual, each)],
  ]);
}

function eventsByBranch(events: Events): ReadonlyMap<string, Events> {
  return new Map(branchesOf(events).map((branch) => [branch.key, branch.events]));
}

/** Ids have to count from 1; a link has to lead to an event of the same type and name. */
function linkDifference(
  expected: Events,
  actual: Events,
  each: (compare: (one: Events, other: Events, place: string) => string | undefined) => string | undefined,
): string | undefined {
  const gap = actual.findIndex(({ id }, index) => id !== index + 1);
  if (gap >= 0) return `events[${gap}].id: expected ${gap + 1}, got ${String(actual[gap]?.["id"])}`;
  const [wanted, given] = [targetsOf(expected), targetsOf(actual)];
  return each((one, other, place) => {
    const index = one.findIndex((event, at) => wanted(event) !== given(other[at] ?? {}));
    if (index < 0) return undefined;
    const [event = {}, found = {}] = [one[index], other[index]];
    return `${place}: ${String(event["type"])}: expected a link to ${wanted(event)}, got one to ${given(found)}`;
  });
}

function targetsOf(events: Events): (event: JsonObject) => string {
  const byId = new Map(events.map((event) => [event["id"], `${String(event["type"])} ${nameOf(event)}`.trim()]));
  return (event) => byId.get(event["previousEventId"] as number) ?? String(event["previousEventId"]);
}
