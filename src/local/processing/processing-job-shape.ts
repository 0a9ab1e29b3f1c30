import { type Shape, type Structure, structure } from "../protocols/shape.js";
import {
  distribution,
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

const localPath: Shape = { kind: "text", max: 256, pattern: /.*/ };
const inputMode: Shape = { kind: "text", values: ["Pipe", "File"] };
const anything: Shape = structure([], {});

const input = structure(["InputName"], {
  InputName: { kind: "text" },
  AppManaged: { kind: "flag" },
  S3Input: structure(["S3Uri", "S3DataType"], {
    S3Uri: s3Uri,
    LocalPath: localPath,
    S3DataType: { kind: "text", values: ["ManifestFile", "S3Prefix"] },
    S3InputMode: inputMode,
    S3DataDistributionType: distribution,
    S3CompressionType: { kind: "text", values: ["None", "Gzip"] },
  }),
  DatasetDefinition: anything,
});

const output = structure(["OutputName"], {
  OutputName: { kind: "text" },
  S3Output: structure(["S3Uri", "S3UploadMode"], {
    S3Uri: s3Uri,
    LocalPath: localPath,
    S3UploadMode: { kind: "text", values: ["Continuous", "EndOfJob"] },
  }),
  FeatureStoreOutput: anything,
  AppManaged: { kind: "flag" },
});

const cluster = structure(["InstanceCount", "InstanceType", "VolumeSizeInGB"], {
  InstanceCount: { kind: "integer", min: 1, max: 100 },
  InstanceType: instanceType,
  VolumeSizeInGB: { kind: "integer", min: 1, max: 16384 },
  VolumeKmsKeyId: kmsKey,
});

/** The request of CreateProcessingJob. Source: the model of the SageMaker API, 2017-07-24. */
export const processingJobShape: Structure = structure(
  ["ProcessingJobName", "ProcessingResources", "AppSpecification", "RoleArn"],
  {
    ProcessingInputs: { kind: "list", max: 10, item: input },
    ProcessingOutputConfig: structure(["Outputs"], {
      Outputs: { kind: "list", max: 10, item: output },
      KmsKeyId: kmsKey,
    }),
    ProcessingJobName: jobName,
    ProcessingResources: structure(["ClusterConfig"], { ClusterConfig: cluster }),
    StoppingCondition: structure(["MaxRuntimeInSeconds"], {
      MaxRuntimeInSeconds: { kind: "integer", min: 1, max: 777_600 },
    }),
    AppSpecification: structure(["ImageUri"], {
      ImageUri: { kind: "text", max: 255 },
      ContainerEntrypoint: words,
      ContainerArguments: words,
    }),
    Environment: {
      kind: "map",
      max: 100,
      key: { kind: "text", max: 256, pattern: /[a-zA-Z_][a-zA-Z0-9_]*/ },
      value: { kind: "text", max: 256 },
    },
    NetworkConfig: structure([], {
      EnableInterContainerTrafficEncryption: { kind: "flag" },
      EnableNetworkIsolation: { kind: "flag" },
      VpcConfig: vpcConfig,
    }),
    RoleArn: roleArn,
    Tags: tags,
    ExperimentConfig: experimentConfig,
  },
);
