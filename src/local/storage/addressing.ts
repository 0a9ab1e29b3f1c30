import { ServiceError, type WireRequest } from "../wire.js";

/** What an S3 request is about: nothing (the service), a bucket, or an object. */
export interface S3Address {
  readonly bucket?: string;
  readonly key?: string;
}

/** Hosts of the service itself; what stands before one, with a dot, is a bucket. */
const serviceHosts = [
  /^(?:s3\.)?localhost$/,
  /^127\.0\.0\.1$/,
  /^\[::1\]$/,
  /^s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/,
];

/** Reads bucket and key from the host (`bucket.localhost`) or the path (`/bucket/key`). Throws `InvalidURI`. */
export function addressOf(request: WireRequest): S3Address {
  const path = decoded(request.path.replace(/^\//, ""));
  const bucket = bucketOfHost(request.headers["host"] ?? "");
  if (bucket !== undefined) return path === "" ? { bucket } : { bucket, key: path };
  if (path === "") return {};
  const slash = path.indexOf("/");
  if (slash < 0 || slash === path.length - 1) return { bucket: path.replace("/", "") };
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function bucketOfHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  if (isService(name)) return undefined;
  for (let dot = name.indexOf("."); dot > 0; dot = name.indexOf(".", dot + 1)) {
    if (isService(name.slice(dot + 1))) return name.slice(0, dot);
  }
  return undefined;
}

function isService(host: string): boolean {
  return serviceHosts.some((pattern) => pattern.test(host));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new ServiceError("InvalidURI", "Couldn't parse the specified URI.");
  }
}
