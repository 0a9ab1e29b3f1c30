import { type Shape, type Structure, structure } from "../protocols/shape.js";
import {
  distribution,
  environment,
  experimentConfig,
  instanceType,
  jobName,
  kmsKey,
  roleArn,
  s3Uri,
  tags,
  vpcConfig,
  words,
} from "../sagemaker/common-shapes.js";

const any: Shape = { kind: "any" };
const inputMode: Shape = { kind: "text", values: ["Pipe", "File", "FastFile"] };
const text = (max: number): Shape => ({ kind: "text", max });

const algorithm = structure(["TrainingInputMode"], {
  TrainingImage: text(255),
  AlgorithmName: { kind: "text", min: 1, max: 170 },
  TrainingInputMode: inputMode,
  MetricDefinitions: {
    kind: "list",
    max: 40,
    item: structure(["Name", "Regex"], {
      Name: { kind: "text", min: 1, max: 255 },
      Regex: { kind: "text", min: 1, max: 500 },
    }),
  },
  EnableSageMakerMetricsTimeSeries: { kind: "flag" },
  ContainerEntrypoint: words,
  ContainerArguments: words,
  TrainingImageConfig: any,
});

const channel = structure(["ChannelName", "DataSource"], {
  ChannelName: { kind: "text", min: 1, max: 64, pattern: /[A-Za-z0-9.\-_]+/ },
  DataSource: structure([], {
    S3DataSource: structure(["S3DataType", "S3Uri"], {
      S3DataType: { kind: "text", values: ["ManifestFile", "S3Prefix", "AugmentedManifestFile"] },
      S3Uri: s3Uri,
      S3DataDistributionType: distribution,
      AttributeNames: { kind: "list", max: 16, item: text(256) },
      InstanceGroupNames: { kind: "list", max: 5, item: text(64) },
      ModelAccessConfig: any,
      HubAccessConfig: any,
    }),
    FileSystemDataSource: any,
    DatasetSource: any,
  }),
  ContentType: text(256),
  CompressionType: { kind: "text", values: ["None", "Gzip"] },
  RecordWrapperType: { kind: "text", values: ["None", "RecordIO"] },
  InputMode: inputMode,
  ShuffleConfig: any,
});

const resources = structure([], {
  InstanceType: instanceType,
  InstanceCount: { kind: "integer", min: 1, max: 100 },
  VolumeSizeInGB: { kind: "integer", min: 0 },
  VolumeKmsKeyId: kmsKey,
  KeepAlivePeriodInSeconds: { kind: "integer", min: 0, max: 21_600 },
  InstanceGroups: any,
  TrainingPlanArn: text(2048),
  InstancePlacementConfig: any,
});

/** The request of CreateTrainingJob. Source: the model of the SageMaker API, 2017-07-24. */
export const trainingJobShape: Structure = structure(
  ["TrainingJobName", "RoleArn", "OutputDataConfig", "AlgorithmSpecification", "ResourceConfig"],
  {
    TrainingJobName: jobName,
    HyperParameters: { kind: "map", max: 100, key: { kind: "text", max: 256 }, value: { kind: "text", max: 2500 } },
    AlgorithmSpecification: algorithm,
    RoleArn: roleArn,
    InputDataConfig: { kind: "list", min: 1, max: 20, item: channel },
    OutputDataConfig: structure(["S3OutputPath"], {
      KmsKeyId: kmsKey,
      S3OutputPath: s3Uri,
      CompressionType: { kind: "text", values: ["GZIP", "NONE"] },
    }),
    ResourceConfig: resources,
    VpcConfig: vpcConfig,
    StoppingCondition: structure([], {
      MaxRuntimeInSeconds: { kind: "integer", min: 1, max: 2_419_200 },
      MaxWaitTimeInSeconds: { kind: "integer", min: 1 },
      MaxPendingTimeInSeconds: { kind: "integer", min: 7200, max: 2_419_200 },
    }),
    Tags: tags,
    EnableNetworkIsolation: { kind: "flag" },
    EnableInterContainerTrafficEncryption: { kind: "flag" },
    EnableManagedSpotTraining: { kind: "flag" },
    CheckpointConfig: structure(["S3Uri"], { S3Uri: s3Uri, LocalPath: text(4096) }),
    DebugHookConfig: any,
    DebugRuleConfigurations: any,
    TensorBoardOutputConfig: any,
    ExperimentConfig: experimentConfig,
    ProfilerConfig: any,
    ProfilerRuleConfigurations: any,
    Environment: environment(512, 512),
    RetryStrategy: structure(["MaximumRetryAttempts"], { MaximumRetryAttempts: { kind: "integer", min: 1, max: 30 } }),
    RemoteDebugConfig: any,
    InfraCheckConfig: any,
    SessionChainingConfig: any,
    ServerlessJobConfig: any,
    MlflowConfig: any,
    ModelPackageConfig: any,
  },
);
