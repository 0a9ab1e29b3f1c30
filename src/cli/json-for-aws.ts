import { parse } from "yaml";
import type { ValidateOptions } from "../validate/issue.js";

/** A definition as AWS takes it: JSON, with what is known of `${Name}` in its place. */
export function jsonForAws(definition: unknown, substitutions: ValidateOptions["substitutions"]): string {
  const text = typeof definition === "string" ? asJson(definition) : JSON.stringify(definition);
  if (substitutions === undefined || substitutions === true) return text;
  return text.replace(/\$\{([\w.:-]+)\}/g, (found, name: string) => {
    const value = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined;
    return value === undefined ? found : JSON.stringify(value).slice(1, -1);
  });
}

/** The text itself where it is JSON, or nothing at all: then AWS shall say so. */
function asJson(text: string): string {
  if (/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(parse(text)) ?? text;
  } catch {
    return text;
  }
}
