import type { Ref } from "../expression/placeholder.js";

type Scalar = string | number | boolean | null | undefined | bigint | Date;

/**
 * Parts of a request that an author sets: every field is optional, a placeholder may stand at any depth, and a key that ends in `.$` holds a path as text.
 * Texts of a list of choices may be any text: the service knows newer ones.
 */
export type Overrides<T> =
  | Ref<T extends string ? string : T>
  | ([T] extends [Scalar]
      ? T extends string
        ? T | (string & {})
        : T
      : [T] extends [readonly (infer E)[]]
        ? readonly Overrides<E>[]
        : { readonly [K in keyof T]?: Overrides<Exclude<T[K], undefined>> } & {
            readonly [path: `${string}.$`]: string;
          });
