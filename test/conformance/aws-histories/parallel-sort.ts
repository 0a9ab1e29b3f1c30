import type { Json, JsonObject } from "../../../src/language/json.js";
import { isObject, placesOf } from "./json-path.js";

/**
 * Does with the events inside of Parallel states what the recorder did where a case asks for it: they lose their ids and
 * are sorted, and the event that closes them is left out. Those of an attempt before another one keep their order.
 */
export function sortParallels(value: Json): void {
  for (const { holder, key } of placesOf(value, "$..events")) {
    const events = holder[key];
    if (Array.isArray(events)) holder[key] = sorted(events as readonly Json[]);
  }
}

function sorted(events: readonly Json[]): Json {
  const result: Json[] = [];
  let inside: Json[] | undefined;
  for (const event of events) {
    const type = isObject(event) ? event["type"] : undefined;
    if (type === "ParallelStateStarted") {
      result.push(...(inside ?? []), event);
      inside = [];
    } else if (inside !== undefined && (type === "ParallelStateSucceeded" || type === "ParallelStateFailed")) {
      result.push(...inBranches(inside));
      inside = undefined;
    } else if (inside !== undefined && isObject(event)) inside.push({ ...event, id: [0], previousEventId: 0 });
    else result.push(event);
  }
  return [...result, ...(inside ?? [])];
}

/** A history in which events without ids that follow each other are in one order, whatever order they came in. */
export function withSortedRuns(events: readonly JsonObject[]): readonly JsonObject[] {
  const result: JsonObject[] = [];
  let run: JsonObject[] = [];
  for (const event of events) {
    if (Array.isArray(event["id"])) run.push(event);
    else {
      result.push(...inBranches(run), event);
      run = [];
    }
  }
  return [...result, ...inBranches(run)];
}

function inBranches<Event extends Json>(events: readonly Event[]): readonly Event[] {
  const texts = events.map((event) => [sortedText(event), event] as const);
  return texts.sort(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, event]) => event);
}

/** JSON text whose keys are in order, so that equal values have equal texts. */
export function sortedText(value: Json): string {
  return JSON.stringify(value, (_key, member: Json) => {
    if (!isObject(member)) return member;
    return Object.fromEntries(
      Object.keys(member)
        .sort()
        .map((key) => [key, (member as JsonObject)[key]]),
    );
  });
}
