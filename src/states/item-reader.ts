import type { Param } from "../expression/placeholder.js";

declare const itemType: unique symbol;

/** Where a distributed Map reads its items. */
export interface ItemReader<Item> {
  /** For the type checker alone; never set. */
  readonly [itemType]?: Item;
  /** Which of the functions made it. */
  readonly reader: ReaderKind;
  /** What that was given; `compile()` reads and checks it. */
  readonly options: unknown;
}

/** What each reader reads, and by which call of S3. */
export const readerKinds = {
  csv: { inputType: "CSV", action: "getObject" },
  json: { inputType: "JSON", action: "getObject" },
  jsonLines: { inputType: "JSONL", action: "getObject" },
  parquet: { inputType: "PARQUET", action: "getObject" },
  manifest: { inputType: "MANIFEST", action: "getObject" },
  listing: { inputType: undefined, action: "listObjectsV2" },
} as const;

export type ReaderKind = keyof typeof readerKinds;

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
 *
 * @throws {@link DefinitionError} at `compile()`: `unknown_option`, `missing_option`, `invalid_map`, `invalid_number`, `invalid_text`.
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
    return { reader: "csv", options };
  },

  /** Items of a JSON file that holds a list, or of the list at `itemsPointer` in it. */
  json<Item = unknown>(options: S3Object & { readonly itemsPointer?: string }): ItemReader<Item> {
    return { reader: "json", options };
  },

  /** Lines of a file that are JSON each. */
  jsonLines<Item = unknown>(options: S3Object): ItemReader<Item> {
    return { reader: "jsonLines", options };
  },

  /** Rows of a Parquet file. */
  parquet<Item = unknown>(options: S3Object): ItemReader<Item> {
    return { reader: "parquet", options };
  },

  /** What the manifest of an S3 inventory or an Athena query lists. */
  manifest<Item = unknown>(
    options: S3Object & { readonly manifestType?: "ATHENA_DATA" | "S3_INVENTORY" },
  ): ItemReader<Item> {
    return { reader: "manifest", options };
  },

  /**
   * Objects under a prefix; with `LOAD_AND_FLATTEN` the items that are in them, of a type that only the author knows:
   * `ItemReader.listing<Row>({ …, transformation: "LOAD_AND_FLATTEN" })`.
   */
  listing,
} as const;

function listing(options: Listing & { readonly transformation?: "NONE" }): ItemReader<ListedObject>;
function listing<Item = unknown>(options: Listing): ItemReader<Item>;
function listing(options: Listing): ItemReader<unknown> {
  return { reader: "listing", options };
}
