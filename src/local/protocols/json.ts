import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../language/json.js";
import { isPlainObject } from "../../language/json.js";
import { ServiceError, type WireHandler, type WireRequest } from "../wire.js";

/** An operation of an AWS JSON 1.1 service. */
export type JsonOperation = (input: JsonObject) => Promise<object> | object;

/**
 * Serves the AWS JSON 1.1 protocol.
 *
 * @param options.target - What stands before the operation in `x-amz-target`, for example `SageMaker`.
 */
export function serveJson(options: {
  readonly target: string;
  readonly operations: { readonly [name: string]: JsonOperation };
}): WireHandler {
  return async (request) => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
    try {
      const answer = await operationOf(options, request)(parseBody(request));
      return { status: 200, headers, body: JSON.stringify(answer) };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { status: error.status, headers, body: JSON.stringify({ __type: error.code, message: error.message }) };
    }
  };
}

function operationOf(
  { target, operations }: { readonly target: string; readonly operations: { readonly [name: string]: JsonOperation } },
  { headers }: WireRequest,
): JsonOperation {
  const asked = headers["x-amz-target"] ?? "";
  const name = asked.startsWith(`${target}.`) ? asked.slice(target.length + 1) : "";
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation !== undefined) return operation;
  const served = Object.keys(operations).join(", ");
  throw new ServiceError("UnknownOperationException", `${asked} is not served locally; served are ${served}`);
}

function parseBody({ body }: WireRequest): JsonObject {
  const text = Buffer.from(body).toString("utf8");
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ServiceError("SerializationException", `expected JSON, got ${error.message}`);
  }
  if (isJsonObject(value)) return value;
  throw new ServiceError("SerializationException", "expected a JSON object");
}

/** What `JSON.parse` gave is JSON all through. */
function isJsonObject(value: unknown): value is JsonObject {
  return isPlainObject(value);
}
