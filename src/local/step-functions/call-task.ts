import { isPlainObject, type JsonObject } from "../../language/json.js";
import type { JsonOperation } from "../protocols/json.js";
import { withIsoDates, withMilliseconds } from "./answer-dates.js";
import { type Failed, optimizedAnswer, optimizedFailure, sdkFailure } from "./service-answer.js";
import type { RegisteredTask, TaskReport, TaskRequest } from "./tasks.js";

/** An operation of a service that is answered at once. */
export interface Call {
  /** As in resources: `createModel`. */
  readonly action: string;
  readonly requiredParameters: readonly string[];
  readonly parameters: readonly string[];
  readonly operation: JsonOperation;
}

/** `arn:aws:states:::sagemaker:createModel` and the like. */
export function optimizedCall(call: Call, newId: () => string): RegisteredTask {
  return registered("sagemaker", call, {
    answer: (answer) => optimizedAnswer(withMilliseconds(answer), newId(), "application/x-amz-json-1.1"),
    failure: (problem) => sageMakerFailure(problem, newId()),
  });
}

/** `arn:aws:states:::aws-sdk:sagemaker:describeEndpoint` and the like; what is missing is told by the service itself. */
export function sdkCall(call: Call, newId: () => string): RegisteredTask {
  return registered(
    "aws-sdk:sagemaker",
    { ...call, requiredParameters: [] },
    { answer: withIsoDates, failure: (problem) => sdkFailure(problem, "SageMaker", newId()) },
  );
}

/** How an optimized integration shows an error of SageMaker. */
export function sageMakerFailure(problem: unknown, requestId: string): Failed {
  return optimizedFailure(problem, { prefix: "SageMaker", service: "AmazonSageMaker" }, requestId);
}

interface Manner {
  answer(answer: JsonObject): JsonObject;
  failure(problem: unknown): Failed;
}

function registered(
  service: string,
  { action, requiredParameters, parameters, operation }: Call,
  manner: Manner,
): RegisteredTask {
  const start = (request: TaskRequest, report: TaskReport) => {
    void run(operation, request, report, manner);
    // The service answers at once: there is nothing to take back.
    return { cancel() {} };
  };
  return { service, action, patterns: [""], requiredParameters, parameters, runner: { start } };
}

/** Never rejects: what goes wrong fails the task. */
async function run(
  operation: JsonOperation,
  { parameters }: TaskRequest,
  report: TaskReport,
  { answer, failure }: Manner,
): Promise<void> {
  if (!isPlainObject(parameters)) {
    const text = JSON.stringify(parameters);
    const cause = `The Parameters '${text}' could not be used to start the Task: [expected an object]`;
    return report.failed("States.Runtime", cause);
  }
  try {
    report.succeeded(answer({ ...(await operation(parameters as JsonObject)) }));
  } catch (problem) {
    const { error, cause } = failure(problem);
    report.failed(error, cause);
  }
}
