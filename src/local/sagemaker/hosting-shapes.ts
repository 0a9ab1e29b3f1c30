import { type Shape, type Structure, structure } from "../protocols/shape.js";
import { environment, instanceType, kmsKey, roleArn, s3Uri, tags, vpcConfig } from "./common-shapes.js";

// Requests of models and endpoints. Source: the model of the SageMaker API, 2017-07-24.

const any: Shape = { kind: "any" };
const flag: Shape = { kind: "flag" };

const modelName: Shape = { kind: "text", max: 63, pattern: /[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?/ };
const name: Shape = { kind: "text", max: 63, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/ };

const container = structure([], {
  ContainerHostname: name,
  Image: { kind: "text", max: 255, pattern: /\S+/ },
  ImageConfig: any,
  Mode: { kind: "text", values: ["SingleModel", "MultiModel"] },
  ModelDataUrl: s3Uri,
  ModelDataSource: structure([], {
    S3DataSource: structure(["S3Uri", "S3DataType", "CompressionType"], {
      S3Uri: s3Uri,
      S3DataType: { kind: "text", values: ["S3Prefix", "S3Object"] },
      CompressionType: { kind: "text", values: ["None", "Gzip"] },
      ModelAccessConfig: any,
      HubAccessConfig: any,
      ManifestS3Uri: s3Uri,
    }),
  }),
  AdditionalModelDataSources: any,
  Environment: environment(1024, 1024),
  ModelPackageName: { kind: "text", min: 1, max: 176 },
  InferenceSpecificationName: name,
  MultiModelConfig: any,
});

/** CreateModel. */
export const modelShape: Structure = structure(["ModelName"], {
  ModelName: modelName,
  PrimaryContainer: container,
  Containers: { kind: "list", max: 15, item: container },
  InferenceExecutionConfig: structure(["Mode"], { Mode: { kind: "text", values: ["Serial", "Direct"] } }),
  ExecutionRoleArn: roleArn,
  Tags: tags,
  VpcConfig: vpcConfig,
  EnableNetworkIsolation: flag,
});

const variants: Shape = {
  kind: "list",
  min: 1,
  max: 10,
  item: structure(["VariantName"], {
    VariantName: name,
    ModelName: modelName,
    InitialInstanceCount: { kind: "integer", min: 1 },
    InstanceType: instanceType,
    InitialVariantWeight: { kind: "number", min: 0 },
    AcceleratorType: { kind: "text" },
    CoreDumpConfig: any,
    ServerlessConfig: structure(["MemorySizeInMB", "MaxConcurrency"], {
      MemorySizeInMB: { kind: "integer", min: 1024, max: 6144 },
      MaxConcurrency: { kind: "integer", min: 1, max: 200 },
      ProvisionedConcurrency: { kind: "integer", min: 1, max: 200 },
    }),
    VolumeSizeInGB: { kind: "integer", min: 1, max: 512 },
    ModelDataDownloadTimeoutInSeconds: { kind: "integer", min: 60, max: 3600 },
    ContainerStartupHealthCheckTimeoutInSeconds: { kind: "integer", min: 60, max: 3600 },
    EnableSSMAccess: flag,
    ManagedInstanceScaling: any,
    RoutingConfig: any,
    InferenceAmiVersion: { kind: "text" },
    CapacityReservationConfig: any,
    InstancePools: any,
    VariantInstanceProvisionTimeoutInSeconds: { kind: "integer", min: 300, max: 3600 },
  }),
};

/** CreateEndpointConfig. */
export const endpointConfigShape: Structure = structure(["EndpointConfigName", "ProductionVariants"], {
  EndpointConfigName: name,
  ProductionVariants: variants,
  DataCaptureConfig: any,
  Tags: tags,
  KmsKeyId: kmsKey,
  AsyncInferenceConfig: any,
  ExplainerConfig: any,
  ShadowProductionVariants: variants,
  ExecutionRoleArn: roleArn,
  VpcConfig: vpcConfig,
  EnableNetworkIsolation: flag,
  MetricsConfig: any,
});

/** CreateEndpoint. */
export const endpointShape: Structure = structure(["EndpointName", "EndpointConfigName"], {
  EndpointName: name,
  EndpointConfigName: name,
  DeploymentConfig: any,
  Tags: tags,
});

/** UpdateEndpoint. */
export const endpointUpdateShape: Structure = structure(["EndpointName", "EndpointConfigName"], {
  EndpointName: name,
  EndpointConfigName: name,
  RetainAllVariantProperties: flag,
  ExcludeRetainedVariantProperties: any,
  DeploymentConfig: any,
  RetainDeploymentConfig: flag,
});
