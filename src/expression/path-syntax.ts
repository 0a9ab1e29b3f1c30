import type { Json } from "../language/json.js";
import type { Segment } from "./tree.js";

/** A path of AWS's JSONPath dialect (Jayway's), as data. */
export interface PathSyntax {
  readonly root: "input" | "context" | "variable";
  /** Name of the variable where the root is one; else empty. */
  readonly variable: string;
  /** The way to one value, as far as the path leads to one. */
  readonly head: readonly Segment[];
  /** What follows: from the first step on that may find many values. */
  readonly steps: readonly PathStep[];
  /** Where the text ceases to be a Reference Path; `undefined` for one. */
  readonly endsAt: number | undefined;
}

/** A step that may find many values, or one behind such a step. */
export type PathStep =
  /** One key or index, or a union of them. */
  | { readonly kind: "pick"; readonly segments: readonly Segment[] }
  | { readonly kind: "all" }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  /** `..`: the value itself and all within it. */
  | { readonly kind: "deep" }
  /** `[?( … )]`, which stands from `at` to `end`. */
  | { readonly kind: "filter"; readonly condition: Condition; readonly at: number; readonly end: number }
  /** A function such as `length()`. */
  | { readonly kind: "function"; readonly name: string; readonly arguments: readonly Operand[]; readonly at: number };

/** What a filter asks of an item. */
export type Condition =
  | { readonly kind: "or" | "and"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "test";
      readonly left: Operand;
      /** Without one the test asks whether `left` is there. */
      readonly operator: string | undefined;
      readonly right: Operand | undefined;
    };

/** What a filter compares, or a function takes. */
export type Operand =
  /** A path from the item (`@`), or from where the whole path begins. */
  | { readonly kind: "path"; readonly of: "item" | "root"; readonly path: PathSyntax }
  | { readonly kind: "literal"; readonly value: Json }
  /** A list or an object, as it stands. */
  | { readonly kind: "json"; readonly text: string }
  /** A regular expression, as it stands; nothing ever runs it. */
  | { readonly kind: "pattern"; readonly text: string }
  /** A bare word: Jayway knows none, AWS takes it. */
  | { readonly kind: "word"; readonly text: string };

/** Brackets of filters and functions within one another. Ours: no path that means something comes near. */
export const deepestFilter = 100;
