import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";

/** How S3 data comes into the container. */
export interface S3InputSettings {
  /** `ManifestFile` when the URI names a list of objects; default `S3Prefix`. */
  readonly s3DataType?: Param<"S3Prefix" | "ManifestFile">;
  /** `Pipe` streams the data; default `File`. */
  readonly s3InputMode?: Param<"File" | "Pipe">;
  /** `ShardedByS3Key` shares the objects out among the instances; default `FullyReplicated`. */
  readonly s3DataDistributionType?: Param<"FullyReplicated" | "ShardedByS3Key">;
  /** `Gzip` unpacks, in the mode `Pipe` only; default `None`. */
  readonly s3CompressionType?: Param<"None" | "Gzip">;
}

/** An S3 input, all of it in one object. */
export interface S3Input extends S3InputSettings {
  /** As {@link ProcessingInputOptions.source}. */
  readonly s3Uri: Param<string>;
  /** As {@link ProcessingInputOptions.destination}. */
  readonly localPath?: Param<string>;
}

/** What Athena is asked for. */
export interface AthenaDatasetDefinition {
  readonly catalog: Param<string>;
  readonly database: Param<string>;
  readonly queryString: Param<string>;
  readonly outputS3Uri: Param<string>;
  readonly outputFormat: Param<"PARQUET" | "ORC" | "AVRO" | "JSON" | "TEXTFILE">;
  readonly workGroup?: Param<string>;
  readonly kmsKeyId?: Param<string>;
  readonly outputCompression?: Param<"GZIP" | "SNAPPY" | "ZLIB">;
}

/** What Redshift is asked for. */
export interface RedshiftDatasetDefinition {
  readonly clusterId: Param<string>;
  readonly database: Param<string>;
  readonly dbUser: Param<string>;
  readonly queryString: Param<string>;
  readonly clusterRoleArn: Param<string>;
  readonly outputS3Uri: Param<string>;
  readonly outputFormat: Param<"PARQUET" | "CSV">;
  readonly kmsKeyId?: Param<string>;
  readonly outputCompression?: Param<"None" | "GZIP" | "BZIP2" | "ZSTD" | "SNAPPY">;
}

/** Data that a query gives; exactly one of the two queries. */
export interface DatasetDefinition {
  /** Folder in the container, below `/opt/ml/processing`. */
  readonly localPath?: Param<string>;
  /** Default `File`. */
  readonly inputMode?: Param<"File" | "Pipe">;
  /** Default `ShardedByS3Key`, as in the Python SDK. */
  readonly dataDistributionType?: Param<"FullyReplicated" | "ShardedByS3Key">;
  readonly athenaDatasetDefinition?: AthenaDatasetDefinition;
  readonly redshiftDatasetDefinition?: RedshiftDatasetDefinition;
}

/** Options of {@link ProcessingInput}; exactly one of `source`, `s3Input` and `datasetDefinition`. */
export interface ProcessingInputOptions extends S3InputSettings {
  /** An S3 URI, a placeholder of one, or a local file or folder (path or `file://` URL), which is uploaded. */
  readonly source?: Param<string>;
  /** Folder in the container, below `/opt/ml/processing`. */
  readonly destination?: Param<string>;
  /** Unique in the job; default `input-{n}`, counted from 1 over all inputs. */
  readonly inputName?: Param<string>;
  /** Instead of `source`, `destination` and the settings beside them. */
  readonly s3Input?: S3Input;
  readonly datasetDefinition?: DatasetDefinition;
  /** Whether the program, not SageMaker, brings the data in; default false. */
  readonly appManaged?: Param<boolean>;
}

const brand = Symbol.for("sfn-ds.processing-input");

/**
 * Data that a processing job reads.
 *
 * @throws {@link DefinitionError} at `compile()` or `run()`: `invalid_processing_input`, `invalid_container_path`, `missing_file`.
 * @example
 * new ProcessingInput({ source: "s3://bucket/rows/", destination: "/opt/ml/processing/input" });
 * // { "InputName": "input-1", "AppManaged": false, "S3Input": { "S3Uri": "s3://bucket/rows/", "LocalPath": "/opt/ml/processing/input", … } }
 */
export class ProcessingInput {
  readonly [brand] = true;
  readonly options: ProcessingInputOptions;

  constructor(options: ProcessingInputOptions) {
    this.options = givenOptions("ProcessingInput", "invalid_processing_input", options);
  }

  /** Whether `value` is an input, also one of another copy of this package. */
  static is(value: unknown): value is ProcessingInput {
    return typeof value === "object" && value !== null && brand in value;
  }
}
