import { isPlainObject, type Json } from "../../language/json.js";

/** A hyperparameter as the framework containers read it: its text is JSON, or plain text where it is not. */
export interface HyperParameter {
  /** As the request has it. */
  readonly text: string;
  readonly value: Json;
}

/** Hyperparameters by their names. */
export type HyperParameters = ReadonlyMap<string, HyperParameter>;

/** Reads the texts of a request. */
export function readHyperParameters(texts: ReadonlyMap<string, string>): HyperParameters {
  return new Map([...texts].map(([key, text]) => [key, { text, value: readText(text) }] as const));
}

function readText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Those for the user's own program; the others, `sagemaker_…`, are for the container. */
export function ownHyperParameters(all: HyperParameters): HyperParameters {
  return new Map([...all].filter(([key]) => !key.startsWith("sagemaker_")));
}

/** Those for the container. */
export function containerHyperParameters(all: HyperParameters): HyperParameters {
  return new Map([...all].filter(([key]) => key.startsWith("sagemaker_")));
}

/** Values by names. */
export function valuesOf(hyperParameters: HyperParameters): { readonly [name: string]: Json } {
  return Object.fromEntries([...hyperParameters].map(([key, { value }]) => [key, value]));
}

/**
 * Arguments of a program in script mode, by name: `--key value`, and `-k value` for a name of one letter. Values are
 * printed as Python prints them, since the framework containers do.
 *
 * @example
 * programArguments(readHyperParameters(new Map([["epochs", "3"], ["deep", "true"]]))); // ["--deep", "True", "--epochs", "3"]
 */
export function programArguments(hyperParameters: HyperParameters): readonly string[] {
  const sorted = [...hyperParameters].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.flatMap(([key, parameter]) => [key.length > 1 ? `--${key}` : `-${key}`, argument(parameter)]);
}

function argument({ text, value }: HyperParameter): string {
  // A number of JavaScript has forgotten whether it was 1 or 1.0, and the last digits of a long one.
  if (typeof value === "number") return text.trim();
  if (value === null) return "";
  if (!isJsonObject(value)) return printed(value);
  const keys = Object.keys(value).sort();
  return keys.map((key) => `${key}=${printed(value[key] ?? null)}`).join(",");
}

/** As `str()` does in Python. */
function printed(value: Json): string {
  return typeof value === "string" ? value : within(value);
}

/** As `repr()` does; as deep as a text of 2500 characters can be. */
function within(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value.replaceAll("\\", "\\\\"));
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${within(key)}: ${within(member)}`)
      .join(", ")}}`;
  }
  return `[${value.map(within).join(", ")}]`;
}

function quoted(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
}

function isJsonObject(value: Json): value is { readonly [key: string]: Json } {
  return isPlainObject(value);
}
