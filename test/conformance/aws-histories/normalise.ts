import type { Json, JsonObject } from "../../../src/language/json.js";
import type { Mask } from "./recording.js";

const isoDate = /\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/;

/** Gives a value the form of the recordings: embedded JSON parsed, names, dates and regions masked. */
export function normalise(value: Json, masks: readonly Mask[]): Json {
  let masked = maskKeys(parseEmbedded(value), isTime, "timestamp");
  for (const mask of masks) if (mask.kind === "jsonpath" && mask.reference === false) masked = maskPath(masked, mask);
  let text = JSON.stringify(masked);
  // Where names in ARNs are numbered, the recorder had done that before it came to the role.
  const isNumbered = masks.some(({ rule }) => rule === "arn-resource-name");
  for (const { kind, pattern = "", as = "" } of masks) {
    if (kind === "regex" && !(isNumbered && as === "snf_role_arn")) text = text.replace(regex(pattern), () => as);
  }
  text = text
    .replaceAll("us-east-1", "<region>")
    .replaceAll("arn:aws:", "arn:<partition>:")
    .replace(new RegExp(isoDate, "g"), "date");
  return JSON.parse(text) as Json;
}

/** A time that is not masked as a date. */
function isTime(key: string, _parent: string | undefined, value: Json): boolean {
  return key.toLowerCase().includes("timestamp") && !(typeof value === "string" && isoDate.test(value));
}

/** The patterns are Python's: a flag may stand in front. */
function regex(pattern: string): RegExp {
  return pattern.startsWith("(?i)") ? new RegExp(pattern.slice(4), "gi") : new RegExp(pattern, "g");
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Members that hold the text of an object hold the object; a JSON text in a cause is masked. */
function parseEmbedded(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(parseEmbedded);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, embedded(key, member)]));
}

function embedded(key: string, member: Json): Json {
  if (typeof member !== "string") return parseEmbedded(member);
  if (member.startsWith("{")) return parsedOr(member, member);
  return key.toLowerCase() === "cause" ? maskJsonInput(member) : member;
}

function parsedOr<Fallback>(text: string, fallback: Fallback): Json | Fallback {
  try {
    return JSON.parse(text) as Json;
  } catch (problem) {
    if (problem instanceof SyntaxError) return fallback;
    throw problem;
  }
}

function maskJsonInput(cause: string): string {
  return cause.replace(/'(\{.*\}|\[.*\])'/, (whole, text: string) =>
    parsedOr(text, undefined) === undefined ? whole : "'<json-input:1>'",
  );
}

/** `$..a` and `$..a.b` are all that the recordings use. */
function maskPath(value: Json, mask: Mask): Json {
  const [first = "", second] = (mask.path ?? "").replace("$..", "").split(".");
  const isMeant = (key: string, parent: string | undefined): boolean =>
    second === undefined ? key === first : key === second && parent === first;
  return maskKeys(value, isMeant, mask.as ?? "");
}

/** The value with every member that is meant, at any depth, masked. */
function maskKeys(
  value: Json,
  isMeant: (key: string, parent: string | undefined, value: Json) => boolean,
  as: string,
  parent?: string,
): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => maskKeys(item, isMeant, as, parent));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    isMeant(key, parent, member) ? as : maskKeys(member, isMeant, as, key),
  ]);
  return Object.fromEntries(members);
}
