import { expect, test } from "vitest";
import * as z from "zod";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import { text } from "../../src/expression/text.js";
import { DataCaptureConfig } from "../../src/sagemaker/hosting/data-capture-config.js";
import { EndpointConfigStep } from "../../src/sagemaker/hosting/endpoint-config-step.js";
import { TransformStep } from "../../src/sagemaker/hosting/transform-step.js";
import { Transformer } from "../../src/sagemaker/hosting/transformer.js";
import { ProcessingStep } from "../../src/sagemaker/processing/processing-step.js";
import { Processor } from "../../src/sagemaker/processing/processor.js";
import type { Session } from "../../src/sagemaker/session/session.js";
import { Estimator } from "../../src/sagemaker/training/estimator.js";
import { TrainingStep } from "../../src/sagemaker/training/training-step.js";
import { Chain } from "../../src/states/chain.js";
import type { AnyStep } from "../../src/states/step.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { awsError, FakeAws, fakeBucket } from "./fake-aws.js";

const role = "arn:aws:iam::123456789012:role/R";
const machine = { instanceCount: 1, instanceType: "ml.m5.xlarge" } as const;
const image = { role, imageUri: "image", ...machine };
const input = new ExecutionInput(z.object({ job: z.string() }));

type Make = (session: Session) => AnyStep;

const processing =
  (jobName?: unknown): Make =>
  (session) =>
    new ProcessingStep("Process", {
      processor: new Processor({ session, ...image }),
      outputs: ["/opt/ml/processing/out"],
      ...(jobName === undefined ? {} : { jobName }),
    } as never);
const transform =
  (jobName?: unknown): Make =>
  (session) =>
    new TransformStep("Score", {
      transformer: new Transformer({ session, modelName: "m", ...machine }),
      data: "s3://b/in",
      ...(jobName === undefined ? {} : { jobName }),
    } as never);
const training: Make = (session) =>
  new TrainingStep("Train", { estimator: new Estimator({ session, ...image }), data: { train: "s3://b/in" } });
const capture: Make = (session) =>
  new EndpointConfigStep("Configure", {
    session,
    endpointConfigName: "c",
    modelName: "m",
    ...{ initialInstanceCount: 1, instanceType: "ml.m5.large" },
    dataCaptureConfig: new DataCaptureConfig({ enableCapture: true }),
  });

const answers = {
  HeadBucket: () => awsError("NotFound", 404),
  CreateStateMachine: () => ({ stateMachineArn: "arn:of:the:machine", creationDate: new Date() }),
};

async function bucketsMade(...steps: readonly Make[]): Promise<readonly unknown[]> {
  const aws = new FakeAws(answers);
  const session = aws.session();
  const definition = Chain.from(steps.map((make) => make(session)));
  await new Workflow({ session, role, name: "w", definition }).create();
  return aws.inputsOf("CreateBucket").map(({ Bucket }) => Bucket);
}

test.each<readonly [name: string, make: Make]>([
  ["outputs of a processing job", processing("job")],
  ["outputs of a processing job whose name is made at run time", processing()],
  ["outputs of a processing job that the input names", processing(text`job-${input.job}`)],
  ["results of a transform", transform("job")],
  ["results of a transform whose name is made at run time", transform()],
  ["results of a transform that the input names", transform(input.job)],
  ["a model", training],
  ["captured data", capture],
])("the default bucket is made when only it is needed for %s", async (_, make) => {
  expect(await bucketsMade(make)).toEqual([fakeBucket]);
});

test("it is made once for all steps", async () => {
  expect(await bucketsMade(processing(), transform(), training, capture)).toEqual([fakeBucket]);
});

test("it is not made where everything has a place of its own", async () => {
  const elsewhere: Make = (session) =>
    new TransformStep("Score", {
      transformer: new Transformer({ session, modelName: "m", outputPath: "s3://b/out", ...machine }),
      data: "s3://b/in",
    });
  expect(await bucketsMade(elsewhere)).toEqual([]);
});

test("a run makes it for its outputs", async () => {
  const aws = new FakeAws(answers);
  const processor = new Processor({ session: aws.session(), ...image });
  await processor.run({ outputs: ["/opt/ml/processing/out"], wait: false });
  expect(aws.inputsOf("CreateBucket")).toEqual([{ Bucket: fakeBucket }]);
});
