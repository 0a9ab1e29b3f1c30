import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  SageMakerClient,
  UpdateEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import { describe, expect, onTestFinished, test } from "vitest";
import { VirtualClock } from "../../src/local/clock.js";
import { defaultIdentity } from "../../src/local/identity.js";
import { createLocalService } from "../../src/local/service.js";
import { inProcess, temporaryFolder } from "./clients.js";

const arn = (resource: string) => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;
const role = "arn:aws:iam::000000000000:role/sfn-ds-local";
const start = new Date("2026-01-01T00:00:00Z");
const container = { Image: "serve:1", ModelDataUrl: "s3://data/model.tar.gz" };
const variant = {
  VariantName: "all",
  ModelName: "churn",
  InstanceType: "ml.m5.large",
  InitialInstanceCount: 1,
} as const;

/** A service with a bucket and a model's data in it. */
async function open() {
  const clock = new VirtualClock();
  const service = await createLocalService({ directory: await temporaryFolder(), identity: defaultIdentity, clock });
  onTestFinished(() => service.close().then(() => undefined));
  const s3 = new S3Client({ ...inProcess(service.handle), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "data" }));
  await s3.send(new PutObjectCommand({ Bucket: "data", Key: "model.tar.gz", Body: "x" }));
  return { clock, client: new SageMakerClient(inProcess(service.handle)) };
}

const createModel = (more: object = {}) =>
  new CreateModelCommand({ ModelName: "churn", ExecutionRoleArn: role, PrimaryContainer: container, ...more });
const createConfig = (more: object = {}) =>
  new CreateEndpointConfigCommand({ EndpointConfigName: "config", ProductionVariants: [variant], ...more });
const createEndpoint = new CreateEndpointCommand({ EndpointName: "live", EndpointConfigName: "config" });
const describeLive = new DescribeEndpointCommand({ EndpointName: "live" });

/** With an endpoint that is being made. */
async function openWithEndpoint() {
  const { client, clock } = await open();
  await client.send(createModel());
  await client.send(createConfig());
  await client.send(createEndpoint);
  return { client, clock };
}

describe("a model", () => {
  test("is described as it was given, without its tags", async () => {
    const { client } = await open();
    const { ModelArn } = await client.send(createModel({ Tags: [{ Key: "a", Value: "b" }] }));
    const { $metadata: _, ...described } = await client.send(new DescribeModelCommand({ ModelName: "churn" }));
    expect([ModelArn, described]).toEqual([
      arn("model/churn"),
      {
        ModelName: "churn",
        ExecutionRoleArn: role,
        PrimaryContainer: container,
        EnableNetworkIsolation: false,
        ModelArn: arn("model/churn"),
        CreationTime: start,
      },
    ]);
  });

  test("is listed until it is deleted", async () => {
    const { client } = await open();
    await client.send(createModel());
    await client.send(createModel({ ModelName: "other" }));
    const names = async (more: object = {}) =>
      (await client.send(new ListModelsCommand(more))).Models?.map(({ ModelName }) => ModelName);
    expect([await names(), await names({ NameContains: "CHU" })]).toEqual([["other", "churn"], ["churn"]]);
    await client.send(new DeleteModelCommand({ ModelName: "other" }));
    expect(await names()).toEqual(["churn"]);
  });

  const refusals = [
    {
      name: "data that is not there",
      more: { PrimaryContainer: { ...container, ModelDataUrl: "s3://data/no" } },
      text: "Could not find model data at s3://data/no.",
    },
    {
      name: "a bucket that is not there",
      more: { PrimaryContainer: { ...container, ModelDataUrl: "s3://none/no" } },
      text: "Could not find model data at s3://none/no.",
    },
    { name: "no image", more: { PrimaryContainer: {} }, text: "expected Image or ModelPackageName" },
    {
      name: "no container",
      more: { PrimaryContainer: undefined },
      text: "expected either PrimaryContainer or Containers",
    },
    {
      name: "both kinds of containers",
      more: { Containers: [container] },
      text: "expected either PrimaryContainer or Containers",
    },
    { name: "a name that is none", more: { ModelName: "a_b" }, text: "at 'modelName' failed to satisfy constraint" },
  ];
  test.each(refusals)("is refused with $name", async ({ more, text }) => {
    const { client } = await open();
    await expect(client.send(createModel(more))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(text),
    });
  });

  test("of several models has a prefix", async () => {
    const { client } = await open();
    const PrimaryContainer = { Image: "serve:1", Mode: "MultiModel", ModelDataUrl: "s3://data/mod" };
    expect((await client.send(createModel({ PrimaryContainer }))).ModelArn).toBe(arn("model/churn"));
  });
});

