import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { context } from "../../src/expression/context.js";
import { DefinitionError } from "../../src/language/errors.js";
import { ProcessingInput } from "../../src/sagemaker/processing/processing-input.js";
import { ProcessingOutput } from "../../src/sagemaker/processing/processing-output.js";
import { ScriptProcessor } from "../../src/sagemaker/processing/script-processor.js";
import { DebuggerHookConfig } from "../../src/sagemaker/training/debugger.js";
import { Estimator } from "../../src/sagemaker/training/estimator.js";
import { SKLearn } from "../../src/sagemaker/training/framework-estimator.js";
import { InferencePipeline } from "../../src/templates/inference-pipeline.js";
import { ProcessingPipeline } from "../../src/templates/processing-pipeline.js";
import { TrainingPipeline } from "../../src/templates/training-pipeline.js";
import { FakeAws } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

const role = "arn:aws:iam::123456789012:role/States";
const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:p";
const onMachine = { role: "arn:aws:iam::123456789012:role/SageMaker", instanceCount: 2, instanceType: "ml.m5.xlarge" };
const image = { ...onMachine, imageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/train:1" };

type Options = Record<string, unknown>;
type Input = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** AWS, and the inputs of the executions that were started. */
function fakeAws() {
  const aws = new FakeAws({
    CreateStateMachine: () => ({ stateMachineArn, creationDate: new Date() }),
    StartExecution: ({ name }) => ({ executionArn: `${stateMachineArn}:${String(name)}`, startDate: new Date() }),
    HeadBucket: () => ({}),
    HeadObject: (_, count) =>
      count === 1 ? Object.assign(new Error("NotFound"), { name: "NotFound", $metadata: { httpStatusCode: 404 } }) : {},
    PutObject: () => ({}),
  });
  const inputs = (): readonly Input[] => aws.inputsOf("StartExecution").map(({ input }) => JSON.parse(String(input)));
  return { aws, session: aws.session(), inputs };
}

function codesOf(make: () => unknown): readonly string[] {
  try {
    make();
    return [];
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, path }) => [code, ...path].join(" "));
    throw error;
  }
}

async function codesOfPromise(made: Promise<unknown>): Promise<readonly string[]> {
  try {
    await made;
    return [];
  } catch (error) {
    return codesOf(() => {
      throw error;
    });
  }
}

const { session: idle } = fakeAws();
const estimatorOf = (options: Options = {}) =>
  new Estimator({ session: idle, ...image, hyperparameters: { epochs: 3, lr: 0.1 }, ...options } as never);
const training = (options: Options = {}): TrainingPipeline =>
  new TrainingPipeline({
    estimator: estimatorOf(),
    role,
    inputs: { train: "s3://bucket/train" },
    s3Bucket: "models",
    pipelineName: "p",
    ...options,
  } as never);

const inference = (session = idle, options: Options = {}): InferencePipeline =>
  new InferencePipeline({
    preprocessor: new SKLearn({
      session,
      ...onMachine,
      entryPoint: "f.py",
      sourceDir: "s3://b/src.tar.gz",
      frameworkVersion: "1.2-1",
    }),
    estimator: estimatorOf({ session, ...((options["estimatorOptions"] ?? {}) as Options) }),
    role,
    inputs: { train: "s3://bucket/train" },
    s3Bucket: "models",
    pipelineName: "p",
    contentType: "text/csv",
    compressionType: "Gzip",
    ...(options["own"] as Options | undefined),
  } as never);
const processing = (session = idle, options: Options = {}): ProcessingPipeline => {
  const processor = new ScriptProcessor({ session, ...image, command: ["python3"] });
  const code = "s3://bucket/code.py";
  return new ProcessingPipeline({
    role,
    pipelineName: "p",
    steps: (job: string) => [
      {
        name: "Clean up",
        processor,
        code,
        arguments: ["--all"],
        outputs: [new ProcessingOutput({ source: "/opt/ml/processing/out", destination: `s3://bucket/${job}/clean` })],
      },
      {
        name: "Split",
        processor,
        code,
        arguments: ["--test", 0.1],
        inputs: [new ProcessingInput({ source: `s3://bucket/${job}/clean`, destination: "/opt/ml/processing/in" })],
        retry: { errorEquals: ["SageMaker.AmazonSageMakerException"] },
      },
    ],
    ...options,
  } as never);
};

