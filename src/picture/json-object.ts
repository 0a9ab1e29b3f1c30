import { isPlainObject } from "../language/json.js";

/** The object that a text of JSON says; an empty one where it says none. */
export function jsonObject(text: string | undefined): Readonly<Record<string, unknown>> {
  const value = jsonValue(text);
  return isPlainObject(value) ? value : {};
}

/** What a text of JSON says; `undefined` where it is none. */
export function jsonValue(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
