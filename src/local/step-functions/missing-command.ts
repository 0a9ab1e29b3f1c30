import type { JsonObject } from "../../language/json.js";
import { type FindCommand, howToName } from "../jobs/local-commands.js";
import { objectAt, textAt } from "../jobs/request-parts.js";

/**
 * Why a training job of a definition can never run here: neither its entrypoint is known, nor a command that stands for
 * its image, nor a program. `undefined` where it can, or where that is known only when it runs.
 *
 * @param parameters - As they stand in the definition, with keys such as `TrainingImage.$`.
 */
export function missingTrainingCommand(parameters: JsonObject, findCommand: FindCommand): string | undefined {
  const algorithm = objectAt(parameters, "AlgorithmSpecification");
  const hyperparameters = objectAt(parameters, "HyperParameters");
  const hasProgram = has(hyperparameters, "sagemaker_program") || "HyperParameters.$" in parameters;
  if (hasProgram || has(algorithm, "ContainerEntrypoint")) return undefined;
  return missing(textAt(algorithm, "TrainingImage"), parameters["TrainingJobName"], findCommand);
}

/** The same for a processing job. */
export function missingProcessingCommand(parameters: JsonObject, findCommand: FindCommand): string | undefined {
  const app = objectAt(parameters, "AppSpecification");
  if (has(app, "ContainerEntrypoint")) return undefined;
  return missing(textAt(app, "ImageUri"), parameters["ProcessingJobName"], findCommand);
}

function missing(image: string, name: unknown, findCommand: FindCommand): string | undefined {
  const job = typeof name === "string" ? name : undefined;
  if (image === "" || findCommand(image, job) !== undefined) return undefined;
  return `The image ${JSON.stringify(image)} is not run by the embedded service, and nothing says what to run in its place. ${howToName(image)}`;
}

function has(parameters: JsonObject, member: string): boolean {
  return Object.hasOwn(parameters, member) || Object.hasOwn(parameters, `${member}.$`);
}