describe("TrainingPipeline", () => {
  test("each state takes its request from the input", async () => {
    const { States } = await training().workflow.definition();
    expect(Object.keys(States)).toEqual(["Training", "Create Model", "Configure Endpoint", "Deploy"]);
    expect(States["Deploy"]).toEqual({
      Type: "Task",
      Resource: "arn:aws:states:::sagemaker:createEndpoint",
      Parameters: {
        "EndpointName.$": "$$.Execution.Input['Deploy'].EndpointName",
        "EndpointConfigName.$": "$$.Execution.Input['Deploy'].EndpointConfigName",
      },
      End: true,
    });
  });

  test("its picture has all of them", async () => {
    const text = (await training().renderGraph()).toText();
    for (const state of ["Training", "Create Model", "Configure Endpoint", "Deploy"]) expect(text).toContain(state);
  });

  test("an execution names everything after its job, and writes below the pipeline", async () => {
    const { session, inputs } = fakeAws();
    const pipeline = training({ estimator: estimatorOf({ session }) });
    await pipeline.create();
    await pipeline.execute({ jobName: "j" });
    const [input] = inputs();
    expect(input).toMatchObject({
      Training: { TrainingJobName: "estimator-j", OutputDataConfig: { S3OutputPath: "s3://models/p/models" } },
      "Create Model": {
        ModelName: "j",
        PrimaryContainer: { ModelDataUrl: "s3://models/p/models/estimator-j/output/model.tar.gz" },
      },
      "Configure Endpoint": {
        EndpointConfigName: "j",
        ProductionVariants: [{ ModelName: "j", InitialInstanceCount: 2 }],
      },
      Deploy: { EndpointConfigName: "j", EndpointName: "j" },
    });
  });

  test("hyperparameters are those of one execution, as texts; the next one has the estimator's again", async () => {
    const { session, inputs } = fakeAws();
    const pipeline = training({ estimator: estimatorOf({ session }) });
    await pipeline.create();
    await pipeline.execute({ jobName: "a", hyperparameters: { epochs: 5, flag: true } });
    await pipeline.execute({ jobName: "b" });
    expect(inputs().map(({ Training }) => Training?.["HyperParameters"])).toEqual([
      { epochs: "5", flag: "true" },
      { epochs: "3", lr: "0.1" },
    ]);
  });

  test("a framework keeps what tells it its script", async () => {
    const { session, inputs } = fakeAws();
    const script = {
      session,
      ...onMachine,
      entryPoint: "t.py",
      sourceDir: "s3://b/src.tar.gz",
      frameworkVersion: "1.2-1",
    };
    const pipeline = training({ estimator: new SKLearn(script) });
    await pipeline.create();
    await pipeline.execute({ jobName: "a", hyperparameters: { depth: 5 } });
    expect(inputs()[0]?.["Training"]?.["HyperParameters"]).toMatchObject({
      depth: "5",
      sagemaker_program: '"t.py"',
      sagemaker_job_name: '"estimator-a"',
    });
  });

  test("its name and the default name of a job are made of the time in UTC", async () => {
    const { session, aws } = fakeAws();
    const pipeline = training({ pipelineName: undefined, estimator: estimatorOf({ session }) });
    expect(pipeline.workflow.name).toBe("training-pipeline-2022-01-21-15-28-38");
    await pipeline.create();
    await pipeline.execute();
    expect(aws.inputsOf("StartExecution")[0]?.["name"]).toBe("training-pipeline-2022-01-21-15-28-38");
  });

  test("the endpoint has instances of its own", async () => {
    const own = { endpointInstanceCount: 1, endpointInstanceType: "ml.t2.medium" };
    const { "Configure Endpoint": configured } = await training(own).inputTemplate();
    expect(configured).toMatchObject({
      ProductionVariants: [{ InitialInstanceCount: 1, InstanceType: "ml.t2.medium" }],
    });
  });

  test("it may be created elsewhere than the estimator says", async () => {
    const { session, aws } = fakeAws();
    await training({ session }).create();
    expect(aws.operations).toContain("CreateStateMachine");
  });

  test("source of this machine is uploaded by create(), and what is new by execute()", async () => {
    const { session, aws, inputs } = fakeAws();
    const sourceDir = join(temporaryFiles({ "src/t.py": "1" }), "src");
    const script = { session, ...onMachine, entryPoint: "t.py", sourceDir, frameworkVersion: "1.2-1" };
    const pipeline = training({ estimator: new SKLearn(script) });
    await pipeline.create();
    const [put] = aws.inputsOf("PutObject");
    expect(put?.["Key"]).toMatch(/sourcedir\.tar\.gz$/);
    await pipeline.execute({ jobName: "j" });
    expect(JSON.stringify(inputs()[0])).toContain(`s3://${String(put?.["Bucket"])}/${String(put?.["Key"])}`);
  });

  test("what the debugger saves goes with the models", async () => {
    const { session, inputs } = fakeAws();
    const debuggerHookConfig = new DebuggerHookConfig({ s3OutputPath: "s3://b/debug" });
    const pipeline = training({ estimator: estimatorOf({ session, debuggerHookConfig }) });
    await pipeline.create();
    await pipeline.execute({ jobName: "j" });
    expect(inputs()[0]?.["Training"]).toMatchObject({
      DebugHookConfig: { S3OutputPath: "s3://models/p/models/debug" },
    });
  });

  test("what is wrong is told", async () => {
    expect(codesOf(() => new TrainingPipeline(5 as never))).toEqual(["invalid_argument"]);
    expect(codesOf(() => training({ bucket: "b" }))).toEqual(["unknown_option bucket"]);
    expect(codesOf(() => training({ estimator: {} }))).toEqual(["invalid_estimator estimator"]);
    for (const s3Bucket of [undefined, null, "", "My Bucket/x", "s3://b", "a..b", "b", "-ab"])
      expect(codesOf(() => training({ s3Bucket }))).toEqual(["invalid_argument s3Bucket"]);
    const late = training({ estimator: estimatorOf({ outputPath: context.execution.name }) });
    expect(await codesOfPromise(late.workflow.definition())).toContain(
      "invalid_argument States Training Parameters OutputDataConfig S3OutputPath",
    );
    const { session } = fakeAws();
    const pipeline = training({ estimator: estimatorOf({ session }) });
    await expect(pipeline.execute({ jobName: "j" })).rejects.toMatchObject({ code: "workflow_not_created" });
    await pipeline.create();
    expect(await codesOfPromise(pipeline.execute({ jobName: "my job" }))).toContain(
      "invalid_request States Training Parameters TrainingJobName",
    );
  });
});

