import type { Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import type { PassedOn } from "./chain.js";
import { Step } from "./step.js";

export interface SucceedOptions {
  /** The query language of this state; default the workflow's. */
  readonly queryLanguage?: QueryLanguage;
  /** JSONata: what is given on, instead of the input. */
  readonly output?: unknown;
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
}

/**
 * Ends the execution, or its branch, as a success.
 * Source: ASL, "Succeed State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @example
 * new Succeed("Done");
 * // { "Type": "Succeed" }
 */
export class Succeed extends Step<PassedOn> {
  constructor(name: string, options: SucceedOptions = {}) {
    super(name, "Succeed", { ...options });
  }
}
