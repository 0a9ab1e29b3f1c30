import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../language/json.js";
import { ServiceError, type WireHandler, type WireRequest } from "../wire.js";
import { readJsonObject } from "./json-body.js";

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
      const answer = await operationOf(options, request)(await readJsonObject(request));
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
