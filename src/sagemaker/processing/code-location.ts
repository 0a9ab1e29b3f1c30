import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import type { AssetLocation } from "../assets/asset.js";
import { isLate } from "../request/late-value.js";

/** The bucket and the prefix of an S3 URI; `undefined` when `value` is none. */
export function readLocation(value: unknown): AssetLocation | undefined {
  if (typeof value !== "string") return undefined;
  const [, bucket, prefix] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)((?:\/.*)?)$/.exec(value) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix: (prefix ?? "").replace(/^\/+|\/+$/g, "") };
}

/** Says what is wrong with the place of uploads. */
export function checkLocation(value: unknown, path: Path, problems: Problems): void {
  if (value === undefined || readLocation(value) !== undefined) return;
  const got = isLate(value) ? "a placeholder: files are uploaded before the machine runs" : shown(value);
  problems.add("invalid_code", path, `expected an S3 URI such as s3://bucket/prefix, got ${got}`, "write its URI");
}
