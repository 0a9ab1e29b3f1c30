import { ServiceError, type WireRequest } from "../wire.js";
import type { ByteRange } from "./object-files.js";

/**
 * The bytes that a `Range` header asks for; `undefined` for all of them. As on AWS, a header that is no single range of
 * bytes counts as none. Throws `InvalidRange`.
 */
export function rangeOf({ headers }: WireRequest, sizeBytes: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers["range"] ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  const range = first === "" ? suffix(Number(last), sizeBytes) : between(Number(first), last, sizeBytes);
  if (range === undefined) return undefined;
  if (range.first < sizeBytes && range.first <= range.last) return range;
  throw new ServiceError("InvalidRange", "The requested range is not satisfiable", 416);
}

function suffix(length: number, sizeBytes: number): ByteRange {
  return { first: length === 0 ? sizeBytes : Math.max(0, sizeBytes - length), last: sizeBytes - 1 };
}

function between(first: number, last: string, sizeBytes: number): ByteRange | undefined {
  if (last !== "" && Number(last) < first) return undefined;
  return { first, last: last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
}
