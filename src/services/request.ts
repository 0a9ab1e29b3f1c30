import type { Ref } from "../expression/placeholder.js";

type Scalar = string | number | boolean | null | undefined | bigint;

/** Bytes, which stand as text in a request and an answer: as they come in, or as base64. */
type Bytes = { readonly BYTES_PER_ELEMENT: number } | { readonly transformToByteArray: unknown };

/** A member as integrations name it; the keys of a map stay as they are. */
type Pascal<K> = K extends string ? (string extends K ? K : Capitalize<K>) : K;

/** Keys written by hand: what stands there is a path or a function as text. */
interface Paths {
  readonly [path: `${string}.$`]: string;
}

/**
 * What an integration takes where the client takes a `T`: members in PascalCase, placeholders at any depth, bytes as text.
 *
 * @typeParam Json - members that hold JSON of the user's own, as data or as text
 */
export type Given<T, Json extends string = never> =
  | Ref<T extends string ? string : Sent<T, Json>>
  | (unknown extends T
      ? unknown
      : [T] extends [Scalar]
        ? T
        : [Extract<T, Bytes>] extends [never]
          ? [T] extends [Date]
            ? string | number
            : [T] extends [readonly (infer E)[]]
              ? readonly Given<E, Json>[]
              : GivenObject<T, Json>
          : string);

export type GivenObject<T, Json extends string = never> = {
  readonly [K in keyof T as Pascal<K>]: Pascal<K> extends Json ? unknown : Given<Exclude<T[K], undefined>, Json>;
} & Paths;

/** The value that a placeholder of it stands for. */
type Sent<T, Json extends string> = unknown extends T
  ? T
  : [T] extends [Scalar]
    ? T
    : [Extract<T, Bytes>] extends [never]
      ? [T] extends [Date]
        ? string | number
        : [T] extends [readonly (infer E)[]]
          ? readonly Sent<E, Json>[]
          : {
              readonly [K in keyof T as Pascal<K>]: Pascal<K> extends Json
                ? unknown
                : Sent<Exclude<T[K], undefined>, Json>;
            }
      : string;

/**
 * What an integration gives where the client gives a `T`: members in PascalCase, dates as milliseconds since 1970, bytes as text.
 * The clients write members that the API always sends as `X: T | undefined` and the others as `X?: T`; the first kind loses its `undefined`.
 *
 * @typeParam Json - members that hold JSON of the user's own, as data
 */
export type Answer<T, Json extends string = never> = unknown extends T
  ? T
  : T extends Date
    ? number
    : T extends Bytes
      ? string
      : T extends Scalar
        ? T
        : T extends readonly (infer E)[]
          ? readonly Answer<E, Json>[]
          : AnswerObject<T, Json>;

export type AnswerObject<T, Json extends string = never> = {
  readonly [K in keyof T as K extends "$metadata" ? never : Pascal<K>]: Pascal<K> extends Json
    ? unknown
    : object extends Pick<T, K>
      ? Answer<T[K], Json>
      : Answer<Exclude<T[K], undefined>, Json>;
};
