import type { Segment } from "../expression/tree.js";
import type { Json, JsonObject } from "../language/json.js";
import { limits } from "../language/limits.js";
import { type Failure, runtimeFailure, tooLarge } from "./failure.js";

/**
 * A JSON value with its text. The text of an input stays as it was sent for as long as nothing changes the value; that of any
 * other value is made when somebody asks for it.
 */
export class Data {
  readonly value: Json;
  private json: string | undefined;

  constructor(value: Json, text?: string) {
    this.value = value;
    this.json = text;
  }

  get text(): string {
    this.json ??= JSON.stringify(this.value);
    return this.json;
  }
}

/** Levels of lists and objects in a payload. Ours: it keeps every walk over data within the stack. */
export const deepestData = 1_000;

/** What a path of `null` stands for. */
export const emptyData = new Data({}, "{}");

/** Whether a JSON text nests deeper than {@link deepestData}. Looks at the text, so that nothing deep is ever built. */
export function nestsTooDeep(text: string): boolean {
  // A level takes two characters at least.
  if (text.length <= deepestData * 2) return false;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === backslash) index++;
      else if (code === quote) quoted = false;
    } else if (code === quote) quoted = true;
    else if (code === openBracket || code === openBrace) {
      if (++depth > deepestData) return true;
    } else if (code === closeBracket || code === closeBrace) depth--;
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Whether a text takes more bytes of UTF-8 than AWS allows in a payload. */
export function exceedsPayload(text: string): boolean {
  if (text.length * 3 <= limits.payloadBytes) return false;
  return text.length > limits.payloadBytes || Buffer.byteLength(text, "utf8") > limits.payloadBytes;
}

/**
 * Characters that a value has as JSON at the least; counting ends soon after `most`. A value that holds the same part many
 * times may be far larger than what is in memory, so it is counted before its text is made.
 */
export function textSize(value: Json, most: number): number {
  let size = 0;
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    size += typeof next === "string" ? next.length + 2 : 1;
    if (typeof next !== "object" || next === null) continue;
    const inner: readonly Json[] = isList(next) ? next : Object.values(next);
    size += inner.length;
    if (size > most) return size;
    for (const part of inner) pending.push(part);
  }
  return size;
}

/**
 * A value as data, within AWS's size and our depth. Small values are only counted: their text is made when somebody asks for it.
 *
 * @param name - the state or task that made the value, for the message
 */
export function toData(value: Json, name: string): Data | Failure {
  if (isSurelySmall(value)) return new Data(value);
  if (textSize(value, limits.payloadBytes) > limits.payloadBytes) return tooLarge(name);
  const text = JSON.stringify(value);
  if (exceedsPayload(text)) return tooLarge(name);
  if (nestsTooDeep(text)) return runtimeFailure(`The data nests deeper than ${deepestData} levels.`);
  return new Data(value, text);
}

/** Bytes that the longest number takes as JSON, with its comma. */
const mostOfScalar = 26;

/** Parts up to which a value cannot nest too deep. */
const fewParts = deepestData;

/** Whether a value is within all limits, whatever is in its texts: a character takes six bytes at most. */
function isSurelySmall(value: Json): boolean {
  if (typeof value === "string") return value.length * 6 + 2 <= limits.payloadBytes;
  if (typeof value !== "object" || value === null) return true;
  let bytes = 2;
  let parts = 1;
  const pending: (readonly Json[] | JsonObject)[] = [value];
  const count = (part: Json): void => {
    if (typeof part === "string") bytes += part.length * 6 + 3;
    else if (typeof part !== "object" || part === null) bytes += mostOfScalar;
    else {
      bytes += 3;
      parts++;
      pending.push(part);
    }
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isList(next)) for (const item of next) count(item);
    else
      for (const key in next) {
        bytes += key.length * 6 + 3;
        count(next[key] ?? null);
      }
    if (bytes > limits.payloadBytes || parts > fewParts) return false;
  }
  return true;
}

/** Whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The member or item of a value; `undefined` where it has none. Only own keys are data. */
export function child(value: Json, segment: Segment): Json | undefined {
  if (typeof segment === "number") return isList(value) ? value.at(segment) : undefined;
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}
