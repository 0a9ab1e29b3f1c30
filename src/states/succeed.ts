import type { Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import { stepOptions } from "./given-options.js";
import type { PassedOnBy } from "./pass.js";
import type { OutputPathOption } from "./state-output.js";
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

/** A step that ends its scope as a success; made by `new Succeed(name, options)`. */
export interface Succeed<Output = unknown> extends Step<Output> {}

interface SucceedConstructor {
  new <
    const InputPath extends SucceedOptions["inputPath"] = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options?: Omit<SucceedOptions, "inputPath" | "outputPath" | "output"> & {
      /** What of the input is used; `null` for an empty object. */
      readonly inputPath?: InputPath;
      /** What of the outcome is given on; `null` for an empty object. */
      readonly outputPath?: Out;
      /** JSONata: what is given on, instead of the input. */
      readonly output?: Made;
    },
  ): Succeed<PassedOnBy<InputPath, Out, Made>>;
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
export const Succeed: SucceedConstructor = class Succeed extends Step {
  constructor(name: string, options: SucceedOptions) {
    super(name, "Succeed", stepOptions("Succeed", options));
  }
} as SucceedConstructor;
