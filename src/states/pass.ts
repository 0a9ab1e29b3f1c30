import type { Ref } from "../expression/placeholder.js";
import type { Resolved } from "../expression/resolved.js";
import type { QueryLanguage } from "../language/asl.js";
import type { Json } from "../language/json.js";
import { FlowStep, type PassedOn } from "./chain.js";
import { stepOptions } from "./given-options.js";
import type { OutputPathOption, ResultPathOption, StateOutput } from "./state-output.js";
import type { Template } from "./template.js";

/** Options of {@link Pass}. */
export interface PassOptions {
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** Data to make, with placeholders at any depth. */
  readonly parameters?: Template | Ref<unknown>;
  /** Constant data; never evaluated. */
  readonly result?: Json;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: string | null;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  /** Variables to set, by their names. */
  readonly assign?: Template;
  /** JSONata: what is given on, instead of what the other options make. */
  readonly output?: unknown;
  /** The query language of this state; default the workflow's. */
  readonly queryLanguage?: QueryLanguage;
}

/** What a Pass makes: its constant, what its parameters stand for, or what it lets through. */
type PassResult<Result, Parameters, InputPath> = [Result] extends [undefined]
  ? [Parameters] extends [undefined]
    ? [InputPath] extends [undefined]
      ? PassedOn
      : unknown
    : Resolved<Parameters>
  : Result;

/** What a Pass gives on: what is let through and put into the input, as `resultPath: "$.k"` says, is not known. */
type PassOutput<Value, Path, Out, Made> = [Value] extends [PassedOn]
  ? [Path] extends [undefined | "$" | null]
    ? StateOutput<PassedOn, undefined, undefined, Out, Made>
    : StateOutput<unknown, undefined, Path, Out, Made>
  : StateOutput<Value, undefined, Path, Out, Made>;

/** What a state gives on that makes nothing of its input, but for what its options say. */
export type PassedOnBy<InputPath, Out, Made> = StateOutput<
  PassResult<undefined, undefined, InputPath>,
  undefined,
  undefined,
  Out,
  Made
>;

/** A step that gives its input on, or data that is made from it; made by `new Pass(name, options)`. */
export interface Pass<Output = unknown> extends FlowStep<Output> {}

interface PassConstructor {
  new <
    const Result extends Json | undefined = undefined,
    const Parameters extends Template | Ref<unknown> | undefined = undefined,
    const InputPath extends PassOptions["inputPath"] = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options?: {
      readonly comment?: string;
      /** What of the input is used; `null` for an empty object. */
      readonly inputPath?: InputPath;
      /** Data to make, with placeholders at any depth. */
      readonly parameters?: Parameters;
      /** Constant data; never evaluated. */
      readonly result?: Result;
      /** Where the result is put into the input; `null` keeps the input. */
      readonly resultPath?: Path;
      /** What of the outcome is given on; `null` for an empty object. */
      readonly outputPath?: Out;
      /** Variables to set, by their names. */
      readonly assign?: Template;
      /** JSONata: what is given on, instead of what the other options make. */
      readonly output?: Made;
      /** The query language of this state; default the workflow's. */
      readonly queryLanguage?: QueryLanguage;
    },
  ): Pass<PassOutput<PassResult<Result, Parameters, InputPath>, Path, Out, Made>>;
}

/**
 * Gives its input on, or data that is made from it.
 * Source: ASL, "Pass State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `invalid_template`, `placeholder_in_constant`, `invalid_path`.
 * @example
 * new Pass("Hello", { result: { text: "hi" }, resultPath: "$.greeting" });
 * // { "Type": "Pass", "Result": { "text": "hi" }, "ResultPath": "$.greeting", "End": true }
 */
export const Pass: PassConstructor = class Pass extends FlowStep {
  constructor(name: string, options?: PassOptions) {
    super(name, "Pass", stepOptions("Pass", options));
  }
} as PassConstructor;
