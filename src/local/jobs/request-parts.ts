import { isPlainObject, type Json, type JsonObject } from "../../language/json.js";
import { bucketNameProblem } from "../storage/bucket-name.js";
import { ServiceError } from "../wire.js";

/** A place in S3. */
export interface S3Place {
  readonly uri: string;
  readonly bucket: string;
  readonly key: string;
}

/** Objects that a job reads. */
export interface JobInput {
  readonly name: string;
  readonly source: S3Place;
  /** Folder below `/opt/ml/`. */
  readonly localPath: string;
  readonly isManifest: boolean;
  readonly isSharded: boolean;
}

/** A folder whose files a job leaves in S3. */
export interface JobOutput {
  readonly name: string;
  readonly destination: S3Place;
  /** Folder below `/opt/ml/`. */
  readonly localPath: string;
}

/** Reads `s3://bucket/key`. Throws `ValidationException`. */
export function s3Place(uri: string, owner: string): S3Place {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  const problem = bucket === "" ? "expected s3://bucket/key" : bucketNameProblem(bucket);
  if (problem === undefined) return { uri, bucket, key };
  throw refused(`the S3Uri ${JSON.stringify(uri)} of ${owner} cannot be used: ${problem}`);
}

/** A place below a place. */
export function below({ bucket, key }: S3Place, path: string): S3Place {
  const whole = `${key === "" || key.endsWith("/") ? key : `${key}/`}${path}`;
  return { uri: `s3://${bucket}/${whole}`, bucket, key: whole };
}

/** What AWS says of a request that it does not take, and this service of what does not run here. */
export function refused(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}

/** An object member of a checked request; an empty one where it is not there. */
export function objectAt(value: JsonObject, member: string): JsonObject {
  const found = value[member];
  return found !== undefined && isObject(found) ? found : {};
}

/** A member that is a list of objects. */
export function listAt(value: JsonObject, member: string): readonly JsonObject[] {
  const found = value[member];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A member that is a list of texts. */
export function textsAt(value: JsonObject, member: string): readonly string[] {
  const found = value[member];
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}

/** A text member; empty where it is not there. */
export function textAt(value: JsonObject, member: string): string {
  const found = value[member];
  return typeof found === "string" ? found : "";
}

/** A member that is a map of texts. */
export function mapAt(value: JsonObject, member: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(objectAt(value, member)).map(([key, text]) => [key, String(text)]));
}

function isObject(value: Json): value is JsonObject {
  return isPlainObject(value);
}
