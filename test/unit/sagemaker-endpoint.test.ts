import { describe, expect, test } from "vitest";
import * as z from "zod";
import { compile } from "../../src/compile/compile.js";
import { context } from "../../src/expression/context.js";
import { ExecutionInput } from "../../src/expression/execution-input.js";
import type { Json } from "../../src/language/json.js";
import { DataCaptureConfig, type DataCaptureConfigOptions } from "../../src/sagemaker/hosting/data-capture-config.js";
import {
  EndpointConfigStep,
  type EndpointConfigStepOptions,
} from "../../src/sagemaker/hosting/endpoint-config-step.js";
import { EndpointStep, type EndpointStepOptions } from "../../src/sagemaker/hosting/endpoint-step.js";
import type { ProductionVariant } from "../../src/sagemaker/hosting/production-variant.js";
import type { TaskFields } from "../../src/states/task.js";
import { Workflow } from "../../src/workflow/workflow.js";
import { FakeAws, fakeBucket } from "./fake-aws.js";
import { problemsOf, requestOf, stateOf } from "./step-request.js";

const session = new FakeAws().session();
const input = new ExecutionInput(
  z.object({ text: z.string(), count: z.number(), tags: z.array(z.object({ Key: z.string(), Value: z.string() })) }),
);

type Options = Record<string, unknown>;
type Member = Readonly<Record<string, Json>>;

/** A variant runs on instances, unless it is serverless. */
const sized = (options: Options): Options => ("serverlessConfig" in options ? {} : { instanceType: "ml.m5.xlarge" });
const config = (options: Options = {}): EndpointConfigStep =>
  new EndpointConfigStep("C", {
    session,
    endpointConfigName: "c",
    modelName: "m",
    ...(options["productionVariants"] === undefined ? sized(options) : {}),
    ...options,
  } as never) as never;
const endpoint = (options: Options = {}): EndpointStep =>
  new EndpointStep("E", { session, endpointName: "e", endpointConfigName: "c", ...options } as never) as never;
const capture = (options: Options = {}): EndpointConfigStep =>
  config({
    dataCaptureConfig: new DataCaptureConfig({
      enableCapture: true,
      destinationS3Uri: "s3://b/cap",
      ...options,
    } as never),
  });

const serverless = { ModelName: "m", VariantName: "AllTraffic" };
const variant = { ...serverless, InstanceType: "ml.m5.xlarge" };
const plain = { EndpointConfigName: "c", ProductionVariants: [variant] };

test("the least that a configuration needs", async () => {
  expect(await stateOf(config())).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::sagemaker:createEndpointConfig",
    Parameters: plain,
    End: true,
  });
});

/** Options of a variant, and what each adds to it. */
const ofVariant: { readonly [K in keyof Required<ProductionVariant>]: readonly [given: Json, member: Member] } = {
  variantName: ["a", { VariantName: "a" }],
  modelName: ["other", { ModelName: "other" }],
  initialInstanceCount: [2, { InitialInstanceCount: 2 }],
  instanceType: ["ml.m5.large", { InstanceType: "ml.m5.large" }],
  instancePools: [
    [{ InstanceType: "ml.m5.large", Priority: 1 }],
    { InstancePools: [{ InstanceType: "ml.m5.large", Priority: 1 }] },
  ],
  variantInstanceProvisionTimeoutInSeconds: [300, { VariantInstanceProvisionTimeoutInSeconds: 300 }],
  initialVariantWeight: [0.5, { InitialVariantWeight: 0.5 }],
  acceleratorType: ["ml.eia1.large", { AcceleratorType: "ml.eia1.large" }],
  coreDumpConfig: [{ DestinationS3Uri: "s3://b/dumps" }, { CoreDumpConfig: { DestinationS3Uri: "s3://b/dumps" } }],
  serverlessConfig: [
    { MemorySizeInMB: 2048, MaxConcurrency: 5 },
    { ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } },
  ],
  volumeSizeInGb: [30, { VolumeSizeInGB: 30 }],
  modelDataDownloadTimeoutInSeconds: [60, { ModelDataDownloadTimeoutInSeconds: 60 }],
  containerStartupHealthCheckTimeoutInSeconds: [60, { ContainerStartupHealthCheckTimeoutInSeconds: 60 }],
  enableSsmAccess: [true, { EnableSSMAccess: true }],
  managedInstanceScaling: [{ MaxInstanceCount: 4 }, { ManagedInstanceScaling: { MaxInstanceCount: 4 } }],
  routingConfig: [{ RoutingStrategy: "RANDOM" }, { RoutingConfig: { RoutingStrategy: "RANDOM" } }],
  inferenceAmiVersion: [
    "al2-ami-sagemaker-inference-gpu-2",
    { InferenceAmiVersion: "al2-ami-sagemaker-inference-gpu-2" },
  ],
  capacityReservationConfig: [
    { CapacityReservationPreference: "capacity-reservations-only" },
    { CapacityReservationConfig: { CapacityReservationPreference: "capacity-reservations-only" } },
  ],
};

