import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { Failure } from "../failure.js";
import { type CsvRow, openCsv } from "./csv.js";
import { parseText } from "./object-text.js";
import type { ReaderConfig } from "./reader-config.js";
import { itemReaderFailed } from "./reader-failure.js";

/** Objects to fetch next, in this order, and how to read each of them. */
export interface MoreToFetch {
  readonly fetch: readonly ObjectPlace[];
  readonly then: ReaderConfig;
}

/** An object of S3. */
export type ObjectPlace = {
  readonly Bucket: string;
  readonly Key: string;
};

/** Opens a manifest by Athena, which lists the addresses of files; the function that it gives reads the next places. */
export function openAthenaManifest(text: string): (most: number) => readonly ObjectPlace[] | Failure {
  const next = openCsv(text, ",", ["uri"]);
  if (next instanceof Failure) return () => next;
  return (most) => {
    for (;;) {
      const rows = next(most);
      if (rows instanceof Failure || rows.length === 0) return rows instanceof Failure ? rows : [];
      const places = placesOf(rows);
      // Lines without an address are not the end.
      if (places instanceof Failure || places.length > 0) return places;
    }
  };
}

function placesOf(rows: readonly CsvRow[]): readonly ObjectPlace[] | Failure {
  const places: ObjectPlace[] = [];
  for (const { uri = "" } of rows) {
    const place = placeOf(uri.trim());
    if (place === undefined && uri.trim() !== "")
      return itemReaderFailed(
        `The manifest names ${JSON.stringify(uri)}, which is not the address of an object in S3.`,
      );
    if (place !== undefined) places.push(place);
  }
  return places;
}

/** What to fetch after a manifest has been read to its end. */
export function filesToRead(config: ReaderConfig, items: readonly Json[]): MoreToFetch {
  return { fetch: items as readonly ObjectPlace[], then: { ...config, manifest: undefined } };
}

function placeOf(uri: string): ObjectPlace | undefined {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/is.exec(uri) ?? [];
  return Bucket === undefined || Key === undefined ? undefined : { Bucket, Key };
}

/** The files that the manifest of an S3 inventory names, with what their columns are. */
export function inventoryFiles(config: ReaderConfig, text: string): MoreToFetch | Failure {
  const manifest = parseText(text, () => "The manifest of the S3 inventory");
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
