import type { ValidationCode, WarningCode } from "../language/validation-codes.js";

/** One thing that the validator says about a definition. */
export interface ValidationIssue {
  /** AWS refuses a definition that has an error. */
  readonly severity: "error" | "warning";
  /** AWS's code, in capitals; or one of ours, in small letters. */
  readonly code: ValidationCode;
  /** AWS's words where they are known. */
  readonly message: string;
  /** AWS's place, such as `/States/C/Choices[0]/Next`; absent where AWS names none. It may be less exact than `pointer`. */
  readonly location?: string;
  /** JSON pointer (RFC 6901) to what is wrong; empty for the whole definition. */
  readonly pointer: string;
  /** Line of the text, from 1 on; where text was given. */
  readonly line?: number;
  /** Column of the line, in UTF-16 code units, from 1 on; where text was given. */
  readonly column?: number;
  /** What to do. */
  readonly hint: string;
}

/** Options of {@link validate}. */
export interface ValidateOptions {
  /** Type of the state machine. Default `STANDARD`. */
  readonly type?: "STANDARD" | "EXPRESS";
  /**
   * What stands for `${Name}` in texts, as in `DefinitionSubstitutions` of CloudFormation. A name that is not listed stays, and is taken for
   * whatever its place wants. `true` takes all so. By default a placeholder is a text like any other, as for AWS.
   */
  readonly substitutions?: true | { readonly [name: string]: string };
  /** What a text is. By default JSON, or YAML where it is no JSON and holds a mapping. */
  readonly format?: "json" | "yaml";
  /** Codes of warnings that are not wanted. Errors cannot be switched off. */
  readonly ignore?: readonly WarningCode[];
}
