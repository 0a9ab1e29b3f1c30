import { isList, isObject } from "../data.js";
import { Failure } from "../failure.js";
import { openCsv } from "./csv.js";
import { parseText } from "./object-text.js";
import type { ReaderConfig } from "./reader-config.js";
import { itemReaderFailed } from "./reader-failure.js";

/** Objects to fetch next, in this order, and how to read each of them. */
export interface MoreToFetch {
  readonly fetch: readonly ObjectPlace[];
  readonly then: ReaderConfig;
}

/** An object of S3. */
export interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
}

/** The files that a manifest names: one by Athena lists their addresses, one of an S3 inventory says also what their columns are. */
export function readManifest(config: ReaderConfig, text: string): MoreToFetch | Failure {
  return config.manifest === "ATHENA_DATA" ? athenaFiles(config, text) : inventoryFiles(config, text);
}

function athenaFiles(config: ReaderConfig, text: string): MoreToFetch | Failure {
  const next = openCsv(text, ",", ["uri"]);
  const rows = next instanceof Failure ? next : next(Number.POSITIVE_INFINITY);
  if (rows instanceof Failure) return rows;
  const fetch: ObjectPlace[] = [];
  for (const { uri = "" } of rows) {
    const place = placeOf(uri.trim());
    if (place === undefined && uri.trim() !== "")
      return itemReaderFailed(
        `The manifest names ${JSON.stringify(uri)}, which is not the address of an object in S3.`,
      );
    if (place !== undefined) fetch.push(place);
  }
  return { fetch, then: { ...config, manifest: undefined } };
}

function placeOf(uri: string): ObjectPlace | undefined {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/is.exec(uri) ?? [];
  return Bucket === undefined || Key === undefined ? undefined : { Bucket, Key };
}

function inventoryFiles(config: ReaderConfig, text: string): MoreToFetch | Failure {
  const manifest = parseText(text, "The manifest of the S3 inventory");
  if (manifest instanceof Failure) return manifest;
  if (!isObject(manifest)) return itemReaderFailed("The manifest of the S3 inventory is not an object.");
  const { files, fileFormat, fileSchema, destinationBucket } = manifest;
  if (fileFormat !== "CSV")
    return itemReaderFailed(`The format of an S3 inventory has to be CSV, got ${JSON.stringify(fileFormat)}.`);
  if (!isList(files) || typeof fileSchema !== "string" || typeof destinationBucket !== "string")
    return itemReaderFailed("The manifest of the S3 inventory lacks files, fileSchema or destinationBucket.");
  const Bucket = destinationBucket.slice(destinationBucket.lastIndexOf(":") + 1);
  const keys = files.map((file) => (isObject(file) ? file.key : undefined));
  const fetch = keys.flatMap((Key) => (typeof Key === "string" ? [{ Bucket, Key }] : []));
  const headers = config.headers ?? fileSchema.split(",").map((name) => name.trim());
  return { fetch, then: { ...config, manifest: undefined, inputType: "CSV", headers } };
}
