import type { Readable } from "node:stream";

/** A body: all of its bytes, or pieces of them as they come in. Pieces can be read once. */
export type WireBody = Uint8Array | AsyncIterable<Uint8Array>;

/** A request as it came over the wire, before any service has looked at it. */
export interface WireRequest {
  readonly method: string;
  /** Path as sent, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: WireBody;
}

/** What goes back over the wire. */
export interface WireResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** A stream for what is too large for memory; whoever takes it reads it to its end or destroys it. */
  readonly body: Uint8Array | string | Readable;
}

/** Serves HTTP and runs in process: the same function for both. */
export type WireHandler = (request: WireRequest) => Promise<WireResponse>;

/** An error that a service answers with, under AWS's own name. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  /** AWS's error name, for example `StateMachineDoesNotExist`. */
  readonly code: string;
  /** HTTP status; 400 unless the service's model says otherwise. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
