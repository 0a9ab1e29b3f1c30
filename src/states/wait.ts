import type { Param, Ref } from "../expression/placeholder.js";
import type { QueryLanguage } from "../language/asl.js";
import { FlowStep } from "./chain.js";
import { stepOptions } from "./given-options.js";
import type { PassedOnBy } from "./pass.js";
import type { OutputPathOption } from "./state-output.js";
import type { Template } from "./template.js";

interface WaitFields {
  /** The query language of this state; default the workflow's. */
  readonly queryLanguage?: QueryLanguage;
  /** JSONata: what is given on, instead of the input. */
  readonly output?: unknown;
  readonly comment?: string;
  /** What of the input is used; `null` for an empty object. */
  readonly inputPath?: string | null | Ref<unknown>;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: string | null | Ref<unknown>;
  /** Variables to set, by their names. */
  readonly assign?: Template;
}

/** How long to wait: exactly one of the four. */
type Duration =
  | {
      /** Whole seconds, 0 to 99,999,999. */
      readonly seconds: Param<number>;
      readonly secondsPath?: never;
      readonly timestamp?: never;
      readonly timestampPath?: never;
    }
  | {
      readonly secondsPath: string | Ref<number>;
      readonly seconds?: never;
      readonly timestamp?: never;
      readonly timestampPath?: never;
    }
  | {
      /** RFC 3339 with `T` and `Z` or an offset, for example `2026-03-14T01:59:00Z`. */
      readonly timestamp: Param<string>;
      readonly seconds?: never;
      readonly secondsPath?: never;
      readonly timestampPath?: never;
    }
  | {
      readonly timestampPath: string | Ref<string>;
      readonly seconds?: never;
      readonly secondsPath?: never;
      readonly timestamp?: never;
    };

/** Options of {@link Wait}. */
export type WaitOptions = WaitFields & Duration;

/** A step that pauses; made by `new Wait(name, options)`. */
export interface Wait<Output = unknown> extends FlowStep<Output> {}

interface WaitConstructor {
  new <
    const InputPath extends WaitFields["inputPath"] = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
  >(
    name: string,
    options: Duration &
      Omit<WaitFields, "inputPath" | "outputPath" | "output"> & {
        /** What of the input is used; `null` for an empty object. */
        readonly inputPath?: InputPath;
        /** What of the outcome is given on; `null` for an empty object. */
        readonly outputPath?: Out;
        /** JSONata: what is given on, instead of the input. */
        readonly output?: Made;
      },
  ): Wait<PassedOnBy<InputPath, Out, Made>>;
}

/**
 * Pauses the execution before the next state.
 * Source: ASL, "Wait State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `conflicting_options`, `missing_option`, `invalid_number`, `invalid_text`.
 * @example
 * new Wait("Cool down", { seconds: 30 });
 * // { "Type": "Wait", "Seconds": 30, "End": true }
 */
export const Wait: WaitConstructor = class Wait extends FlowStep {
  constructor(name: string, options: WaitOptions) {
    super(name, "Wait", stepOptions("Wait", options));
  }
} as WaitConstructor;
