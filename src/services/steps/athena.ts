import type { ResponseOf } from "../operation.js";
import { makeSteps, type StepsOf } from "../service-step.js";

/**
 * Runs an Athena query, and waits for its end: `athena:startQueryExecution`.
 *
 * @example
 * new AthenaStartQueryExecutionStep("Ask", { parameters: { QueryString: "SELECT 1", WorkGroup: "primary" } });
 * // { "Type": "Task", "Resource": "arn:aws:states:::athena:startQueryExecution.sync", "Parameters": { … }, "End": true }
 */
export const AthenaStartQueryExecutionStep: StepsOf<
  "athena",
  "startQueryExecution",
  ResponseOf<"athena", "StartQueryExecution">,
  ResponseOf<"athena", "GetQueryExecution">
> = makeSteps("AthenaStartQueryExecutionStep", "athena", "startQueryExecution");

/** Stops an Athena query: `athena:stopQueryExecution`. */
export const AthenaStopQueryExecutionStep: StepsOf<"athena", "stopQueryExecution"> = makeSteps(
  "AthenaStopQueryExecutionStep",
  "athena",
  "stopQueryExecution",
);

/** Reads the state of an Athena query: `athena:getQueryExecution`. */
export const AthenaGetQueryExecutionStep: StepsOf<"athena", "getQueryExecution"> = makeSteps(
  "AthenaGetQueryExecutionStep",
  "athena",
  "getQueryExecution",
);

/** Reads rows that an Athena query has found: `athena:getQueryResults`. */
export const AthenaGetQueryResultsStep: StepsOf<"athena", "getQueryResults"> = makeSteps(
  "AthenaGetQueryResultsStep",
  "athena",
  "getQueryResults",
);
