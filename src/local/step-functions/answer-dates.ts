import { isPlainObject, type Json, type JsonObject } from "../../language/json.js";

/** Members of SageMaker's answers that are dates; all others that are called so are texts. */
const dates = new Set([
  "CreationTime",
  "LastModifiedTime",
  "ProcessingStartTime",
  "ProcessingEndTime",
  "TrainingStartTime",
  "TrainingEndTime",
  "StartTime",
  "EndTime",
  "Timestamp",
  "ResolutionTime",
]);

/** An answer in which `print` has written the dates anew. As deep as the answers of SageMaker are. */
function withDates(value: Json, print: (ms: number) => Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withDates(item, print));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => {
    const isDate = dates.has(key) && typeof member === "number";
    return [key, isDate ? print(Math.round(member * 1000)) : withDates(member, print)] as const;
  });
  return Object.fromEntries(entries);
}

/** Optimized integrations give dates back in milliseconds since 1970, SageMaker itself in seconds. */
export function withMilliseconds(answer: JsonObject): JsonObject {
  return asObject(withDates(answer, (ms) => ms));
}

/** `aws-sdk` integrations give dates back as ISO 8601, with a fraction where there is one. */
export function withIsoDates(answer: JsonObject): JsonObject {
  return asObject(withDates(answer, (ms) => new Date(ms).toISOString().replace(".000Z", "Z")));
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isJsonObject(value: Json): value is JsonObject {
  return isPlainObject(value);
}
