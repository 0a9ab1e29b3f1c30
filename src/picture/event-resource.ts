import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { parseArn } from "../language/arn.js";
import { consoleLink, encodePart, executionLink } from "./console-links.js";
import { jsonObject } from "./json-object.js";

/** What a task works with, in words, and its page. */
export interface EventResource {
  readonly text: string;
  readonly href: string | undefined;
}

/** What SageMaker's actions make: in words, the parameter that names it, its place in the console. */
const sagemaker: Readonly<Record<string, { readonly text: string; readonly name: string; readonly place: string }>> = {
  createProcessingJob: { text: "Sagemaker processing job", name: "ProcessingJobName", place: "processing-jobs" },
  createTrainingJob: { text: "Sagemaker training job", name: "TrainingJobName", place: "jobs" },
  createTransformJob: { text: "Sagemaker transform job", name: "TransformJobName", place: "transform-jobs" },
  createHyperParameterTuningJob: {
    text: "Sagemaker tuning job",
    name: "HyperParameterTuningJobName",
    place: "hyper-tuning-jobs",
  },
  createModel: { text: "Sagemaker model", name: "ModelName", place: "models" },
  createEndpointConfig: {
    text: "Sagemaker endpoint configuration",
    name: "EndpointConfigName",
    place: "endpointConfig",
  },
  createEndpoint: { text: "Sagemaker endpoint", name: "EndpointName", place: "endpoints" },
  updateEndpoint: { text: "Sagemaker endpoint", name: "EndpointName", place: "endpoints" },
};

/** What the event's task works with: told when it is scheduled, and by what it answers; later events have it from `before`. */
export function resourceOf(event: HistoryEvent, before: EventResource | undefined): EventResource | undefined {
  const lambda = event.lambdaFunctionScheduledEventDetails;
  if (lambda !== undefined) return lambdaFunction(lambda.resource ?? "");
  if (event.activityScheduledEventDetails !== undefined) {
    return { text: `Activity ${event.activityScheduledEventDetails.resource ?? ""}`, href: undefined };
  }
  const submitted = event.taskSubmittedEventDetails;
  if (submitted?.resourceType === "states") return childExecution(submitted.output);
  const scheduled = event.taskScheduledEventDetails;
  if (scheduled !== undefined) return scheduledTask(scheduled);
  // A history that was not read from its begin tells the kind of the task at least.
  const later = event.taskStartedEventDetails ?? event.taskSucceededEventDetails ?? event.taskFailedEventDetails;
  return before ?? (later === undefined ? undefined : scheduledTask(later));
}

function scheduledTask(details: {
  readonly resourceType?: string | undefined;
  readonly resource?: string | undefined;
  readonly region?: string | undefined;
  readonly parameters?: string | undefined;
}): EventResource {
  const { resourceType = "", resource = "", region = "" } = details;
  const action = resource.split(".")[0] ?? "";
  const parameters = jsonObject(details.parameters);
  if (resourceType === "lambda") return lambdaFunction(textOf(parameters["FunctionName"]), region);
  if (resourceType === "states" && action === "startExecution") {
    return { text: "Step Functions execution", href: undefined };
  }
  const kind = resourceType === "sagemaker" && Object.hasOwn(sagemaker, action) ? sagemaker[action] : undefined;
  if (kind === undefined)
    return { text: [resourceType, resource].filter((text) => text !== "").join(" "), href: undefined };
  const name = textOf(parameters[kind.name]);
  const href = name === "" ? undefined : consoleLink("sagemaker", region, `${kind.place}/${encodePart(name)}`);
  return { text: kind.text, href };
}

function lambdaFunction(nameOrArn: string, region?: string): EventResource {
  const arn = parseArn(nameOrArn);
  const name = arn === undefined ? nameOrArn : (arn.resource.split(":")[1] ?? "");
  const href =
    name === "" ? undefined : consoleLink("lambda", arn?.region ?? region ?? "", `functions/${encodePart(name)}`);
  return { text: "Lambda", href };
}

function childExecution(output: string | undefined): EventResource {
  const arn = textOf(jsonObject(output)["ExecutionArn"]);
  return { text: "Step Functions execution", href: arn === "" ? undefined : executionLink(arn) };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
