import type { LocalIdentity } from "../identity.js";
import { xmlDocument } from "../protocols/xml.js";
import type { WireRequest, WireResponse } from "../wire.js";
import type { ObjectStore } from "./object-store.js";

/** What an S3 operation gets to see. */
export interface S3Call {
  readonly storage: ObjectStore;
  readonly identity: LocalIdentity;
  readonly request: WireRequest;
  /** Empty when the request names none. */
  readonly bucket: string;
  /** Empty when the request names none. */
  readonly key: string;
}

/** One operation of S3: its request told apart from the others by method, level and query. */
export interface S3Operation {
  readonly name: string;
  readonly method: string;
  readonly level: "service" | "bucket" | "object";
  /** Query key that must be there, for example `delete` in `POST /bucket?delete`. */
  readonly marker?: string;
  /** Header that must be there. */
  readonly header?: string;
  /** Query keys that it reads. A request with any other is refused. */
  readonly query?: readonly string[];
  readonly serve: (call: S3Call) => Promise<WireResponse>;
}

/** Attribute of the outermost element of S3's answers. */
export const xmlNamespace = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** An answer with an XML document. */
export function xmlAnswer(root: string, status = 200): WireResponse {
  return { status, headers: { "content-type": "application/xml" }, body: xmlDocument(root) };
}

/** An answer with headers only. */
export function emptyAnswer(status: number, headers: WireResponse["headers"] = {}): WireResponse {
  return { status, headers, body: "" };
}
