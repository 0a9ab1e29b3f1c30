import type { JsonObject } from "../../language/json.js";
import type { Jobs } from "../jobs/jobs.js";
import { type JsonOperation, serveJson } from "../protocols/json.js";
import { requiredText } from "../protocols/members.js";
import { ServiceError, type WireHandler } from "../wire.js";
import { listSummaries } from "./list-summaries.js";

/** What the local SageMaker has. */
export interface SageMakerParts {
  readonly processing: Jobs;
  readonly training: Jobs;
}

/** The operations of the local SageMaker, by their names. */
export function sageMakerOperations({ processing, training }: SageMakerParts): {
  readonly [name: string]: JsonOperation;
} {
  return {
    ...jobOperations(processing, "Processing"),
    ...jobOperations(training, "Training"),
  };
}

/** The part of SageMaker that runs locally. */
export function serveSageMaker(operations: { readonly [name: string]: JsonOperation }): WireHandler {
  return serveJson({ target: "SageMaker", operations });
}

function jobOperations(jobs: Jobs, kind: "Processing" | "Training"): { readonly [name: string]: JsonOperation } {
  const name = `${kind}JobName`;
  const status = `${kind}JobStatus`;
  return {
    [`Create${kind}Job`]: (input) => jobs.create(input),
    [`Describe${kind}Job`]: (input) => jobs.describe(requiredText(input, name)),
    [`Stop${kind}Job`]: (input) => stopJob(jobs, requiredText(input, name), kind),
    [`List${kind}Jobs`]: (input) => listSummaries(jobs.list(), input, { list: `${kind}JobSummaries`, name, status }),
  };
}

function stopJob(jobs: Jobs, name: string, kind: string): JsonObject {
  const { [`${kind}JobStatus`]: status } = jobs.describe(name);
  if (status !== "InProgress" && status !== "Stopping") {
    const message = `The request was rejected because the ${kind.toLowerCase()} job is in status ${String(status)}.`;
    throw new ServiceError("ValidationException", message);
  }
  jobs.stop(name);
  return {};
}
