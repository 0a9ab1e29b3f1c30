import type { JsonObject } from "../../language/json.js";
import type { LocalIdentity } from "../identity.js";
import type { Jobs } from "../jobs/jobs.js";
import { type JsonOperation, serveJson } from "../protocols/json.js";
import { requiredText } from "../protocols/members.js";
import type { ObjectStore } from "../storage/object-store.js";
import { ServiceError, type WireHandler } from "../wire.js";
import { endpointConfigOperations } from "./endpoint-configs.js";
import { type Endpoint, endpointOperations } from "./endpoints.js";
import { listSummaries } from "./list-summaries.js";
import { modelOperations } from "./models.js";
import { createRegistry } from "./registry.js";

/** What the local SageMaker is made of. */
export interface SageMakerParts {
  readonly identity: LocalIdentity;
  readonly storage: ObjectStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly processing: Jobs;
  readonly training: Jobs;
}

/** Operations of a service by their names, `CreateModel`. */
export interface Operations {
  readonly [name: string]: JsonOperation;
}

/** The operations of the local SageMaker. */
export function sageMakerOperations({ identity, storage, now, processing, training }: SageMakerParts): Operations {
  const models = createRegistry<JsonObject>(identity, { resource: "model", title: "model" });
  const configs = createRegistry<JsonObject>(identity, {
    resource: "endpoint-config",
    title: "endpoint configuration",
  });
  const endpoints = createRegistry<Endpoint>(identity, { resource: "endpoint", title: "endpoint" });
  return {
    ...modelOperations(models, { storage, now }),
    ...endpointConfigOperations({ models, configs }, now),
    ...endpointOperations({ models, configs, endpoints }, now),
    ...jobOperations(processing, "Processing"),
    ...jobOperations(training, "Training"),
  };
}

/** The part of SageMaker that runs locally. */
export function serveSageMaker(operations: Operations): WireHandler {
  return serveJson({ target: "SageMaker", operations });
}

function jobOperations(jobs: Jobs, kind: "Processing" | "Training"): Operations {
  const name = `${kind}JobName`;
  const status = `${kind}JobStatus`;
  const operation = `List${kind}Jobs` as const;
  return {
    [`Create${kind}Job`]: (input) => jobs.create(input),
    [`Describe${kind}Job`]: (input) => jobs.describe(requiredText(input, name)),
    [`Stop${kind}Job`]: (input) => stopJob(jobs, requiredText(input, name), kind),
    [operation]: (input) => listSummaries(jobs.list(), input, { operation, list: `${kind}JobSummaries`, name, status }),
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
