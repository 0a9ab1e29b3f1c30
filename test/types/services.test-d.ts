import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Placeholder, Ref } from "../../src/expression/placeholder.js";
import {
  ApiGatewayInvokeStep,
  AthenaStartQueryExecutionStep,
  AwsSdkStep,
  awsSdk,
  BatchSubmitJobStep,
  BedrockInvokeModelStep,
  CodeBuildStartBuildStep,
  DynamoDBGetItemStep,
  EcsRunTaskStep,
  EksCallStep,
  EksCreateClusterStep,
  EksRunJobStep,
  EmrAddStepStep,
  EmrCancelStepStep,
  EmrContainersStartJobRunStep,
  EmrCreateClusterStep,
  EmrModifyInstanceFleetByNameStep,
  EmrServerlessStartJobRunStep,
  EventBridgePutEventsStep,
  GlueDataBrewStartJobRunStep,
  GlueStartJobRunStep,
  HttpInvokeStep,
  LambdaStep,
  MediaConvertCreateJobStep,
  SnsPublishStep,
  SqsSendMessageStep,
} from "../../src/services/index.js";

const input = new ExecutionInput(z.object({ name: z.string(), count: z.number(), names: z.array(z.string()) }));
const job = { JobName: "j", JobQueue: "q", JobDefinition: "d" };

describe("parameters", () => {
  test("placeholders stand at any depth; names are in PascalCase for every service", () => {
    new BatchSubmitJobStep("A", {
      parameters: {
        ...job,
        ContainerOverrides: { Command: ["run", input.name], Environment: [{ Name: "N", Value: input.name }] },
        RetryStrategy: { Attempts: input.count },
        "ShareIdentifier.$": "$.share",
      },
    });
    new EcsRunTaskStep("A", { parameters: { TaskDefinition: "t", LaunchType: "FARGATE", EnableECSManagedTags: true } });
    new EmrContainersStartJobRunStep("A", { parameters: { VirtualClusterId: input.name } });
    new CodeBuildStartBuildStep("A", {
      parameters: { ProjectName: "p", EnvironmentVariablesOverride: [{ Name: "n", Value: input.name }] },
    });
    new EksCreateClusterStep("A", {
      parameters: { Name: "c", RoleArn: "r", ResourcesVpcConfig: { SubnetIds: input.names } },
    });
    // @ts-expect-error the API's own spelling
    new BatchSubmitJobStep("A", { parameters: { jobName: "j", jobQueue: "q", jobDefinition: "d" } });
    new BatchSubmitJobStep("A", {
      // @ts-expect-error below, too
      parameters: { ...job, ContainerOverrides: { command: ["run"] } },
    });
  });

  test("a wrong choice, a placeholder of another type, an unknown and a missing parameter", () => {
    // @ts-expect-error
    new LambdaStep("A", { parameters: { FunctionName: "f", LogType: "Tial" } });
    // @ts-expect-error
    new LambdaStep("A", { parameters: { FunctionName: input.count } });
    // @ts-expect-error
    new LambdaStep("A", { parameters: { FunctionName: "f", Paylod: {} } });
    // @ts-expect-error
    new LambdaStep("A", { parameters: { Payload: {} } });
    // @ts-expect-error
    new EcsRunTaskStep("A", { parameters: { TaskDefinition: "t", LaunchType: "FARGAT" } });
    // @ts-expect-error
    new BatchSubmitJobStep("A", { parameters: { ...job, JobName: input.count } });
    // @ts-expect-error
    new GlueStartJobRunStep("A", { parameters: { JobName: "j", WorkerType: 3 } });
    // @ts-expect-error
    new GlueDataBrewStartJobRunStep("A", { parameters: { JobName: "j" } });
    // @ts-expect-error
    new DynamoDBGetItemStep("A", { parameters: { TableName: "t", Key: { id: { S: input.count } } } });
    // @ts-expect-error
    new SnsPublishStep("A", { parameters: { Message: "m", Topic: "t" } });
    // @ts-expect-error
    new SqsSendMessageStep("A", { parameters: { QueueUrl: "u", MessageBody: "b", DelaySeconds: input.name } });
    // @ts-expect-error
    new EventBridgePutEventsStep("A", { parameters: { Entries: [{ Source: input.count }] } });
    new EksCallStep("A", {
      // @ts-expect-error
      parameters: { ClusterName: "c", CertificateAuthority: "a", Endpoint: "e", Method: "FETCH", Path: "/" },
    });
    // @ts-expect-error
    new EmrCancelStepStep("A", { parameters: { ClusterId: "c", StepIds: ["s"] } });
    // @ts-expect-error
    new EmrCreateClusterStep("A", { parameters: { Name: "c", Instances: {}, Steps: [] } });
    new EmrModifyInstanceFleetByNameStep("A", {
      // @ts-expect-error
      parameters: { ClusterId: "c", InstanceFleetName: "f", InstanceFleet: { InstanceFleetId: "i" } },
    });
    // @ts-expect-error
    new EmrContainersStartJobRunStep("A", { parameters: { VirtualClusterId: 1 } });
    // @ts-expect-error
    new EmrServerlessStartJobRunStep("A", { parameters: { ApplicationId: "a", ExecutionRole: "r" } });
    // @ts-expect-error
    new AthenaStartQueryExecutionStep("A", { parameters: { QueryString: "q", WorkGroup: 1 } });
    // @ts-expect-error
    new CodeBuildStartBuildStep("A", { parameters: { ProjectName: "p", ComputeTypeOverride: "HUGE" } });
    // @ts-expect-error
    new ApiGatewayInvokeStep("A", { parameters: { ApiEndpoint: "e", Method: "GET", AuthType: "IAM" } });
    // @ts-expect-error
    new HttpInvokeStep("A", { parameters: { ApiEndpoint: input.count, Method: "GET" } });
    // @ts-expect-error
    new BedrockInvokeModelStep("A", { parameters: { ModelId: "m", Input: { Uri: "s3://b/k" } } });
    // @ts-expect-error
    new MediaConvertCreateJobStep("A", { parameters: { Role: "r", Settings: {}, Priority: input.name } });
  });

  test("members that hold JSON take data", () => {
    new LambdaStep("A", {
      parameters: { FunctionName: "f", Payload: { names: input.names, deep: [{ n: input.count }] } },
    });
    new EventBridgePutEventsStep("A", {
      parameters: { Entries: [{ Source: "s", DetailType: "d", Detail: { n: input.count } }] },
    });
    new SnsPublishStep("A", { parameters: { TopicArn: "t", Message: { name: input.name } } });
    new SqsSendMessageStep("A", { parameters: { QueueUrl: "u", MessageBody: { token: context.task.token } } });
    new BedrockInvokeModelStep("A", {
      parameters: { ModelId: "m", Body: { prompt: input.name }, Output: { S3Uri: "s3://b/k" } },
    });
    new EksRunJobStep("A", {
      parameters: {
        ClusterName: "c",
        CertificateAuthority: "a",
        Endpoint: "e",
        Job: { kind: "Job" },
        LogOptions: { RetrieveLogs: true },
      },
    });
  });
});

