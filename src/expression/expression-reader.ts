import type { Issue } from "../language/errors.js";
import type { Json } from "../language/json.js";
import type { Argument, OfVisit, Reference } from "./tree.js";

/** What printing an expression has to ask of the place where the expression stands. */
export interface ExpressionReader {
  /** The text of a reference in the query language; `undefined` after having reported why there is none. */
  readonly reference: (reference: Reference) => string | undefined;
  /** What a deferred value stands for. */
  readonly late: (value: object) => Json;
  /** What tells the visit of the state in which the expression stands. */
  readonly visit: (part: OfVisit["part"]) => Argument;
  /** Members of `$states` that are not there in JSONata. */
  readonly hidden?: readonly string[];
  /** Takes a problem; its path begins at the expression. */
  readonly report: (problem: Issue) => void;
}
