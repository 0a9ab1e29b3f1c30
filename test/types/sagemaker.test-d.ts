import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Ref } from "../../src/expression/placeholder.js";
import {
  type CreateProcessingJobResult,
  type DescribeProcessingJobResult,
  FrameworkProcessor,
  getExecutionRole,
  imageUri,
  NetworkConfig,
  ProcessingInput,
  type ProcessingJob,
  ProcessingOutput,
  ProcessingStep,
  Processor,
  ScriptProcessor,
  Session,
  SKLearnProcessor,
  uniqueName,
} from "../../src/sagemaker/index.js";
import type { Chain, FlowStep } from "../../src/states/chain.js";
import { Pass } from "../../src/states/pass.js";

const input = new ExecutionInput(
  z.object({
    text: z.string(),
    rows: z.number().int(),
    texts: z.array(z.string()),
    mode: z.enum(["File", "Pipe"]),
    flag: z.boolean(),
    optional: z.string().optional(),
  }),
);
const base = { role: "r", imageUri: "i", instanceCount: 1, instanceType: "ml.m5.xlarge" } as const;
const processor = new Processor(base);

test("placeholders of the right type fit where values do", () => {
  new Processor({ role: input.text, imageUri: input.text, instanceCount: input.rows, instanceType: input.text });
  new Processor({ ...base, env: { A: input.text }, entrypoint: input.texts, maxRuntimeInSeconds: input.rows });
  new ScriptProcessor({ ...base, command: ["python3", input.text] });
  new NetworkConfig({ enableNetworkIsolation: input.flag, subnets: ["s", input.text], securityGroupIds: input.texts });
  new ProcessingInput({ source: input.text, destination: input.text, s3InputMode: input.mode, appManaged: input.flag });
  new ProcessingOutput({ source: input.text, destination: input.text });
  new ProcessingStep("A", {
    processor,
    jobName: input.text,
    arguments: ["--rows", 1, true, input.text, input.rows, input.flag],
    containerEntrypoint: ["x", input.text],
    experimentConfig: { RunName: input.text },
    tags: { run: input.text },
    parameters: { ProcessingResources: { ClusterConfig: { InstanceCount: input.rows, InstanceType: input.text } } },
  });
  new ProcessingStep("B", { processor, arguments: input.texts, parameters: { "RoleArn.$": "$.role" } });
});

test("a placeholder of another type is an error", () => {
  // @ts-expect-error a number is no image
  new Processor({ ...base, imageUri: input.rows });
  // @ts-expect-error a text is no count
  new Processor({ ...base, instanceCount: input.text });
  // @ts-expect-error a text that may be missing is no role
  new Processor({ ...base, role: input.optional });
  // @ts-expect-error a number is no value of the environment
  new Processor({ ...base, env: { A: input.rows } });
  // @ts-expect-error a text is no list of subnets
  new NetworkConfig({ subnets: input.text });
  // @ts-expect-error any text is no mode
  new ProcessingInput({ source: "s3://b", destination: "/opt", s3InputMode: input.text });
  // @ts-expect-error a number is no destination
  new ProcessingOutput({ source: "/opt", destination: input.rows });
  // @ts-expect-error a number is no job name
  new ProcessingStep("A", { processor, jobName: input.rows });
  // @ts-expect-error a list is no argument
  new ProcessingStep("A", { processor, arguments: [input.texts] });
  const counted = { ProcessingResources: { ClusterConfig: { InstanceCount: input.text } } };
  // @ts-expect-error a text is no count, three levels deep
  new ProcessingStep("A", { processor, parameters: counted });
});

test("what an option cannot be is an error", () => {
  // @ts-expect-error the processing API has no such mode
  new ProcessingInput({ source: "s3://b", destination: "/opt", s3InputMode: "FastFile" });
  // @ts-expect-error no such data type
  new ProcessingInput({ source: "s3://b", destination: "/opt", s3DataType: "Prefix" });
  // @ts-expect-error no such upload mode
  new ProcessingOutput({ source: "/opt", s3UploadMode: "Later" });
  // @ts-expect-error a number is no text
  new Processor({ ...base, volumeKmsKey: 3 });
  // @ts-expect-error an input is no text
  new ProcessingStep("A", { processor, inputs: ["s3://b"] });
  // @ts-expect-error an output is no input
  new ProcessingStep("A", { processor, inputs: [new ProcessingOutput({ source: "/opt" })] });
  // @ts-expect-error options are no network config
  new Processor({ ...base, networkConfig: { subnets: ["s"] } });
  // @ts-expect-error whether to wait is known when the workflow is written
  new ProcessingStep("A", { processor, waitForCompletion: input.flag });
});

test("a framework is one of those that are known, its version is known when it is written", () => {
  const machines = { role: "r", instanceCount: input.rows, instanceType: "ml.m5.xlarge" } as const;
  new FrameworkProcessor({ ...machines, framework: "pytorch", frameworkVersion: "2.6" });
  new FrameworkProcessor({ ...machines, imageUri: input.text });
  new SKLearnProcessor({ ...machines, frameworkVersion: "1.2-1" });
  // @ts-expect-error there is no such framework
  new FrameworkProcessor({ ...machines, framework: "pytorhc", frameworkVersion: "2.6" });
  // @ts-expect-error a placeholder has no image yet
  new SKLearnProcessor({ ...machines, frameworkVersion: input.text });
  // @ts-expect-error the framework of a SKLearnProcessor is known
  new SKLearnProcessor({ ...machines, framework: "sklearn", frameworkVersion: "1.2-1" });
  // @ts-expect-error frameworkversion is frameworkVersion
  new SKLearnProcessor({ ...machines, frameworkversion: "1.2-1" });
  // @ts-expect-error the region is missing
  imageUri({ framework: "sklearn", version: "1.2-1" });
  // @ts-expect-error a scope is one of two
  imageUri({ framework: "sklearn", version: "1.2-1", region: "us-east-1", scope: "serving" });
});

