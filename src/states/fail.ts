import type { Param, Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import { stepOptions } from "./given-options.js";
import { Step } from "./step.js";

export interface FailOptions {
  /** The query language of this state; default the workflow's. */
  readonly queryLanguage?: QueryLanguage;
  readonly comment?: string;
  /** The error's name. */
  readonly error?: Param<string>;
  /** Where in the input the error's name stands; not together with `error`. */
  readonly errorPath?: string | Ref<string>;
  /** Text for people. */
  readonly cause?: Param<string>;
  /** Where in the input the cause stands; not together with `cause`. */
  readonly causePath?: string | Ref<string>;
}

/**
 * Ends the execution, or its branch, as a failure.
 * Source: ASL, "Fail State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `conflicting_options`.
 * @example
 * new Fail("Bad data", { error: "NoRows", cause: "the file is empty" });
 * // { "Type": "Fail", "Error": "NoRows", "Cause": "the file is empty" }
 */
export class Fail extends Step<never> {
  constructor(name: string, options?: FailOptions) {
    super(name, "Fail", stepOptions("Fail", options));
  }
}
