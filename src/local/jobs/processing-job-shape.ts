import type { Shape, Structure } from "../protocols/shape.js";

const s3Uri: Shape = { kind: "text", max: 1024, pattern: /(https|s3):\/\/([^/]+)\/?(.*)/ };
const localPath: Shape = { kind: "text", max: 256, pattern: /.*/ };
const kmsKey: Shape = { kind: "text", max: 2048, pattern: /[a-zA-Z0-9:/_-]*/ };
const words: Shape = { kind: "list", min: 1, max: 100, item: { kind: "text", max: 256 } };
const experimentName: Shape = { kind: "text", min: 1, max: 120, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}/ };
const tagText = /([\p{L}\p{Z}\p{N}_.:/=+\-@]*)/u;
const inputMode: Shape = { kind: "text", values: ["Pipe", "File"] };
const distribution: Shape = { kind: "text", values: ["FullyReplicated", "ShardedByS3Key"] };
const anything: Shape = structure([], {});

/** 1 to 63 letters, digits and inner hyphens. */
export const jobName: Shape = { kind: "text", min: 1, max: 63, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/ };

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
  // AWS adds types all the time: a list would refuse the newest.
  InstanceType: { kind: "text", pattern: /ml\.[a-z0-9-]+\.[a-z0-9]+/ },
  VolumeSizeInGB: { kind: "integer", min: 1, max: 16384 },
  VolumeKmsKeyId: kmsKey,
});

const subnets = (max: number): Shape => ({
  kind: "list",
  min: 1,
  max,
  item: { kind: "text", max: 32, pattern: /[-0-9a-zA-Z]+/ },
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
      VpcConfig: structure(["SecurityGroupIds", "Subnets"], { SecurityGroupIds: subnets(5), Subnets: subnets(16) }),
    }),
    RoleArn: { kind: "text", min: 20, max: 2048, pattern: /arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/ },
    Tags: {
      kind: "list",
      max: 50,
      item: structure(["Key", "Value"], {
        Key: { kind: "text", min: 1, max: 128, pattern: tagText },
        Value: { kind: "text", max: 256, pattern: tagText },
      }),
    },
    ExperimentConfig: structure([], {
      ExperimentName: experimentName,
      TrialName: experimentName,
      TrialComponentDisplayName: experimentName,
      RunName: experimentName,
    }),
  },
);

function structure(required: readonly string[], members: Structure["members"]): Structure {
  return { kind: "structure", required, members };
}
