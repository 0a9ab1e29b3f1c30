import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import type { InputOf } from "../../src/expression/input-of.js";

/** Whether two types are one and the same, also to the letter. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? ([A] extends [B] ? true : false) : false;
const same = <S extends z.core.SomeType>(_schema: S): Same<InputOf<S>, z.input<S>> => undefined as never;

const tree = z.object({
  name: z.string(),
  get children() {
    return z.array(tree).optional();
  },
  get parent() {
    return tree.nullable();
  },
});

test("what is sent is what zod says, to the letter", () => {
  expectTypeOf(same(z.object({ a: z.string(), b: z.object({ c: z.number() }) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.string().optional(), b: z.number().default(1) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.object({ b: z.string().optional() }).optional() }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.string().transform(Number), b: z.unknown(), c: z.any() }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.union([z.object({ b: z.string() }), z.null()]) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.array(z.object({ b: z.string().optional() })) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({}))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.object({}) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.never() }))).toEqualTypeOf<true>();
});

test("also with other keys, of other forms, and for itself", () => {
  expectTypeOf(same(z.looseObject({ a: z.string() }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.strictObject({ a: z.string(), b: z.string().optional() }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.string() }).catchall(z.number()))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.looseObject({ b: z.object({ c: z.string() }) }) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.string(), b: z.string() }).partial())).toEqualTypeOf<true>();
  expectTypeOf(same(z.record(z.string(), z.object({ a: z.string() })))).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({ a: z.string() }).readonly())).toEqualTypeOf<true>();
  expectTypeOf(same(mini.object({ a: mini.object({ b: mini.optional(mini.string()) }) }))).toEqualTypeOf<true>();
  expectTypeOf(same(z.string())).toEqualTypeOf<true>();
  expectTypeOf(same(tree)).toEqualTypeOf<true>();
  expectTypeOf(same(z.object({} as Record<string, z.ZodOptional>))).toEqualTypeOf<true>();
  expectTypeOf(same({} as z.ZodObject)).toEqualTypeOf<true>();
  expectTypeOf<InputOf<z.core.$ZodType>>().toEqualTypeOf<unknown>();
});
