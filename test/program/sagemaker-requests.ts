import { compileResolved } from "../../src/compile/compile.js";
import type { Json } from "../../src/language/json.js";
import {
  CategoricalParameter,
  ContinuousParameter,
  DataCaptureConfig,
  DebuggerHookConfig,
  EndpointConfigStep,
  EndpointStep,
  Estimator,
  HyperparameterTuner,
  IntegerParameter,
  Model,
  ModelStep,
  NetworkConfig,
  PipelineModel,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  Processor,
  ScriptProcessor,
  SKLearn,
  SKLearnModel,
  TrainingInput,
  TrainingStep,
  Transformer,
  TransformStep,
  TuningStep,
} from "../../src/sagemaker/index.js";
import type { RequestName } from "../../src/sagemaker/request/check-request.js";
import type { AnyStep } from "../../src/states/step.js";
import { FakeAws } from "../unit/fake-aws.js";

/** A request to SageMaker, and what has made it. */
export interface MadeRequest {
  readonly name: string;
  readonly operation: RequestName;
  readonly request: Readonly<Record<string, Json>>;
}

const aws = new FakeAws({ CreateProcessingJob: () => ({ ProcessingJobArn: "arn:aws:sagemaker:…" }) });
const session = aws.session();
const role = "arn:aws:iam::123456789012:role/SageMaker";
const imageUri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/image:1";
const kms = "arn:aws:kms:us-east-1:123456789012:key/k";
const tags = { team: "data" };
const env = { A: "1" };
const experimentConfig = { ExperimentName: "e", TrialName: "t", TrialComponentDisplayName: "c", RunName: "r" };
const network = { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
const vpcConfig = { Subnets: network.subnets, SecurityGroupIds: network.securityGroupIds };
const machines = { session, role, instanceCount: 2, instanceType: "ml.m5.xlarge" } as const;

const processing = {
  ...machines,
  imageUri,
  volumeSizeInGb: 50,
  volumeKmsKey: kms,
  outputKmsKey: kms,
  maxRuntimeInSeconds: 3600,
  env,
  tags,
  networkConfig: new NetworkConfig({ ...network, enableNetworkIsolation: true, encryptInterContainerTraffic: true }),
} as const;
const data = {
  inputs: [
    new ProcessingInput({ inputName: "in", source: "s3://bucket/in", destination: "/opt/ml/processing/in" }),
    new ProcessingInput({
      inputName: "rows",
      datasetDefinition: {
        localPath: "/opt/ml/processing/rows",
        athenaDatasetDefinition: {
          catalog: "AwsDataCatalog",
          database: "db",
          queryString: "SELECT 1",
          outputS3Uri: "s3://bucket/athena",
          outputFormat: "PARQUET",
        },
      },
    } as never),
  ],
  outputs: [
    new ProcessingOutput({ outputName: "out", source: "/opt/ml/processing/out", destination: "s3://bucket/out" }),
    new ProcessingOutput({ outputName: "features", appManaged: true, featureStoreOutput: { featureGroupName: "g" } }),
  ],
};
const trained = {
  ...machines,
  ...network,
  imageUri,
  hyperparameters: { epochs: 3, lr: 0.1 },
  outputPath: "s3://bucket/models",
  outputKmsKey: kms,
  volumeSizeInGb: 50,
  volumeKmsKey: kms,
  useSpotInstances: true,
  maxRunSeconds: 3600,
  maxWaitSeconds: 7200,
  checkpointS3Uri: "s3://bucket/checkpoints",
  checkpointLocalPath: "/opt/ml/checkpoints",
  metricDefinitions: [{ Name: "auc", Regex: "auc=(.*)" }],
  environment: env,
  maxRetryAttempts: 2,
  enableNetworkIsolation: true,
  encryptInterContainerTraffic: true,
  keepAlivePeriodInSeconds: 60,
  tags,
};
const estimator = new Estimator({
  ...trained,
  debuggerHookConfig: new DebuggerHookConfig({ s3OutputPath: "s3://bucket/debug" }),
  containerEntrypoint: ["python3", "train.py"],
  containerArguments: ["--fast"],
});
const channels = {
  train: new TrainingInput({ s3Data: "s3://bucket/train", contentType: "text/csv", distribution: "ShardedByS3Key" }),
  test: "s3://bucket/test",
};
const script = {
  session,
  role,
  entryPoint: "serve.py",
  sourceDir: "s3://bucket/src.tar.gz",
  frameworkVersion: "1.2-1",
};
const model = new Model({
  session,
  imageUri,
  modelData: "s3://bucket/m.tar.gz",
  role,
  name: "model",
  env,
  vpcConfig,
  enableNetworkIsolation: true,
  imageConfig: { RepositoryAccessMode: "Vpc" },
  mode: "SingleModel",
  containerHostname: "serve",
  tags,
});
const variant = {
  modelName: "model",
  initialInstanceCount: 1,
  instanceType: "ml.m5.large",
  initialVariantWeight: 1,
  volumeSizeInGb: 30,
  modelDataDownloadTimeoutInSeconds: 600,
  containerStartupHealthCheckTimeoutInSeconds: 600,
  routingConfig: { RoutingStrategy: "LEAST_OUTSTANDING_REQUESTS" },
} as const;
const transformer = new Transformer({
  session,
  modelName: "model",
  instanceCount: 1,
  instanceType: "ml.m5.large",
  strategy: "MultiRecord",
  assembleWith: "Line",
  outputPath: "s3://bucket/scores",
  outputKmsKey: kms,
  accept: "text/csv",
  maxConcurrentTransforms: 2,
  maxPayload: 6,
  env,
  volumeKmsKey: kms,
  tags,
});
const tuner = new HyperparameterTuner({
  estimator: new Estimator(trained),
  objectiveMetricName: "auc",
  hyperparameterRanges: {
    lr: new ContinuousParameter(0.01, 0.2),
    depth: new IntegerParameter(1, 9),
    kind: new CategoricalParameter(["a", "b"]),
  },
  metricDefinitions: [{ Name: "auc", Regex: "auc=(.*)" }],
  maxJobs: 4,
  maxParallelJobs: 2,
  tags,
});

/** Steps with about all of their options, without placeholders, in an order in which a service can take them. */
const steps: readonly (readonly [operation: RequestName, step: AnyStep])[] = [
  [
    "CreateProcessingJob",
    new ProcessingStep("Process", {
      processor: new Processor({ ...processing, entrypoint: ["python3", "x.py"] }),
      jobName: "process",
      ...data,
      arguments: ["--rows", 10],
      experimentConfig,
    }),
  ],
  [
    "CreateProcessingJob",
    new ProcessingStep("Script", {
      processor: new ScriptProcessor({ ...processing, command: ["python3"] }),
      jobName: "script",
      code: "s3://bucket/code.py",
    }),
  ],
  ["CreateTrainingJob", new TrainingStep("Train", { estimator, jobName: "train", data: channels, experimentConfig })],
  [
    "CreateTrainingJob",
    new TrainingStep("Framework", {
      estimator: new SKLearn({ ...machines, ...script, entryPoint: "train.py" }),
      jobName: "framework",
      data: "s3://bucket/train",
    }),
  ],
  ["CreateHyperParameterTuningJob", new TuningStep("Tune", { tuner, jobName: "tune", data: channels })],
  ["CreateModel", new ModelStep("Model", { model })],
  ["CreateModel", new ModelStep("Framework model", { model: new SKLearnModel(script), modelName: "framework" })],
  [
    "CreateModel",
    new ModelStep("Pipeline model", {
      model: new PipelineModel({
        session,
        role,
        name: "pipeline",
        models: [new SKLearnModel(script), new Model({ session, imageUri, env })],
        inferenceExecutionConfig: { Mode: "Serial" },
        vpcConfig,
        tags,
      }),
    }),
  ],
  [
    "CreateTransformJob",
    new TransformStep("Transform", {
      transformer,
      jobName: "transform",
      data: "s3://bucket/rows",
      contentType: "text/csv",
      compressionType: "Gzip",
      splitType: "Line",
      inputFilter: "$[1:]",
      outputFilter: "$[0]",
      joinSource: "Input",
      modelClientConfig: { InvocationsTimeoutInSeconds: 60, InvocationsMaxRetries: 2 },
      experimentConfig,
    }),
  ],
  [
    "CreateEndpointConfig",
    new EndpointConfigStep("Configure", {
      session,
      endpointConfigName: "config",
      ...variant,
      dataCaptureConfig: new DataCaptureConfig({
        enableCapture: true,
        destinationS3Uri: "s3://bucket/captured",
        kmsKeyId: kms,
      }),
      kmsKeyId: kms,
      tags,
    }),
  ],
  [
    "CreateEndpointConfig",
    new EndpointConfigStep("Configure several", {
      session,
      endpointConfigName: "several",
      productionVariants: [
        { ...variant, variantName: "old" },
        { variantName: "new", modelName: "model", serverlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } },
      ],
      asyncInferenceConfig: {
        OutputConfig: { S3OutputPath: "s3://bucket/answers" },
        ClientConfig: { MaxConcurrentInvocationsPerInstance: 2 },
      },
    }),
  ],
  [
    "CreateEndpoint",
    new EndpointStep("Deploy", { session, endpointName: "endpoint", endpointConfigName: "config", tags }),
  ],
  [
    "UpdateEndpoint",
    new EndpointStep("Update", {
      session,
      endpointName: "endpoint",
      endpointConfigName: "several",
      update: true,
      retainAllVariantProperties: true,
      excludeRetainedVariantProperties: [{ VariantPropertyType: "DesiredWeight" }],
    }),
  ],
];

/** The requests of all steps, and of a job that `run()` starts. */
export async function madeRequests(): Promise<readonly MadeRequest[]> {
  const made: MadeRequest[] = [];
  for (const [operation, step] of steps) {
    const { definition } = await compileResolved(step);
    const state = definition.States[step.name] as { readonly Parameters?: MadeRequest["request"] };
    made.push({ name: step.name, operation, request: state.Parameters ?? {} });
  }
  const processor = new ScriptProcessor({ ...processing, command: ["python3"] });
  await processor.run({
    code: "s3://bucket/code.py",
    ...data,
    arguments: ["--rows", 10],
    jobName: "run",
    wait: false,
    logs: false,
    experimentConfig,
  });
  const [request] = aws.inputsOf("CreateProcessingJob");
  return [...made, { name: "run()", operation: "CreateProcessingJob", request: request as MadeRequest["request"] }];
}
