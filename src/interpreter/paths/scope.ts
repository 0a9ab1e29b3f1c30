import type { Json, JsonObject } from "../../language/json.js";
import type { Random } from "../random.js";
import type { QueryBudget } from "./query-budget.js";

/** What the paths and functions of a field can see. */
export interface Scope {
  /** `$` */
  readonly input: Json;
  /** `$$`; a function, since most fields never look at it. */
  context(): JsonObject;
  /** `$name` */
  readonly variables: JsonObject;
  readonly random: Random;
  readonly budget: QueryBudget;
}
