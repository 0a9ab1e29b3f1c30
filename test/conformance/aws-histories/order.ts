import type { JsonObject } from "../../../src/language/json.js";
import type { Branch } from "./branches.js";

/**
 * What no interleaving of branches allows: a link to what comes later, and a line that goes on from its Parallel or Map
 * before all branches of it are over. `undefined` where all is in order. Events without ids have no order of their own.
 */
export function disorderIn(events: readonly JsonObject[], branches: readonly Branch[]): string | undefined {
  const forwards = events.find(({ id, previousEventId }) => typeof id === "number" && Number(previousEventId) >= id);
  if (forwards !== undefined)
    return `events[${numberOf(forwards) - 1}]: a link to ${numberOf(forwards, "previousEventId")}`;
  const nextOf = new Map(branches.flatMap((branch) => withNext(branch.events.filter(isNumbered))));
  for (const { key, startedBy, events: own } of branches) {
    const next = startedBy && nextOf.get(startedBy);
    const last = own.filter(isNumbered).at(-1);
    if (next === undefined || last === undefined || numberOf(last) < numberOf(next)) continue;
    return `branch ${key}: expected ${String(next["type"])} after ${String(last["type"])}, got it before`;
  }
  return undefined;
}

function withNext(events: readonly JsonObject[]): readonly (readonly [JsonObject, JsonObject | undefined])[] {
  return events.map((event, index) => [event, events[index + 1]]);
}

function isNumbered({ id }: JsonObject): boolean {
  return typeof id === "number";
}

function numberOf(event: JsonObject, field = "id"): number {
  return Number(event[field]);
}
