import type { Json, JsonObject } from "../../../src/language/json.js";
import { isObject, placesOf } from "./json-path.js";
import type { Recording } from "./recording.js";

/** A change of what AWS answers: recordings from before it are read as if they had been made after it. */
interface Change {
  /** The first day on which a recording shows what AWS does since. */
  readonly since: string;
  apply(recording: Recording): Recording;
}

const changes: readonly Change[] = [
  // Redrive came: since then the Context Object counts it.
  { since: "2023-11-15", apply: withRedriveCount },
  // Until August 2024 a distributed Map left from the event that its run had succeeded.
  { since: "2024-11-01", apply: withLinksToStart },
];

/** A recording as AWS would make it now; the same one where nothing has changed since. */
export function asOfToday(recording: Recording): Recording {
  const day = dayOf(recording.recorded);
  return changes.filter(({ since }) => day < since).reduce((read, { apply }) => apply(read), recording);
}

/** `24-10-2023, 17:18:16` as `2023-10-24`; without a day, of today. */
function dayOf(recorded = ""): string {
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})/.exec(recorded) ?? [];
  return year === undefined ? "9999" : `${year}-${month}-${day}`;
}

const keysBefore = "Id,Input,Name,RoleArn,StartTime";

function withRedriveCount(recording: Recording): Recording {
  const { mocks, expected } = structuredClone({ mocks: recording.mocks, expected: recording.expected });
  const found = placesOf({ mocks, expected } as unknown as Json, "$..Execution").filter(({ holder, key }) => {
    const execution = holder[key];
    return isObject(execution) && Object.keys(execution).sort().join() === keysBefore;
  });
  if (found.length === 0) return recording;
  for (const { holder, key } of found) holder[key] = { ...(holder[key] as JsonObject), RedriveCount: 0 };
  return { ...recording, mocks, expected };
}

function withLinksToStart(recording: Recording): Recording {
  const { events } = recording.expected;
  const byId = new Map((events ?? []).map((event) => [event["id"], event]));
  const isOld = (event: JsonObject): boolean =>
    event["type"] === "MapStateExited" && byId.get(event["previousEventId"] as number)?.["type"] === "MapRunSucceeded";
  if (events === undefined || !events.some(isOld)) return recording;
  const changed = events.map((event) => {
    const succeeded = isOld(event) ? byId.get(event["previousEventId"] as number) : undefined;
    return succeeded === undefined ? event : { ...event, previousEventId: succeeded["previousEventId"] ?? 0 };
  });
  return { ...recording, expected: { ...recording.expected, events: changed } };
}
