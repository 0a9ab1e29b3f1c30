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

/** Makes an option's value from the result. */
type Reading = (result: Placeholder<unknown>) => unknown;

/** Options with what those of them give that are functions of the result. */
export function readResult<T extends object>(options: T, schema?: Schema): T {
  const { resultSelector, output, assign } = options as Readonly<Record<string, unknown>>;
  if (![resultSelector, output, assign].some((option) => typeof option === "function")) return options;
  const schemas = schema === undefined ? undefined : unwrapped(schema);
  const raw = placeholderOf({ kind: "result" }, schemas);
  const selected = placeholderOf({ kind: "selected" }, resultSelector === undefined ? schemas : undefined);
  return {
    ...options,
    ...(typeof resultSelector === "function" ? { resultSelector: (resultSelector as Reading)(raw) } : {}),
    ...(typeof output === "function" ? { output: (output as Reading)(raw) } : {}),
    ...(typeof assign === "function" ? { assign: (assign as Reading)(selected) } : {}),
  };
}
