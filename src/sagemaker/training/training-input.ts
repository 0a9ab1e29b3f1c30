import type { Param } from "../../expression/placeholder.js";
import { givenOptions } from "../../states/given-options.js";

/** Options of {@link TrainingInput}. */
export interface TrainingInputOptions {
  /** An S3 URI, a placeholder of one, or a local file or folder (path or `file://` URL), which is uploaded. */
  readonly s3Data: Param<string>;
  /** `ManifestFile` and `AugmentedManifestFile` when the URI names a list of objects; default `S3Prefix`. */
  readonly s3DataType?: Param<"S3Prefix" | "ManifestFile" | "AugmentedManifestFile" | "Converse">;
  /** `ShardedByS3Key` shares the objects out among the instances; default `FullyReplicated`. */
  readonly distribution?: Param<"FullyReplicated" | "ShardedByS3Key">;
  /** How the objects are compressed; `Gzip` in the mode `Pipe` only. */
  readonly compression?: Param<"None" | "Gzip">;
  /** MIME type of the data, for example `text/csv`. */
  readonly contentType?: Param<string>;
  /** `RecordIO` wraps each object in a record. */
  readonly recordWrapping?: Param<"None" | "RecordIO">;
  /** How the channel comes into the container; default the estimator's `inputMode`. */
  readonly inputMode?: Param<"File" | "Pipe" | "FastFile">;
  /** Attributes of an augmented manifest that are used, at most 16. */
  readonly attributeNames?: Param<readonly string[]>;
  /** Names of the instance groups that get the data, at most 5. */
  readonly instanceGroups?: Param<readonly string[]>;
  /** Shuffles the objects, or the lines of a manifest, by a seed. */
  readonly shuffleConfig?: { readonly seed: Param<number> };
}

const s3Brand = Symbol.for("sfn-ds.training-input");

/**
 * A channel of training data in S3.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `missing_file`, `invalid_request`.
 * @example
 * new TrainingInput({ s3Data: "s3://bucket/train/", contentType: "text/csv" });
 * // { "DataSource": { "S3DataSource": { "S3DataType": "S3Prefix", "S3Uri": "s3://bucket/train/", … } }, "ContentType": "text/csv" }
 */
export class TrainingInput {
  readonly [s3Brand] = true;
  readonly options: TrainingInputOptions;

  constructor(options: TrainingInputOptions) {
    this.options = givenOptions("TrainingInput", "invalid_estimator", options);
  }

  /** Whether `value` is a training input, also one of another copy of this package. */
  static is(value: unknown): value is TrainingInput {
    return typeof value === "object" && value !== null && s3Brand in value;
  }
}

/** Options of {@link FileSystemInput}. */
export interface FileSystemInputOptions {
  readonly fileSystemId: Param<string>;
  readonly fileSystemType: Param<"EFS" | "FSxLustre">;
  /** Path in the file system, for example `/train`. */
  readonly directoryPath: Param<string>;
  /** Whether the job may write; default `ro`. */
  readonly fileSystemAccessMode?: Param<"ro" | "rw">;
  /** MIME type of the data. */
  readonly contentType?: Param<string>;
}

const fileSystemBrand = Symbol.for("sfn-ds.file-system-input");

/**
 * A channel of training data in a file system. The estimator needs `subnets` and `securityGroupIds` that reach it.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_estimator`, `invalid_request`.
 * @example
 * new FileSystemInput({ fileSystemId: "fs-0123456789a", fileSystemType: "EFS", directoryPath: "/train" });
 * // { "DataSource": { "FileSystemDataSource": { "FileSystemId": "fs-0123456789a", …, "FileSystemAccessMode": "ro" } } }
 */
export class FileSystemInput {
  readonly [fileSystemBrand] = true;
  readonly options: FileSystemInputOptions;

  constructor(options: FileSystemInputOptions) {
    this.options = givenOptions("FileSystemInput", "invalid_estimator", options);
  }

  /** Whether `value` is a file system input, also one of another copy of this package. */
  static is(value: unknown): value is FileSystemInput {
    return typeof value === "object" && value !== null && fileSystemBrand in value;
  }
}

/** One channel: an S3 URI, a local file or folder, which is uploaded, a placeholder of a URI, or an input. */
export type ChannelData = Param<string> | TrainingInput | FileSystemInput;

/** Data of a training job: one channel, which is named `training`, or several by their names, at most 20. */
export type TrainingData = ChannelData | { readonly [channel: string]: ChannelData };
