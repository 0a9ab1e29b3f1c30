import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { dateText } from "./date-text.js";
import { type EventResource, resourceOf } from "./event-resource.js";
import { laidOutJson } from "./laid-out-json.js";
import { cell, type Row, type Table } from "./table.js";

/** The history of an execution, in whatever order it was read. */
export function eventsTable(events: readonly HistoryEvent[], linked: boolean): Table {
  const lineages = lineagesOf(events);
  const times = events.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp.getTime()]));
  const start = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  return {
    title: "History",
    columns: ["ID", "Type", "Step", "Resource", "Elapsed Time (ms)", "Timestamp (UTC)"],
    rows: events.map((event) => rowOf(event, lineages.get(event.id ?? 0), start, linked)),
  };
}

/** What an event has of those before it. */
interface Lineage {
  readonly step: string;
  /** Of the task that was scheduled last. */
  readonly resource: EventResource | undefined;
}

/** Each event follows the one that it names, so that events of branches that run together are told apart. */
function lineagesOf(events: readonly HistoryEvent[]): ReadonlyMap<number, Lineage> {
  const found = new Map<number, Lineage>();
  const inOrder = [...events].sort((left, right) => (left.id ?? 0) - (right.id ?? 0));
  for (const event of inOrder) {
    const before = found.get(event.previousEventId ?? 0);
    const entered = event.stateEnteredEventDetails?.name;
    const step = entered ?? event.stateExitedEventDetails?.name ?? before?.step ?? "";
    found.set(event.id ?? 0, {
      step,
      resource: resourceOf(event, entered === undefined ? before?.resource : undefined),
    });
  }
  return found;
}

function rowOf(event: HistoryEvent, lineage: Lineage | undefined, start: number, linked: boolean): Row {
  const { id, type = "", timestamp } = event;
  const resource = isOfTask(type) ? lineage?.resource : undefined;
  return {
    cells: [
      cell(String(id ?? "")),
      cell(type),
      cell(lineage?.step ?? ""),
      { text: resource?.text ?? "-", href: linked ? resource?.href : undefined },
      cell(timestamp === undefined ? "-" : String(timestamp.getTime() - start)),
      cell(dateText(timestamp)),
    ],
    detail: detailOf(event),
  };
}

/** Whether an event speaks of a task, and not of the state around it. */
function isOfTask(type: string): boolean {
  return /^(Task|LambdaFunction|Activity)(?!State)/.test(type);
}

/** What an event tells, whatever its type is: AWS names the member after the type. */
function detailOf(event: HistoryEvent): string | undefined {
  const details = Object.entries(event).find(([name, value]) => name.endsWith("EventDetails") && value !== undefined);
  return details === undefined ? undefined : laidOutJson(details[1]);
}
