import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import {
  type CreateEndpointResult,
  type CreateModelResult,
  DataCaptureConfig,
  type DescribeEndpointResult,
  type DescribeTransformJobResult,
  EndpointConfigStep,
  EndpointStep,
  Estimator,
  InferencePipeline,
  Model,
  ModelStep,
  PipelineModel,
  ProcessingPipeline,
  SKLearnModel,
  TrainingPipeline,
  Transformer,
  TransformStep,
  waitUntilInService,
} from "../../src/sagemaker/index.js";
import type { Chain, FlowStep } from "../../src/states/chain.js";
import { Pass } from "../../src/states/pass.js";

const input = new ExecutionInput(
  z.object({
    text: z.string(),
    count: z.number(),
    flag: z.boolean(),
    mode: z.enum(["SingleModel", "MultiModel"]),
    split: z.enum(["Line", "None"]),
    env: z.record(z.string(), z.string()),
  }),
);
const model = new Model({ imageUri: "i", name: "m" });
const transformer = new Transformer({ modelName: "m", instanceCount: 1, instanceType: "ml.m5.xlarge" });
const config = { endpointConfigName: "c" };
const endpoint = { endpointName: "e", endpointConfigName: "c" };

test("placeholders of the right type fit where values do", () => {
  new Model({ imageUri: input.text, modelData: input.text, env: input.env, mode: input.mode, role: input.text });
  new Model({ imageUri: "i", vpcConfig: { Subnets: ["s", input.text], SecurityGroupIds: [input.text] } });
  new PipelineModel({ models: [model, model], enableNetworkIsolation: input.flag });
  new ModelStep("M", { model, modelName: input.text, tags: { run: input.text } });
  new Transformer({ instanceCount: input.count, instanceType: input.text, maxPayload: input.count });
  new TransformStep("T", { transformer, data: input.text, splitType: input.split });
  new EndpointConfigStep("C", {
    endpointConfigName: input.text,
    modelName: input.text,
    initialInstanceCount: input.count,
  });
  new EndpointConfigStep("C", { ...config, productionVariants: [{ variantName: "a", instanceType: input.text }] });
  new EndpointStep("E", { endpointName: input.text, endpointConfigName: input.text });
  new DataCaptureConfig({
    enableCapture: input.flag,
    samplingPercentage: input.count,
    captureOptions: ["REQUEST", "Output"],
  });
});

test("a placeholder of another type is an error", () => {
  // @ts-expect-error a number is no image
  new Model({ imageUri: input.count });
  // @ts-expect-error any text is no mode
  new Model({ imageUri: "i", mode: input.text });
  // @ts-expect-error a number is no name
  new ModelStep("M", { model, modelName: input.count });
  // @ts-expect-error a text is no count
  new Transformer({ instanceCount: input.text, instanceType: "ml.m5.xlarge" });
  // @ts-expect-error a number is no data
  new TransformStep("T", { transformer, data: input.count });
  // @ts-expect-error a text is no count
  new EndpointConfigStep("C", { ...config, initialInstanceCount: input.text });
  // @ts-expect-error a number is no name
  new EndpointStep("E", { ...endpoint, endpointName: input.count });
  const capacity = { ProductionVariants: [{ InitialInstanceCount: input.text }] };
  // @ts-expect-error a text is no count, in parameters
  new EndpointConfigStep("C", { ...config, parameters: capacity });
});

test("what an option cannot be is an error", () => {
  // @ts-expect-error no such mode
  new Model({ imageUri: "i", mode: "Multi" });
  // @ts-expect-error no such strategy
  new Transformer({ instanceCount: 1, instanceType: "ml.m5.xlarge", strategy: "Many" });
  // @ts-expect-error no such split
  new TransformStep("T", { transformer, data: "s3://b", splitType: "Row" });
  // @ts-expect-error CreateModel has nothing to wait for
  new ModelStep("M", { model, integrationPattern: "RUN_JOB" });
  // @ts-expect-error no such accelerator
  new EndpointConfigStep("C", { ...config, acceleratorType: "gpu" });
  // @ts-expect-error nothing of the kind is captured
  new DataCaptureConfig({ enableCapture: true, captureOptions: ["ALL"] });
});