describe("an endpoint configuration", () => {
  test("is described as it was given, with the weight that AWS gives a variant", async () => {
    const { client } = await open();
    await client.send(createModel());
    await client.send(createConfig());
    const described = await client.send(new DescribeEndpointConfigCommand({ EndpointConfigName: "config" }));
    expect(described).toMatchObject({
      EndpointConfigArn: arn("endpoint-config/config"),
      ProductionVariants: [{ ...variant, InitialVariantWeight: 1 }],
      CreationTime: start,
    });
    const { EndpointConfigs } = await client.send(new ListEndpointConfigsCommand({}));
    expect(EndpointConfigs?.map(({ EndpointConfigName }) => EndpointConfigName)).toEqual(["config"]);
  });

  const { ModelName: _, ...noModel } = variant;
  const { InstanceType: __, ...noInstance } = variant;
  const refusals = [
    {
      name: "a model that is not there",
      variants: [{ ...variant, ModelName: "no" }],
      text: `Could not find model "${arn("model/no")}".`,
    },
    { name: "no model", variants: [noModel], text: 'variant "all" has no ModelName' },
    {
      name: "no instances",
      variants: [noInstance],
      text: "expected InstanceType and InitialInstanceCount, or ServerlessConfig",
    },
    { name: "no variants", variants: [], text: "at 'productionVariants' failed to satisfy constraint" },
  ];
  test.each(refusals)("is refused with $name", async ({ variants, text }) => {
    const { client } = await open();
    await client.send(createModel());
    await expect(client.send(createConfig({ ProductionVariants: variants }))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(text),
    });
  });
});

describe("an endpoint", () => {
  test("is being made, then in service, by the clock of the service", async () => {
    const { client, clock } = await openWithEndpoint();
    const before = await client.send(describeLive);
    expect(before).toMatchObject({
      EndpointArn: arn("endpoint/live"),
      EndpointStatus: "Creating",
      CreationTime: start,
    });
    expect(before.ProductionVariants).toBeUndefined();
    clock.advance(60_000);
    expect(await client.send(describeLive)).toMatchObject({
      EndpointStatus: "InService",
      EndpointConfigName: "config",
      ProductionVariants: [
        {
          VariantName: "all",
          DeployedImages: [{ SpecifiedImage: "serve:1" }],
          CurrentWeight: 1,
          CurrentInstanceCount: 1,
          DesiredInstanceCount: 1,
        },
      ],
    });
  });

  test("serves its old configuration until it is updated", async () => {
    const { client, clock } = await openWithEndpoint();
    clock.advance(60_000);
    await client.send(createConfig({ EndpointConfigName: "next" }));
    await client.send(new UpdateEndpointCommand({ EndpointName: "live", EndpointConfigName: "next" }));
    const shown = async () => {
      const { EndpointStatus, EndpointConfigName } = await client.send(describeLive);
      return [EndpointStatus, EndpointConfigName];
    };
    expect(await shown()).toEqual(["Updating", "config"]);
    clock.advance(60_000);
    expect(await shown()).toEqual(["InService", "next"]);
  });

  test("is left alone while it changes", async () => {
    const { client } = await openWithEndpoint();
    const message = `Cannot update in-progress endpoint "${arn("endpoint/live")}".`;
    const update = new UpdateEndpointCommand({ EndpointName: "live", EndpointConfigName: "config" });
    await expect(client.send(update)).rejects.toMatchObject({ name: "ValidationException", message });
    await expect(client.send(new DeleteEndpointCommand({ EndpointName: "live" }))).rejects.toThrow(message);
  });

  test("is listed by its status, and goes when it is deleted", async () => {
    const { client, clock } = await openWithEndpoint();
    const inService = async () =>
      (await client.send(new ListEndpointsCommand({ StatusEquals: "InService" }))).Endpoints?.length;
    expect(await inService()).toBe(0);
    clock.advance(60_000);
    expect(await inService()).toBe(1);
    await client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: "config" }));
    await client.send(new DeleteModelCommand({ ModelName: "churn" }));
    expect(await client.send(describeLive)).toMatchObject({ ProductionVariants: [{ DeployedImages: [] }] });
    await client.send(new DeleteEndpointCommand({ EndpointName: "live" }));
    await expect(client.send(describeLive)).rejects.toThrow(`Could not find endpoint "${arn("endpoint/live")}".`);
  });
});

test("each name is given once, whatever its case", async () => {
  const { client } = await openWithEndpoint();
  const again = [
    [createModel({ ModelName: "Churn" }), `Cannot create already existing model "${arn("model/churn")}".`],
    [createConfig(), `Cannot create already existing endpoint configuration "${arn("endpoint-config/config")}".`],
    [createEndpoint, `Cannot create already existing endpoint "${arn("endpoint/live")}".`],
  ] as const;
  for (const [command, message] of again) {
    await expect(client.send(command as never)).rejects.toMatchObject({ name: "ValidationException", message });
  }
});
