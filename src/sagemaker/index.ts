export {
  InferencePipeline,
  type InferencePipelineExecution,
  type InferencePipelineOptions,
} from "../templates/inference-pipeline.js";
export type { PipelineInput, PipelineOptions } from "../templates/pipeline.js";
export {
  type PipelineProcessing,
  ProcessingPipeline,
  type ProcessingPipelineExecution,
  type ProcessingPipelineOptions,
} from "../templates/processing-pipeline.js";
export type { EndpointOptions } from "../templates/train.js";
export {
  TrainingPipeline,
  type TrainingPipelineExecution,
  type TrainingPipelineOptions,
} from "../templates/training-pipeline.js";
export type {
  Answer,
  CreateEndpointConfigResult,
  CreateEndpointResult,
  CreateModelResult,
  CreateProcessingJobResult,
  CreateTrainingJobResult,
  CreateTransformJobResult,
  CreateTuningJobResult,
  DescribeEndpointResult,
  DescribeProcessingJobResult,
  DescribeTrainingJobResult,
  DescribeTransformJobResult,
  DescribeTuningJobResult,
} from "./answer.js";
export type { UploadOptions } from "./assets/upload.js";
export { type CaptureOption, DataCaptureConfig, type DataCaptureConfigOptions } from "./hosting/data-capture-config.js";
export { EndpointConfigStep, type EndpointConfigStepOptions } from "./hosting/endpoint-config-step.js";
export { EndpointStep, type EndpointStepOptions } from "./hosting/endpoint-step.js";
export {
  FrameworkModel,
  type FrameworkModelOptions,
  HuggingFaceModel,
  type HuggingFaceModelOptions,
  MXNetModel,
  PyTorchModel,
  type ScriptModelOptions,
  SKLearnModel,
  TensorFlowModel,
  XGBoostModel,
} from "./hosting/framework-model.js";
export { type ContainerOptions, Model, type ModelOptions, type ModelSettings } from "./hosting/model.js";
export { ModelStep, type ModelStepOptions } from "./hosting/model-step.js";
export { PipelineModel, type PipelineModelOptions } from "./hosting/pipeline-model.js";
export type { ProductionVariant } from "./hosting/production-variant.js";
export { TransformStep, type TransformStepOptions, type TransformStepOutput } from "./hosting/transform-step.js";
export { Transformer, type TransformerOptions } from "./hosting/transformer.js";
export {
  type EndpointInService,
  type WaitUntilInServiceOptions,
  waitUntilInService,
} from "./hosting/wait-until-in-service.js";
export { type ImageFramework, type ImageOptions, type ImageUriOptions, imageUri } from "./images/image-uri.js";
export type { Overrides } from "./overrides.js";
export {
  FrameworkProcessor,
  type FrameworkProcessorOptions,
  SKLearnProcessor,
  type SKLearnProcessorOptions,
} from "./processing/framework-processor.js";
export { JobFailedError, type JobFailure, StoppedJobError } from "./processing/job-errors.js";
export { type LogTextOptions, logText } from "./processing/log-text.js";
export { type JobLogsOptions, jobLogs, type LogEvent } from "./processing/logs.js";
export { NetworkConfig, type NetworkConfigOptions } from "./processing/network-config.js";
export {
  type AthenaDatasetDefinition,
  type DatasetDefinition,
  ProcessingInput,
  type ProcessingInputOptions,
  type RedshiftDatasetDefinition,
  type S3Input,
  type S3InputSettings,
} from "./processing/processing-input.js";
export {
  type ListJobsOptions,
  ProcessingJob,
  type ShowLogsOptions,
  type WaitOptions,
} from "./processing/processing-job.js";
export { ProcessingOutput, type ProcessingOutputOptions } from "./processing/processing-output.js";
export {
  type ContainerArguments,
  ProcessingStep,
  type ProcessingStepOptions,
  type ProcessingStepOutput,
} from "./processing/processing-step.js";
export { Processor, type ProcessorOptions } from "./processing/processor.js";
export type { RunOptions } from "./processing/run-processing-job.js";
export { ScriptProcessor, type ScriptProcessorOptions } from "./processing/script-processor.js";
export type { Tag, Tags } from "./request/tags.js";
export { type ExecutionRoleOptions, expandRole, getExecutionRole } from "./session/role.js";
export { Session } from "./session/session.js";
export type { SessionClients } from "./session/session-clients.js";
export type { SessionOptions } from "./session/session-options.js";
export {
  CollectionConfig,
  type CollectionConfigOptions,
  DebuggerHookConfig,
  type DebuggerHookConfigOptions,
  type ProfilerConfig,
  ProfilerRule,
  type ProfilerRuleOptions,
  Rule,
  type RuleOptions,
  type TensorBoardOutputConfig,
} from "./training/debugger.js";
export { Estimator, type EstimatorOptions, type Hyperparameters, type MetricDefinition } from "./training/estimator.js";
export {
  FrameworkEstimator,
  type FrameworkEstimatorOptions,
  HuggingFace,
  type HuggingFaceOptions,
  MXNet,
  PyTorch,
  SKLearn,
  TensorFlow,
  type TensorFlowOptions,
  XGBoost,
} from "./training/framework-estimator.js";
export type { Distribution, DistributionSwitch } from "./training/framework-settings.js";
export {
  CategoricalParameter,
  ContinuousParameter,
  IntegerParameter,
  type ParameterRange,
  type ScalingType,
} from "./training/parameter-range.js";
export {
  type ChannelData,
  FileSystemInput,
  type FileSystemInputOptions,
  type TrainingData,
  TrainingInput,
  type TrainingInputOptions,
} from "./training/training-input.js";
export { TrainingStep, type TrainingStepOptions, type TrainingStepOutput } from "./training/training-step.js";
export {
  HyperparameterTuner,
  type HyperparameterTunerOptions,
  type TunerSettings,
  type TuningDefinition,
  WarmStartConfig,
  type WarmStartConfigOptions,
} from "./training/tuner.js";
export { TuningStep, type TuningStepOptions, type TuningStepOutput } from "./training/tuning-step.js";
export { type UniqueNameOptions, uniqueName } from "./unique-name.js";
