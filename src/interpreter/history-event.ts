import type { StateType } from "../language/asl.js";
import { type Json, type JsonObject, setOwn } from "../language/json.js";
import { Data } from "./data.js";

/** The types of events that the engine records. Source: the Step Functions API model. */
export type HistoryEventType =
  | `${StateType}StateEntered`
  | `${Exclude<StateType, "Fail">}StateExited`
  | `${"Task" | "Parallel" | "Map" | "Wait"}StateAborted`
  | `${"Parallel" | "Map"}State${"Started" | "Succeeded" | "Failed"}`
  | `MapIteration${"Started" | "Succeeded" | "Failed" | "Aborted"}`
  | `MapRun${"Started" | "Succeeded" | "Failed" | "Aborted"}`
  | `Execution${"Started" | "Succeeded" | "Failed" | "TimedOut" | "Aborted"}`
  | `Task${"Scheduled" | "Started" | "Submitted" | "Succeeded" | "Failed" | "TimedOut"}`
  | `LambdaFunction${"Scheduled" | "Started" | "Succeeded" | "Failed" | "TimedOut"}`
  | `Activity${"Scheduled" | "Started" | "Succeeded" | "Failed" | "TimedOut"}`
  | "EvaluationFailed";

/** Variables that a state has set; each is shown as its JSON text. */
export class Assigned {
  readonly values: JsonObject;

  constructor(values: JsonObject) {
    this.values = values;
  }
}

/** What stands in the details of an event. Payloads are kept by reference: their text is made when the event is shown. */
export interface EventDetails {
  readonly [field: string]: Json | Data | Assigned;
}

/** One line of the history of an execution. */
export interface HistoryEvent {
  /** From 1, without gaps. */
  readonly id: number;
  /** The event that led to this one; 0 for the first state. */
  readonly previousEventId: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly type: HistoryEventType;
  readonly details?: EventDetails;
}

/** The member in which AWS gives the details of an event: those of all kinds of states share two. */
export function detailsMember(type: HistoryEventType): string {
  if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
  if (type.endsWith("StateExited")) return "stateExitedEventDetails";
  return `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`;
}

/** The details of an event with their payloads as texts; nothing here is ever too large to be shown whole. */
export function shownDetails(details: EventDetails, includeData = true): JsonObject {
  const shown: Record<string, Json> = {};
  for (const [field, value] of Object.entries(details)) {
    if (!(value instanceof Data) && !(value instanceof Assigned)) {
      shown[field] = value;
      continue;
    }
    if (includeData) shown[field] = value instanceof Data ? value.text : textsOf(value.values);
    if (field !== "parameters") shown[`${field}Details`] = { truncated: false };
  }
  return shown;
}

function textsOf(values: JsonObject): JsonObject {
  const texts: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) setOwn(texts, name, JSON.stringify(value));
  return texts;
}
