import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";

/** Options of {@link ProcessingOutput}; at least one of `source` and `featureStoreOutput`. */
export interface ProcessingOutputOptions {
  /** Folder in the container, below `/opt/ml/processing`. */
  readonly source?: Param<string>;
  /** S3 URI, or a placeholder of one; default `s3://{default bucket}/{job name}/output/{output name}`. */
  readonly destination?: Param<string>;
  /** Unique in the job; default `output-{n}`, counted from 1 over all outputs. */
  readonly outputName?: Param<string>;
  /** `Continuous` uploads while the job runs; default `EndOfJob`. */
  readonly s3UploadMode?: Param<"EndOfJob" | "Continuous">;
  /** Whether the program, not SageMaker, takes the data out; default false. */
  readonly appManaged?: Param<boolean>;
  readonly featureStoreOutput?: { readonly featureGroupName: Param<string> };
}

const brand = Symbol.for("sfn-ds.processing-output");

/**
 * Data that a processing job writes.
 *
 * @throws {@link DefinitionError} at `compile()` or `run()`: `invalid_processing_output`, `invalid_container_path`.
 * @example
 * new ProcessingOutput({ source: "/opt/ml/processing/output", destination: "s3://bucket/done/" });
 * // { "OutputName": "output-1", "AppManaged": false, "S3Output": { "S3Uri": "s3://bucket/done/", "LocalPath": "/opt/ml/processing/output", "S3UploadMode": "EndOfJob" } }
 */
export class ProcessingOutput {
  readonly [brand] = true;
  readonly options: ProcessingOutputOptions;

  constructor(options: ProcessingOutputOptions) {
    this.options = givenOptions("ProcessingOutput", "invalid_processing_output", options);
  }

  /** Whether `value` is an output, also one of another copy of this package. */
  static is(value: unknown): value is ProcessingOutput {
    return typeof value === "object" && value !== null && brand in value;
  }
}