test("unknown and misplaced options are errors", () => {
  // @ts-expect-error it is imageUri
  new Model({ image: "i" });
  // @ts-expect-error a script is a framework's
  new Model({ imageUri: "i", entryPoint: "serve.py" });
  // @ts-expect-error scikit-learn needs a script
  new SKLearnModel({ frameworkVersion: "1.2-1" });
  // @ts-expect-error it is modelName
  new ModelStep("M", { model, name: "m" });
  // @ts-expect-error a step is no model
  new ModelStep("M", { model: new ModelStep("N", { model }) });
  // @ts-expect-error it is splitType
  new TransformStep("T", { transformer, data: "s3://b", split: "Line" });
  // @ts-expect-error it is variantName
  new EndpointConfigStep("C", { ...config, productionVariants: [{ name: "a" }] });
  // @ts-expect-error an update takes no tags
  new EndpointStep("E", { ...endpoint, update: true, tags: { a: "b" } });
  // @ts-expect-error what is created retains nothing
  new EndpointStep("E", { ...endpoint, retainAllVariantProperties: true });
  // @ts-expect-error a request has no such member
  new ModelStep("M", { model, parameters: { Name: "m" } });
});

test("steps give on what SageMaker answers", () => {
  expectTypeOf(new ModelStep("M", { model })).toExtend<FlowStep<CreateModelResult>>();
  expectTypeOf(new ModelStep("M", { model }).output.ModelArn).toExtend<Ref<string>>();
  const transformed = new TransformStep("T", { transformer, data: "s3://b" });
  expectTypeOf(transformed).toExtend<FlowStep<DescribeTransformJobResult>>();
  expectTypeOf(transformed.output.CreationTime).toExtend<Ref<number>>();
  const started = new TransformStep("T", { transformer, data: "s3://b", waitForCompletion: false });
  expectTypeOf(started.output.TransformJobArn).toExtend<Ref<string>>();
  const token = new EndpointStep("E", { ...endpoint, integrationPattern: "WAIT_FOR_TASK_TOKEN" });
  expectTypeOf(token).toExtend<FlowStep<unknown>>();
  expectTypeOf(new EndpointStep("E", endpoint)).toExtend<FlowStep<CreateEndpointResult>>();
});

test("a wait gives on the endpoint", () => {
  const serving = waitUntilInService(new EndpointStep("E", endpoint));
  expectTypeOf(serving.chain).toExtend<Chain<DescribeEndpointResult>>();
  expectTypeOf(serving.output.EndpointName).toExtend<Ref<string>>();
  // Through the aws-sdk integration, dates are texts.
  expectTypeOf(serving.output.CreationTime).toExtend<Ref<string>>();
  // @ts-expect-error it is pollSeconds
  waitUntilInService(new EndpointStep("E", endpoint), { seconds: 5 });
  const other = new Pass("P", { result: { a: 1 } });
  // @ts-expect-error a Pass makes no endpoint
  waitUntilInService(other);
});

test("templates take what they are made of", () => {
  const estimator = new Estimator({ role: "r", imageUri: "i", instanceCount: 1, instanceType: "ml.m5.xlarge" });
  const base = { role: "r", estimator, s3Bucket: "b" };
  const pipeline = new TrainingPipeline({ ...base, inputs: { train: "s3://b" } });
  void (() => pipeline.execute({ jobName: "j", hyperparameters: { epochs: 5 } }));
  // @ts-expect-error it is jobName
  void (() => pipeline.execute({ name: "j" }));
  // @ts-expect-error a pipeline trains something
  new TrainingPipeline({ role: "r", inputs: "s3://b", s3Bucket: "b" });
  // @ts-expect-error the data of a preprocessor are one channel
  new InferencePipeline({ ...base, preprocessor: estimator, inputs: "s3://b" });
  // @ts-expect-error each job has a name
  new ProcessingPipeline({ role: "r", steps: [{ code: "a.py" }] });
});
