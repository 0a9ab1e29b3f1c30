import type { JsonObject } from "../language/json.js";
import type { Data } from "./data.js";
import type { Failure } from "./failure.js";
import type { Phase } from "./snapshot.js";

/** A state has done its work. */
export interface Exit {
  readonly kind: "exit";
  readonly output: Data;
  /** Variables to set; `undefined` where the state assigns none. */
  readonly assigned: JsonObject | undefined;
  /** `undefined` at the end. */
  readonly next: string | undefined;
}

/** How running a state ends for now: it is left, it waits, or it has failed. */
export type Outcome = Exit | Failure | Exclude<Phase, { kind: "ready" | "iteration" }>;
