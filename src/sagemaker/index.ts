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
export { type CaptureOption, DataCaptureConfig, type DataCaptureConfigOptions } from "./data-capture-config.js";
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
} from "./debugger.js";
export { EndpointConfigStep, type EndpointConfigStepOptions } from "./endpoint-config-step.js";
export { EndpointStep, type EndpointStepOptions } from "./endpoint-step.js";
export { Estimator, type EstimatorOptions, type Hyperparameters, type MetricDefinition } from "./estimator.js";
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
} from "./framework-estimator.js";
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
} from "./framework-model.js";
export {
  FrameworkProcessor,
  type FrameworkProcessorOptions,
  SKLearnProcessor,
  type SKLearnProcessorOptions,
} from "./framework-processor.js";
export type { Distribution, DistributionSwitch } from "./framework-settings.js";
export { type ImageFramework, type ImageOptions, type ImageUriOptions, imageUri } from "./image-uri.js";
export { JobFailedError, type JobFailure, StoppedJobError } from "./job-errors.js";
export { type LogTextOptions, logText } from "./log-text.js";
export { type JobLogsOptions, jobLogs, type LogEvent } from "./logs.js";
export { type ContainerOptions, Model, type ModelOptions, type ModelSettings } from "./model.js";
export { ModelStep, type ModelStepOptions } from "./model-step.js";
export { NetworkConfig, type NetworkConfigOptions } from "./network-config.js";
export type { Overrides } from "./overrides.js";
export {
  CategoricalParameter,
  ContinuousParameter,
  IntegerParameter,
  type ParameterRange,
  type ScalingType,
} from "./parameter-range.js";
export { PipelineModel, type PipelineModelOptions } from "./pipeline-model.js";
export {
  type AthenaDatasetDefinition,
  type DatasetDefinition,
  ProcessingInput,
  type ProcessingInputOptions,
  type RedshiftDatasetDefinition,
  type S3Input,
  type S3InputSettings,
} from "./processing-input.js";
export { type ListJobsOptions, ProcessingJob, type ShowLogsOptions, type WaitOptions } from "./processing-job.js";
export { ProcessingOutput, type ProcessingOutputOptions } from "./processing-output.js";
export {
  type ContainerArguments,
  ProcessingStep,
  type ProcessingStepOptions,
  type ProcessingStepOutput,
} from "./processing-step.js";
export { Processor, type ProcessorOptions } from "./processor.js";
export type { ProductionVariant } from "./production-variant.js";
export type { Tag, Tags } from "./request/tags.js";
export { type ExecutionRoleOptions, expandRole, getExecutionRole } from "./role.js";
export type { RunOptions } from "./run-processing-job.js";
export { ScriptProcessor, type ScriptProcessorOptions } from "./script-processor.js";
export { Session } from "./session.js";
export type { SessionClients } from "./session-clients.js";
export type { SessionOptions } from "./session-options.js";
export {
  type ChannelData,
  FileSystemInput,
  type FileSystemInputOptions,
  type TrainingData,
  TrainingInput,
  type TrainingInputOptions,
} from "./training-input.js";
export { TrainingStep, type TrainingStepOptions, type TrainingStepOutput } from "./training-step.js";
export { TransformStep, type TransformStepOptions, type TransformStepOutput } from "./transform-step.js";
export { Transformer, type TransformerOptions } from "./transformer.js";
export {
  HyperparameterTuner,
  type HyperparameterTunerOptions,
  type TunerSettings,
  type TuningDefinition,
  WarmStartConfig,
  type WarmStartConfigOptions,
} from "./tuner.js";
export { TuningStep, type TuningStepOptions, type TuningStepOutput } from "./tuning-step.js";
export { type UniqueNameOptions, uniqueName } from "./unique-name.js";
export type { UploadOptions } from "./upload.js";
export {
  type EndpointInService,
  type WaitUntilInServiceOptions,
  waitUntilInService,
} from "./wait-until-in-service.js";
