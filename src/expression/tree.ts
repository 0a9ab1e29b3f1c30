import type { Json } from "../language/json.js";

/** One step into data: a key of an object or an index of a list. */
export type Segment = string | number;

/** Where a reference begins. */
export type Root =
  /** The input of the execution: `$$.Execution.Input`. */
  | { readonly kind: "executionInput" }
  /** The input of the state in which the reference stands: `$`. */
  | { readonly kind: "stateInput" }
  /** The Context Object: `$$`. */
  | { readonly kind: "context" }
  /** A variable: `$name`. */
  | { readonly kind: "variable"; readonly name: string }
  /** The output of a step; the compiler finds out how it travels. */
  | { readonly kind: "output"; readonly step: { readonly name: string } };

/** A value found by going down from a root. */
export interface Reference {
  readonly kind: "reference";
  readonly root: Root;
  readonly path: readonly Segment[];
}

/** A value that an intrinsic function makes, for example `States.Array`. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly (Expression | Literal | FormatText)[];
}

/** JSON that stands in a call as it is. */
export interface Literal {
  readonly kind: "literal";
  readonly value: Json;
}

/**
 * The text that `States.Format` fills: a gap stands between each two pieces.
 * A piece that is no text is known when the workflow is deployed: a `Deferred` of src/states.
 */
export interface FormatText {
  readonly kind: "format";
  readonly pieces: readonly (string | object)[];
}

export type Expression = Reference | Call;

const brand = Symbol.for("sfn-ds.expression");

/** Marks `target` as a carrier of an expression. */
export const expressionBrand: typeof brand = brand;

/** The expression that `value` stands for; `undefined` for plain data. Also true across copies of this package. */
export function expressionOf(value: unknown): Expression | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as { readonly [brand]?: Expression })[brand];
}

/** Whether two references read the same place. */
export function sameReference(left: Reference, right: Reference): boolean {
  return (
    sameRoot(left.root, right.root) &&
    left.path.length === right.path.length &&
    left.path.every((segment, index) => segment === right.path[index])
  );
}

function sameRoot(left: Root, right: Root): boolean {
  if (left.kind === "variable") return right.kind === "variable" && left.name === right.name;
  if (left.kind === "output") return right.kind === "output" && left.step === right.step;
  return left.kind === right.kind;
}
