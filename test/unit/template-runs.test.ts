import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DefinitionError } from "../../src/language/errors.js";
import { ScriptProcessor } from "../../src/sagemaker/processing/script-processor.js";
import { Estimator } from "../../src/sagemaker/training/estimator.js";
import { SKLearn } from "../../src/sagemaker/training/framework-estimator.js";
import type { DeployEvent } from "../../src/states/deferred.js";
import { InferencePipeline } from "../../src/templates/inference-pipeline.js";
import { ProcessingPipeline } from "../../src/templates/processing-pipeline.js";
import { TrainingPipeline } from "../../src/templates/training-pipeline.js";
import { FakeAws } from "./fake-aws.js";
import { temporaryFiles } from "./temporary-files.js";

const role = "arn:aws:iam::123456789012:role/R";
const image = { role, imageUri: "image", instanceCount: 1, instanceType: "ml.m5.xlarge" } as const;

type Options = Record<string, unknown>;
type Input = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function fakeAws() {
  const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:p";
  const aws = new FakeAws({
    CreateStateMachine: () => ({ stateMachineArn: arn, creationDate: new Date() }),
    StartExecution: ({ name }) => ({ executionArn: `${arn}:${String(name)}`, startDate: new Date() }),
  });
  const inputs = (): readonly Input[] => aws.inputsOf("StartExecution").map(({ input }) => JSON.parse(String(input)));
  return { aws, session: aws.session(), inputs };
}

const common = { role, inputs: { train: "s3://bucket/train" }, s3Bucket: "models", pipelineName: "p" } as const;
const training = (session = fakeAws().session, options: Options = {}) =>
  new TrainingPipeline({ ...common, estimator: new Estimator({ session, ...image }), ...options } as never);
const trainingWith = (session: FakeAws, hyperparameters: Options) =>
  training(undefined, { estimator: new Estimator({ session: session.session(), ...image, hyperparameters } as never) });
const inference = (options: Options = {}) => {
  const estimator = new Estimator({ session: fakeAws().session, ...image });
  return new InferencePipeline({ ...common, preprocessor: estimator, estimator, ...options } as never);
};
const processing = (
  session = fakeAws().session,
  steps?: (job: string) => readonly Options[],
  options: Options = {},
) => {
  const processor = new ScriptProcessor({ session, ...image, command: ["python3"] });
  const jobs = (job: string) =>
    (steps?.(job) ?? [{ name: "A" }]).map((step) => ({ processor, code: "s3://bucket/code.py", ...step }));
  return new ProcessingPipeline({ role, pipelineName: "p", steps: jobs, ...options } as never);
};

async function codesOf(made: () => unknown): Promise<readonly string[]> {
  try {
    await made();
    return [];
  } catch (error) {
    if (DefinitionError.is(error)) return error.issues.map(({ code, path }) => [code, ...path].join(" "));
    throw error;
  }
}

describe("hyperparameters reach the job", () => {
  test("of an execution, where the estimator has none", async () => {
    const { session, inputs } = fakeAws();
    const pipeline = training(session);
    const { States: states } = await pipeline.workflow.definition();
    expect(states["Training"]).toMatchObject({
      Parameters: { "HyperParameters.$": "$$.Execution.Input['Training'].HyperParameters" },
    });
    await pipeline.create();
    await pipeline.execute({ jobName: "a", hyperparameters: { epochs: 5 } });
    await pipeline.execute({ jobName: "b" });
    expect(inputs().map(({ Training }) => Training?.["HyperParameters"])).toEqual([{ epochs: "5" }, {}]);
  });

  test("none, where the estimator has some", async () => {
    const { aws, inputs } = fakeAws();
    const pipeline = trainingWith(aws, { epochs: 3 });
    await pipeline.create();
    await pipeline.execute({ jobName: "a", hyperparameters: {} });
    expect(inputs()[0]?.["Training"]?.["HyperParameters"]).toEqual({});
  });

  test("of an estimator of a class of one's own, whose constructor takes something else", async () => {
    class Mine extends Estimator {
      constructor(session: never) {
        super({ session, ...image, hyperparameters: { epochs: 1 } } as never);
      }
    }
    const { session, inputs } = fakeAws();
    const pipeline = training(session, { estimator: new Mine(session as never) });
    await pipeline.create();
    await pipeline.execute({ jobName: "a", hyperparameters: { epochs: 5 } });
    expect(inputs()[0]?.["Training"]?.["HyperParameters"]).toEqual({ epochs: "5" });
  });
});

