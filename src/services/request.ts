import type { Ref } from "../expression/placeholder.js";

type Scalar = string | number | boolean | null | undefined | bigint;

/** Bytes, which stand as text in a request and an answer: as they come in, or as base64. */
type Bytes = { readonly BYTES_PER_ELEMENT: number } | { readonly transformToByteArray: unknown };

/**
 * How integrations name a member: the optimized ones in PascalCase; those of `aws-sdk` as the SDK for Java does, where an acronym at the start is a word like any
 * other: `DBInstanceIdentifier` is `DbInstanceIdentifier`, `ACL` is `Acl`.
 */
type Naming = "pascal" | "java";

/** A member as integrations name it; the keys of a map stay as they are. */
type Named<K, N extends Naming> = K extends string
  ? string extends K
    ? K
    : N extends "pascal"
      ? Capitalize<K>
      : K extends `${infer First}${infer Rest}`
        ? `${Uppercase<First>}${WithoutAcronym<Rest>}`
        : K
  : K;

/** In lower case until the capital that begins the next word. */
type WithoutAcronym<Text extends string> = Text extends `${infer Letter}${infer Rest}`
  ? Letter extends Lowercase<Letter>
    ? Text
    : Rest extends `${infer Next}${string}`
      ? Next extends Uppercase<Next>
        ? `${Lowercase<Letter>}${WithoutAcronym<Rest>}`
        : Text
      : Lowercase<Letter>
  : Text;

/** Keys written by hand: what stands there is a path or a function as text. */
interface Paths {
  readonly [path: `${string}.$`]: string;
}

/**
 * What an integration takes where the client takes a `T`: members in PascalCase, placeholders at any depth, bytes as text.
 *
 * @typeParam Json - members that hold JSON of the user's own, as data or as text
 */
export type Given<T, Json extends string = never, N extends Naming = "pascal"> =
  // The clients say of nearly every member of an answer that it may be missing.
  | Ref<(T extends string ? string : Sent<T, Json, N>) | undefined>
  | (unknown extends T
      ? unknown
      : [T] extends [Scalar]
        ? T
        : [Extract<T, Bytes>] extends [never]
          ? [T] extends [Date]
            ? string | number
            : [T] extends [readonly (infer E)[]]
              ? readonly Given<E, Json, N>[]
              : GivenObject<T, Json, N>
          : // `aws-sdk` takes data too, and sends it as JSON.
            N extends "java"
            ? unknown
            : string);

export type GivenObject<T, Json extends string = never, N extends Naming = "pascal"> = {
  readonly [K in keyof T as Named<K, N>]: Named<K, N> extends Json ? unknown : Given<Exclude<T[K], undefined>, Json, N>;
} & Paths;

/** The value that a placeholder of it stands for. */
type Sent<T, Json extends string, N extends Naming> = unknown extends T
  ? T
  : [T] extends [Scalar]
    ? T
    : [Extract<T, Bytes>] extends [never]
      ? [T] extends [Date]
        ? string | number
        : [T] extends [readonly (infer E)[]]
          ? readonly Sent<E, Json, N>[]
          : {
              readonly [K in keyof T as Named<K, N>]: Named<K, N> extends Json
                ? unknown
                : Sent<Exclude<T[K], undefined>, Json, N>;
            }
      : string;

/**
 * What an integration gives where the client gives a `T`: members in PascalCase, dates as milliseconds since 1970 (of `aws-sdk` as text), bytes as text.
 * The clients write members that the API always sends as `X: T | undefined` and the others as `X?: T`; the first kind loses its `undefined`.
 *
 * @typeParam Json - members that hold JSON of the user's own, as data
 */
export type Answer<T, Json extends string = never, N extends Naming = "pascal"> = unknown extends T
  ? T
  : T extends Date
    ? N extends "java"
      ? string
      : number
    : T extends Bytes
      ? string
      : T extends Scalar
        ? T
        : T extends readonly (infer E)[]
          ? readonly Answer<E, Json, N>[]
          : AnswerObject<T, Json, N>;

export type AnswerObject<T, Json extends string = never, N extends Naming = "pascal"> = {
  readonly [K in keyof T as K extends "$metadata" ? never : Named<K, N>]: Named<K, N> extends Json
    ? unknown
    : object extends Pick<T, K>
      ? Answer<T[K], Json, N>
      : Answer<Exclude<T[K], undefined>, Json, N>;
};