describe("each option of a variant reaches the request", () => {
  test.each(Object.entries(ofVariant))(
    "%s of the only variant, in a list, and of a shadow",
    async (option, [given, member]) => {
      const only = config({ [option]: given });
      const made = { ...(option === "serverlessConfig" ? serverless : variant), ...member };
      expect(await requestOf(only)).toEqual({ ...plain, ProductionVariants: [made] });
      const listed = [{ modelName: "m", ...sized({ [option]: given }), [option]: given }];
      const both = config({ modelName: undefined, productionVariants: listed, shadowProductionVariants: listed });
      expect(await requestOf(both)).toEqual({
        EndpointConfigName: "c",
        ProductionVariants: [made],
        ShadowProductionVariants: [made],
      });
    },
  );
});

const vpcConfig = { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
const role = "arn:aws:iam::123456789012:role/SageMaker";
const asyncInference = { OutputConfig: { S3OutputPath: "s3://b/answers" } };
const explainer = { ClarifyExplainerConfig: { ShapConfig: { ShapBaselineConfig: { ShapBaseline: "1,2" } } } };
const captured = {
  EnableCapture: true,
  InitialSamplingPercentage: 20,
  DestinationS3Uri: "s3://b/cap",
  CaptureOptions: [{ CaptureMode: "Input" }, { CaptureMode: "Output" }],
  CaptureContentTypeHeader: { CsvContentTypes: ["text/csv"], JsonContentTypes: ["application/json"] },
};

type OwnOfConfig = Omit<EndpointConfigStepOptions, keyof TaskFields | keyof ProductionVariant>;
const ofConfig: { readonly [K in keyof Required<OwnOfConfig>]: readonly [given: unknown, member: Member] } = {
  endpointConfigName: ["other", { EndpointConfigName: "other" }],
  // Together with the others above.
  productionVariants: [undefined, {}],
  shadowProductionVariants: [
    [{ variantName: "s", instanceType: "ml.m5.large" }],
    { ShadowProductionVariants: [{ VariantName: "s", InstanceType: "ml.m5.large" }] },
  ],
  dataCaptureConfig: [
    new DataCaptureConfig({ enableCapture: true, destinationS3Uri: "s3://b/cap" }),
    { DataCaptureConfig: captured },
  ],
  asyncInferenceConfig: [asyncInference, { AsyncInferenceConfig: asyncInference }],
  explainerConfig: [explainer, { ExplainerConfig: explainer }],
  kmsKeyId: ["k", { KmsKeyId: "k" }],
  role: [role, { ExecutionRoleArn: role }],
  vpcConfig: [vpcConfig, { VpcConfig: vpcConfig }],
  enableNetworkIsolation: [true, { EnableNetworkIsolation: true }],
  metricsConfig: [{ EnableEnhancedMetrics: true }, { MetricsConfig: { EnableEnhancedMetrics: true } }],
  tags: [{ team: "data" }, { Tags: [{ Key: "team", Value: "data" }] }],
  session: [session, {}],
  integrationPattern: ["REQUEST_RESPONSE", {}],
  parameters: [{ KmsKeyId: "k" }, { KmsKeyId: "k" }],
};

describe("each option of an EndpointConfigStep reaches the request", () => {
  test.each(Object.entries(ofConfig))("%s", async (option, [given, member]) => {
    expect(await requestOf(config({ [option]: given }))).toEqual({ ...plain, ...member });
  });

  test("several variants share the traffic", async () => {
    const variants = [
      {
        variantName: "old",
        modelName: "m1",
        initialInstanceCount: 1,
        instanceType: "ml.m5.large",
        initialVariantWeight: 9,
      },
      { variantName: "new", modelName: input.text, initialInstanceCount: input.count, instanceType: input.text },
    ];
    const { ProductionVariants } = await requestOf(config({ modelName: undefined, productionVariants: variants }));
    expect(ProductionVariants).toEqual([
      {
        VariantName: "old",
        ModelName: "m1",
        InitialInstanceCount: 1,
        InstanceType: "ml.m5.large",
        InitialVariantWeight: 9,
      },
      {
        VariantName: "new",
        "ModelName.$": "$$.Execution.Input['text']",
        "InitialInstanceCount.$": "$$.Execution.Input['count']",
        "InstanceType.$": "$$.Execution.Input['text']",
      },
    ]);
  });
});

const ofCapture: {
  readonly [K in keyof Required<DataCaptureConfigOptions>]: readonly [given: unknown, member: Member];
} = {
  enableCapture: [false, { EnableCapture: false }],
  samplingPercentage: [50, { InitialSamplingPercentage: 50 }],
  destinationS3Uri: ["s3://b/other", { DestinationS3Uri: "s3://b/other" }],
  kmsKeyId: ["k", { KmsKeyId: "k" }],
  captureOptions: [
    ["RESPONSE", "InputAndOutput"],
    { CaptureOptions: [{ CaptureMode: "Output" }, { CaptureMode: "InputAndOutput" }] },
  ],
  csvContentTypes: [
    ["text/plain"],
    { CaptureContentTypeHeader: { CsvContentTypes: ["text/plain"], JsonContentTypes: ["application/json"] } },
  ],
  jsonContentTypes: [
    ["application/jsonlines"],
    { CaptureContentTypeHeader: { CsvContentTypes: ["text/csv"], JsonContentTypes: ["application/jsonlines"] } },
  ],
  // Counts where there is no destination: see below.
  session: [session, {}],
};

describe("each option of a DataCaptureConfig reaches the request", () => {
  test.each(Object.entries(ofCapture))("%s", async (option, [given, member]) => {
    const { DataCaptureConfig: made } = await requestOf(capture({ [option]: given }));
    expect(made).toEqual({ ...captured, ...member });
  });

  test("without a destination, data go to the default bucket", async () => {
    const { DataCaptureConfig: made } = await requestOf(capture({ destinationS3Uri: undefined }));
    expect(made).toMatchObject({ DestinationS3Uri: `s3://${fakeBucket}/model-monitor/data-capture` });
    const own = new FakeAws().session({ defaultBucket: "own", defaultBucketPrefix: "p" });
    const { DataCaptureConfig: elsewhere } = await requestOf(capture({ destinationS3Uri: undefined, session: own }));
    expect(elsewhere).toMatchObject({ DestinationS3Uri: "s3://own/p/model-monitor/data-capture" });
  });
});

type OwnOfEndpoint = Omit<EndpointStepOptions, keyof TaskFields>;
const deployment = { AutoRollbackConfiguration: { Alarms: [{ AlarmName: "errors" }] } };
/** In which of the two calls, CreateEndpoint and UpdateEndpoint, an option is a member. */
const ofEndpoint: {
  readonly [K in keyof Required<OwnOfEndpoint>]: readonly [
    given: unknown,
    created: Member | undefined,
    updated?: Member,
  ];
} = {
  endpointName: ["other", { EndpointName: "other" }, { EndpointName: "other" }],
  endpointConfigName: ["other", { EndpointConfigName: "other" }, { EndpointConfigName: "other" }],
  deploymentConfig: [deployment, { DeploymentConfig: deployment }, { DeploymentConfig: deployment }],
  session: [session, {}, {}],
  // Chooses between the two.
  update: [undefined, {}, {}],
  tags: [{ team: "data" }, { Tags: [{ Key: "team", Value: "data" }] }],
  retainAllVariantProperties: [true, undefined, { RetainAllVariantProperties: true }],
  excludeRetainedVariantProperties: [
    [{ VariantPropertyType: "DesiredWeight" }],
    undefined,
    { ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DesiredWeight" }] },
  ],
  retainDeploymentConfig: [true, undefined, { RetainDeploymentConfig: true }],
  integrationPattern: ["REQUEST_RESPONSE", {}, {}],
  parameters: [{ EndpointName: "other" }, { EndpointName: "other" }, { EndpointName: "other" }],
};

describe("each option of an EndpointStep reaches the request, or is refused where the call does not have it", () => {
  test.each(Object.entries(ofEndpoint))("%s", async (option, [given, created, updated]) => {
    for (const [update, member] of [
      [false, created],
      [true, updated],
    ] as const) {
      const made = () => endpoint({ [option]: given, ...(option === "update" ? {} : { update }) });
      if (member === undefined) expect(problemsOf(made)).toEqual([`conflicting_options ${option}`]);
      else expect(await requestOf(made())).toEqual({ EndpointName: "e", EndpointConfigName: "c", ...member });
    }
  });

  test("the call is told by `update`", async () => {
    const token = { parameters: { EndpointName: context.task.token }, integrationPattern: "WAIT_FOR_TASK_TOKEN" };
    const resources = [endpoint(), endpoint({ update: true }), endpoint({ ...token, update: true })];
    expect(await Promise.all(resources.map(async (step) => (await stateOf(step)).Resource))).toEqual([
      "arn:aws:states:::sagemaker:createEndpoint",
      "arn:aws:states:::sagemaker:updateEndpoint",
      "arn:aws:states:::aws-sdk:sagemaker:updateEndpoint.waitForTaskToken",
    ]);
  });

  test("placeholders stand where they were given, of tags as well", async () => {
    const late = endpoint({ endpointName: input.text, endpointConfigName: input.text, tags: input.tags });
    expect(await requestOf(late)).toEqual({
      "EndpointName.$": "$$.Execution.Input['text']",
      "EndpointConfigName.$": "$$.Execution.Input['text']",
      "Tags.$": "$$.Execution.Input['tags']",
    });
  });
});

const first = "invalid_request Parameters ProductionVariants 0";
const wrong: readonly (readonly [name: string, make: () => EndpointStep, problems: readonly string[]])[] = [
  ["no options of a configuration", () => new EndpointConfigStep("C", 5 as never), ["invalid_request"]],
  ["no options of an endpoint", () => new EndpointStep("E", "e" as never), ["invalid_request"]],
  [
    "no name of a configuration",
    () => config({ endpointConfigName: undefined }),
    ["invalid_request Parameters EndpointConfigName"],
  ],
  ["no name of an endpoint", () => endpoint({ endpointName: undefined }), ["invalid_request Parameters EndpointName"]],
  ["a name that is none", () => endpoint({ endpointName: "my endpoint" }), ["invalid_request Parameters EndpointName"]],
  ["an unknown option of a configuration", () => config({ instancetype: "x" }), ["unknown_option instancetype"]],
  ["an unknown option of an endpoint", () => endpoint({ name: "x" }), ["unknown_option name"]],
  [
    "an unknown option of a variant",
    () => config({ modelName: undefined, productionVariants: [{ model: "m", instanceType: "ml.m5.large" }] }),
    ["unknown_option productionVariants 0 model"],
  ],
  [
    "an unknown option of data capture",
    () => capture({ percentage: 1 }),
    ["unknown_option Parameters DataCaptureConfig percentage"],
  ],
  [
    "one variant and a list",
    () => config({ productionVariants: [sized({})] }),
    ["conflicting_options productionVariants"],
  ],
  [
    "no list of variants",
    () => config({ modelName: undefined, productionVariants: {} }),
    ["invalid_request productionVariants", first],
  ],
  [
    "an empty list",
    () => config({ modelName: undefined, productionVariants: [] }),
    ["invalid_request Parameters ProductionVariants"],
  ],
  [
    "a placeholder for a variant",
    () => config({ modelName: undefined, productionVariants: [input.text] }),
    ["invalid_request productionVariants 0", first],
  ],
  [
    "two variants of one name",
    () => config({ modelName: undefined, productionVariants: [sized({}), sized({})] }),
    ["invalid_request productionVariants 1"],
  ],
  ["a count out of range", () => config({ initialInstanceCount: 0 }), [`${first} InitialInstanceCount`]],
  [
    "a serverless variant without memory",
    () => config({ serverlessConfig: { MaxConcurrency: 5 } }),
    [`${first} ServerlessConfig MemorySizeInMB`],
  ],
  [
    "data capture that is none",
    () => config({ dataCaptureConfig: { enableCapture: true } }),
    ["invalid_request Parameters DataCaptureConfig"],
  ],
  [
    "what cannot be captured",
    () => capture({ captureOptions: ["IN"] }),
    ["invalid_request Parameters DataCaptureConfig CaptureOptions 0 CaptureMode"],
  ],
  [
    "no list of what is captured",
    () => capture({ captureOptions: "Input" }),
    ["invalid_request Parameters DataCaptureConfig CaptureOptions"],
  ],
  [
    "a percentage out of range",
    () => capture({ samplingPercentage: 101 }),
    ["invalid_request Parameters DataCaptureConfig InitialSamplingPercentage"],
  ],
  ["a session that is none", () => endpoint({ session: {} }), ["invalid_argument session"]],
  ["an update that is known later", () => endpoint({ update: input.text }), ["invalid_argument update"]],
  [
    "a pattern that is none",
    () => endpoint({ integrationPattern: "RUN_JOB" }),
    ["invalid_argument integrationPattern"],
  ],
];

describe("what is wrong is told at compile", () => {
  test.each(wrong)("%s", (_, make, problems) => expect(problemsOf(make)).toEqual(problems));
});

describe("without a session a step stands in its workflow's partition", () => {
  const steps = [
    ["EndpointStep", "createEndpoint", () => new EndpointStep("S", { endpointName: "e", endpointConfigName: "c" })],
    [
      "EndpointConfigStep",
      "createEndpointConfig",
      () => new EndpointConfigStep("S", { endpointConfigName: "c", modelName: "m", ...sized({}) }),
    ],
  ] as const;

  test.each(steps)("%s in China", async (_, action, make) => {
    const china = new FakeAws().session({ region: "cn-north-1" });
    const workflow = new Workflow({ session: china, role: "R", name: "w", definition: make() });
    expect((await workflow.definition()).States["S"]).toMatchObject({
      Resource: `arn:aws-cn:states:::sagemaker:${action}`,
    });
  });

  test.each(steps)("%s needs no region to be compiled", (_, action, make) => {
    expect(compile(make()).States["S"]).toMatchObject({ Resource: `arn:aws:states:::sagemaker:${action}` });
  });
});
