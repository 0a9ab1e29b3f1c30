import type { QueryLanguage } from "./asl.js";

/**
 * What stands in a field.
 *
 * - `template`: a payload template; references may stand at any depth
 * - `path`: a path or `null`; a reference may stand there
 * - `resultPath`: where a result is put; a reference path or `null`
 * - `text`: text; `expression` in JSONata
 * - `json`: data that is never evaluated
 * - `language`: a query language
 * - `scopes`: nested states
 * - `retry`, `catch`, `choices`: lists of rules
 * - `object`: an object of its own shape
 * - `errors`: names of errors; `texts`: a list of texts
 */
export type FieldKind =
  | "constant"
  | "language"
  | "number"
  | "text"
  | "path"
  | "resultPath"
  | "template"
  | "json"
  | "name"
  | "scopes"
  | "retry"
  | "catch"
  | "choices"
  | "object"
  | "errors"
  | "texts";

export interface Field {
  readonly kind: FieldKind;
  /** Bounds of a number, both included; whole numbers unless `isFraction`. */
  readonly least?: number;
  readonly most?: number;
  readonly isFraction?: true;
  /** What a text must be. */
  readonly format?: "arn" | "timestamp";
  /** Of an ARN: the calls that may stand there, such as `s3:getObject`; any that a Task may make where absent. */
  readonly calls?: readonly string[];
  /** The words that may stand there; a text of another kind is refused. */
  readonly words?: readonly string[];
  /** Set for a number that is never an expression. */
  readonly isLiteral?: true;
  /** Set for a text that may be an expression in JSONata. */
  readonly isEvaluated?: true;
  /** Set where a path has to find one value: a Reference Path. */
  readonly isReference?: true;
  /** Set where a call of an intrinsic function may stand for a path; it has to give a text. */
  readonly orCall?: true;
  /** Set where the field has an effect in a distributed Map alone. */
  readonly isDistributed?: true;
  /** Set for a template that has to be an object. */
  readonly isObject?: true;
  /** Set for a template that has to be one of these, or an expression. */
  readonly takes?: readonly ("boolean" | "array" | "object")[];
  /** What the object, or each rule of the list, may hold. */
  readonly shape?: Shape;
  /** Set where only one query language knows the field. */
  readonly only?: QueryLanguage;
}

/** What an object of the language may hold, and what it has to. */
export interface Shape {
  readonly fields: { readonly [name: string]: Field };
  /** Fields that have to be there. */
  readonly needed?: readonly string[];
  /** Of these, one has to be there, and one alone. */
  readonly oneOf?: readonly string[];
  /** Of each of these, one may be there. */
  readonly alternatives?: readonly (readonly string[])[];
  /** Of these, one or more have to be there. */
  readonly someOf?: readonly string[];
}
