import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Ref } from "../../expression/placeholder.js";
import type { Deferred } from "../../states/deferred.js";
import { isLate } from "../request/late-value.js";

/** Where data or code comes from. */
export type Source =
  | { readonly kind: "uri"; readonly uri: string }
  /** Known only later. */
  | { readonly kind: "late"; readonly value: Ref<string> | Deferred<string> }
  | { readonly kind: "local"; readonly path: string /** As it was written. */; readonly given: string }
  | { readonly kind: "unknown"; readonly problem: string };

/** `c:` is a drive, no scheme. */
const scheme = /^([a-z][a-z0-9+.-]+):/i;

/** Reads a place: a path from the working directory, a `file://` URL, a URI of one of the `schemes`, or something known later. */
export function readSource(value: unknown, schemes: readonly string[]): Source {
  if (isLate(value)) return { kind: "late", value: value as Ref<string> | Deferred<string> };
  if (typeof value !== "string" || value === "") return { kind: "unknown", problem: "" };
  const found = scheme.exec(value)?.[1]?.toLowerCase();
  if (found === undefined) return { kind: "local", path: resolve(value), given: value };
  if (found === "file") return readFileUrl(value);
  if (!schemes.includes(found)) return { kind: "unknown", problem: `; ${found}: is not read` };
  if (/^[a-z0-9]+:\/\/[^/]/.test(value)) return { kind: "uri", uri: value };
  return { kind: "unknown", problem: `; write ${found}://bucket/name` };
}

function readFileUrl(url: string): Source {
  try {
    return { kind: "local", path: fileURLToPath(url), given: url };
  } catch (error) {
    return { kind: "unknown", problem: `; ${error instanceof Error ? error.message : "it is no file URL"}` };
  }
}
