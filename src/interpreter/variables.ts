import { isObject } from "./data.js";
import type { FieldReader } from "./field-reader.js";
import type { Template } from "./template.js";

const variableName = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** Reads `Assign`: an object whose keys are names of variables. */
export function planAssign(reader: FieldReader): Template | undefined {
  const value = reader.raw("Assign");
  if (value === undefined) return undefined;
  if (!isObject(value)) return reader.refuse("Expected value of type Object", "Assign");
  for (const key of Object.keys(value)) {
    const name = key.endsWith(".$") ? key.slice(0, -2) : key;
    if (!variableName.test(name) || name.length > 80 || name === "states") {
      reader.refuse(`The variable name '${name}' is not allowed`, "Assign");
    }
  }
  return reader.template("Assign");
}
