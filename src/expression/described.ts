import { shown } from "../language/errors.js";
import { isPlaceholder } from "./placeholder.js";

/** A text for an error message: as {@link shown}, but a placeholder is named so. */
export function described(value: unknown): string {
  return isPlaceholder(value) ? "a placeholder" : shown(value);
}
