import type { FindCommand } from "../jobs/local-commands.js";
import { parametersOf } from "../sagemaker/operation-parameters.js";
import type { Operations } from "../sagemaker/sagemaker.js";
import { optimizedCall, sdkCall } from "./call-task.js";
import { type JobCall, jobTask, type WaitedJobs } from "./job-task.js";
import { missingProcessingCommand, missingTrainingCommand } from "./missing-command.js";
import type { RegisteredTask } from "./tasks.js";

/** `sagemaker:createProcessingJob`. */
export const processingCall: JobCall = {
  action: "createProcessingJob",
  requiredParameters: ["ProcessingJobName", "ProcessingResources", "AppSpecification", "RoleArn"],
  parameters: parametersOf("CreateProcessingJob"),
  name: "ProcessingJobName",
  status: "ProcessingJobStatus",
};

/** `sagemaker:createTrainingJob`. */
export const trainingCall: JobCall = {
  action: "createTrainingJob",
  requiredParameters: ["TrainingJobName", "RoleArn", "OutputDataConfig"],
  parameters: parametersOf("CreateTrainingJob"),
  name: "TrainingJobName",
  status: "TrainingJobStatus",
};

/** Calls that are answered at once, with the parameters that they cannot do without. */
const calls: { readonly [operation: string]: readonly string[] } = {
  CreateModel: ["ModelName"],
  CreateEndpointConfig: ["EndpointConfigName", "ProductionVariants"],
  CreateEndpoint: ["EndpointName", "EndpointConfigName"],
  UpdateEndpoint: ["EndpointName", "EndpointConfigName"],
};

/** All that state machines can ask of the local SageMaker. */
export function sageMakerTasks(
  parts: {
    readonly processing: WaitedJobs;
    readonly training: WaitedJobs;
    readonly operations: Operations;
    readonly findCommand: FindCommand;
  },
  newId: () => string,
): readonly RegisteredTask[] {
  const { processing, training, operations, findCommand } = parts;
  const callOf = (name: string) => {
    const operation = operations[name] ?? (() => Promise.reject(new Error(`SageMaker has no ${name}`)));
    const action = name.charAt(0).toLowerCase() + name.slice(1);
    return { action, requiredParameters: calls[name] ?? [], parameters: parametersOf(name), operation };
  };
  return [
    jobTask(
      { ...processingCall, refuses: (parameters) => missingProcessingCommand(parameters, findCommand) },
      processing,
      newId,
    ),
    jobTask(
      { ...trainingCall, refuses: (parameters) => missingTrainingCommand(parameters, findCommand) },
      training,
      newId,
    ),
    ...Object.keys(calls).map((name) => optimizedCall(callOf(name), newId)),
    ...Object.keys(operations).map((name) => sdkCall(callOf(name), newId)),
  ];
}
