import type { Json } from "../../language/json.js";
import { isObject } from "../data.js";
import type { ReadRequest } from "../effect.js";
import { Failure } from "../failure.js";
import { filesToRead, type MoreToFetch, type ObjectPlace } from "./manifest.js";
import { type ListedObject, listedItems, openItems, sourceOf } from "./read-items.js";
import type { ReaderConfig } from "./reader-config.js";
import { itemReaderFailed } from "./reader-failure.js";

/** What the reader of a distributed Map asks for. */
export type ReaderCall =
  /** All objects under a prefix, in order. */
  | { readonly kind: "list"; readonly bucket: string; readonly prefix: string }
  | { readonly kind: "get"; readonly place: ObjectPlace; readonly versionId: string | undefined }
  /** Nothing: many items have been read since the last call, and other work may go on first. */
  | { readonly kind: "pause" };

/** The answer to a {@link ReaderCall}: to a list, to the body of an object, to a pause. */
export type ReaderAnswer = readonly ListedObject[] | Uint8Array | string | undefined;

/** Items with what `$$.Map.Item.Source` says of them. */
export interface ReadItems {
  readonly source: string;
  readonly items: readonly Json[];
}

type Reading<Result> = Generator<ReaderCall, Result, ReaderAnswer>;

/** Items between two pauses: some milliseconds of work. */
const itemsPerPart = 5_000;

/**
 * Reads the items of a distributed Map, up to as many as are wanted: yields what it needs and goes on with the answer. What cannot be
 * fetched is for the caller to tell.
 */
export function* readAll(request: ReadRequest): Reading<readonly ReadItems[] | Failure> {
  const { Bucket, Key, Prefix, VersionId } = isObject(request.parameters) ? request.parameters : {};
  const isList = request.resource.endsWith(":listObjectsV2");
  if (typeof Bucket !== "string" || (!isList && typeof Key !== "string"))
    return itemReaderFailed(`ItemReader needs the texts Bucket and ${isList ? "Prefix" : "Key"}.`);
  const parts: ReadItems[] = [];
  if (!isList) {
    const places = [{ Bucket, Key: String(Key) }];
    const versionId = typeof VersionId === "string" ? VersionId : undefined;
    return yield* readObjects({ fetch: places, then: request.config }, request.maxItems, parts, versionId);
  }
  const prefix = typeof Prefix === "string" ? Prefix : "";
  const contents = (yield { kind: "list", bucket: Bucket, prefix }) as readonly ListedObject[];
  const listed = listedItems(request.config, Bucket, contents, request.maxItems);
  if ("fetch" in listed) return yield* readObjects(listed, request.maxItems, parts);
  return [{ source: sourceOf(Bucket), items: listed }];
}

/** Reads objects in order, and those that they name, into `parts`. */
function* readObjects(
  { fetch, then }: MoreToFetch,
  most: number,
  parts: ReadItems[],
  versionId?: string,
): Reading<readonly ReadItems[] | Failure> {
  let left = most;
  for (const place of fetch) {
    if (left <= 0) break;
    const body = (yield { kind: "get", place, versionId }) as Uint8Array | string;
    const read = yield* readObject(then, body, left);
    if (read instanceof Failure) return read;
    // A manifest is the only object, and what it names is no manifest.
    if ("fetch" in read) return yield* readObjects(read, most, parts);
    parts.push({ source: sourceOf(place.Bucket, place.Key), items: read });
    left -= read.length;
  }
  return parts;
}

function* readObject(
  config: ReaderConfig,
  body: Uint8Array | string,
  most: number,
): Reading<readonly Json[] | MoreToFetch | Failure> {
  const next = openItems(config, body);
  if (typeof next !== "function") return next;
  const items: Json[] = [];
  const wanted = config.manifest === undefined ? most : Number.POSITIVE_INFINITY;
  for (let isFirst = true; ; isFirst = false) {
    const part = next(Math.min(itemsPerPart, wanted - items.length));
    if (part instanceof Failure) return part;
    if (part.length === 0) return config.manifest === undefined ? items : filesToRead(config, items);
    if (!isFirst) yield { kind: "pause" };
    for (const item of part) items.push(item);
  }
}
