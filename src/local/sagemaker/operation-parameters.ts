import { processingJobShape } from "../processing/processing-job-shape.js";
import type { Structure } from "../protocols/shape.js";
import { trainingJobShape } from "../training/training-job-shape.js";
import { endpointConfigShape, endpointShape, endpointUpdateShape, modelShape } from "./hosting-shapes.js";
import { listingShapes } from "./listing-shapes.js";

const requests: { readonly [operation: string]: Structure } = {
  CreateProcessingJob: processingJobShape,
  CreateTrainingJob: trainingJobShape,
  CreateModel: modelShape,
  CreateEndpointConfig: endpointConfigShape,
  CreateEndpoint: endpointShape,
  UpdateEndpoint: endpointUpdateShape,
  ...listingShapes,
};

/** Names of all parameters of an operation. */
export function parametersOf(operation: string): readonly string[] {
  const request = Object.hasOwn(requests, operation) ? requests[operation] : undefined;
  if (request !== undefined) return Object.keys(request.members);
  const [, subject] = /^(?:Describe|Delete|Stop)(.+)$/.exec(operation) ?? [];
  return subject === undefined ? [] : [`${subject}Name`];
}