test("code is a place, its program and what stands beside", () => {
  new ProcessingStep("A", { processor, code: input.text, entryPoint: input.text });
  new ProcessingStep("B", { processor, sourceDir: input.text, code: input.text, dependencies: ["./shared"] });
  // @ts-expect-error dependencies are uploaded before the machine runs
  new ProcessingStep("C", { processor, code: "./x.py", dependencies: [input.text] });
  // @ts-expect-error a number is no program
  new ProcessingStep("D", { processor, code: "./src", entryPoint: input.rows });
  // @ts-expect-error sourcedir is sourceDir
  new ProcessingStep("E", { processor, sourcedir: "./src", code: "x.py" });
});

test("a misspelt or missing option is an error", () => {
  // @ts-expect-error instanceCount is missing
  new Processor({ role: "r", imageUri: "i", instanceType: "ml.m5.xlarge" });
  // @ts-expect-error a script processor needs a command
  new ScriptProcessor(base);
  // @ts-expect-error a script processor's entrypoint is made from its command
  new ScriptProcessor({ ...base, command: ["python3"], entrypoint: ["x"] });
  // @ts-expect-error imageURI is imageUri
  new Processor({ ...base, imageURI: "x" });
  // @ts-expect-error name is inputName
  new ProcessingInput({ source: "s3://b", destination: "/opt", name: "x" });
  // @ts-expect-error a processor is missing
  new ProcessingStep("A", { jobName: "x" });
  // @ts-expect-error a resource cannot be given
  new ProcessingStep("A", { processor, resource: "arn" });
  // @ts-expect-error the API has no such parameter
  new ProcessingStep("A", { processor, parameters: { ProcessingJob: "x" } });
  // @ts-expect-error bucket is defaultBucket
  new Session({ bucket: "x" });
});

test("a step gives on what SageMaker says of the job's end", () => {
  const { output } = new ProcessingStep("A", { processor });
  expectTypeOf(output.ProcessingJobArn).toExtend<Ref<string>>();
  expectTypeOf(output.CreationTime).toExtend<Ref<number>>();
  expectTypeOf(output.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri).toExtend<Ref<string | undefined>>();
  expectTypeOf(new ProcessingStep("A", { processor })).toExtend<FlowStep<DescribeProcessingJobResult>>();
  new ProcessingInput({ source: output.ProcessingJobArn, destination: "/opt" });
  // @ts-expect-error there is no such field
  output.Nope;
  // @ts-expect-error the client's metadata do not pass through Step Functions
  output.$metadata;
});

test("a step that does not wait gives on what SageMaker answers at once", () => {
  const step = new ProcessingStep("A", { processor, waitForCompletion: false });
  expectTypeOf(step).toExtend<FlowStep<CreateProcessingJobResult>>();
  expectTypeOf(step.output.ProcessingJobArn).toExtend<Ref<string>>();
  // @ts-expect-error the status is not known yet
  step.output.ProcessingJobStatus;
});

test("the pattern of the call says what a step gives on", () => {
  const created = new ProcessingStep("A", { processor, integrationPattern: "REQUEST_RESPONSE" });
  expectTypeOf(created).toExtend<FlowStep<CreateProcessingJobResult>>();
  const ended = new ProcessingStep("A", { processor, integrationPattern: "RUN_JOB" });
  expectTypeOf(ended).toExtend<FlowStep<DescribeProcessingJobResult>>();
  // @ts-expect-error there is no such pattern
  new ProcessingStep("A", { processor, integrationPattern: "SYNC" });
});

test("a step can stand in a chain", () => {
  const chain = new ProcessingStep("A", { processor }).next(new Pass("B"));
  expectTypeOf(chain).toExtend<Chain>();
});

test("a run needs values; a script processor may run its command alone", () => {
  const script = new ScriptProcessor({ ...base, command: ["python3"] });
  expectTypeOf(script.run).toBeCallableWith({ code: "s3://b/c.py", arguments: ["--rows", 1] });
  // @ts-expect-error a run has no input to read placeholders from
  expectTypeOf(script.run).toBeCallableWith({ code: input.text });
  expectTypeOf(script.run).toBeCallableWith({ wait: false });
});

test("the role is a text", () => {
  expectTypeOf(getExecutionRole).returns.resolves.toBeString();
});

test("outputs of a run may be paths, inputs may not", () => {
  expectTypeOf(processor.run).toBeCallableWith({
    outputs: ["/opt/ml/processing/out", new ProcessingOutput({ source: "/opt" })],
  });
  // @ts-expect-error a path says nothing of where the data come from
  expectTypeOf(processor.run).toBeCallableWith({ inputs: ["/opt/ml/processing/in"] });
  expectTypeOf(processor.latestJob).returns.resolves.toEqualTypeOf<ProcessingJob | undefined>();
});

test("a unique name is a text that is known while the machine runs", () => {
  expectTypeOf(uniqueName("train", { maxLength: 32 })).toEqualTypeOf<Ref<string>>();
  new ProcessingStep("A", { processor, jobName: uniqueName("train") });
  // @ts-expect-error its base is written: a placeholder may be of any length
  uniqueName(input.text);
  // @ts-expect-error lengths are numbers
  uniqueName("train", { maxLength: "63" });
  // @ts-expect-error there is no such option
  uniqueName("train", { length: 63 });
});
