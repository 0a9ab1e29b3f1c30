import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { describe, expect, onTestFinished, test } from "vitest";
import { VirtualClock } from "../../src/local/clock.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { createLocalService } from "../../src/local/service.js";
import { inProcess, temporaryFolder } from "./clients.js";
import { image, trainingJob } from "./training.js";

const roleArn = "arn:aws:iam::000000000000:role/sfn-ds-local";
const resource = (call: string) => `arn:aws:states:::${call}`;
const task = (call: string, Parameters: object, rest: object = { End: true }) => ({
  Type: "Task",
  Resource: resource(call),
  Parameters,
  ...rest,
});

/** A service whose training jobs run a shell script, with a bucket that has a model in it. */
async function open(script: string) {
  const clock = new VirtualClock();
  const directory = await temporaryFolder();
  const commands = { [image]: ["sh", "-c", script] };
  const service = await createLocalService({ directory, identity: defaultIdentity, clock, commands });
  onTestFinished(() => service.close().then(() => undefined));
  const settings = inProcess(service.handle);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  await s3.send(new PutObjectCommand({ Bucket: "data", Key: "model.tar.gz", Body: "x" }));
  const sfn = new SFNClient(settings);
  const create = (States: Record<string, object>) =>
    sfn.send(
      new CreateStateMachineCommand({
        name: "m",
        roleArn,
        definition: JSON.stringify({ StartAt: Object.keys(States)[0], States }),
      }),
    );
  const describeOf = (executionArn: string | undefined) => sfn.send(new DescribeExecutionCommand({ executionArn }));
  return {
    clock,
    sfn,
    create,
    sagemaker: new SageMakerClient(settings),
    async start(States: Record<string, object>) {
      const { stateMachineArn } = await create(States);
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
      return executionArn;
    },
    /** What became of an execution; the clock goes on while it waits. */
    async ended(executionArn: string | undefined) {
      await expect
        .poll(
          async () => {
            clock.advance(1000);
            return (await describeOf(executionArn)).status;
          },
          { timeout: 20_000 },
        )
        .not.toBe("RUNNING");
      return describeOf(executionArn);
    },
    async events(executionArn: string | undefined) {
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      return events;
    },
  };
}

