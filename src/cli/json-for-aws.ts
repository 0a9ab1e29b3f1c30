import { Findings } from "../validate/findings.js";
import type { ValidateOptions } from "../validate/issue.js";
import { readDefinition } from "../validate/text/read-definition.js";

/**
 * A definition as AWS takes it: JSON, with what is known of `${Name}` in its place. A text that cannot be read stays as it is, so that AWS
 * says what it says of that; data that cannot be read are no JSON, and `undefined`.
 */
export function jsonForAws(definition: unknown, options: ValidateOptions): string | undefined {
  if (typeof definition === "string" && isToBeSent(definition, options)) return definition;
  const { value } = readDefinition(definition, new Findings(), options);
  if (value !== undefined) return JSON.stringify(value);
  return typeof definition === "string" ? definition : undefined;
}

/** Whether a text is JSON in which nothing is to be put. */
function isToBeSent(text: string, { substitutions, format }: ValidateOptions): boolean {
  if (format === "yaml" || (typeof substitutions === "object" && text.includes("${"))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
