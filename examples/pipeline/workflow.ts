import { fileURLToPath } from "node:url";
import {
  Chain,
  Choice,
  context,
  ExecutionInput,
  Fail,
  integrationArn,
  type Ref,
  States,
  Succeed,
  Task,
  text,
  Wait,
  Workflow,
  when,
} from "sfn-ds";
import {
  getExecutionRole,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  ScriptProcessor,
  Session,
} from "sfn-ds/sagemaker";
import type { IntegrationPattern } from "sfn-ds/services";
import * as z from "zod";

// Prepares a table of customers, trains a model on it, tests the model, and puts it behind an endpoint if it is good enough.
//
// On this machine, where the command in commands.json stands for the training image:
//
//   npx sfn-ds local --commands commands.json -- npx tsx workflow.ts
//   npx sfn-ds local --commands commands.json -- npx tsx workflow.ts 0.99    a model that is not good enough

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** Run as a program, not imported by `sfn-ds synth`. */
const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
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
    lowestAccuracy: z.number().min(0).max(1),
    endpointName: z.string(), // a new one
  }),
);
const folder = text`${input.folder}/${context.execution.name}`; // each execution has its own

const processor = new ScriptProcessor({
  session,
  role,
  imageUri: `${registry}/churn-tools:1`,
  command: ["python3"],
  instanceCount: 1,
  instanceType: "ml.m5.large",
});

const prepare = new ProcessingStep("Prepare", {
  processor,
  code: beside("prepare.py"),
  inputs: [new ProcessingInput({ source: input.table, destination: "/opt/ml/processing/input" })],
  outputs: ["train", "test"].map(
    (name) =>
      new ProcessingOutput({
        outputName: name,
        source: `/opt/ml/processing/${name}`,
        destination: text`${folder}/${name}`,
      }),
  ),
  retry,
});

const train = new Task("Train", {
  resource: sagemaker("createTrainingJob", "RUN_JOB"),
  parameters: {
    // Made anew for each attempt: a retry under the name of a job that exists would never succeed.
    TrainingJobName: text`churn-${States.uuid()}`,
    RoleArn: role,
    AlgorithmSpecification: {
      TrainingImage: `${registry}/churn-train:1`,
      TrainingInputMode: "File",
      MetricDefinitions: [{ Name: "train:loss", Regex: "train-loss=([0-9.]+)" }],
    },
    HyperParameters: { epochs: "300", learning_rate: "0.5" },
    InputDataConfig: [
      {
        ChannelName: "train",
        ContentType: "text/csv",
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: text`${folder}/train`,
            S3DataDistributionType: "FullyReplicated",
          },
        },
      },
    ],
    OutputDataConfig: { S3OutputPath: text`${folder}/model` },
    ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  },
  // What is read below. The job's description has more, and is not checked.
  outputSchema: z.object({
    TrainingJobName: z.string(),
    ModelArtifacts: z.object({ S3ModelArtifacts: z.string() }),
  }),
  retry,
});
const name = train.output.TrainingJobName; // model and configuration are called as the job that made them
const model = train.output.ModelArtifacts.S3ModelArtifacts;

const evaluate = new ProcessingStep("Evaluate", {
  processor,
  code: beside("evaluate.py"),
  inputs: [
    new ProcessingInput({ inputName: "model", source: model, destination: "/opt/ml/processing/model" }),
    new ProcessingInput({ inputName: "test", source: text`${folder}/test`, destination: "/opt/ml/processing/test" }),
  ],
  outputs: [
    new ProcessingOutput({
      outputName: "evaluation",
      source: "/opt/ml/processing/evaluation",
      destination: text`${folder}/evaluation`,
    }),
  ],
  // What the program writes to /opt/ml/output/message, as it always does: not every job has such a message.
  resultSelector: ({ ExitMessage }) => ({
    metrics: States.stringToJson(ExitMessage as Ref<string>, z.object({ accuracy: z.number(), rows: z.number() })),
  }),
  retry,
});
const accuracy = evaluate.output.metrics.accuracy;

const createModel = new Task("Create model", {
  resource: sagemaker("createModel"),
  parameters: {
    ModelName: name,
    ExecutionRoleArn: role,
    PrimaryContainer: { Image: `${registry}/churn-serve:1`, ModelDataUrl: model },
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
const createEndpoint = new Task("Create endpoint", {
  resource: sagemaker("createEndpoint"),
  parameters: { EndpointName: input.endpointName, EndpointConfigName: name },
  retry,
});
const describe = new Task("Describe endpoint", {
  resource: integrationArn({ partition, service: "aws-sdk:sagemaker", action: "describeEndpoint" }),
  parameters: { EndpointName: input.endpointName },
  outputSchema: z.object({ EndpointStatus: z.string() }),
  // A loop asks often: one refusal must not end it.
  retry: { errorEquals: ["States.TaskFailed"], intervalSeconds: 10, maxAttempts: 5 },
});
const status = when(describe.output.EndpointStatus);
const pause = new Wait("Wait for the endpoint", { seconds: 5 });
const isServing = new Choice("Is it in service?")
  .when(status.equals("InService"), new Succeed("Deployed"))
  // A function: the loop goes back to a step that stands in the chain already.
  .when(status.equals("Creating"), () => pause)
  .otherwise(new Fail("Not deployed", { error: "EndpointNotCreated", cause: States.jsonToString(describe.output) }));

const isGoodEnough = new Choice("Good enough?")
  .when(
    when(accuracy).greaterThanEquals(input.lowestAccuracy),
    Chain.of(createModel, createEndpointConfig, createEndpoint, pause, describe, isServing),
  )
  .otherwise(
    new Fail("Not good enough", {
      error: "ModelNotGoodEnough",
      cause: text`the accuracy of ${name} is ${accuracy}, which is below ${input.lowestAccuracy}`,
    }),
  );

export const workflow = new Workflow({
  session,
  role,
  name: "pipeline",
  input,
  timeoutSeconds: 6 * 3600, // the loop has no bound of its own
  definition: Chain.of(prepare, train, evaluate, isGoodEnough),
});

if (isProgram) {
  await workflow.upsert();
  const [, , lowestAccuracy = "0.8"] = process.argv;
  const execution = await workflow.execute({
    table: await session.uploadData(beside("data/customers.csv"), { keyPrefix: "pipeline/input" }),
    folder: `s3://${await session.defaultBucket()}/pipeline`,
    lowestAccuracy: Number(lowestAccuracy),
    endpointName: `churn-${Date.now()}`,
  });
  if ((await execution.follow()) === "ended") console.log(JSON.stringify(await execution.output(), null, 2));
}
