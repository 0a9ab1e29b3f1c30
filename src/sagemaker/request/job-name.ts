import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { isLate } from "./late-value.js";

const maxLength = 63;
const fallback = "processing-job";

/** Says what is wrong with a job name that is known now. */
export function checkJobName(name: unknown, path: Path, problems: Problems): void {
  if (isLate(name)) return;
  if (typeof name === "string" && /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(name)) return;
  const size = typeof name === "string" && name.length > maxLength ? ` of ${name.length} characters` : "";
  problems.add("invalid_job_name", path, `expected a job name, got ${shown(name)}${size}`);
}

/** What the names of a processor's jobs begin with: its base name, else its image's name, else `otherwise`. */
export function jobNameBase(baseJobName: unknown, imageUri: unknown, otherwise: string = fallback): string {
  if (typeof baseJobName === "string") return baseJobName;
  return typeof imageUri === "string" ? imageName(imageUri) : otherwise;
}

/** The last part of an image's URI without tag and digest. */
function imageName(imageUri: string): string {
  const last = imageUri.slice(imageUri.lastIndexOf("/") + 1);
  return last.split(/[:@]/)[0] || fallback;
}

/**
 * A job name with the time in it, as the Python SDK makes it.
 *
 * @example
 * timedJobName("preprocess", now); // preprocess-2022-01-21-15-28-38-000
 */
export function timedJobName(base: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 23).replace(/[T:.]/g, "-");
  return `${legalBase(base, maxLength - stamp.length - 1)}-${stamp}`;
}

/** `base` with what job names may not hold made a hyphen, cut to `length`; `otherwise` where nothing is left. */
export function legalBase(base: string, length: number, otherwise: string = fallback): string {
  const legal = base.replace(/[^a-zA-Z0-9-]/g, "-").replace(/^-+/, "");
  return legal.slice(0, length).replace(/-+$/, "") || otherwise;
}
