import { findIntegration } from "../../language/integrations.js";
import type { FindCommand } from "../jobs/local-commands.js";
import { parametersOf } from "../sagemaker/operation-parameters.js";
import type { Operations } from "../sagemaker/sagemaker.js";
import { type Call, optimizedCall, sdkCall } from "./call-task.js";
import { type JobCall, jobTask, type WaitedJobs } from "./job-task.js";
import { missingProcessingCommand, missingTrainingCommand } from "./missing-command.js";
import type { RegisteredTask } from "./tasks.js";

/** `sagemaker:createProcessingJob`. */
export const processingCall: JobCall = {
  action: "createProcessingJob",
  requiredParameters: requiredBy("createProcessingJob") ?? [],
  parameters: parametersOf("CreateProcessingJob"),
  name: "ProcessingJobName",
  status: "ProcessingJobStatus",
};

/** `sagemaker:createTrainingJob`. */
const trainingCall: JobCall = {
  action: "createTrainingJob",
  requiredParameters: requiredBy("createTrainingJob") ?? [],
  parameters: parametersOf("CreateTrainingJob"),
  name: "TrainingJobName",
  status: "TrainingJobStatus",
};

/** What a call cannot do without; `undefined` where there is no optimized integration of it. */
function requiredBy(action: string): readonly string[] | undefined {
  return findIntegration("sagemaker", action)?.required;
}

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
  const callOf = (name: string): Call => {
    const operation = operations[name] ?? (() => Promise.reject(new Error(`SageMaker has no ${name}`)));
    const action = name.charAt(0).toLowerCase() + name.slice(1);
    return { action, requiredParameters: requiredBy(action) ?? [], parameters: parametersOf(name), operation };
  };
  const calls = Object.keys(operations).map(callOf);
  // Jobs may be waited for; what is left is answered at once.
  const isCall = ({ action }: Call) => action !== processingCall.action && action !== trainingCall.action;
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
    ...calls
      .filter((call) => isCall(call) && requiredBy(call.action) !== undefined)
      .map((call) => optimizedCall(call, newId)),
    ...calls.map((call) => sdkCall(call, newId)),
  ];
}
