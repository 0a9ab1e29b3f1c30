import type { MapStorage } from "../../src/local/step-functions/map-objects.js";
import { ServiceError } from "../../src/local/wire.js";

/** An S3 without buckets. */
export const noObjects: MapStorage = { head: missing, keys: missing, put: missing, read: missing };

async function missing(): Promise<never> {
  throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404);
}
