import type * as z from "zod";

/**
 * What is sent where a schema says what it is: `z.input`, for which TypeScript does less than half the work where objects nest.
 * Objects are walked here; anything else is asked of zod.
 */
// biome-ignore lint/suspicious/noExplicitAny: which members it has does not matter, and must not be compared.
export type InputOf<S> = S extends z.ZodObject<any, Closed> ? Members<S["shape"]> : z.input<S>;

/** The configuration of an object that says nothing of keys beyond its own. */
interface Closed {
  readonly in: { readonly [key in string]?: never };
  // biome-ignore lint/suspicious/noExplicitAny: what comes out does not matter.
  readonly out: any;
}

type Members<Shape> = keyof Shape extends never
  ? Record<string, never>
  : IsOptional<Shape[keyof Shape]> extends false
    ? { -readonly [K in keyof Shape]: InputOf<Shape[K]> }
    : SomeOptional<Shape>;

type SomeOptional<Shape> = string extends keyof Shape
  ? z.input<z.ZodObject<Shape & z.core.$ZodShape>>
  : z.core.util.Prettify<
      { -readonly [K in keyof Shape as Shape[K] extends OptionalIn ? never : K]: InputOf<Shape[K]> } & {
        -readonly [K in keyof Shape as Shape[K] extends OptionalIn ? K : never]?: InputOf<Shape[K]>;
      }
    >;

interface OptionalIn {
  readonly _zod: { readonly optin: string };
}

/** Whether members may be missing: `boolean` where some may. That objects may not is known without looking into them. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
type IsOptional<S> = S extends z.ZodObject<any, any> ? false : S extends OptionalIn ? true : false;
