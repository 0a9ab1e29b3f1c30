import type { Ref } from "../expression/placeholder.js";
import { type AnyChainable, FlowStep, type OutputOf } from "./chain.js";
import type { Catch, OneOrMany, Retry } from "./recovery.js";
import type { OutputPathOption, ResultPathOption, SelectorOption, ShapedOptions, StateOutput } from "./state-output.js";
import type { Template } from "./template.js";

/** What Parallel and Map have in common with Task. */
export interface NestedFields {
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** The part of the raw result that counts as the result. */
  readonly resultSelector?: Template;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: string | null;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  readonly retry?: OneOrMany<Retry>;
  readonly catch?: OneOrMany<Catch>;
  /** Variables to set, by their names. */
  readonly assign?: Template;
}

/** Options of {@link Parallel}. */
export interface ParallelOptions<Branches extends readonly AnyChainable[] = readonly AnyChainable[]>
  extends NestedFields {
  /** At least one; each begins with the state's input. */
  readonly branches: Branches;
  /** The input of the branches, instead of the state's. */
  readonly parameters?: Template;
}

/** What the branches give, in their order. */
export type BranchOutputs<Branches extends readonly AnyChainable[]> = {
  -readonly [K in keyof Branches]: OutputOf<Branches[K]>;
};

/** A step that runs branches side by side; made by `new Parallel(name, options)`. */
export interface Parallel<Output = unknown> extends FlowStep<Output> {}

interface ParallelConstructor {
  new <
    const Branches extends readonly AnyChainable[],
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
  >(
    name: string,
    options: ShapedOptions<ParallelOptions<Branches>, Selector, Path, Out>,
  ): Parallel<StateOutput<BranchOutputs<Branches>, Selector, Path, Out>>;
}

/**
 * Runs branches side by side; its result is the list of theirs.
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
    super(name, "Parallel", { ...options });
  }
} as ParallelConstructor;
