import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import {
  CategoricalParameter,
  ContinuousParameter,
  type CreateTrainingJobResult,
  type CreateTuningJobResult,
  DebuggerHookConfig,
  type DescribeTrainingJobResult,
  type DescribeTuningJobResult,
  Estimator,
  FileSystemInput,
  HuggingFace,
  HyperparameterTuner,
  IntegerParameter,
  type Model,
  PyTorch,
  TensorFlow,
  TrainingInput,
  TrainingStep,
  TuningStep,
  WarmStartConfig,
} from "../../src/sagemaker/index.js";
import type { FlowStep } from "../../src/states/chain.js";

const input = new ExecutionInput(
  z.object({
    text: z.string(),
    rows: z.number().int(),
    texts: z.array(z.string()),
    object: z.object({ epochs: z.string() }),
    flag: z.boolean(),
    optional: z.string().optional(),
  }),
);
const base = { role: "r", imageUri: "i", instanceCount: 1, instanceType: "ml.m5.xlarge" } as const;
const estimator = new Estimator(base);
const { imageUri: _, ...withoutImage } = base;
const script = { ...withoutImage, entryPoint: "t.py", sourceDir: "s3://b/s.tar.gz" };
const tuner = new HyperparameterTuner({ estimator, objectiveMetricName: "auc", hyperparameterRanges: {} });

test("placeholders of the right type fit where values do", () => {
  new Estimator({
    ...base,
    imageUri: input.text,
    instanceCount: input.rows,
    subnets: input.texts,
    environment: { A: input.text },
  });
  new Estimator({
    ...base,
    hyperparameters: { epochs: input.rows, all: [1, input.text] },
    useSpotInstances: input.flag,
  });
  new PyTorch({ ...script, frameworkVersion: "2.1", sourceDir: input.text });
  new TrainingInput({ s3Data: input.text, attributeNames: ["a", input.text], shuffleConfig: { seed: input.rows } });
  new TrainingStep("A", { estimator, data: input.text, hyperparameters: input.object, jobName: input.text });
  new TrainingStep("B", {
    estimator,
    data: { train: "s3://b", test: input.text, more: new TrainingInput({ s3Data: input.text }) },
    hyperparameters: { epochs: input.rows },
    parameters: { ResourceConfig: { InstanceCount: input.rows, InstanceType: input.text } },
  });
  new ContinuousParameter(0, input.rows);
  new CategoricalParameter(input.texts);
  new CategoricalParameter(["a", 1, input.text]);
  new TuningStep("C", { tuner, data: { first: { train: input.text } }, jobName: input.text });
});

test("a placeholder of another type is an error", () => {
  // @ts-expect-error a text is no count
  new Estimator({ ...base, instanceCount: input.text });
  // @ts-expect-error a number is no image
  new Estimator({ ...base, imageUri: input.rows });
  // @ts-expect-error a text that may be missing is no path
  new Estimator({ ...base, outputPath: input.optional });
  // @ts-expect-error a number is no value of the environment
  new Estimator({ ...base, environment: { A: input.rows } });
  // @ts-expect-error a list is no URI
  new TrainingInput({ s3Data: input.texts });
  // @ts-expect-error a number is no data
  new TrainingStep("A", { estimator, data: input.rows });
  // @ts-expect-error a number is no job name
  new TrainingStep("A", { estimator, jobName: input.rows });
  // @ts-expect-error a text is no bound
  new IntegerParameter(1, input.text);
  // @ts-expect-error a text is no number of jobs
  new HyperparameterTuner({ estimator, objectiveMetricName: "auc", hyperparameterRanges: {}, maxJobs: input.text });
});

