import { EndpointConfigStep } from "../sagemaker/hosting/endpoint-config-step.js";
import { EndpointStep } from "../sagemaker/hosting/endpoint-step.js";
import type { Model } from "../sagemaker/hosting/model.js";
import { defaultFolder } from "../sagemaker/request/default-folder.js";
import type { LateText } from "../sagemaker/request/late-value.js";
import { type Estimator, type Hyperparameters, withOnlyHyperparameters } from "../sagemaker/training/estimator.js";
import type { TrainingData } from "../sagemaker/training/training-input.js";
import { TrainingStep } from "../sagemaker/training/training-step.js";
import { deferred, isDeferred } from "../states/deferred.js";
import type { AnyStep } from "../states/step.js";

/** One training of a template: what it is called and where it writes. */
export interface Training {
  readonly estimator: Estimator;
  readonly jobName: LateText;
  readonly data: TrainingData;
  /** S3 URI under which models are written; default the estimator's. */
  readonly outputPath?: string | undefined;
  /** Instead of the estimator's. */
  readonly hyperparameters?: Hyperparameters | undefined;
}

/** The step of one training of a template. */
export function trainingStep(name: string, training: Training): AnyStep {
  const { jobName, data, outputPath, hyperparameters } = training;
  const { estimator: own } = training;
  const estimator = hyperparameters === undefined ? own : withOnlyHyperparameters(own, hyperparameters);
  const hasHook = outputPath !== undefined && Boolean(estimator.options.debuggerHookConfig);
  const options = {
    estimator,
    jobName,
    data,
    ...(outputPath === undefined ? {} : { outputDataConfigPath: outputPath }),
    parameters: {
      // Also where there are none: the state reads them, as an execution may bring some.
      HyperParameters: {},
      // What the debugger saves goes with the models.
      ...(hasHook ? { DebugHookConfig: { S3OutputPath: `${outputPath}/debug` } } : {}),
    },
  };
  return new TrainingStep(name, options as never);
}

/** The model that a training makes. */
export function trainedModel({ estimator, jobName, outputPath }: Training, name: LateText): Model {
  return estimator.createModel({ name, modelData: modelUri(estimator, jobName, outputPath) } as never);
}

function modelUri(estimator: Estimator, jobName: LateText, outputPath: string | undefined): LateText {
  const { session, options } = estimator;
  const folder = outputPath ?? (options.outputPath as string | undefined);
  const uri = (base: string, job: string): string => `${base.replace(/\/+$/, "")}/${job}/output/model.tar.gz`;
  if (folder !== undefined && typeof jobName === "string") return uri(folder, jobName);
  const byDefault = defaultFolder(session);
  const resolve = async (): Promise<string> =>
    uri(folder ?? (await byDefault.resolve()), isDeferred(jobName) ? await jobName.resolve() : String(jobName));
  return deferred("the URI of the model", resolve, folder === undefined ? byDefault.deploy : undefined);
}

/** How a template serves what it has trained. */
export interface EndpointOptions {
  /** Instances of the endpoint; default as many as the estimator trains on. */
  readonly endpointInstanceCount?: number;
  /** Type of the endpoint's instances; default the estimator's. */
  readonly endpointInstanceType?: string;
}

/** The two steps that serve a model: model, configuration and endpoint have the same name. */
export function servingSteps(
  name: LateText,
  { options, session }: Estimator,
  { endpointInstanceCount, endpointInstanceType }: EndpointOptions,
): readonly AnyStep[] {
  const configuration = {
    session,
    endpointConfigName: name,
    modelName: name,
    initialInstanceCount: endpointInstanceCount ?? options.instanceCount,
    instanceType: endpointInstanceType ?? options.instanceType,
  };
  return [
    new EndpointConfigStep("Configure Endpoint", configuration as never),
    new EndpointStep("Deploy", { session, endpointName: name, endpointConfigName: name } as never),
  ];
}