describe("patterns", () => {
  test("those that the service has", () => {
    // @ts-expect-error
    new LambdaStep("A", { parameters: { FunctionName: "f" }, integrationPattern: "RUN_JOB" });
    // @ts-expect-error
    new GlueStartJobRunStep("A", { parameters: { JobName: "j" }, integrationPattern: "WAIT_FOR_TASK_TOKEN" });
    // @ts-expect-error
    new DynamoDBGetItemStep("A", { parameters: { TableName: "t", Key: {} }, integrationPattern: "RUN_JOB" });
    // @ts-expect-error
    new LambdaStep("A", { parameters: { FunctionName: "f" }, waitForCompletion: true });
    // @ts-expect-error
    new AwsSdkStep("A", { service: "s3", action: "listBuckets", integrationPattern: "RUN_JOB" });
  });

  test("what comes back goes by the pattern, under each of its names", () => {
    const ended = new BatchSubmitJobStep("A", { parameters: job });
    expectTypeOf(ended.output.StartedAt).toEqualTypeOf<Ref<number>>();
    expectTypeOf(ended.output.Container.ExitCode).toEqualTypeOf<Ref<number | undefined>>();
    const started = new BatchSubmitJobStep("A", { parameters: job, integrationPattern: "REQUEST_RESPONSE" });
    expectTypeOf(started.output.JobArn).toEqualTypeOf<Ref<string | undefined>>();
    // @ts-expect-error a job that was only submitted has not started
    started.output.StartedAt;
    const alias = new GlueStartJobRunStep("A", { parameters: { JobName: "j" }, waitForCompletion: false });
    expectTypeOf(alias.output.JobName).toEqualTypeOf<Ref<string>>();
    const callback = new LambdaStep("A", {
      parameters: { FunctionName: "f", Payload: context.task.token },
      waitForCallback: true,
    });
    expectTypeOf(callback.output).toEqualTypeOf<Placeholder<unknown>>();
  });
});

