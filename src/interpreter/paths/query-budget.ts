import type { Json } from "../../language/json.js";
import { textSize } from "../data.js";

/** Values that queries may look at in one step: less than 50 ms of work. */
const mostUnits = 500_000;

/** Ends the cause of a failure that AWS does not know: a step was to do more work than it may. */
export const ownLimit = "(limit of the embedded engine: the work of one step)";

/** Characters that are printed or compared in the time of one look at a value. */
const charactersForUnit = 8;

/**
 * What the queries of one step may cost together. AWS names no such limit; ours keeps a hostile path, such as one with
 * many `..`, from stopping the service.
 */
export class QueryBudget {
  private readonly units: number;
  private left: number;

  constructor(units = mostUnits) {
    this.units = units;
    this.left = units;
  }

  /** The part that is used up, from 0 to 1. */
  get share(): number {
    return 1 - Math.max(0, this.left) / this.units;
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

  /**
   * Takes off a part of what `value` is as JSON, for it will be gone through; values that share parts count each of them.
   *
   * @param times - what a character costs beside one that is printed or compared
   */
  spendText(value: Json, times = 1): boolean {
    if (this.left < 0) return false;
    const perUnit = charactersForUnit / times;
    return this.spend(textSize(value, this.left * perUnit) / perUnit);
  }
}
