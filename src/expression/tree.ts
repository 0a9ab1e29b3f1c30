import type { Issue } from "../language/errors.js";
import type { Json } from "../language/json.js";

/** One step into data: a key of an object or an index of a list. */
export type Segment = string | number;

/** Where a reference begins. */
export type Root =
  /** The input of the execution: `$$.Execution.Input`. */
  | {
      readonly kind: "executionInput";
      /** Which input it was read from; a path that was parsed tells none. */
      readonly collection?: object;
    }
  /** The input of the state in which the reference stands: `$`. */
  | { readonly kind: "stateInput" }
  /** The Context Object: `$$`. */
  | { readonly kind: "context" }
  /** A variable: `$name`. */
  | { readonly kind: "variable"; readonly name: string }
  /** The item of an iteration, its index, or the batch that a child execution of a distributed Map is given. */
  | { readonly kind: "item"; readonly iteration: object; readonly part: "Value" | "Index" | "Batch" }
  /** What a catcher was given: `{ "Error", "Cause" }`. */
  | { readonly kind: "error"; readonly rule: object }
  /** What a catcher was given, for its own Assign and Output. */
  | { readonly kind: "errorOutput" }
  /** The raw result of a state, for its own ResultSelector. */
  | { readonly kind: "result" }
  /** What ResultSelector has made of the result, for the state's own Assign. */
  | { readonly kind: "selected" }
  /** The output of a step; the compiler finds out how it travels. */
  | { readonly kind: "output"; readonly step: { readonly name: string } };

/** A value found by going down from a root. */
export interface Reference {
  readonly kind: "reference";
  readonly root: Root;
  readonly path: readonly Segment[];
  /** What stands there, where a schema tells. */
  readonly holds?: ValueType;
}

/** The type of a value, where it is known before the state machine runs. */
export type ValueType = "text" | "number" | "integer" | "boolean" | "null" | "list" | "object";

/** A value that an intrinsic function makes, for example `States.Array`. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Argument[];
  /** What its author got wrong; the compiler reports it at the place of the call. */
  readonly problems?: readonly Issue[];
  /** How large the tree below is, itself included; without it, not more than a definition may hold. */
  readonly extent?: Extent;
}

/** A JSONata expression that an author wrote, with gaps for values: one gap between each two pieces. */
export interface JsonataSource {
  readonly kind: "jsonata";
  readonly pieces: readonly string[];
  readonly arguments: readonly Argument[];
  readonly problems?: readonly Issue[];
  readonly extent?: Extent;
}

/** How deep a tree is, and how many nodes it prints. */
export interface Extent {
  readonly depth: number;
  readonly nodes: number;
}

/** What stands in a call. */
export type Argument = Expression | Literal | FormatText | ListOf | ObjectOf | LateValue | OfVisit;

/** JSON that stands in a call as it is. */
export interface Literal {
  readonly kind: "literal";
  readonly value: Json;
}

/** A list with expressions in it. */
export interface ListOf {
  readonly kind: "list";
  readonly items: readonly Argument[];
}

/** An object with expressions in it. */
export interface ObjectOf {
  readonly kind: "object";
  readonly members: readonly (readonly [key: string, value: Argument])[];
}

/** A value that is known when the workflow is deployed: a `Deferred` of src/states. */
export interface LateValue {
  readonly kind: "late";
  readonly value: object;
}

/**
 * What tells apart visits of states, in a form that depends on where the expression stands: the compiler finds it.
 * `id`: a text that no other visit of any state has; `retry`: how often the state was tried again in this visit.
 */
export interface OfVisit {
  readonly kind: "visit";
  readonly part: "id" | "retry";
}

/** Part of a text: written, or known when the workflow is deployed (a `Deferred` of src/states). */
export type TextPart = string | object;

/** The text that `States.Format` fills: a gap stands between each two pieces; a list is one piece of several parts. */
export interface FormatText {
  readonly kind: "format";
  readonly pieces: readonly (TextPart | readonly TextPart[])[];
}

export type Expression = Reference | Call | JsonataSource;

const brand = Symbol.for("sfn-ds.expression");
const deferredBrand = Symbol.for("sfn-ds.deferred");

/** Marks `target` as a carrier of an expression. */
export const expressionBrand: typeof brand = brand;

/** The expression that `value` stands for; `undefined` for plain data. Also true across copies of this package. */
export function expressionOf(value: unknown): Expression | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as { readonly [brand]?: Expression })[brand];
}

/** Whether `value` is known when the workflow is deployed: a `Deferred` of src/states. */
export function isLate(value: unknown): value is object {
  return typeof value === "object" && value !== null && deferredBrand in value;
}
