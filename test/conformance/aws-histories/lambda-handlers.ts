import type { Json, JsonObject } from "../../../src/language/json.js";

/** How a function of the recordings ends. */
export type LambdaAnswer =
  | { readonly kind: "returned"; readonly payload: Json }
  | { readonly kind: "raised"; readonly error: string; readonly failure: JsonObject }
  /** It takes so long that a limit is reached first. */
  | { readonly kind: "silent" };

/** The functions that were there when the cases were recorded, by the name of their file. */
const handlers: Readonly<Record<string, (event: Json) => LambdaAnswer>> = {
  id_function: (event) => ({ kind: "returned", payload: event }),
  echo_function: () => ({ kind: "returned", payload: { Return: "HelloWorld" } }),
  return_bytes_str: () => ({ kind: "returned", payload: '"HelloWorld!"' }),
  return_decorated_input: (event) => ({ kind: "returned", payload: `input-event-${inPython(event)}` }),
  large_output_string: () => ({ kind: "returned", payload: "a".repeat(257 * 1024) }),
  raise_exception: () =>
    raised("Exception", "Some exception was raised.", 2, 'raise Exception("Some exception was raised.")'),
  raise_custom_exception: () => raised("CustomException", "CustomException message", 8, "raise CustomException()"),
  wait_60_seconds: () => ({ kind: "silent" }),
};

/** Calls a function by the name of its file, such as `id_function.py`. */
export function callHandler(file: string, event: Json): LambdaAnswer {
  return handlers[file.replace(/\.py$/, "")]?.(event) ?? { kind: "silent" };
}

function raised(errorType: string, errorMessage: string, line: number, code: string): LambdaAnswer {
  const stackTrace = [`  File "/var/task/handler.py", line ${line}, in handler\n    ${code}\n`];
  const requestId = "00000000-0000-4000-8000-000000000000";
  return { kind: "raised", error: errorType, failure: { errorMessage, errorType, requestId, stackTrace } };
}

/** A value as Python shows it. */
function inPython(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return `'${value}'`;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inPython).join(", ")}]`;
  if (typeof value !== "object") return String(value);
  const members = Object.entries(value as JsonObject).map(([key, member]) => `'${key}': ${inPython(member)}`);
  return `{${members.join(", ")}}`;
}

/** JSON in Python's layout: what functions answer with goes out so. */
export function pythonJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(pythonJson).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value as JsonObject).map(
    ([key, member]) => `${JSON.stringify(key)}: ${pythonJson(member)}`,
  );
  return `{${members.join(", ")}}`;
}
