import type { Json } from "../../language/json.js";
import { isPlainObject } from "../../language/json.js";

/** Hyperparameters as the framework containers read them: the values are JSON, or plain text where they are not. */
export type HyperParameters = ReadonlyMap<string, Json>;

/** Reads the texts of a request. */
export function readHyperParameters(texts: ReadonlyMap<string, string>): HyperParameters {
  return new Map([...texts].map(([key, text]) => [key, readText(text)] as const));
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

/**
 * Arguments of a program in script mode, by name: `--key value`, and `-k value` for a name of one letter.
 *
 * @example
 * programArguments(new Map([["epochs", 3], ["verbose", true]])); // ["--epochs", "3", "--verbose", "True"]
 */
export function programArguments(hyperParameters: HyperParameters): readonly string[] {
  const sorted = [...hyperParameters].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.flatMap(([key, value]) => [key.length > 1 ? `--${key}` : `-${key}`, argument(value)]);
}

/** Values come from Python programs, and are read by them. */
function argument(value: Json): string {
  if (value === null) return "";
  if (value === true) return "True";
  if (value === false) return "False";
  if (isPlainObject(value)) {
    return Object.keys(value)
      .sort()
      .map((key) => `${key}=${typeof value[key] === "string" ? value[key] : JSON.stringify(value[key])}`)
      .join(",");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
