import type { Param } from "../expression/placeholder.js";
import { integrationArn } from "../language/arn.js";

declare const itemType: unique symbol;

/** Where a distributed Map reads its items. */
export interface ItemReader<Item> {
  /** For the type checker alone; never set. */
  readonly [itemType]?: Item;
  readonly resource: string;
  readonly readerConfig: { readonly [field: string]: unknown };
  readonly parameters: { readonly [field: string]: unknown };
}

/** Which of AWS's partitions the bucket lies in. */
interface InPartition {
  /** Default `aws`; `aws-cn` and `aws-us-gov` for the regions of China and of the US government. */
  readonly partition?: string;
}

interface S3Object extends InPartition {
  readonly bucket: Param<string>;
  readonly key: Param<string>;
  readonly versionId?: Param<string>;
  /** Items at most; default all. */
  readonly maxItems?: Param<number>;
}

/** An object that AWS lists: what `ListObjectsV2` says of it. */
export interface ListedObject {
  readonly Key: string;
  readonly Etag: string;
  readonly Size: number;
  readonly LastModified: number;
  readonly StorageClass: string;
}

interface Listing extends InPartition {
  readonly bucket: Param<string>;
  readonly prefix?: Param<string>;
  /** Items at most; default all. */
  readonly maxItems?: Param<number>;
  /** `LOAD_AND_FLATTEN` reads the objects themselves. */
  readonly transformation?: "NONE" | "LOAD_AND_FLATTEN";
}

/**
 * Readers for distributed Maps.
 * Source: Step Functions developer guide, "ItemReader (Map)".
 */
export const ItemReader = {
  /**
   * Rows of a CSV file; every value is a text.
   *
   * @param options.headers - names of the columns; default: the first row
   */
  csv<const Header extends string = string>(
    options: S3Object & {
      readonly headers?: readonly Header[];
      readonly delimiter?: "COMMA" | "PIPE" | "SEMICOLON" | "TAB" | "SPACE";
    },
  ): ItemReader<{ readonly [K in Header]: string }> {
    const { headers, delimiter } = options;
    return object(options, "CSV", {
      CSVHeaderLocation: headers === undefined ? "FIRST_ROW" : "GIVEN",
      ...(headers === undefined ? {} : { CSVHeaders: headers }),
      ...(delimiter === undefined ? {} : { CSVDelimiter: delimiter }),
    });
  },

  /** Items of a JSON file that holds a list, or of the list at `itemsPointer` in it. */
  json<Item = unknown>(options: S3Object & { readonly itemsPointer?: string }): ItemReader<Item> {
    return object(options, "JSON", options.itemsPointer === undefined ? {} : { ItemsPointer: options.itemsPointer });
  },

  /** Lines of a file that are JSON each. */
  jsonLines<Item = unknown>(options: S3Object): ItemReader<Item> {
    return object(options, "JSONL", {});
  },

  /** Rows of a Parquet file. */
  parquet<Item = unknown>(options: S3Object): ItemReader<Item> {
    return object(options, "PARQUET", {});
  },

  /** What the manifest of an S3 inventory or an Athena query lists. */
  manifest<Item = unknown>(
    options: S3Object & { readonly manifestType?: "ATHENA_DATA" | "S3_INVENTORY" },
  ): ItemReader<Item> {
    return object(
      options,
      "MANIFEST",
      options.manifestType === undefined ? {} : { ManifestType: options.manifestType },
    );
  },

  /**
   * Objects under a prefix; with `LOAD_AND_FLATTEN` the items that are in them, of a type that only the author knows:
   * `ItemReader.listing<Row>({ …, transformation: "LOAD_AND_FLATTEN" })`.
   */
  listing,
} as const;

function listing(options: Listing & { readonly transformation?: "NONE" }): ItemReader<ListedObject>;
function listing<Item = unknown>(options: Listing): ItemReader<Item>;
function listing({ bucket, prefix, maxItems, transformation, partition }: Listing): ItemReader<unknown> {
  return {
    resource: s3Arn("listObjectsV2", partition),
    readerConfig: {
      ...(maxItems === undefined ? {} : { MaxItems: maxItems }),
      ...(transformation === undefined ? {} : { Transformation: transformation }),
    },
    parameters: { Bucket: bucket, ...(prefix === undefined ? {} : { Prefix: prefix }) },
  };
}

function object<Item>(options: S3Object, inputType: string, config: object): ItemReader<Item> {
  const { bucket, key, versionId, maxItems, partition } = options;
  return {
    resource: s3Arn("getObject", partition),
    readerConfig: { InputType: inputType, ...config, ...(maxItems === undefined ? {} : { MaxItems: maxItems }) },
    parameters: { Bucket: bucket, Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) },
  };
}

function s3Arn(action: string, partition?: string): string {
  return integrationArn({ partition, service: "s3", action });
}
