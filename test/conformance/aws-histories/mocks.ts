import type { Json } from "../../../src/language/json.js";
import { Comparison } from "./compare.js";
import { normalise } from "./normalise.js";
import type { Mask, Mock } from "./recording.js";

/** The recorded answers of a case, each given once. */
export class Mocks {
  private readonly left: Mock[];
  private readonly masks: readonly Mask[];

  constructor(mocks: readonly Mock[], masks: readonly Mask[]) {
    this.left = [...mocks];
    this.masks = masks;
  }

  /** The answer to a call: of the state's answers the first to the same parameters, else the first. */
  take(state: string, parameters: string): Mock | undefined {
    const ofState = this.left.filter((mock) => mock.state === state);
    const found = ofState.find((mock) => this.isTo(mock, parameters)) ?? ofState[0];
    if (found !== undefined) this.left.splice(this.left.indexOf(found), 1);
    return found;
  }

  private isTo({ parameters, input }: Mock, actual: string): boolean {
    const recorded = parameters ?? input;
    if (recorded === undefined) return false;
    const { parameters: given = null } = normalise({ parameters: actual }, this.masks) as { parameters?: Json };
    return new Comparison().difference(recorded, given, "parameters") === undefined;
  }
}