describe("an execution brings what the state machine reads", () => {
  const steps: readonly (readonly [
    name: string,
    made: readonly Options[],
    run: readonly Options[],
    codes: readonly string[],
  ])[] = [
    ["the same", [{ name: "A" }], [{ name: "A", arguments: ["x"] }], []],
    ["more members", [{ name: "A" }], [{ name: "A", tags: { a: "b" } }], ["invalid_argument A Tags"]],
    [
      "fewer members",
      [{ name: "A", experimentConfig: { RunName: "r" } }],
      [{ name: "A" }],
      ["invalid_argument A ExperimentConfig"],
    ],
    ["another state", [{ name: "A" }], [{ name: "B" }], ["invalid_argument A", "invalid_argument B"]],
    ["a state more", [{ name: "A" }], [{ name: "A" }, { name: "B" }], ["invalid_argument B"]],
  ];

  test.each(steps)("%s", async (_, made, run, codes) => {
    const { aws, session } = fakeAws();
    const pipeline = processing(session, (job) => (job === "now" ? run : made));
    await pipeline.create();
    expect(await codesOf(() => pipeline.execute({ jobName: "now" }))).toEqual(codes);
    expect(aws.inputsOf("StartExecution")).toHaveLength(codes.length === 0 ? 1 : 0);
  });

  test("the message says which way it differs", async () => {
    const { session } = fakeAws();
    const pipeline = processing(session, (job) => [job === "now" ? { name: "A", tags: { a: "b" } } : { name: "A" }]);
    await pipeline.create();
    await expect(pipeline.execute({ jobName: "now" })).rejects.toThrow(
      'this execution has Tags of the state "A", and the state machine reads none',
    );
  });
});

describe("names", () => {
  test("two executions in one second have two", async () => {
    const { aws, session } = fakeAws();
    const pipeline = training(session);
    await pipeline.create();
    await pipeline.execute();
    await pipeline.execute();
    const name = "training-pipeline-2022-01-21-15-28-38";
    expect(aws.inputsOf("StartExecution").map((call) => call["name"])).toEqual([name, `${name}-2`]);
  });

  test("states have job names of their own, whatever they become", async () => {
    const input = await processing(undefined, () => [
      { name: "x" },
      { name: "x!" },
      { name: "x-2" },
      { name: "x-3" },
    ]).inputTemplate();
    const names = Object.values(input).map((request) => request["ProcessingJobName"]);
    expect(names).toEqual(["x-job", "x-2-job", "x-2-3-job", "x-3-job"]);
  });
});

test("an execution tells of what it uploads", async () => {
  const { session } = fakeAws();
  const sourceDir = join(temporaryFiles({ "src/t.py": "1" }), "src");
  const script = { session, ...image, entryPoint: "t.py", sourceDir, frameworkVersion: "1.2-1" };
  const pipeline = training(session, { estimator: new SKLearn({ ...script, imageUri: undefined } as never) });
  await pipeline.create();
  const told: DeployEvent[] = [];
  await pipeline.execute({ jobName: "j", onProgress: (event) => told.push(event) });
  expect(told[0]?.uri).toMatch(/^s3:.*sourcedir\.tar\.gz$/);
  expect(await codesOf(() => pipeline.execute({ onProgress: 5 as never }))).toEqual(["invalid_argument onProgress"]);
});

test.each([
  ["TrainingPipeline", (session: unknown) => training(undefined, { session })],
  ["InferencePipeline", (session: unknown) => inference({ session })],
  ["ProcessingPipeline", (session: unknown) => processing(undefined, undefined, { session })],
])("a session that is none is refused by %s", async (_, make) => {
  expect(await codesOf(() => make(5))).toEqual(["invalid_argument session"]);
  expect(await codesOf(() => make(fakeAws().session))).toEqual([]);
});
