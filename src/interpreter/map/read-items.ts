import type { Json, JsonObject } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { Failure } from "../failure.js";
import { readCsv } from "./csv.js";
import { type MoreToFetch, readManifest } from "./manifest.js";
import { parseText, textOf } from "./object-text.js";
import type { ReaderConfig } from "./reader-config.js";
import { itemReaderFailed } from "./reader-failure.js";

/** Items that a distributed Map reads at most, whatever its definition says. */
export const mostItems = 100_000_000;

/**
 * The items in an object that was fetched from S3, or the objects that it names, to be fetched next.
 *
 * @param most - items to read; the rest is not looked at
 */
export function itemsOf(
  config: ReaderConfig,
  body: Uint8Array | string,
  most = mostItems,
): readonly Json[] | MoreToFetch | Failure {
  const text = textOf(body);
  if (text instanceof Failure) return text;
  if (config.manifest !== undefined) return readManifest(config, text);
  switch (config.inputType) {
    case "JSON":
      return readJson(config, text, most);
    case "JSONL":
      return readJsonLines(text, most);
    case "CSV":
      return readCsv(text, config.delimiter, config.headers, most);
  }
}

function readJson({ pointer }: ReaderConfig, text: string, most: number): readonly Json[] | Failure {
  let found: Json | undefined | Failure = parseText(text, "The object");
  for (const key of pointer) {
    if (found instanceof Failure) return found;
    found = member(found, key);
  }
  if (found instanceof Failure) return found;
  if (isList(found)) return found.length <= most ? found : found.slice(0, most);
  // AWS is recorded to refuse an object that is the whole file, though its guide allows objects here.
  if (isObject(found) && pointer.length > 0) return pairsOf(found).slice(0, most);
  return itemReaderFailed("Attempting to map over non-iterable node.");
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (isList(value)) return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The members of an object as items, for a Map over an object. */
export function pairsOf(object: JsonObject): readonly { readonly Key: string; readonly Value: Json }[] {
  return Object.entries(object).map(([Key, Value]) => ({ Key, Value }));
}

function readJsonLines(text: string, most: number): readonly Json[] | Failure {
  const items: Json[] = [];
  for (let start = 0, line = 1; start < text.length && items.length < most; line++) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed;
    const content = text.slice(start, end);
    start = end + 1;
    if (isBlank(content)) continue;
    const item = parseText(content, `Line ${line} of the object`);
    if (item instanceof Failure) return item;
    items.push(item);
  }
  return items;
}

function isBlank(line: string): boolean {
  return line.length === 0 || line.trim() === "";
}

/**
 * The items that S3's answers to `ListObjectsV2` give: what S3 says of each object, or, with `LOAD_AND_FLATTEN`, what to fetch.
 *
 * @param contents - `Contents` of all pages, in order
 */
export function listedItems(
  config: ReaderConfig,
  bucket: string,
  contents: readonly ListedObject[],
  most = mostItems,
): readonly Json[] | MoreToFetch {
  if (config.loadsObjects) {
    const fetch = contents.map(({ Key }) => ({ Bucket: bucket, Key }));
    return { fetch, then: { ...config, loadsObjects: false } };
  }
  return contents.slice(0, most).map(({ ETag, Key, LastModified, Size, StorageClass }) => ({
    Etag: ETag,
    Key,
    LastModified,
    Size,
    StorageClass,
  }));
}

/** What S3 says of an object in a list. */
export interface ListedObject {
  readonly Key: string;
  /** With its quotes. */
  readonly ETag: string;
  /** Seconds since 1970. */
  readonly LastModified: number;
  readonly Size: number;
  readonly StorageClass: string;
}

/** `$$.Map.Item.Source` of the items of a list of objects (without a key) or of those in an object. */
export function sourceOf(bucket: string, key?: string): string {
  return key === undefined ? `s3://${bucket}` : `s3://${bucket}/${key}`;
}

/** `$$.Map.Item.Source` of items that do not come from S3. */
export const stateData = "STATE_DATA";
