import type { Ref } from "../expression/placeholder.js";
import type { Json } from "../language/json.js";
import { FlowStep } from "./chain.js";
import type { Template } from "./template.js";

export interface PassOptions<Result> {
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** Data to make, with placeholders at any depth. */
  readonly parameters?: Template;
  /** Constant data; never evaluated. */
  readonly result?: Result;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: string | null;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
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
export class Pass<const Result extends Json = Json> extends FlowStep<Result> {
  constructor(name: string, options: PassOptions<Result> = {}) {
    super(name, "Pass", { ...options });
  }
}
