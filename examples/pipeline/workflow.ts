import { fileURLToPath } from "node:url";
import { Chain, Choice, context, ExecutionInput, Fail, type Ref, States, text, Workflow, when } from "sfn-ds";
import {
  EndpointConfigStep,
  EndpointStep,
  Estimator,
  getExecutionRole,
  Model,
  ModelStep,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  ScriptProcessor,
  Session,
  TrainingInput,
  TrainingStep,
  waitUntilInService,
} from "sfn-ds/sagemaker";
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
const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

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
    endpointName: z.string(), // a new one, and the name of its configuration
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

const estimator = new Estimator({
  session,
  role,
  imageUri: `${registry}/churn-train:1`,
  instanceCount: 1,
  instanceType: "ml.m5.large",
  hyperparameters: { epochs: 300, learning_rate: 0.5 },
  metricDefinitions: [{ Name: "train:loss", Regex: "train-loss=([0-9.]+)" }],
  outputPath: text`${folder}/model`,
  maxRunSeconds: 3600,
});
// No job is named, so that each attempt names its own: a retry under the name of a job that exists would never succeed.
const train = new TrainingStep("Train", {
  estimator,
  data: { train: new TrainingInput({ s3Data: text`${folder}/train`, contentType: "text/csv" }) },
  retry,
});
const name = train.output.TrainingJobName; // the model is called as the job that made it
const modelData = train.output.ModelArtifacts.S3ModelArtifacts;

const evaluate = new ProcessingStep("Evaluate", {
  processor,
  code: beside("evaluate.py"),
  inputs: [
    new ProcessingInput({ inputName: "model", source: modelData, destination: "/opt/ml/processing/model" }),
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

const createModel = new ModelStep("Create model", {
  model: new Model({ session, role, imageUri: `${registry}/churn-serve:1`, modelData }),
  modelName: name,
  retry,
});
const createEndpointConfig = new EndpointConfigStep("Create endpoint configuration", {
  session,
  endpointConfigName: input.endpointName,
  modelName: name,
  instanceType: "ml.m5.large",
  initialInstanceCount: 1,
  retry,
});
const deploy = new EndpointStep("Deploy", {
  session,
  endpointName: input.endpointName,
  endpointConfigName: input.endpointName,
  retry,
});
const serving = waitUntilInService(deploy, { pollSeconds: 5 });

const isGoodEnough = new Choice("Good enough?")
  .when(
    when(accuracy).greaterThanEquals(input.lowestAccuracy),
    Chain.of(createModel, createEndpointConfig, deploy, serving.chain),
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
