import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";

/** Options of {@link NetworkConfig}. */
export interface NetworkConfigOptions {
  /** Whether the container has no network; default false. */
  readonly enableNetworkIsolation?: Param<boolean>;
  /** 1 to 5; together with `subnets`. */
  readonly securityGroupIds?: Param<readonly string[]>;
  /** 1 to 16; together with `securityGroupIds`. */
  readonly subnets?: Param<readonly string[]>;
  /** Whether the instances of a job talk to each other encrypted. */
  readonly encryptInterContainerTraffic?: Param<boolean>;
}

const brand = Symbol.for("sfn-ds.network-config");

/**
 * The network of a job.
 *
 * @example
 * new NetworkConfig({ subnets: ["subnet-1"], securityGroupIds: ["sg-1"] });
 * // { "EnableNetworkIsolation": false, "VpcConfig": { "SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"] } }
 */
export class NetworkConfig {
  readonly [brand] = true;
  readonly options: NetworkConfigOptions;

  constructor(options: NetworkConfigOptions) {
    this.options = givenOptions("NetworkConfig", "invalid_processor", options);
  }

  /** Whether `value` is a network config, also one of another copy of this package. */
  static is(value: unknown): value is NetworkConfig {
    return typeof value === "object" && value !== null && brand in value;
  }
}
