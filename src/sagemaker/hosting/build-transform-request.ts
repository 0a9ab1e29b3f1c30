import type { Path, Problems } from "../../services/problems.js";
import { lowerUri } from "../assets/local-uri.js";
import { jobFolder } from "../request/job-folder.js";
import { jobNameBase } from "../request/job-name.js";
import { withoutUndefined } from "../request/late-value.js";
import { mergeTags } from "../request/tags.js";
import { uniqueName } from "../unique-name.js";
import type { TransformStepOptions } from "./transform-step.js";
import type { Transformer, TransformerOptions } from "./transformer.js";

const transformerNames = {
  modelName: true,
  instanceCount: true,
  instanceType: true,
  strategy: true,
  assembleWith: true,
  outputPath: true,
  outputKmsKey: true,
  accept: true,
  maxConcurrentTransforms: true,
  maxPayload: true,
  env: true,
  volumeKmsKey: true,
  transformAmiVersion: true,
  tags: true,
  baseTransformJobName: true,
  session: true,
} as const satisfies { [K in keyof TransformerOptions]-?: true };

/** Builds the request of CreateTransformJob. */
export function buildTransformRequest(
  transformer: Transformer,
  step: TransformStepOptions,
  name: string,
  problems: Problems,
): Record<string, unknown> {
  const { options, session } = transformer;
  problems.addUnknown("Transformer", options, transformerNames, ["transformer"]);
  const modelName: unknown = step.modelName ?? options.modelName;
  if (modelName === undefined) {
    problems.add("missing_option", ["modelName"], "TransformStep needs modelName, or a Transformer that has one");
  }
  const base = jobNameBase(options.baseTransformJobName ?? modelName, undefined, name);
  const jobName = step.jobName ?? uniqueName(base);
  const path: Path = ["Parameters"];
  return {
    TransformJobName: jobName,
    // A stand-in: what is missing is told once.
    ModelName: modelName ?? "unnamed",
    TransformInput: lowerInput(transformer, step, problems),
    TransformOutput: withoutUndefined({
      S3OutputPath: options.outputPath ?? jobFolder(session, jobName, base),
      KmsKeyId: options.outputKmsKey,
      AssembleWith: options.assembleWith,
      Accept: options.accept,
    }),
    TransformResources: withoutUndefined({
      InstanceCount: options.instanceCount,
      InstanceType: options.instanceType,
      VolumeKmsKeyId: options.volumeKmsKey,
      TransformAmiVersion: options.transformAmiVersion,
    }),
    DataProcessing: lowerDataProcessing(step),
    BatchStrategy: options.strategy,
    MaxConcurrentTransforms: options.maxConcurrentTransforms,
    MaxPayloadInMB: options.maxPayload,
    ModelClientConfig: step.modelClientConfig,
    DataCaptureConfig: step.batchDataCaptureConfig,
    Environment: options.env,
    ExperimentConfig: step.experimentConfig,
    Tags: mergeTags(options.tags, step.tags, [...path, "Tags"], problems),
  };
}

function lowerInput({ session }: Transformer, step: TransformStepOptions, problems: Problems): object {
  const { data, dataType = "S3Prefix", contentType, compressionType, splitType } = step;
  return withoutUndefined({
    DataSource: {
      S3DataSource: withoutUndefined({
        S3DataType: dataType,
        S3Uri: lowerUri(session, data, true, ["data"], problems),
      }),
    },
    ContentType: contentType,
    CompressionType: compressionType,
    SplitType: splitType,
  });
}

function lowerDataProcessing({ inputFilter, outputFilter, joinSource }: TransformStepOptions): object | undefined {
  const processing = withoutUndefined({
    InputFilter: inputFilter,
    OutputFilter: outputFilter,
    JoinSource: joinSource,
  });
  return Object.keys(processing).length === 0 ? undefined : processing;
}
