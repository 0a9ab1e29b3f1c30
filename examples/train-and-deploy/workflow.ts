import { fileURLToPath } from "node:url";
import { Chain, Choice, context, ExecutionInput, Fail, integrationArn, Task, text, Workflow, when } from "sfn-ds";
import {
  getExecutionRole,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  ScriptProcessor,
  Session,
  uniqueName,
} from "sfn-ds/sagemaker";
import type { IntegrationPattern } from "sfn-ds/services";
import * as z from "zod";

// Splits a table, trains a model on it, and puts the model behind an endpoint if it is good enough.

const session = new Session();
const role = await getExecutionRole(session);
const partition = await session.partition();
const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

const sagemaker = (action: string, pattern: IntegrationPattern = "REQUEST_RESPONSE") =>
  integrationArn({ partition, service: "sagemaker", action, pattern });
// SageMaker says under this name that it is asked too often, or that the account's instances are all in use.
const retry = {
  errorEquals: ["SageMaker.AmazonSageMakerException", "SageMaker.ResourceLimitExceededException"],
  intervalSeconds: 60,
  maxAttempts: 3,
};

const input = new ExecutionInput(
  z.object({
    table: z.string(), // s3:// URI of a CSV file
    folder: z.string(), // s3:// URI of what the runs write
    lowestAuc: z.number().min(0).max(1),
    endpointName: z.string(), // a new one
  }),
);
const folder = text`${input.folder}/${context.execution.name}`; // each execution has its own

const split = new ProcessingStep("Split", {
  processor: new ScriptProcessor({
    session,
    role,
    imageUri: `${registry}/churn-split:1`,
    command: ["python3"],
    instanceCount: 1,
    instanceType: "ml.m5.large",
  }),
  code: fileURLToPath(new URL("split.py", import.meta.url)),
  inputs: [new ProcessingInput({ source: input.table, destination: "/opt/ml/processing/input" })],
  outputs: ["train", "validation"].map(
    (name) =>
      new ProcessingOutput({
        outputName: name,
        source: `/opt/ml/processing/${name}`,
        destination: text`${folder}/${name}`,
      }),
  ),
  retry,
});

const channel = (name: string) => ({
  ChannelName: name,
  ContentType: "text/csv",
  DataSource: {
    S3DataSource: {
      S3DataType: "S3Prefix",
      S3Uri: text`${folder}/${name}`,
      S3DataDistributionType: "FullyReplicated",
    },
  },
});
const train = new Task("Train", {
  resource: sagemaker("createTrainingJob", "RUN_JOB"),
  parameters: {
    // Made anew for each attempt: a retry under the name of a job that exists would never succeed.
    TrainingJobName: uniqueName("churn"),
    RoleArn: role,
    AlgorithmSpecification: {
      TrainingImage: `${registry}/churn-train:1`,
      TrainingInputMode: "File",
      // One metric, so that it is the first and only one of FinalMetricDataList.
      MetricDefinitions: [{ Name: "validation:auc", Regex: "validation-auc=([0-9.]+)" }],
    },
    InputDataConfig: ["train", "validation"].map(channel),
    OutputDataConfig: { S3OutputPath: text`${folder}/model` },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  },
  // What is read below. The job's description has more, and is not checked.
  outputSchema: z.object({
    TrainingJobName: z.string(),
    ModelArtifacts: z.object({ S3ModelArtifacts: z.string() }),
    FinalMetricDataList: z.array(z.object({ MetricName: z.string(), Value: z.number() })),
  }),
  retry,
});

const auc = train.output.FinalMetricDataList[0].Value;
const name = train.output.TrainingJobName; // model and configuration are called as the job that made them
const createModel = new Task("Create model", {
  resource: sagemaker("createModel"),
  parameters: {
    ModelName: name,
    ExecutionRoleArn: role,
    PrimaryContainer: {
      Image: `${registry}/churn-serve:1`,
      ModelDataUrl: train.output.ModelArtifacts.S3ModelArtifacts,
    },
  },
  retry,
});
const createEndpointConfig = new Task("Create endpoint configuration", {
  resource: sagemaker("createEndpointConfig"),
  parameters: {
    EndpointConfigName: name,
    ProductionVariants: [{ VariantName: "all", ModelName: name, InstanceType: "ml.m5.large", InitialInstanceCount: 1 }],
  },
  retry,
});
// Goes on as soon as the endpoint is being made; examples/polling-loop waits for one.
const createEndpoint = new Task("Create endpoint", {
  resource: sagemaker("createEndpoint"),
  parameters: { EndpointName: input.endpointName, EndpointConfigName: name },
  outputSchema: z.object({ EndpointArn: z.string() }),
  retry,
});

// A job that printed no metric has an empty list: where the value may be missing, it is asked for first.
const isGoodEnough = when(auc).isPresent().and(when(auc).greaterThanEquals(input.lowestAuc));
const choice = new Choice("Good enough?")
  .when(isGoodEnough, Chain.of(createModel, createEndpointConfig, createEndpoint))
  .otherwise(
    new Fail("Not good enough", {
      error: "ModelNotGoodEnough",
      cause: text`the AUC of ${name} is not known, or below ${input.lowestAuc}`,
    }),
  );

export const workflow = new Workflow({
  session,
  role,
  name: "train-and-deploy",
  input,
  definition: Chain.of(split, train, choice),
});
