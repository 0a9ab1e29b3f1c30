import { isPlainObject, type Json, type JsonObject } from "../../language/json.js";

/** Where members are dates; lists are passed through. */
interface Dates {
  readonly [member: string]: true | Dates;
}

const summaries = {
  CreationTime: true,
  LastModifiedTime: true,
  ProcessingEndTime: true,
  TrainingEndTime: true,
} as const;
const variants = { DeployedImages: { ResolutionTime: true } } as const;

/** By place and not by name alone: a user's own configuration, given back as it is, may have members of the same names. */
const dates: Dates = {
  ...summaries,
  ProcessingStartTime: true,
  TrainingStartTime: true,
  SecondaryStatusTransitions: { StartTime: true, EndTime: true },
  FinalMetricDataList: { Timestamp: true },
  ProductionVariants: variants,
  ShadowProductionVariants: variants,
  ProcessingJobSummaries: summaries,
  TrainingJobSummaries: summaries,
  Models: summaries,
  EndpointConfigs: summaries,
  Endpoints: summaries,
};

/** An answer in which `print` has written the dates anew. As deep as the table is. */
function withDates(value: Json, at: Dates, print: (ms: number) => Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withDates(item, at, print));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, member]) => [key, written(member, Object.hasOwn(at, key) ? at[key] : undefined, print)] as const,
  );
  return Object.fromEntries(entries);
}

function written(member: Json, at: true | Dates | undefined, print: (ms: number) => Json): Json {
  if (at === undefined) return member;
  if (at !== true) return withDates(member, at, print);
  return typeof member === "number" ? print(Math.round(member * 1000)) : member;
}

/** Optimized integrations give dates back in milliseconds since 1970, SageMaker itself in seconds. */
export function withMilliseconds(answer: JsonObject): JsonObject {
  return asObject(withDates(answer, dates, (ms) => ms));
}

/** `aws-sdk` integrations give dates back as ISO 8601, with a fraction where there is one. */
export function withIsoDates(answer: JsonObject): JsonObject {
  return asObject(withDates(answer, dates, (ms) => new Date(ms).toISOString().replace(".000Z", "Z")));
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isJsonObject(value: Json): value is JsonObject {
  return isPlainObject(value);
}
