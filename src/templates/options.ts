import type { Issue } from "../language/errors.js";
import { Problems } from "../services/problems.js";

/** The options that a template does not have. */
export function unknownOptions(
  what: string,
  options: object,
  known: { readonly [name: string]: unknown },
): readonly Issue[] {
  const problems = new Problems();
  problems.addUnknown(what, options, known, []);
  return problems.issues;
}
