import type { Ref } from "../expression/placeholder.js";
import { type AnyChainable, FlowStep, type Known, type OutputOf } from "./chain.js";
import { stepOptions } from "./given-options.js";
import { type ResultFields, readResult } from "./result-fields.js";
import type { OutputPathOption, ResultPathOption, SelectorOption, ShapedOptions, StateOutput } from "./state-output.js";
import type { Template } from "./template.js";

/** Options of {@link Parallel}. */
export interface ParallelOptions<Branches extends readonly AnyChainable[] = readonly AnyChainable[]>
  extends ResultFields {
  /** At least one; each begins with the state's input. */
  readonly branches: Branches;
  /** The input of the branches, instead of the state's. */
  readonly parameters?: Template | Ref<unknown>;
}

/** What the branches give, in their order. */
export type BranchOutputs<Branches extends readonly AnyChainable[]> = {
  -readonly [K in keyof Branches]: Known<OutputOf<Branches[K]>>;
};

/** A step that runs branches side by side; made by `new Parallel(name, options)`. */
export interface Parallel<Output = unknown> extends FlowStep<Output> {}

interface ParallelConstructor {
  new <
    const Branches extends readonly AnyChainable[],
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: ShapedOptions<ParallelOptions<Branches>, BranchOutputs<Branches>, Selector, Path, Out, Made>,
  ): Parallel<StateOutput<BranchOutputs<Branches>, Selector, Path, Out, Made>>;
}

/**
 * Runs branches side by side; its result is the list of theirs. The types are those of the branches' main ways: where a catch
 * in one ends with other data, its item may be that.
 * Source: ASL, "Parallel State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `missing_option`, `duplicate_state_name`.
 * @example
 * new Parallel("Both", { branches: [new Pass("Left"), new Pass("Right")] });
 * // { "Type": "Parallel", "Branches": [{ "StartAt": "Left", … }, { "StartAt": "Right", … }], "End": true }
 */
export const Parallel: ParallelConstructor = class Parallel extends FlowStep {
  constructor(name: string, options: ParallelOptions) {
    super(name, "Parallel", readResult(stepOptions("Parallel", options)));
  }
} as ParallelConstructor;
