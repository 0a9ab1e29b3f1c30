import { readText } from "../protocols/body.js";
import { element, elementTexts, textElement, unescapeXml } from "../protocols/xml.js";
import { ServiceError } from "../wire.js";
import { emptyAnswer, type S3Call, type S3Operation, xmlAnswer, xmlNamespace } from "./s3-call.js";

/** Operations on buckets, and on many objects at once. */
export const bucketOperations: readonly S3Operation[] = [
  {
    name: "ListBuckets",
    method: "GET",
    level: "service",
    serve: async ({ storage, identity }) => {
      const buckets = (await storage.buckets()).map(({ name, created }) =>
        element("Bucket", [textElement("Name", name), textElement("CreationDate", created.toISOString())]),
      );
      const owner = element("Owner", [textElement("ID", identity.account)]);
      return xmlAnswer(element("ListAllMyBucketsResult", [owner, element("Buckets", buckets)], xmlNamespace));
    },
  },
  {
    name: "CreateBucket",
    method: "PUT",
    level: "bucket",
    serve: async ({ storage, bucket }) => {
      await storage.createBucket(bucket);
      return emptyAnswer(200, { location: `/${bucket}` });
    },
  },
  {
    name: "HeadBucket",
    method: "HEAD",
    level: "bucket",
    serve: async (call) => {
      await requireBucket(call);
      return emptyAnswer(200, { "x-amz-bucket-region": call.identity.region });
    },
  },
  {
    name: "GetBucketLocation",
    method: "GET",
    level: "bucket",
    marker: "location",
    serve: async (call) => {
      await requireBucket(call);
      const { region } = call.identity;
      return xmlAnswer(
        `<LocationConstraint${xmlNamespace}>${region === "us-east-1" ? "" : region}</LocationConstraint>`,
      );
    },
  },
  {
    name: "DeleteBucket",
    method: "DELETE",
    level: "bucket",
    serve: async ({ storage, bucket }) => {
      await storage.deleteBucket(bucket);
      return emptyAnswer(204);
    },
  },
  { name: "DeleteObjects", method: "POST", level: "bucket", marker: "delete", serve: deleteObjects },
];

async function requireBucket({ storage, bucket }: S3Call): Promise<void> {
  if (await storage.hasBucket(bucket)) return;
  throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404);
}

async function deleteObjects({ storage, bucket, request }: S3Call) {
  const xml = await readText(request);
  const keys = elementTexts(xml, "Object").flatMap((object) => elementTexts(object, "Key").slice(0, 1));
  if (keys.length === 0 || keys.length > 1000) {
    throw new ServiceError("MalformedXML", `expected 1 to 1000 objects with a key, got ${keys.length}`);
  }
  const quiet = elementTexts(xml, "Quiet")[0] === "true";
  const results: string[] = [];
  for (const key of keys.map(unescapeXml)) {
    await storage.remove(bucket, key);
    if (!quiet) results.push(element("Deleted", [textElement("Key", key)]));
  }
  return xmlAnswer(element("DeleteResult", results, xmlNamespace));
}