test("what an option cannot be is an error", () => {
  // @ts-expect-error there is no such mode
  new Estimator({ ...base, inputMode: "Stream" });
  // @ts-expect-error options are no hook
  new Estimator({ ...base, debuggerHookConfig: { s3OutputPath: "s3://b" } });
  // @ts-expect-error there is no such distribution
  new TrainingInput({ s3Data: "s3://b", distribution: "Sharded" });
  // @ts-expect-error there is no such file system
  new FileSystemInput({ fileSystemId: "fs", fileSystemType: "NFS", directoryPath: "/" });
  // @ts-expect-error there is no such scaling
  new ContinuousParameter(0, 1, "Log");
  // @ts-expect-error there is no such strategy
  new HyperparameterTuner({ estimator, objectiveMetricName: "auc", hyperparameterRanges: {}, strategy: "Best" });
  // @ts-expect-error numbers are no range
  new HyperparameterTuner({ estimator, objectiveMetricName: "auc", hyperparameterRanges: { lr: [0, 1] } });
  // @ts-expect-error there is no such warm start
  new WarmStartConfig({ warmStartType: "Same", parents: [] });
  // @ts-expect-error there is no such pattern
  new TrainingStep("A", { estimator, integrationPattern: "SYNC" });
});

test("a misspelt or missing option is an error", () => {
  // @ts-expect-error instanceCount is missing
  new Estimator({ role: "r", imageUri: "i", instanceType: "ml.m5.xlarge" });
  // @ts-expect-error maxRun is maxRunSeconds
  new Estimator({ ...base, maxRun: 60 });
  // @ts-expect-error an estimator without a framework has no script
  new Estimator({ ...base, entryPoint: "t.py" });
  // @ts-expect-error the script is missing
  new TensorFlow(withoutImage);
  // @ts-expect-error only TensorFlow has a model directory
  new PyTorch({ ...script, modelDir: "s3://b" });
  // @ts-expect-error Hugging Face has versions of Transformers
  new HuggingFace({ ...script, frameworkVersion: "4" });
  // @ts-expect-error an estimator is missing
  new TrainingStep("A", { data: "s3://b" });
  // @ts-expect-error the API has no such parameter
  new TrainingStep("A", { estimator, parameters: { TrainingJob: "x" } });
  // @ts-expect-error the objective is missing
  new HyperparameterTuner({ estimator, hyperparameterRanges: {} });
  // @ts-expect-error a tuner is no estimator
  new TuningStep("A", { tuner: estimator });
  // @ts-expect-error s3Path is s3OutputPath
  new DebuggerHookConfig({ s3Path: "s3://b" });
});

test("a training step gives on what SageMaker says of the job's end, and the model", () => {
  const step = new TrainingStep("A", { estimator });
  expectTypeOf(step).toExtend<FlowStep<DescribeTrainingJobResult>>();
  expectTypeOf(step.output.ModelArtifacts.S3ModelArtifacts).toExtend<Ref<string | undefined>>();
  expectTypeOf(step.output.CreationTime).toExtend<Ref<number>>();
  expectTypeOf(step.expectedModel()).toEqualTypeOf<Model>();
  const created = new TrainingStep("A", { estimator, waitForCompletion: false });
  expectTypeOf(created).toExtend<FlowStep<CreateTrainingJobResult>>();
  // @ts-expect-error the model is not made yet
  created.expectedModel();
  const shaped = new TrainingStep("A", { estimator, resultPath: "$.trained" });
  // @ts-expect-error the output has another shape
  shaped.expectedModel();
});

test("a tuning step gives on what SageMaker says of the job's end", () => {
  const step = new TuningStep("A", { tuner });
  expectTypeOf(step).toExtend<FlowStep<DescribeTuningJobResult>>();
  expectTypeOf(step.output.BestTrainingJob.TrainingJobName).toExtend<Ref<string | undefined>>();
  expectTypeOf(new TuningStep("A", { tuner, integrationPattern: "REQUEST_RESPONSE" })).toExtend<
    FlowStep<CreateTuningJobResult>
  >();
});

test("more hyperparameters make an estimator of the same class", () => {
  expectTypeOf(estimator.withHyperparameters({ a: 1 })).toEqualTypeOf<Estimator>();
  expectTypeOf(new PyTorch(script).withHyperparameters({ a: 1 })).toEqualTypeOf<PyTorch>();
});
