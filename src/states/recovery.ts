import type { Placeholder } from "../expression/placeholder.js";
import type { AnyChainable } from "./chain.js";
import type { Template } from "./template.js";

/**
 * When and how often a failed state is tried again.
 * Source: ASL, "Retrying after error".
 */
export interface Retry {
  /** Error names, or one of `States.ALL`, `States.TaskFailed`, `States.Timeout`, …; `States.ALL` stands alone, in the last rule. */
  readonly errorEquals: readonly string[];
  /** Seconds before the first retry; 1 to 99,999,999; default 1. */
  readonly intervalSeconds?: number;
  /** Retries, 0 to 99,999,999; default 3. */
  readonly maxAttempts?: number;
  /** Factor by which the pause grows; at least 1; default 2. */
  readonly backoffRate?: number;
  /** Longest pause in seconds; more than `intervalSeconds`, at most 31,622,400. */
  readonly maxDelaySeconds?: number;
  /** `FULL` draws each pause between 0 and its length; default `NONE`. */
  readonly jitterStrategy?: "FULL" | "NONE";
  readonly comment?: string;
}

/**
 * Where the workflow goes on after an error.
 * Source: ASL, "Fallback states".
 */
export interface Catch {
  /** Error names, as in {@link Retry}. */
  readonly errorEquals: readonly string[];
  /**
   * The step or chain that takes over; a function for one that is defined later or came before, or that reads the error:
   * `(error) => new Pass("Note", { parameters: { why: error.Cause } })`.
   */
  readonly next: AnyChainable | ((error: Placeholder<CaughtError>) => AnyChainable);
  /** Where `{"Error", "Cause"}` is put into the state's input; default `$`; `null` drops it. */
  readonly resultPath?: string | null;
  /** JSONata: what is given on, instead of the error; a function reads the error: `(error) => ({ why: error.Cause })`. */
  readonly output?: string | number | boolean | object | null | ((error: Placeholder<CaughtError>) => unknown);
  /** Variables to set, by their names; a function reads the error: `(error) => ({ why: error.Cause })`. */
  readonly assign?: Template | ((error: Placeholder<CaughtError>) => Template);
  readonly comment?: string;
}

/** What a catcher gives on. */
export interface CaughtError {
  readonly Error: string;
  /** Why, as the service says. An error may come without one: where that counts, ask `when(error.Cause).isPresent()` first. */
  readonly Cause: string;
}

/** One rule, or several in the order in which they are looked at. */
export type OneOrMany<T> = T | readonly T[];
