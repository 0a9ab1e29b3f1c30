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

/** Makes an option's value from the result, or from the error. */
type Reading = (made: Placeholder<unknown>) => unknown;
type Given = Readonly<Record<string, unknown>>;

/** Options with what those of them give that are functions of the result or of a caught error. */
export function readResult<T extends object>(options: T, schema?: Schema): T {
  const { resultSelector, output, assign, catch: caught } = options as Given;
  const rules = caught === undefined ? [] : [caught].flat();
  const read = rules.some(hasReading) ? { ...options, catch: rules.map(readError) } : options;
  if (![resultSelector, output, assign].some(isReading)) return read;
  const schemas = schema === undefined ? undefined : unwrapped(schema);
  const raw = placeholderOf({ kind: "result" }, schemas);
  const selected = placeholderOf({ kind: "selected" }, resultSelector === undefined ? schemas : undefined);
  return {
    ...read,
    ...(isReading(resultSelector) ? { resultSelector: resultSelector(raw) } : {}),
    ...(isReading(output) ? { output: output(raw) } : {}),
    ...(isReading(assign) ? { assign: assign(selected) } : {}),
  };
}

function hasReading(rule: unknown): boolean {
  const { assign, output } = (rule ?? {}) as Given;
  return isReading(assign) || isReading(output);
}

/** A catch rule with what its functions make of the error that is its own; `next` is asked when the workflow is linked. */
function readError(given: unknown): unknown {
  if (!hasReading(given)) return given;
  const rule: Record<string, unknown> = { ...(given as object) };
  const error = placeholderOf({ kind: "error", rule }, undefined);
  for (const option of ["assign", "output"]) {
    const reading = rule[option];
    if (isReading(reading)) rule[option] = reading(error);
  }
  return rule;
}

function isReading(value: unknown): value is Reading {
  return typeof value === "function";
}
