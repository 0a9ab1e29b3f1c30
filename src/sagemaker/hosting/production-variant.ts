import type {
  ProductionVariant as ApiVariant,
  InstancePool,
  ProductionVariantAcceleratorType,
  ProductionVariantCapacityReservationConfig,
  ProductionVariantCoreDumpConfig,
  ProductionVariantInferenceAmiVersion,
  ProductionVariantInstanceType,
  ProductionVariantManagedInstanceScaling,
  ProductionVariantRoutingConfig,
  ProductionVariantServerlessConfig,
} from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";

/** One of the models behind an endpoint, and what it runs on. Every value may be a placeholder. */
export interface ProductionVariant {
  /** 1 to 63 letters, digits and inner hyphens, unique in the endpoint; default `AllTraffic`. */
  readonly variantName?: Param<string>;
  /** The model; none where its parts are put on the endpoint as inference components. */
  readonly modelName?: Param<string>;
  /** 1 or more; not for a serverless variant. */
  readonly initialInstanceCount?: Param<number>;
  /** A type of SageMaker's, which starts with `ml.`: for example `ml.m5.xlarge`. */
  readonly instanceType?: Param<ProductionVariantInstanceType | (string & {})>;
  /** Several types that will do, in the order in which they are tried. */
  readonly instancePools?: Param<readonly InstancePool[]>;
  /** Seconds for getting instances of the pools, 300 to 3600. */
  readonly variantInstanceProvisionTimeoutInSeconds?: Param<number>;
  /** Share of the requests, by the sum of all variants' weights; default 1. */
  readonly initialVariantWeight?: Param<number>;
  readonly acceleratorType?: Param<ProductionVariantAcceleratorType>;
  readonly coreDumpConfig?: Param<ProductionVariantCoreDumpConfig>;
  /** Memory and concurrency of a serverless variant, instead of instances. */
  readonly serverlessConfig?: Param<ProductionVariantServerlessConfig>;
  /** Gigabytes of each instance's volume, 1 to 512. */
  readonly volumeSizeInGb?: Param<number>;
  /** Seconds for the model's download, 60 to 3600. */
  readonly modelDataDownloadTimeoutInSeconds?: Param<number>;
  /** Seconds until the container answers its health check, 60 to 3600. */
  readonly containerStartupHealthCheckTimeoutInSeconds?: Param<number>;
  /** Whether SSM may open a shell in the instances. */
  readonly enableSsmAccess?: Param<boolean>;
  readonly managedInstanceScaling?: Param<ProductionVariantManagedInstanceScaling>;
  readonly routingConfig?: Param<ProductionVariantRoutingConfig>;
  readonly inferenceAmiVersion?: Param<ProductionVariantInferenceAmiVersion | (string & {})>;
  readonly capacityReservationConfig?: Param<ProductionVariantCapacityReservationConfig>;
}

/** The member of the API's variant that each option is. */
export const variantMembers = {
  variantName: "VariantName",
  modelName: "ModelName",
  initialInstanceCount: "InitialInstanceCount",
  instanceType: "InstanceType",
  instancePools: "InstancePools",
  variantInstanceProvisionTimeoutInSeconds: "VariantInstanceProvisionTimeoutInSeconds",
  initialVariantWeight: "InitialVariantWeight",
  acceleratorType: "AcceleratorType",
  coreDumpConfig: "CoreDumpConfig",
  serverlessConfig: "ServerlessConfig",
  volumeSizeInGb: "VolumeSizeInGB",
  modelDataDownloadTimeoutInSeconds: "ModelDataDownloadTimeoutInSeconds",
  containerStartupHealthCheckTimeoutInSeconds: "ContainerStartupHealthCheckTimeoutInSeconds",
  enableSsmAccess: "EnableSSMAccess",
  managedInstanceScaling: "ManagedInstanceScaling",
  routingConfig: "RoutingConfig",
  inferenceAmiVersion: "InferenceAmiVersion",
  capacityReservationConfig: "CapacityReservationConfig",
} as const satisfies { [K in keyof ProductionVariant]-?: keyof ApiVariant };
