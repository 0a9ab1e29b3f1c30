import { element, textElement } from "../protocols/xml.js";
import { ServiceError, type WireResponse } from "../wire.js";
import { type ListMark, type ListPage, listPage } from "./list-page.js";
import { type S3Call, type S3Operation, xmlAnswer, xmlNamespace } from "./s3-call.js";

const shared = ["prefix", "delimiter", "max-keys", "encoding-type"];

/** Both ways to list objects. */
export const listOperations: readonly S3Operation[] = [
  {
    name: "ListObjectsV2",
    method: "GET",
    level: "bucket",
    marker: "list-type",
    query: [...shared, "continuation-token", "start-after", "fetch-owner"],
    serve: listObjectsV2,
  },
  { name: "ListObjects", method: "GET", level: "bucket", query: [...shared, "marker"], serve: listObjects },
];

async function listObjectsV2(call: S3Call): Promise<WireResponse> {
  const { query } = call.request;
  if (query.get("list-type") !== "2") throw new ServiceError("InvalidArgument", "expected list-type 2");
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const first: ListMark | undefined = startAfter === null ? undefined : { kind: "key", value: startAfter };
  const page = await pageOf(call, token === null ? first : markOfToken(token));
  const encode = encoderOf(call);
  return listAnswer(call, page, [
    textElement("KeyCount", page.keys.length + page.prefixes.length),
    ...(token === null ? [] : [textElement("ContinuationToken", token)]),
    ...(startAfter === null ? [] : [textElement("StartAfter", encode(startAfter))]),
    ...(page.next === undefined ? [] : [textElement("NextContinuationToken", tokenOf(page.next))]),
  ]);
}

async function listObjects(call: S3Call): Promise<WireResponse> {
  const { query } = call.request;
  const marker = query.get("marker") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const kind = delimiter !== "" && marker.endsWith(delimiter) ? "prefix" : "key";
  const page = await pageOf(call, marker === "" ? undefined : { kind, value: marker });
  const encode = encoderOf(call);
  return listAnswer(call, page, [
    textElement("Marker", encode(marker)),
    ...(page.next === undefined ? [] : [textElement("NextMarker", encode(page.next.value))]),
  ]);
}

async function pageOf({ storage, bucket, request }: S3Call, after: ListMark | undefined): Promise<ListPage> {
  const prefix = request.query.get("prefix") ?? "";
  const delimiter = request.query.get("delimiter") ?? "";
  return listPage(await storage.keys(bucket, prefix), { prefix, delimiter, limit: limitOf(request.query), after });
}

function limitOf(query: URLSearchParams): number {
  const text = query.get("max-keys") ?? "1000";
  if (/^\d{1,10}$/.test(text)) return Math.min(1000, Number(text));
  throw new ServiceError("InvalidArgument", "Provided max-keys not an integer or within integer range");
}

async function listAnswer(call: S3Call, page: ListPage, paging: readonly string[]): Promise<WireResponse> {
  const { query } = call.request;
  const encode = encoderOf(call);
  const delimiter = query.get("delimiter") ?? "";
  const contents = await Promise.all(page.keys.map((key) => contentElement(call, key)));
  return xmlAnswer(
    element(
      "ListBucketResult",
      [
        textElement("Name", call.bucket),
        textElement("Prefix", encode(query.get("prefix") ?? "")),
        textElement("MaxKeys", limitOf(query)),
        ...(delimiter === "" ? [] : [textElement("Delimiter", encode(delimiter))]),
        ...(query.get("encoding-type") === "url" ? [textElement("EncodingType", "url")] : []),
        textElement("IsTruncated", page.next !== undefined),
        ...paging,
        ...contents,
        ...page.prefixes.map((prefix) => element("CommonPrefixes", [textElement("Prefix", encode(prefix))])),
      ],
      xmlNamespace,
    ),
  );
}

/** One entry; empty when the object was removed since the keys were read. */
async function contentElement(call: S3Call, key: string): Promise<string> {
  try {
    const object = await call.storage.head(call.bucket, key);
    return element("Contents", [
      textElement("Key", encoderOf(call)(key)),
      textElement("LastModified", object.modified.toISOString()),
      textElement("ETag", `"${object.etag}"`),
      textElement("Size", object.sizeBytes),
      textElement("StorageClass", "STANDARD"),
    ]);
  } catch (error) {
    if (error instanceof ServiceError && error.code === "NoSuchKey") return "";
    throw error;
  }
}

function encoderOf({ request }: S3Call): (text: string) => string {
  if (request.query.get("encoding-type") !== "url") return (text) => text;
  return (text) => encodeURIComponent(text).replaceAll("%2F", "/");
}

function tokenOf({ kind, value }: ListMark): string {
  return Buffer.from(`${kind}:${value}`).toString("base64url");
}

function markOfToken(token: string): ListMark {
  const [, kind, value] = /^(key|prefix):(.+)$/s.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (kind === undefined || value === undefined) {
    throw new ServiceError("InvalidArgument", "The continuation token provided is incorrect");
  }
  return { kind: kind === "prefix" ? "prefix" : "key", value };
}