describe("a training job as a task", () => {
  test("of .sync is waited for, and its description is the result, with dates in milliseconds and tags as a map", async () => {
    const local = await open('echo m > "$SM_MODEL_DIR/m"; echo auc=0.5');
    const request = trainingJob({
      AlgorithmSpecification: {
        TrainingImage: image,
        TrainingInputMode: "File",
        MetricDefinitions: [{ Name: "auc", Regex: "auc=(.*)" }],
      },
      Tags: [{ Key: "team", Value: "a" }],
    });
    const executionArn = await local.start({ A: task("sagemaker:createTrainingJob.sync", request) });
    const { status, output = "" } = await local.ended(executionArn);
    const result = JSON.parse(output);
    expect([status, result]).toEqual([
      "SUCCEEDED",
      expect.objectContaining({
        TrainingJobName: "job-1",
        TrainingJobArn: "arn:aws:sagemaker:us-east-1:000000000000:training-job/job-1",
        TrainingJobStatus: "Completed",
        ModelArtifacts: { S3ModelArtifacts: "s3://data/out/job-1/output/model.tar.gz" },
        Tags: {
          team: "a",
          AWS_STEP_FUNCTIONS_EXECUTION_ARN: executionArn,
          MANAGED_BY_AWS: "STARTED_BY_STEP_FUNCTIONS",
        },
      }),
    ]);
    const dates = [
      result.CreationTime,
      result.TrainingStartTime,
      result.TrainingEndTime,
      result.SecondaryStatusTransitions[0].StartTime,
      result.FinalMetricDataList[0].Timestamp,
    ];
    expect(dates.filter((date) => Number.isInteger(date) && date >= Date.UTC(2026, 0, 1))).toEqual(dates);
    expect((await local.events(executionArn)).map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("that fails fails its state with its description", async () => {
    const local = await open("exit 4");
    const { error, cause = "" } = await local.ended(
      await local.start({ A: task("sagemaker:createTrainingJob.sync", trainingJob()) }),
    );
    expect([error, JSON.parse(cause)]).toEqual([
      "States.TaskFailed",
      expect.objectContaining({ TrainingJobStatus: "Failed", FailureReason: "AlgorithmError: , exit code: 4" }),
    ]);
  });

  test("without a command fails its state, and says what to do", async () => {
    const local = await open("exit 0");
    const algorithm = { "TrainingImage.$": "States.Format('other:1')", TrainingInputMode: "File" };
    const request = { ...trainingJob(), AlgorithmSpecification: algorithm };
    const { error, cause } = await local.ended(
      await local.start({ A: task("sagemaker:createTrainingJob.sync", request) }),
    );
    expect(error).toBe("SageMaker.AmazonSageMakerException");
    expect(cause).toContain("sfn-ds local --command 'other:1=python3 train.py'");
  });

  test("ends with its execution", async () => {
    const local = await open("while :; do sleep 0.1; done");
    const executionArn = await local.start({ A: task("sagemaker:createTrainingJob.sync", trainingJob()) });
    const describe = new DescribeTrainingJobCommand({ TrainingJobName: "job-1" });
    const seen = () =>
      local.sagemaker.send(describe).then(
        ({ SecondaryStatus }) => SecondaryStatus,
        () => undefined,
      );
    await expect.poll(seen, { timeout: 10_000 }).toBe("Training");
    await local.sfn.send(new StopExecutionCommand({ executionArn }));
    await expect.poll(seen, { timeout: 10_000 }).toBe("Stopped");
  });
});

const model = {
  ModelName: "churn",
  ExecutionRoleArn: roleArn,
  PrimaryContainer: { Image: "serve:1", ModelDataUrl: "s3://data/model.tar.gz" },
};
const config = {
  EndpointConfigName: "churn",
  ProductionVariants: [
    { VariantName: "all", ModelName: "churn", InstanceType: "ml.m5.large", InitialInstanceCount: 1 },
  ],
};
const endpoint = { EndpointName: "live", EndpointConfigName: "churn" };

describe("a model that is deployed", () => {
  const deploy = {
    Model: task("sagemaker:createModel", model, { Next: "Config" }),
    Config: task("sagemaker:createEndpointConfig", config, { Next: "Endpoint" }),
    Endpoint: task("sagemaker:createEndpoint", endpoint, { Next: "Describe" }),
    Describe: task("aws-sdk:sagemaker:describeEndpoint", { EndpointName: "live" }, { Next: "Choice" }),
    Choice: {
      Type: "Choice",
      Choices: [{ Variable: "$.EndpointStatus", StringEquals: "InService", Next: "Update" }],
      Default: "Wait",
    },
    Wait: { Type: "Wait", Seconds: 30, Next: "Describe" },
    Update: task("sagemaker:updateEndpoint", endpoint),
  };

  test("is waited for in a loop until its endpoint is in service", async () => {
    const local = await open("exit 0");
    const executionArn = await local.start(deploy);
    const { status, output = "" } = await local.ended(executionArn);
    expect([status, JSON.parse(output)]).toEqual([
      "SUCCEEDED",
      {
        EndpointArn: "arn:aws:sagemaker:us-east-1:000000000000:endpoint/live",
        SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
        SdkResponseMetadata: { RequestId: expect.any(String) },
      },
    ]);
    const answers = (await local.events(executionArn)).flatMap(({ taskSucceededEventDetails: details }) =>
      details?.resourceType === "aws-sdk:sagemaker" ? [JSON.parse(details.output ?? "")] : [],
    );
    expect(answers.map(({ EndpointStatus }) => EndpointStatus)).toEqual(["Creating", "InService"]);
    expect(answers[0]).toMatchObject({
      EndpointName: "live",
      CreationTime: expect.stringMatching(/^2026-01-01T\S+Z$/),
    });
    expect(answers[0]).not.toHaveProperty("SdkHttpMetadata");
  });

  test("fails as AWS does where its data is not there", async () => {
    const local = await open("exit 0");
    const PrimaryContainer = { Image: "serve:1", ModelDataUrl: "s3://data/none" };
    const { error, cause } = await local.ended(
      await local.start({ A: task("sagemaker:createModel", { ...model, PrimaryContainer }) }),
    );
    expect([error, cause]).toEqual([
      "SageMaker.AmazonSageMakerException",
      expect.stringMatching(
        /^Could not find model data at s3:\/\/data\/none\. \(Service: AmazonSageMaker; Status Code: 400; Error Code: ValidationException; Request ID: .+; Proxy: null\)$/,
      ),
    ]);
  });

  test("fails as the AWS SDK integrations do where the endpoint is not there", async () => {
    const local = await open("exit 0");
    const { error, cause } = await local.ended(
      await local.start({ A: task("aws-sdk:sagemaker:describeEndpoint", { EndpointName: "none" }) }),
    );
    expect([error, cause]).toEqual([
      "SageMaker.SageMakerException",
      expect.stringMatching(
        /^Could not find endpoint ".+none"\. \(Service: SageMaker, Status Code: 400, Request ID: .+\) \(SDK Attempt Count: 1\)$/,
      ),
    ]);
  });
});

test("a configuration is given back as it is, whatever its members are called", async () => {
  const local = await open("exit 0");
  const ExplainerConfig = { ClarifyExplainerConfig: { StartTime: 1e300, CreationTime: 1 } };
  const { status, output = "" } = await local.ended(
    await local.start({
      Model: task("sagemaker:createModel", model, { Next: "Config" }),
      Config: task("sagemaker:createEndpointConfig", { ...config, ExplainerConfig }, { Next: "Describe" }),
      Describe: task("aws-sdk:sagemaker:describeEndpointConfig", { EndpointConfigName: "churn" }),
    }),
  );
  expect(status).toBe("SUCCEEDED");
  expect(JSON.parse(output)).toMatchObject({ ExplainerConfig, CreationTime: expect.stringMatching(/^2026-\S+Z$/) });
});

test.each(["sagemaker:createModel", "aws-sdk:sagemaker:listModels"])(
  "%s with a number as its request fails",
  async (call) => {
    const local = await open("exit 0");
    const { error, cause } = await local.ended(await local.start({ A: task(call, 5 as never) }));
    expect([error, cause]).toEqual(["States.Runtime", expect.stringContaining("The Parameters '5' could not be used")]);
  },
);

describe("at its creation, a state machine is refused with", () => {
  const refusals = [
    {
      name: "a transform job",
      call: task("sagemaker:createTransformJob.sync", {}),
      text: 'does not run the resource "arn:aws:states:::sagemaker:createTransformJob.sync" yet',
    },
    {
      name: "a training job whose image nobody knows how to run",
      call: task("sagemaker:createTrainingJob.sync", {
        ...trainingJob({ AlgorithmSpecification: { TrainingImage: "other:1", TrainingInputMode: "File" } }),
        TrainingJobName: undefined,
        "TrainingJobName.$": "$.name",
      }),
      text: "sfn-ds local --command 'other:1=python3 train.py' at /States/A/Parameters",
    },
    {
      name: "a processing job whose image nobody knows how to run",
      call: task("sagemaker:createProcessingJob", {
        ProcessingJobName: "a",
        ProcessingResources: {},
        AppSpecification: { ImageUri: "other:1" },
        RoleArn: roleArn,
      }),
      text: "sfn-ds local --command 'other:1=python3 train.py' at /States/A/Parameters",
    },
    { name: "a tuning job", call: task("sagemaker:createHyperParameterTuningJob.sync", {}), text: "does not run" },
    { name: "an action that is not served", call: task("aws-sdk:sagemaker:addTags", {}), text: "does not run" },
    { name: "a model that is waited for", call: task("sagemaker:createModel.sync", model), text: "is not recognized" },
    {
      name: "a parameter that there is not",
      call: task("sagemaker:createModel", { ...model, Name: "x" }),
      text: '"Name"',
    },
    {
      name: "a parameter that is missing",
      call: task("sagemaker:createEndpoint", {}),
      text: "'EndpointName' is required",
    },
    {
      name: "a parameter that a description does not have",
      call: task("aws-sdk:sagemaker:describeEndpoint", { Name: "x" }),
      text: 'The field "Name" is not supported by Step Functions',
    },
  ];
  test.each(refusals)("$name", async ({ call, text }) => {
    const local = await open("exit 0");
    await expect(local.create({ A: call })).rejects.toMatchObject({
      name: "InvalidDefinition",
      message: expect.stringContaining(text),
    });
  });
});
