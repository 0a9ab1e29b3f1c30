import { element, textElement } from "../protocols/xml.js";
import { ServiceError, type WireRequest, type WireResponse } from "../wire.js";
import { checkRead, checkWrite } from "./conditions.js";
import { rangeOf } from "./range.js";
import { receiveObject } from "./receive-object.js";
import { emptyAnswer, type S3Call, type S3Operation, xmlAnswer, xmlNamespace } from "./s3-call.js";
import { fileDigest, type ObjectHeaders, type StoredObject } from "./stored-object.js";

/** Stands before all other writes: its header tells it from them. */
export const copyOperation: S3Operation = {
  name: "CopyObject",
  method: "PUT",
  level: "object",
  header: "x-amz-copy-source",
  serve: copyObject,
};

/** Operations on one object. */
export const objectOperations: readonly S3Operation[] = [
  {
    name: "PutObject",
    method: "PUT",
    level: "object",
    serve: async ({ storage, request, bucket, key }) => {
      const stored = await storage.put(bucket, key, (file) => receiveObject(request, file), {
        headers: keptHeaders(request),
        check: (existing) => checkWrite(request, existing),
      });
      return emptyAnswer(200, { etag: `"${stored.etag}"` });
    },
  },
  {
    name: "GetObject",
    method: "GET",
    level: "object",
    serve: async ({ storage, request, bucket, key }) => {
      const { object, range, body } = await storage.open(bucket, key, (found) => {
        checkRead(request, found);
        return rangeOf(request, found.sizeBytes);
      });
      const headers = {
        ...objectHeaders(object),
        "content-length": String(body instanceof Uint8Array ? body.length : range.last - range.first + 1),
      };
      if (rangeOf(request, object.sizeBytes) === undefined) return { status: 200, headers, body };
      const partial = { "content-range": `bytes ${range.first}-${range.last}/${object.sizeBytes}` };
      return { status: 206, headers: { ...headers, ...partial }, body };
    },
  },
  {
    name: "HeadObject",
    method: "HEAD",
    level: "object",
    serve: async ({ storage, request, bucket, key }) => {
      const object = await storage.head(bucket, key);
      checkRead(request, object);
      return emptyAnswer(200, objectHeaders(object));
    },
  },
  {
    name: "DeleteObject",
    method: "DELETE",
    level: "object",
    serve: async ({ storage, bucket, key }) => {
      await storage.remove(bucket, key);
      return emptyAnswer(204);
    },
  },
];

const kept =
  /^(content-(type|disposition|language)|cache-control|expires|x-amz-meta-.+|x-amz-website-redirect-location)$/;
const maxMetadataBytes = 2048;

/** Headers of a write that come back with the object. Throws `MetadataTooLarge`. */
export function keptHeaders({ headers }: WireRequest): ObjectHeaders {
  const found = Object.entries(headers).filter(([name]) => kept.test(name));
  const encoding = (headers["content-encoding"] ?? "").split(",").map((part) => part.trim());
  const plain = encoding.filter((part) => part !== "" && part !== "aws-chunked").join(",");
  if (plain !== "") found.push(["content-encoding", plain]);
  const metadata = found.filter(([name]) => name.startsWith("x-amz-meta-"));
  const size = metadata.reduce((sum, [name, value]) => sum + name.length - "x-amz-meta-".length + value.length, 0);
  if (size <= maxMetadataBytes) return Object.fromEntries(found);
  throw new ServiceError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
}

function objectHeaders(object: StoredObject): WireResponse["headers"] {
  return {
    "content-type": "binary/octet-stream",
    ...object.headers,
    "content-length": String(object.sizeBytes),
    etag: `"${object.etag}"`,
    "last-modified": object.modified.toUTCString(),
    "accept-ranges": "bytes",
  };
}

async function copyObject({ storage, request, bucket, key }: S3Call): Promise<WireResponse> {
  const source = sourceOf(request.headers["x-amz-copy-source"] ?? "");
  const object = await storage.head(source.bucket, source.key);
  const replaces = request.headers["x-amz-metadata-directive"] === "REPLACE";
  const copyOf = async (file: string) => {
    await storage.copyTo(source.bucket, source.key, file);
    return fileDigest(file);
  };
  const stored = await storage.put(bucket, key, copyOf, {
    headers: replaces ? keptHeaders(request) : object.headers,
    check: (existing) => checkWrite(request, existing),
  });
  const result = [textElement("LastModified", stored.modified.toISOString()), textElement("ETag", `"${stored.etag}"`)];
  return xmlAnswer(element("CopyObjectResult", result, xmlNamespace));
}

function sourceOf(header: string): { readonly bucket: string; readonly key: string } {
  const message = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey";
  try {
    const [, bucket, key] = /^\/?([^/]+)\/([^?]+)$/.exec(header) ?? [];
    if (bucket !== undefined && key !== undefined) return { bucket, key: decodeURIComponent(key) };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  throw new ServiceError("InvalidArgument", message);
}
