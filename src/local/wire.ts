import type { Json } from "../language/json.js";

/** A request as it came over the wire, before any service has looked at it. */
export interface WireRequest {
  readonly method: string;
  /** Path as sent, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array | string;
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

/** An operation of an AWS JSON service. */
export type Operation<Context> = (
  context: Context,
  input: { readonly [member: string]: Json },
) => Promise<object> | object;
