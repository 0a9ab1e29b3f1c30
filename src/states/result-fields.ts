import type { Ref } from "../expression/placeholder.js";
import type { Catch, OneOrMany, Retry } from "./recovery.js";
import type { Template } from "./template.js";

/** What Task, Parallel and Map take alike. */
export interface ResultFields {
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** The part of the raw result that counts as the result. */
  readonly resultSelector?: Template;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: string | null;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  readonly retry?: OneOrMany<Retry>;
  readonly catch?: OneOrMany<Catch>;
  /** Variables to set, by their names. */
  readonly assign?: Template;
}
