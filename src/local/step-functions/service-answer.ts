import type { JsonObject } from "../../language/json.js";
import { ServiceError } from "../wire.js";

/** What an optimized integration adds to the answer of its service. */
export function optimizedAnswer(answer: JsonObject, requestId: string, contentType: string): JsonObject {
  const headers = {
    "x-amzn-RequestId": requestId,
    "Content-Length": String(Buffer.byteLength(JSON.stringify(answer))),
    "Content-Type": contentType,
  };
  const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    ...answer,
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** Codes that the service's model does not name: the integration shows them as the exception of the service itself. */
const unmodelled = new Set(["ValidationException", "ThrottlingException", "AccessDeniedException"]);

/** What a task fails with. */
export interface Failed {
  readonly error: string;
  readonly cause: string;
}

/** How an optimized integration shows an error of its service. */
export function optimizedFailure(
  problem: unknown,
  names: { readonly prefix: string; readonly service: string },
  requestId: string,
): Failed {
  return failed(problem, names, ({ code, message, status }) => {
    const where = `Service: ${names.service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;
    return `${message} (${where})`;
  });
}

/** How an `aws-sdk` integration shows an error of its service: as the AWS SDK for Java names it. */
export function sdkFailure(problem: unknown, service: string, requestId: string): Failed {
  return failed(problem, { prefix: service, service }, ({ message, status }) => {
    const where = `Service: ${service}, Status Code: ${status}, Request ID: ${requestId}`;
    return `${message} (${where}) (SDK Attempt Count: 1)`;
  });
}

function failed(
  problem: unknown,
  { prefix, service }: { readonly prefix: string; readonly service: string },
  causeOf: (problem: ServiceError) => string,
): Failed {
  const base = `${prefix}.${service}Exception`;
  if (!(problem instanceof ServiceError)) {
    return { error: base, cause: problem instanceof Error ? problem.message : String(problem) };
  }
  const { code } = problem;
  const error = unmodelled.has(code) ? base : `${prefix}.${code.replace(/Exception$/, "")}Exception`;
  return { error, cause: causeOf(problem) };
}
