import { gunzipSync } from "node:zlib";
import type { Json } from "../../language/json.js";
import { deepestData, nestsTooDeep } from "../data.js";
import type { Failure } from "../failure.js";
import { itemReaderFailed } from "./reader-failure.js";

/** Bytes of an object that the embedded service reads, unpacked. AWS takes 10 GB; here all is in memory, at up to 20 times its size. */
export const largestObject = 64 * 1024 * 1024;

/** Why an object of this size is not read; to be asked before it is held. */
export function sizeProblem(bytes: number): Failure | undefined {
  if (bytes <= largestObject) return undefined;
  return itemReaderFailed(`The embedded service reads objects of up to ${largestObject} bytes, got ${bytes}.`);
}

/** The text of an object that was fetched, unpacked where it is packed with gzip. */
export function textOf(body: Uint8Array | string): string | Failure {
  const problem = sizeProblem(body.length);
  if (problem !== undefined) return problem;
  if (typeof body === "string") return body.startsWith("\ufeff") ? body.slice(1) : body;
  // Neither is how a text in UTF-8 can begin.
  if (body[0] === 0x1f && body[1] === 0x8b) return unpacked(body);
  if (body[0] === 0x28 && body[1] === 0xb5 && body[2] === 0x2f && body[3] === 0xfd)
    return itemReaderFailed("The embedded service does not read objects that are packed with zstd.");
  return decoder.decode(body);
}

/** Drops a byte order mark. */
const decoder = new TextDecoder("utf-8");

function unpacked(body: Uint8Array): string | Failure {
  try {
    return decoder.decode(gunzipSync(body, { maxOutputLength: largestObject }));
  } catch (error) {
    if (error instanceof RangeError)
      return itemReaderFailed(`The embedded service reads objects of up to ${largestObject} bytes, unpacked.`);
    return itemReaderFailed("The object is packed with gzip but cannot be unpacked.");
  }
}

/** The value of a JSON text; `what` names it in the failure. */
export function parseText(text: string, what: () => string): Json | Failure {
  if (nestsTooDeep(text)) return itemReaderFailed(`${what()} nests deeper than ${deepestData} levels.`);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return itemReaderFailed(`${what()} is not valid JSON.`);
  }
}
