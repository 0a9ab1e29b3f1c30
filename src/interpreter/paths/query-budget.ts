import type { Json } from "../../language/json.js";
import { textSize } from "../data.js";

/** Values that queries may look at in one step, and characters of JSON that they may find. */
const mostUnits = 1_000_000;

/**
 * What the queries of one step may cost together. AWS names no such limit; ours keeps a hostile path, such as one with
 * many `..`, from stopping the service.
 */
export class QueryBudget {
  private left: number;

  constructor(units = mostUnits) {
    this.left = units;
  }

  /** Takes `units` off; `false` where they are not left. */
  spend(units: number): boolean {
    this.left -= units;
    return this.left >= 0;
  }

  /** Whether more was asked for than there was. What was found until then is not all. */
  get isSpent(): boolean {
    return this.left < 0;
  }

  /** Takes off what `found` is as JSON; values that share parts count each of them. */
  spendText(found: Json): boolean {
    return this.left >= 0 && this.spend(textSize(found, this.left));
  }
}
