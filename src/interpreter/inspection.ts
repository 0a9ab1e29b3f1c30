import type { Json } from "../language/json.js";
import type { Failure } from "./failure.js";

/** A value that a state has when a field has taken effect. */
export type Stage =
  | "afterInputPath"
  | "afterParameters"
  | "afterArguments"
  | "result"
  | "afterResultSelector"
  | "afterResultPath"
  | "afterItemsPath"
  | "afterItemsPointer"
  | "afterItemSelector"
  | "afterItemBatcher";

/** Hears what happens within a state: while it is tested, not in an execution. */
export interface Inspection {
  value(stage: Stage, value: Json): void;
  /**
   * An error that `Retry` and `Catch` are asked about.
   *
   * @returns the same without its place: a test has one state alone
   */
  met(failure: Failure): Failure;
  /** @param delaySeconds - until the next attempt; `undefined` where the retrier is used up */
  retrier(index: number, delaySeconds: number | undefined): void;
  catcher(index: number): void;
}
