import { ServiceError, type WireRequest } from "../wire.js";
import type { StoredObject } from "./stored-object.js";

/** Compares the `If-…` headers of a read with the object. Throws `PreconditionFailed` or `NotModified`. */
export function checkRead({ headers }: WireRequest, object: StoredObject): void {
  const match = headers["if-match"];
  const noneMatch = headers["if-none-match"];
  if (match !== undefined && !names(match, object)) throw failed();
  if (match === undefined && isBefore(headers["if-unmodified-since"], object)) throw failed();
  if (noneMatch !== undefined) {
    if (names(noneMatch, object)) throw notModified();
  } else if (headers["if-modified-since"] !== undefined && !isBefore(headers["if-modified-since"], object)) {
    throw notModified();
  }
}

/** Compares the `If-…` headers of a write with the object that it would replace. Throws `PreconditionFailed`, `NoSuchKey`. */
export function checkWrite({ headers }: WireRequest, existing: StoredObject | undefined): void {
  const match = headers["if-match"];
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined && existing !== undefined && names(noneMatch, existing)) throw failed();
  if (match === undefined) return;
  if (existing === undefined) throw new ServiceError("NoSuchKey", "The specified key does not exist.", 404);
  if (!names(match, existing)) throw failed();
}

function names(header: string, object: StoredObject): boolean {
  const etags = header.split(",").map((etag) => etag.trim().replace(/^W\//, "").replaceAll('"', ""));
  return etags.includes("*") || etags.includes(object.etag);
}

/** Whether the object has changed after `date`; a text that is no date counts as none. */
function isBefore(date: string | undefined, object: StoredObject): boolean {
  const time = Date.parse(date ?? "");
  return !Number.isNaN(time) && Math.floor(object.modified.getTime() / 1000) * 1000 > time;
}

function failed(): ServiceError {
  const message = "At least one of the pre-conditions you specified did not hold";
  return new ServiceError("PreconditionFailed", message, 412);
}

function notModified(): ServiceError {
  return new ServiceError("NotModified", "Not Modified", 304);
}
