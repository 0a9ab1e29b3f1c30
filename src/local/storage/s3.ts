import { randomUUID } from "node:crypto";
import type { LocalIdentity } from "../identity.js";
import { element, textElement, xmlDocument } from "../protocols/xml.js";
import { ServiceError, type WireHandler, type WireRequest, type WireResponse } from "../wire.js";
import { addressOf, type S3Address } from "./addressing.js";
import { bucketOperations } from "./bucket-operations.js";
import { isErrno } from "./file-tree.js";
import { listOperations } from "./list-operations.js";
import { copyOperation, objectOperations } from "./object-operations.js";
import type { ObjectStore } from "./object-store.js";
import type { S3Operation } from "./s3-call.js";
import { uploadOperations } from "./upload-operations.js";

const operations = [copyOperation, ...uploadOperations, ...objectOperations, ...bucketOperations, ...listOperations];

/**
 * The S3 API over an object store, in path style and with the bucket in the host (`bucket.localhost`). Errors are S3's
 * XML; an operation that is not served is `NotImplemented`, by name. Access, encryption and storage classes are not
 * looked at: everybody may do everything.
 */
export function serveS3(options: { readonly storage: ObjectStore; readonly identity: LocalIdentity }): WireHandler {
  return async (request) => {
    const requestId = randomUUID();
    const answer = await answerOf(options, request);
    return { ...answer, headers: { "x-amz-request-id": requestId, ...answer.headers } };
  };
}

async function answerOf(
  options: { readonly storage: ObjectStore; readonly identity: LocalIdentity },
  request: WireRequest,
): Promise<WireResponse> {
  let address: S3Address = {};
  try {
    address = addressOf(request);
    const { bucket = "", key = "" } = address;
    return await operationOf(request, address).serve({ ...options, request, bucket, key });
  } catch (error) {
    return errorAnswer(request, address, serviceErrorOf(error));
  }
}

function operationOf(request: WireRequest, { bucket, key }: S3Address): S3Operation {
  const level = bucket === undefined ? "service" : key === undefined ? "bucket" : "object";
  const asked = [...request.query.keys()].filter((name) => !/^x-(id$|amz-)/i.test(name));
  const found = operations.find(
    ({ method, level: at, marker, header }) =>
      method === request.method &&
      at === level &&
      (marker === undefined || asked.includes(marker)) &&
      (header === undefined || request.headers[header] !== undefined),
  );
  const unread = asked.filter((name) => name !== found?.marker && !(found?.query ?? []).includes(name));
  if (found !== undefined && unread.length === 0) return found;
  const query = unread.length === 0 ? "" : ` with ?${unread.join("&")}`;
  const names = operations.map(({ name }) => name).join(", ");
  const message = `${request.method} of ${level === "service" ? "the service" : `a ${level === "object" ? "key" : level}`}${query} is not served locally; served are ${names}`;
  throw new ServiceError("NotImplemented", message, 501);
}

function serviceErrorOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (isErrno(error, "ENAMETOOLONG")) {
    return new ServiceError("KeyTooLongError", "Your key is too long for the file system of the data folder");
  }
  if (error instanceof Error && "syscall" in error) {
    return new ServiceError("InternalError", `the data folder cannot be used: ${error.message}`, 500);
  }
  throw error;
}

function errorAnswer(request: WireRequest, { bucket, key }: S3Address, error: ServiceError): WireResponse {
  const headers = { "content-type": "application/xml" };
  if (request.method === "HEAD" || error.status === 304) return { status: error.status, headers, body: "" };
  const body = element("Error", [
    textElement("Code", error.code),
    textElement("Message", error.message),
    ...(bucket === undefined ? [] : [textElement("BucketName", bucket)]),
    ...(key === undefined ? [] : [textElement("Key", key)]),
    textElement("Resource", request.path),
  ]);
  return { status: error.status, headers, body: xmlDocument(body) };
}