describe("InferencePipeline", () => {
  test("trains on what the preprocessor makes, and serves both", async () => {
    const { session, inputs } = fakeAws();
    const pipeline = inference(session);
    await pipeline.create();
    await pipeline.execute({ jobName: "j", hyperparameters: { epochs: 5 } });
    const [input] = inputs();
    const prepared = "s3://models/p/preprocessor-transform-j/transform";
    expect(Object.keys(input ?? {})).toEqual([
      "Train Preprocessor",
      "Create Preprocessor Model",
      "Transform Input",
      "Training",
      "Create Pipeline Model",
      "Configure Endpoint",
      "Deploy",
    ]);
    expect(input).toMatchObject({
      "Train Preprocessor": {
        TrainingJobName: "preprocessor-j",
        InputDataConfig: [{ ChannelName: "train", DataSource: { S3DataSource: { S3Uri: "s3://bucket/train" } } }],
      },
      "Create Preprocessor Model": { ModelName: "preprocessor-j" },
      "Transform Input": {
        TransformJobName: "preprocessor-j",
        ModelName: "preprocessor-j",
        TransformInput: {
          DataSource: { S3DataSource: { S3Uri: "s3://bucket/train" } },
          ContentType: "text/csv",
          CompressionType: "Gzip",
        },
        TransformOutput: { S3OutputPath: prepared },
      },
      Training: {
        TrainingJobName: "estimator-j",
        HyperParameters: { epochs: "5" },
        InputDataConfig: [{ ChannelName: "train", DataSource: { S3DataSource: { S3Uri: prepared } } }],
      },
      "Create Pipeline Model": {
        ModelName: "j",
        Containers: [
          { ModelDataUrl: "s3://models/p/models/preprocessor-j/output/model.tar.gz" },
          { ModelDataUrl: "s3://models/p/models/estimator-j/output/model.tar.gz" },
        ],
      },
      Deploy: { EndpointName: "j" },
    });
    expect(input?.["Training"]).not.toHaveProperty("DebugHookConfig");
  });

  test("the model is in the estimator's network", async () => {
    const network = { subnets: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const pipeline = inference(idle, { estimatorOptions: network });
    const { "Create Pipeline Model": made } = await pipeline.inputTemplate();
    expect(made?.["VpcConfig"]).toEqual({ Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] });
    expect(JSON.stringify(made?.["Containers"])).not.toContain("VpcConfig");
  });

  test("what is wrong is told", () => {
    expect(codesOf(() => inference(idle, { own: { preprocessor: "p" } }))).toEqual(["invalid_estimator preprocessor"]);
    expect(codesOf(() => inference(idle, { own: { estimator: "e" } }))).toEqual(["invalid_estimator estimator"]);
    expect(codesOf(() => inference(idle, { own: { contenttype: "e" } }))).toEqual(["unknown_option contenttype"]);
    expect(codesOf(() => inference(idle, { own: { s3Bucket: undefined } }))).toEqual(["invalid_argument s3Bucket"]);
  });
});

