import { type Placeholder, placeholderOf, type Ref } from "../expression/placeholder.js";
import { type Schema, unwrapped } from "../expression/schema.js";
import type { QueryLanguage } from "../language/asl.js";
import type { Catch, OneOrMany, Retry } from "./recovery.js";
import type { Template } from "./template.js";

/** What Task, Parallel and Map take alike. */
export interface ResultFields {
  readonly comment?: string;
  /** The query language of this state; default the workflow's. */
  readonly queryLanguage?: QueryLanguage;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** The part of the raw result that counts as the result. */
  readonly resultSelector?: Template | Ref<unknown>;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: string | null;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  /** JSONata: what is given on, instead of what the other options make. */
  readonly output?: unknown;
  readonly retry?: OneOrMany<Retry>;
  readonly catch?: OneOrMany<Catch>;
  /** Variables to set, by their names. */
  readonly assign?: Template;
}

/** Makes an option's value from the result or the error. */
type Reading = (result: Placeholder<unknown>) => unknown;

/** Options with what those of them give that are functions: of the result, and in a catch rule of the error. */
export function readResult<T extends object>(options: T, schema?: Schema): T {
  const { resultSelector, output, assign, catch: rules } = options as Readonly<Record<string, unknown>>;
  const caught = rules === undefined ? {} : { catch: readErrors(rules) };
  if (![resultSelector, output, assign].some((option) => typeof option === "function")) {
    return rules === undefined ? options : { ...options, ...caught };
  }
  const schemas = schema === undefined ? undefined : unwrapped(schema);
  const raw = placeholderOf({ kind: "result" }, schemas);
  const selected = placeholderOf({ kind: "selected" }, resultSelector === undefined ? schemas : undefined);
  return {
    ...options,
    ...caught,
    ...(typeof resultSelector === "function" ? { resultSelector: (resultSelector as Reading)(raw) } : {}),
    ...(typeof output === "function" ? { output: (output as Reading)(raw) } : {}),
    ...(typeof assign === "function" ? { assign: (assign as Reading)(selected) } : {}),
  };
}

function readErrors(rules: unknown): unknown {
  return Array.isArray(rules) ? rules.map(readError) : readError(rules);
}

function readError(rule: unknown): unknown {
  if (typeof rule !== "object" || rule === null) return rule;
  const { output, assign } = rule as Readonly<Record<string, unknown>>;
  if (typeof output !== "function" && typeof assign !== "function") return rule;
  const error = placeholderOf({ kind: "error", rule }, undefined);
  return {
    ...rule,
    ...(typeof output === "function" ? { output: (output as Reading)(error) } : {}),
    ...(typeof assign === "function" ? { assign: (assign as Reading)(error) } : {}),
  };
}
