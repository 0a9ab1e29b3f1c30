import type { CaptureMode } from "@aws-sdk/client-sagemaker";
import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";
import type { Session } from "../session/session.js";

/** What is captured: requests (`Input`), answers (`Output`), or both; also under the Python SDK's names. */
export type CaptureOption = CaptureMode | "REQUEST" | "RESPONSE";

/** Options of {@link DataCaptureConfig}. */
export interface DataCaptureConfigOptions {
  /** Whether anything is captured. */
  readonly enableCapture: Param<boolean>;
  /** Percent of the requests, 0 to 100; default 20. */
  readonly samplingPercentage?: Param<number>;
  /** Where captured data go: an S3 URI; default `s3://{bucket}/model-monitor/data-capture`. */
  readonly destinationS3Uri?: Param<string>;
  /** KMS key of the captured data. */
  readonly kmsKeyId?: Param<string>;
  /** Default both requests and answers. */
  readonly captureOptions?: readonly Param<CaptureOption>[];
  /** MIME types that are kept as CSV; default `["text/csv"]`. */
  readonly csvContentTypes?: Param<readonly string[]>;
  /** MIME types that are kept as JSON; default `["application/json"]`. */
  readonly jsonContentTypes?: Param<readonly string[]>;
  /** Whose bucket the default destination is in; default the step's. */
  readonly session?: Session;
}

const brand = Symbol.for("sfn-ds.data-capture-config");

/**
 * What an endpoint keeps of its requests and answers.
 *
 * @example
 * new DataCaptureConfig({ enableCapture: true, destinationS3Uri: "s3://bucket/captured", captureOptions: ["Input"] });
 * // { "EnableCapture": true, "InitialSamplingPercentage": 20, "DestinationS3Uri": "…", "CaptureOptions": [{ "CaptureMode": "Input" }], … }
 */
export class DataCaptureConfig {
  readonly [brand] = true;
  /** As given. */
  readonly options: DataCaptureConfigOptions;

  constructor(options: DataCaptureConfigOptions) {
    this.options = givenOptions("DataCaptureConfig", "invalid_request", options);
  }

  /** Whether `value` is a data capture config, also one of another copy of this package. */
  static is(value: unknown): value is DataCaptureConfig {
    return typeof value === "object" && value !== null && brand in value;
  }
}
