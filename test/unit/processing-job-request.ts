import type { JsonObject } from "../../src/language/json.js";

/** A request that runs a shell script. */
export function shellJob(script: string, more: JsonObject = {}): JsonObject {
  return {
    ProcessingJobName: "job-1",
    RoleArn: "arn:aws:iam::000000000000:role/sfn-ds-local",
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } },
    AppSpecification: { ImageUri: "image", ContainerEntrypoint: ["sh", "-c", script] },
    ...more,
  };
}

/** Members of a request with one input and one output. */
export const inputAndOutput: JsonObject = {
  ProcessingInputs: [
    {
      InputName: "in",
      S3Input: { S3Uri: "s3://data/in/", LocalPath: "/opt/ml/processing/input", S3DataType: "S3Prefix" },
    },
  ],
  ProcessingOutputConfig: {
    Outputs: [
      {
        OutputName: "out",
        S3Output: { S3Uri: "s3://data/out", LocalPath: "/opt/ml/processing/output", S3UploadMode: "EndOfJob" },
      },
    ],
  },
};
