import type { Ref } from "./placeholder.js";

type Scalar = string | number | boolean | null | undefined;

/** The value that stands where `P` was written: placeholders, at any depth, taken for what they stand for. */
export type Resolved<P> =
  P extends Ref<infer T>
    ? T
    : P extends Scalar
      ? P
      : P extends readonly unknown[]
        ? { -readonly [K in keyof P]: Resolved<P[K]> }
        : P extends object
          ? { -readonly [K in keyof P]: Resolved<P[K]> }
          : P;

/** A list, or a placeholder of one. */
export type ListParam = Ref<readonly unknown[]> | readonly unknown[];

/** An object, or a placeholder of one. */
export type ObjectParam = Ref<object> | { readonly [key: string]: unknown };

/** What the items of a {@link ListParam} are. */
export type ItemOf<L> = Resolved<L> extends readonly (infer E)[] ? E : never;

/** The item at an index: by the place in a tuple, else whatever the list holds. */
export type ItemAt<L, I> =
  Resolved<L> extends infer List extends readonly unknown[]
    ? number extends List["length"]
      ? List[number]
      : `${I & number}` extends keyof List
        ? List[`${I & number}` & keyof List]
        : List[number]
    : never;

/** One object over another: keys of the second win. */
export type Merged<A, B> = Omit<Resolved<A>, keyof Resolved<B>> & Resolved<B> extends infer Both
  ? { [K in keyof Both]: Both[K] }
  : never;
