import type { Json, JsonObject } from "../../language/json.js";
import type { Random } from "../random.js";

/** What an expression sees: `$states`, the variables, chance and time. */
export interface Bindings {
  readonly input: Json;
  context(): JsonObject;
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly variables: JsonObject;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
}
