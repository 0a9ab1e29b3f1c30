import type { Json, JsonObject } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { Failure } from "../failure.js";
import { charactersPerPart, openCsv } from "./csv.js";
import { filesToRead, inventoryFiles, type MoreToFetch, openAthenaManifest } from "./manifest.js";
import { parseText, textOf } from "./object-text.js";
import type { ReaderConfig } from "./reader-config.js";
import { itemReaderFailed } from "./reader-failure.js";

/** Items that a distributed Map reads at most, whatever its definition says. */
export const mostItems = 100_000_000;

/** Reads the next items of an object: at most so many, and as many as some milliseconds are enough for; none at the end alone. */
export type NextItems = (most: number) => readonly Json[] | Failure;

/** The items in an object that was fetched from S3, all at once, or the objects that it names, to be fetched next. */
export function itemsOf(
  config: ReaderConfig,
  body: Uint8Array | string,
  most = mostItems,
): readonly Json[] | MoreToFetch | Failure {
  const next = openItems(config, body);
  if (typeof next !== "function") return next;
  const items: Json[] = [];
  const wanted = config.manifest === undefined ? most : Number.POSITIVE_INFINITY;
  for (;;) {
    const part = next(wanted - items.length);
    if (part instanceof Failure) return part;
    if (part.length === 0) return config.manifest === undefined ? items : filesToRead(config, items);
    for (const item of part) items.push(item);
  }
}

/**
 * Opens an object that was fetched, to read its items in parts: a large one takes a while, and other work may go on in between. The items
 * of a manifest by Athena are the places that it names.
 */
export function openItems(config: ReaderConfig, body: Uint8Array | string): NextItems | MoreToFetch | Failure {
  const text = textOf(body);
  if (text instanceof Failure) return text;
  if (config.manifest === "ATHENA_DATA") return openAthenaManifest(text);
  if (config.manifest !== undefined) return inventoryFiles(config, text);
  switch (config.inputType) {
    case "JSON":
      return openJson(config, text);
    case "JSONL":
      return openJsonLines(text);
    case "CSV":
      return openCsv(text, config.delimiter, config.headers);
  }
}

/** Parsed at once, which holds all else for 18 ms a megabyte: the platform reads no JSON in parts. */
function openJson(config: ReaderConfig, text: string): NextItems | Failure {
  const items = readJson(config, text);
  if (items instanceof Failure) return items;
  let at = 0;
  return (most) => {
    const part = at === 0 && items.length <= most ? items : items.slice(at, at + most);
    at += part.length;
    return part;
  };
}

function readJson({ pointer }: ReaderConfig, text: string): readonly Json[] | Failure {
  let found: Json | undefined | Failure = parseText(text, () => "The object");
  for (const key of pointer) {
    if (found instanceof Failure) return found;
    found = member(found, key);
  }
  if (found instanceof Failure) return found;
  if (isList(found)) return found;
  // AWS is recorded to refuse an object that is the whole file, though its guide allows objects here.
  if (isObject(found) && pointer.length > 0) return pairsOf(found);
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

const blanks = /[ \t\r\n]*/y;

function openJsonLines(text: string): NextItems {
  let start = 0;
  return (most) => {
    const items: Json[] = [];
    const stop = start + charactersPerPart;
    while (start < text.length && items.length < most && (start < stop || items.length === 0)) {
      blanks.lastIndex = start;
      blanks.exec(text);
      start = blanks.lastIndex;
      const feed = text.indexOf("\n", start);
      const content = text.slice(start, feed === -1 ? text.length : feed);
      if (!isBlank(content)) {
        const item = parseText(content, () => `Line ${lineAt(text, start)} of the object`);
        if (item instanceof Failure) return item;
        items.push(item);
      }
      start += content.length + 1;
    }
    return items;
  };
}

/** Counts lines from 1 on. */
function lineAt(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) line++;
  return line;
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
    // The console makes an empty object for a folder.
    const files = contents.filter(({ Key, Size }) => Size > 0 || !Key.endsWith("/"));
    const fetch = files.map(({ Key }) => ({ Bucket: bucket, Key }));
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
