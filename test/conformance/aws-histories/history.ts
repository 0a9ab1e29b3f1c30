import type { Json, JsonObject } from "../../../src/language/json.js";
import { type Branch, branchesOf, nameOf } from "./branches.js";
import type { Comparison } from "./compare.js";
import { disorderIn } from "./order.js";
import { withSortedRuns } from "./parallel-sort.js";

/** How far two histories agree; each stage asks for more than the one before. */
export type HistoryStage = "types" | "events" | "ids";

export type Differences<Stage extends string> = Readonly<Partial<Record<Stage, string>>>;

/**
 * Compares histories: types in order, events without ids, events with ids. Where branches of the recorded one run at the
 * same time, each branch is compared for itself, as AWS interleaves them freely, the links by what they lead to, and a line goes on only
 * after all of its branches.
 *
 * @param isPrefix - the end was not recorded: what is there has to be the beginning
 */
export function historyDifferences(
  recorded: readonly JsonObject[],
  replayed: readonly JsonObject[],
  comparison: Comparison,
  isPrefix = false,
): Differences<HistoryStage> {
  const expected = withSortedRuns(recorded);
  const actual = withSortedRuns(isPrefix ? replayed.slice(0, recorded.length) : replayed);
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

/** Whether a Parallel or a Map begins several branches at once: those that wait for others link to these. */
export function hasConcurrency(events: Events): boolean {
  const begun = new Map(
    events.filter(({ type }) => /^(?:Parallel|Map)StateStarted$/.test(String(type))).map(({ id }) => [id, 0]),
  );
  return events.some(({ previousEventId }) => {
    const count = begun.get(previousEventId);
    if (count !== undefined) begun.set(previousEventId, count + 1);
    return count === 1;
  });
}

function branchDifferences(expected: Events, actual: Events, comparison: Comparison): Differences<HistoryStage> {
  const [wanted, given] = [branchesOf(expected), branchesOf(actual)];
  const byKey = new Map(given.map(({ key, events }) => [key, events]));
  const each = (compare: (one: Events, other: Events, place: string) => string | undefined): string | undefined => {
    for (const { key, events } of wanted) {
      const reason = compare(events, byKey.get(key) ?? [], `branch ${key}`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  const keys = comparison.difference(keysOf(wanted), keysOf(given), "branches");
  return cumulative([
    ["types", () => keys ?? each((one, other, place) => comparison.difference(typesOf(one), typesOf(other), place))],
    ["events", () => each((one, other, place) => comparison.difference(withoutIds(one), withoutIds(other), place))],
    [
      "ids",
      () => gapIn(actual) ?? disorderIn(actual, given) ?? linkDifference(targetsIn(wanted), targetsIn(given), each),
    ],
  ]);
}

function keysOf(branches: readonly Branch[]): Json {
  return branches.map(({ key }) => key).sort();
}

function gapIn(events: Events): string | undefined {
  const gap = events.findIndex(({ id }, index) => id !== index + 1);
  return gap < 0 ? undefined : `events[${gap}].id: expected ${gap + 1}, got ${String(events[gap]?.["id"])}`;
}

/** What a link leads to: a type and name, or a place in another branch; which of several that are alike, chance decides. */
type Target = readonly [event: string, place: string];

function linkDifference(
  wanted: (event: JsonObject) => Target,
  given: (event: JsonObject) => Target,
  each: (compare: (one: Events, other: Events, place: string) => string | undefined) => string | undefined,
): string | undefined {
  return each((one, other, place) => {
    const isOther = (event: JsonObject, found: JsonObject): boolean => {
      const [target, actual] = [wanted(event), given(found)];
      return target[0] !== actual[0] && (target[1] === "" || target[1] !== actual[1]);
    };
    const index = one.findIndex((event, at) => isOther(event, other[at] ?? {}));
    if (index < 0) return undefined;
    const [event = {}, found = {}] = [one[index], other[index]];
    return `${place}: ${String(event["type"])}: expected a link to ${wanted(event)[0]}, got one to ${given(found)[0]}`;
  });
}

function targetsIn(branches: readonly Branch[]): (event: JsonObject) => Target {
  const placeOf = new Map<unknown, { readonly branch: Branch; readonly index: number }>();
  for (const branch of branches) {
    for (const [index, event] of branch.events.entries()) placeOf.set(event["id"], { branch, index });
  }
  return (event) => {
    const found = placeOf.get(event["previousEventId"]);
    const target = found?.branch.events[found.index];
    if (found === undefined || target === undefined) return [String(event["previousEventId"]), ""];
    const own = placeOf.get(event["id"])?.branch;
    const isElsewhere = own !== found.branch && own !== undefined && own.parent !== found.branch;
    const fromEnd = found.branch.events.length - found.index;
    const place = isElsewhere ? `${depthOf(found.branch) - depthOf(own)} levels down, ${fromEnd} from the end` : "";
    return [`${String(target["type"])} ${nameOf(target)}`.trim(), place];
  };
}

function depthOf(branch: Branch): number {
  let depth = 0;
  for (let next = branch.parent; next !== undefined; next = next.parent) depth++;
  return depth;
}
