import { nestsTooDeep } from "../../interpreter/data.js";
import { isPlainObject, type JsonObject } from "../../language/json.js";
import { ServiceError, type WireRequest } from "../wire.js";
import { readText } from "./body.js";

/** The JSON object in a request; an empty body is an empty one. Throws `SerializationException`, `RequestEntityTooLarge`. */
export async function readJsonObject(request: WireRequest): Promise<JsonObject> {
  const text = await readText(request);
  if (nestsTooDeep(text)) throw new ServiceError("SerializationException", "the request nests too deep");
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem;
    throw new ServiceError("SerializationException", `expected JSON, got ${problem.message}`);
  }
  throw new ServiceError("SerializationException", "expected a JSON object");
}

/** What `JSON.parse` gave is JSON all through. */
function isJsonObject(value: unknown): value is JsonObject {
  return isPlainObject(value);
}
