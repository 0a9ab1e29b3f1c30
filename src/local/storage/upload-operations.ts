import { readText } from "../protocols/body.js";
import { element, elementTexts, textElement, unescapeXml } from "../protocols/xml.js";
import { ServiceError, type WireResponse } from "../wire.js";
import { keptHeaders } from "./object-operations.js";
import { receiveObject } from "./receive-object.js";
import { emptyAnswer, type S3Call, type S3Operation, xmlAnswer, xmlNamespace } from "./s3-call.js";
import type { NamedPart } from "./uploads.js";

/** Uploads in parts, as SDKs send large files. */
export const uploadOperations: readonly S3Operation[] = [
  {
    name: "CreateMultipartUpload",
    method: "POST",
    level: "object",
    marker: "uploads",
    serve: async ({ storage, request, bucket, key }) => {
      const id = await storage.uploads.start({ bucket, key }, keptHeaders(request));
      const result = [textElement("Bucket", bucket), textElement("Key", key), textElement("UploadId", id)];
      return xmlAnswer(element("InitiateMultipartUploadResult", result, xmlNamespace));
    },
  },
  {
    name: "UploadPart",
    method: "PUT",
    level: "object",
    marker: "uploadId",
    query: ["partNumber"],
    serve: async (call) => {
      const { storage, request, bucket, key } = call;
      const number = Number(request.query.get("partNumber"));
      const etag = await storage.uploads.putPart(idOf(call), { bucket, key }, number, (file) =>
        receiveObject(request, file),
      );
      return emptyAnswer(200, { etag: `"${etag}"` });
    },
  },
  { name: "CompleteMultipartUpload", method: "POST", level: "object", marker: "uploadId", serve: completeUpload },
  {
    name: "AbortMultipartUpload",
    method: "DELETE",
    level: "object",
    marker: "uploadId",
    serve: async (call) => {
      const { storage, bucket, key } = call;
      await storage.uploads.abort(idOf(call), { bucket, key });
      return emptyAnswer(204);
    },
  },
];

async function completeUpload(call: S3Call): Promise<WireResponse> {
  const { storage, bucket, key } = call;
  const stored = await storage.uploads.complete(idOf(call), { bucket, key }, await partsOf(call));
  return xmlAnswer(
    element(
      "CompleteMultipartUploadResult",
      [textElement("Bucket", bucket), textElement("Key", key), textElement("ETag", `"${stored.etag}"`)],
      xmlNamespace,
    ),
  );
}

async function partsOf({ request }: S3Call): Promise<NamedPart[]> {
  const parts = elementTexts(await readText(request), "Part").map((part) => ({
    number: Number(elementTexts(part, "PartNumber")[0]),
    etag: unescapeXml(elementTexts(part, "ETag")[0] ?? "").replaceAll('"', ""),
  }));
  if (parts.length > 0 && parts.length <= 10_000) return parts;
  throw new ServiceError("MalformedXML", `expected 1 to 10000 parts, got ${parts.length}`);
}

function idOf({ request }: S3Call): string {
  return request.query.get("uploadId") ?? "";
}
