import { isIntrinsicProblem, looksLikeIntrinsic, parseIntrinsic } from "../../../src/expression/intrinsic-parser.js";
import { isPathProblem, parseJsonPath, printJsonPath } from "../../../src/expression/jsonpath.js";
import { printInJsonPath } from "../../../src/expression/print-in-jsonpath.js";
import type { Argument, Call } from "../../../src/expression/tree.js";
import type { Json, JsonObject } from "../../../src/language/json.js";

/**
 * A definition in the one form in which two that mean the same are equal. What is made alike:
 *
 * - old spellings: `Iterator` and a Map's `Parameters` are `ItemProcessor` and `ItemSelector`
 * - paths and calls of intrinsic functions: `$.a` is `$['a']`, blanks between arguments and at the end do not count
 * - a `Condition` that is `true`, not an expression that is
 * - blanks around an expression of JSONata
 * - `QueryLanguage: "JSONPath"`, which is the default
 * - `ProcessorConfig: { "Mode": "INLINE" }`, which is the default; an execution type counts in distributed Maps alone
 * - a `ReaderConfig` without fields
 * - the order of keys does not count where definitions are compared
 */
export function normalise(definition: JsonObject): JsonObject {
  return normaliseScope(definition);
}

function normaliseScope({ States, QueryLanguage, ProcessorConfig, ...rest }: JsonObject): JsonObject {
  const states = Object.entries((States ?? {}) as JsonObject);
  return {
    ...(normaliseValue(rest) as JsonObject),
    ...(QueryLanguage === undefined || QueryLanguage === "JSONPath" ? {} : { QueryLanguage }),
    ...normaliseConfig(ProcessorConfig),
    States: Object.fromEntries(states.map(([name, state]) => [name, normaliseState(state as JsonObject)])),
  };
}

function normaliseConfig(config: Json | undefined): JsonObject {
  const { Mode = "INLINE" } = (config ?? {}) as JsonObject;
  return config === undefined || Mode === "INLINE" ? {} : { ProcessorConfig: config };
}

function normaliseState(state: JsonObject): JsonObject {
  const result: Record<string, Json> = {};
  for (const [field, value] of Object.entries(state)) {
    if (field === "QueryLanguage" && value === "JSONPath") continue;
    if (field === "Iterator" || field === "ItemProcessor") {
      result["ItemProcessor"] = normaliseScope(value as JsonObject);
    } else if (field === "Branches") {
      result[field] = (value as readonly JsonObject[]).map(normaliseScope);
    } else if (field === "Parameters" && state["Type"] === "Map") {
      result["ItemSelector"] = normaliseValue(value);
    } else if (field === "ItemReader") {
      result[field] = normaliseReader(value as JsonObject);
    } else {
      result[field] = field === "Result" ? value : normaliseField(field, value);
    }
  }
  return result;
}

function normaliseReader({ ReaderConfig = {}, ...rest }: JsonObject): JsonObject {
  const isEmpty = Object.keys(ReaderConfig as JsonObject).length === 0;
  return normaliseValue(isEmpty ? rest : { ReaderConfig, ...rest }) as JsonObject;
}

const operators = /^(Variable|.+Path)$/;

function normaliseField(field: string, value: Json): Json {
  if (field === "Condition" && typeof value === "boolean") return `{% ${value} %}`;
  const isPath = operators.test(field) || field.endsWith(".$");
  return isPath && typeof value === "string" ? normaliseText(value) : normaliseValue(value);
}

function normaliseValue(value: Json): Json {
  if (typeof value === "string") return normaliseExpression(value);
  if (Array.isArray(value)) return value.map(normaliseValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, normaliseField(key, member)]));
}

function normaliseExpression(text: string): string {
  return text.startsWith("{%") && text.endsWith("%}") ? `{% ${text.slice(2, -2).trim()} %}` : text;
}

/** The path or call as our printer writes it; what is neither stays as it is. */
function normaliseText(given: string): string {
  const text = given.trimEnd();
  if (!looksLikeIntrinsic(text)) {
    const path = parseJsonPath(text);
    return isPathProblem(path) ? text : printJsonPath(path);
  }
  const call = parseIntrinsic(text);
  return isIntrinsicProblem(call) ? text : (print(withFormats(call)) ?? text);
}

function print(call: Call): string | undefined {
  const nothing = { kind: "literal", value: null } as const;
  return printInJsonPath(call, { reference: printJsonPath, late: () => null, visit: () => nothing, report: () => {} });
}

/** A template's text has escapes of its own, which the printer writes. */
function withFormats(call: Call): Call {
  const args = call.arguments.map((argument, index): Argument => {
    if (argument.kind === "call") return withFormats(argument);
    const { raw } = argument as { readonly raw?: string };
    if (call.name !== "States.Format" || index > 0 || raw === undefined) return argument;
    return { kind: "format", pieces: raw.split(/(?<!\\)\{\}/).map((piece) => piece.replace(/\\(.)/g, "$1")) };
  });
  return { ...call, arguments: args };
}