describe("outputs", () => {
  test("are those of the client, as Step Functions gives them", () => {
    const glue = new GlueStartJobRunStep("A", { parameters: { JobName: "j" } });
    expectTypeOf(glue.output.StartedOn).toEqualTypeOf<Ref<number | undefined>>();
    const item = new DynamoDBGetItemStep("A", { parameters: { TableName: "t", Key: { id: { S: "1" } } } });
    expectTypeOf(item.output.SdkHttpMetadata.HttpStatusCode).toEqualTypeOf<Ref<number>>();
    const query = new AthenaStartQueryExecutionStep("A", { parameters: { QueryString: "SELECT 1" } });
    expectTypeOf(query.output.QueryExecution.ResultConfiguration.OutputLocation).toEqualTypeOf<
      Ref<string | undefined>
    >();
    const cluster = new EksCreateClusterStep("A", { parameters: { Name: "c", RoleArn: "r", ResourcesVpcConfig: {} } });
    expectTypeOf(cluster.output.Cluster.CertificateAuthority.Data).toEqualTypeOf<Ref<string | undefined>>();
    const step = new EmrAddStepStep("A", {
      parameters: { ClusterId: "c", Step: { Name: "n", HadoopJarStep: { Jar: "j" } } },
    });
    expectTypeOf(step.output.Step.Id).toEqualTypeOf<Ref<string | undefined>>();
    const task = new EcsRunTaskStep("A", { parameters: { TaskDefinition: "t" } });
    expectTypeOf(task.output.Containers[0].ExitCode).toEqualTypeOf<Ref<number | undefined>>();
  });

  test("a schema says what a payload holds, or what is sent with a token", () => {
    const made = new LambdaStep("A", {
      parameters: { FunctionName: "f" },
      outputSchema: z.object({ Payload: z.object({ n: z.number() }) }),
    });
    expectTypeOf(made.output.Payload.n).toEqualTypeOf<Ref<number>>();
  });

  test("shaped like those of any step", () => {
    const made = new LambdaStep("A", {
      parameters: { FunctionName: "f" },
      resultSelector: (result) => ({ code: result.StatusCode }),
      resultPath: "$.call",
    });
    expectTypeOf(made.output.call.code).toEqualTypeOf<Ref<number | undefined>>();
  });
});

describe("any action of any service", () => {
  test("has the types of its client", () => {
    const read = new AwsSdkStep("A", awsSdk("s3", "getObject", { Bucket: "b", Key: input.name }));
    expectTypeOf(read.output.Body).toEqualTypeOf<Ref<string | undefined>>();
    expectTypeOf(read.output.LastModified).toEqualTypeOf<Ref<string | undefined>>();
    const same = new AwsSdkStep("A", {
      service: "s3",
      action: "getObject",
      parameters: { Bucket: "b", Key: "k" },
      resultPath: "$.o",
    });
    expectTypeOf(same.output.o.ContentLength).toEqualTypeOf<Ref<number | undefined>>();
    const beside = new AwsSdkStep("A", {
      ...awsSdk("s3", "listBuckets"),
      timeoutSeconds: 5,
      resultSelector: (result) => ({ all: result.Buckets }),
    });
    expectTypeOf(beside.output.all[0].Name).toEqualTypeOf<Ref<string | undefined>>();
    // @ts-expect-error
    awsSdk("s3", "getObject", { Bucket: "b", Key: input.count });
    // @ts-expect-error
    awsSdk("s3", "getObject", { Bucket: "b" });
    // @ts-expect-error
    awsSdk("s3", "getObject");
    // @ts-expect-error
    awsSdk("s3", "getObject", { Bucket: "b", Key: "k", Colour: "blue" });
    // @ts-expect-error
    awsSdk("s3", "getObjet", {});
    // @ts-expect-error
    new AwsSdkStep("A", { service: "s3", action: "getObjet" });
  });

  test("names members as the SDK for Java does, and takes data for bytes", () => {
    awsSdk("s3", "putObject", {
      Bucket: "b",
      Key: "k",
      Body: { rows: input.count },
      Acl: "private",
      SsekmsKeyId: "k",
      ContentMD5: "m",
    });
    // @ts-expect-error
    awsSdk("s3", "putObject", { Bucket: "b", Key: "k", ACL: "private" });
    const table = new AwsSdkStep("A", awsSdk("dynamodb", "describeTable", { TableName: "t" }));
    expectTypeOf(table.output.Table.SseDescription.SseType).toEqualTypeOf<Ref<"AES256" | "KMS" | undefined>>();
    awsSdk("sfn", "startExecution", { StateMachineArn: "a", Input: { n: input.count } });
    expectTypeOf(
      new AwsSdkStep("A", awsSdk("sfn", "startExecution", { StateMachineArn: "a" })).output.StartDate,
    ).toEqualTypeOf<Ref<string>>();
  });

  test("without its client is open, and its answer unknown", () => {
    const made = new AwsSdkStep("A", awsSdk("kms", "encrypt", { KeyId: "k", Anything: 1 }));
    expectTypeOf(made.output).toEqualTypeOf<Placeholder<unknown>>();
    const other = new AwsSdkStep("A", { service: "somethingnew", action: "doIt" });
    expectTypeOf(other.output).toEqualTypeOf<Placeholder<unknown>>();
  });
});
