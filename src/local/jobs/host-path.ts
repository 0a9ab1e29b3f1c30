import { join } from "node:path";

/** Place on this machine of a path below `/opt/ml`; other paths are the same. */
export function hostPath(ml: string, path: string): string {
  return path === "/opt/ml" || path.startsWith("/opt/ml/") ? join(ml, path.slice("/opt/ml".length)) : path;
}
