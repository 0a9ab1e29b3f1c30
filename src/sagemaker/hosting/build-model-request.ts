import type { ContainerDefinition } from "@aws-sdk/client-sagemaker";
import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { lowerUri } from "../assets/local-uri.js";
import { withoutUndefined } from "../request/late-value.js";
import { membersOf } from "../request/members.js";
import { roleArn } from "../request/role-arn.js";
import { mergeTags } from "../request/tags.js";
import { type ContainerOptions, Model, type ModelSettings } from "./model.js";
import { PipelineModel, type PipelineModelOptions } from "./pipeline-model.js";
import { isFrameworkModel, lowerServed, servingNames, takesInstanceType } from "./serving.js";

const code = "invalid_model";

/** What a step says of the model that it creates. */
export interface ModelCreation {
  readonly modelName?: unknown;
  /** Says which of AWS's images a framework's model takes. */
  readonly instanceType?: unknown;
  readonly tags?: unknown;
}

const containerMembers = {
  containerHostname: "ContainerHostname",
  imageUri: "Image",
  imageConfig: "ImageConfig",
  mode: "Mode",
  modelData: "ModelDataUrl",
  modelDataSource: "ModelDataSource",
  additionalModelDataSources: "AdditionalModelDataSources",
  env: "Environment",
  modelPackageName: "ModelPackageName",
  inferenceSpecificationName: "InferenceSpecificationName",
  multiModelConfig: "MultiModelConfig",
  containerMetricsConfig: "ContainerMetricsConfig",
} as const satisfies { [K in keyof ContainerOptions]-?: keyof ContainerDefinition };

const settingNames = {
  role: true,
  name: true,
  vpcConfig: true,
  enableNetworkIsolation: true,
  tags: true,
  session: true,
} as const satisfies { [K in keyof ModelSettings]-?: true };

const pipelineNames = { ...settingNames, models: true, inferenceExecutionConfig: true } as const satisfies {
  [K in keyof PipelineModelOptions]-?: true;
};

/** Builds the request of CreateModel. */
export function buildModelRequest(
  model: Model | PipelineModel,
  step: ModelCreation,
  path: Path,
  problems: Problems,
): Record<string, unknown> {
  const { options, session } = model;
  const name = step.modelName ?? options.name;
  if (name === undefined) {
    const message = "ModelStep needs modelName, or a model with a name";
    problems.add("missing_option", ["modelName"], message, "later steps name the model: give it one");
  }
  checkInstanceType(model, step.instanceType, problems);
  const containers = PipelineModel.is(model)
    ? {
        Containers: lowerContainers(model.options, step.instanceType, problems),
        InferenceExecutionConfig: model.options.inferenceExecutionConfig,
      }
    : { PrimaryContainer: lowerContainer(model, step.instanceType, ["model"], problems) };
  return {
    // A stand-in: what is missing is told once.
    ModelName: name ?? "unnamed",
    ...containers,
    ExecutionRoleArn: roleArn(options.role, session),
    VpcConfig: options.vpcConfig,
    EnableNetworkIsolation: options.enableNetworkIsolation,
    Tags: mergeTags(options.tags, step.tags, [...path, "Tags"], problems),
  };
}

/** What says nothing where each image is given is refused. */
function checkInstanceType(model: Model | PipelineModel, instanceType: unknown, problems: Problems): void {
  const models: readonly unknown[] = PipelineModel.is(model) ? [model.options.models].flat() : [model];
  if (instanceType === undefined || models.some((one) => !Model.is(one) || takesInstanceType(one))) return;
  const message = "instanceType chooses the image of a framework's model, and the model has its image";
  problems.add("conflicting_options", ["instanceType"], message, "say what serves it in the EndpointConfigStep");
}

/** Settings that are those of the whole model, so that a container with one of its own would lose it. */
const ofTheWhole = ["vpcConfig", "enableNetworkIsolation", "tags"] as const satisfies readonly (keyof ModelSettings)[];

function lowerContainers(options: PipelineModelOptions, instanceType: unknown, problems: Problems): readonly object[] {
  const at = ["model", "models"];
  problems.addUnknown("PipelineModel", options, pipelineNames, ["model"]);
  const models: unknown = options.models;
  if (!Array.isArray(models) || models.length < 2) {
    problems.add(code, at, `expected a list of 2 to 15 models, got ${shown(models)}`);
    return [];
  }
  return models.map((model: unknown, index) => {
    const path = [...at, index];
    if (!Model.is(model)) {
      problems.add(code, path, `expected a Model, got ${shown(model)}`);
      return {};
    }
    for (const setting of ofTheWhole) {
      if (model.options[setting] === undefined) continue;
      problems.add(code, [...path, setting], `${setting} is the pipeline's: a container has none of its own`);
    }
    return lowerContainer(model, instanceType, path, problems);
  });
}

/** Writes the definition of a model's container. */
function lowerContainer(model: Model, instanceType: unknown, path: Path, problems: Problems): object {
  const { options } = model;
  const { modelPackageName, modelData, modelDataSource } = options;
  checkNamesOf(model, path, problems);
  const before = problems.issues.length;
  const { image, env } = lowerServed(model, instanceType, path, problems);
  // Where AWS's image was looked for, it was said why there is none.
  if (image === undefined && modelPackageName === undefined && problems.issues.length === before) {
    problems.add(code, path, "expected imageUri or modelPackageName, got neither", "say what serves the model");
  }
  if (modelData !== undefined && modelDataSource !== undefined) {
    problems.add("conflicting_options", [...path, "modelData"], "modelData and modelDataSource are both set");
  }
  return withoutUndefined({
    ...membersOf(options, containerMembers),
    Image: image,
    ModelDataUrl:
      modelData === undefined ? undefined : lowerUri(model.session, modelData, false, [...path, "modelData"], problems),
    // As the Python SDK writes it.
    Environment: env ?? (image === undefined ? undefined : {}),
  });
}

function checkNamesOf(model: Model, path: Path, problems: Problems): void {
  const isFramework = isFrameworkModel(model);
  const names = { ...containerMembers, ...settingNames, ...(isFramework ? servingNames(model.framework) : {}) };
  problems.addUnknown(isFramework ? "FrameworkModel" : "Model", model.options, names, path);
}

/** Whether `value` can be created by a ModelStep. */
export function isAnyModel(value: unknown): value is Model | PipelineModel {
  return Model.is(value) || PipelineModel.is(value);
}