const wrongRuns: readonly { name: string; run: unknown; codes: readonly string[] }[] = [
  { name: "an option that there is not", run: { job_name: "a" }, codes: ["unknown_option job_name"] },
  {
    name: "options in another spelling",
    run: { jobName: "a", hyperParameters: {}, args: {} },
    codes: ["unknown_option hyperParameters", "unknown_option args"],
  },
  { name: "null", run: null, codes: ["invalid_argument"] },
  { name: "a text", run: "churn-1", codes: ["invalid_argument"] },
  { name: "a name that is no text", run: { jobName: null }, codes: ["invalid_job_name jobName"] },
];

describe("an execution is refused with", () => {
  const pipelines = { TrainingPipeline: training(), InferencePipeline: inference(), ProcessingPipeline: processing() };
  for (const [kind, pipeline] of Object.entries(pipelines)) {
    test.each(wrongRuns)(`$name, by ${kind}`, async ({ run, codes }) => {
      expect(await codesOfPromise(pipeline.execute(run as never))).toEqual(codes);
    });
  }

  test("arguments of a ProcessingPipeline that are none", async () => {
    for (const given of [null, ["--test"]])
      expect(await codesOfPromise(processing().execute({ arguments: given as never }))).toEqual([
        "invalid_argument arguments",
      ]);
  });
});

describe("ProcessingPipeline", () => {
  test("jobs come one after the other, each with its request from the input", async () => {
    const { States } = await processing().workflow.definition();
    expect(Object.keys(States)).toEqual(["Clean up", "Split"]);
    expect(States["Clean up"]).toMatchObject({
      Parameters: { "ProcessingJobName.$": "$$.Execution.Input['Clean up'].ProcessingJobName" },
      Next: "Split",
    });
    expect(States["Split"]).toMatchObject({ Retry: [{ ErrorEquals: ["SageMaker.AmazonSageMakerException"] }] });
  });

  test("an execution has folders and job names of its own; arguments are those of one execution", async () => {
    const { session, inputs } = fakeAws();
    const pipeline = processing(session);
    await pipeline.create();
    await pipeline.execute({ jobName: "a", arguments: { Split: ["--test", 0.2] } });
    await pipeline.execute({ jobName: "b" });
    const argumentsOf = (input: Input | undefined, state: string) =>
      (input?.[state]?.["AppSpecification"] as { ContainerArguments: unknown } | undefined)?.ContainerArguments;
    const [first, second] = inputs();
    expect([first, second].map((input) => input?.["Clean up"]?.["ProcessingJobName"])).toEqual([
      "Clean-up-a",
      "Clean-up-b",
    ]);
    expect(argumentsOf(first, "Split")).toEqual(["--test", "0.2"]);
    expect(argumentsOf(second, "Split")).toEqual(["--test", "0.1"]);
    expect(argumentsOf(first, "Clean up")).toEqual(["--all"]);
    expect(JSON.stringify(first?.["Split"])).toContain("s3://bucket/a/clean");
  });

  test("two states whose names make the same job name have two", async () => {
    const processor = new ScriptProcessor({ session: idle, ...image, command: ["python3"] });
    const job = { processor, code: "s3://bucket/code.py" };
    const pipeline = processing(idle, {
      steps: [
        { name: "A b", ...job },
        { name: "A-b", ...job },
      ],
    });
    const input = await pipeline.inputTemplate();
    expect(Object.values(input).map((request) => request["ProcessingJobName"])).toEqual(["A-b-job", "A-b-2-job"]);
  });

  test("what is wrong is told", async () => {
    expect(codesOf(() => processing(idle, { steps: [] }))).toEqual(["invalid_argument steps"]);
    expect(codesOf(() => processing(idle, { steps: [{ name: "A" }] }))).toEqual([
      "invalid_processor steps 0 processor",
    ]);
    expect(codesOf(() => processing(idle, { jobs: [] }))).toEqual(["unknown_option jobs"]);
    const { session } = fakeAws();
    const pipeline = processing(session);
    await pipeline.create();
    expect(await codesOfPromise(pipeline.execute({ arguments: { Splt: [] } }))).toEqual(["unknown_option Splt"]);
    expect(await codesOfPromise(pipeline.execute({ jobName: "a".repeat(60) }))).toContain(
      "invalid_job_name States Clean up Parameters ProcessingJobName",
    );
  });
});
