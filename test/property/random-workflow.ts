import fc from "fast-check";

/** A workflow as data: what fast-check makes and shrinks. Numbers are taken modulo what there is to choose from. */
export type Part =
  | {
      readonly kind: "pass" | "task";
      readonly reads: readonly Wish[];
      readonly shape: Shape;
      readonly handler: Handler | undefined;
    }
  | { readonly kind: "through" | "fail" | "succeed" }
  | {
      readonly kind: "choice";
      readonly reads: readonly Wish[];
      readonly ways: readonly Way[];
      readonly otherwise: Way | undefined;
      readonly isJsonata: boolean;
      readonly hasOutput: boolean;
      readonly assigns: boolean;
    }
  | {
      readonly kind: "parallel";
      readonly branches: readonly Sequence[];
      readonly handler: Handler | undefined;
      readonly resultPath: ResultPath;
      readonly isJsonata: boolean;
    }
  | {
      readonly kind: "map";
      readonly mode: "inline" | "distributed" | "batches";
      readonly reads: readonly Wish[];
      readonly hasSelector: boolean;
      readonly processor: Sequence;
      readonly resultPath: ResultPath;
      readonly isJsonata: boolean;
    };

/** Parts one after the other; `isBackwards`: the steps are made from the last to the first, so that they can read later ones. */
export interface Sequence {
  readonly isBackwards: boolean;
  readonly parts: readonly Part[];
}

export type Way = { readonly jump: number } | { readonly to: Sequence };

/** Where an error leads, and what it leaves in the data and in variables. */
export interface Handler {
  readonly way: Way;
  readonly resultPath: undefined | null | "$.e" | "$.error";
  /** `output` is for states of JSONata alone. */
  readonly says: "nothing" | "assign" | "output";
}

type ResultPath = undefined | null | "$.k" | "$.l";

/** Something to read. */
export interface Wish {
  readonly any: number;
  readonly of: "output" | "input" | "name" | "item" | "variable" | "here";
  readonly place: Place;
}

/** The option in which a read stands, where the state has it; else it stands in `parameters`. */
export type Place = "parameters" | "selector" | "assign" | "output" | "catch";

/** The options that shape what a Pass or Task gives on. */
export interface Shape {
  /** Whether the state is in JSONata where machines are mixed. */
  readonly isJsonata: boolean;
  readonly inputPath: undefined | null | "$" | "$.k" | "execution" | "output";
  /** What a Pass makes its result of. */
  readonly makes: "parameters" | "result" | "input";
  readonly selector: "none" | "function" | "text";
  readonly resultPath: ResultPath;
  /** `made`: what the state has made, `at`: a member of that, `execution`: something else. */
  readonly outputPath: undefined | null | "made" | "at" | "execution";
  readonly hasOutput: boolean;
  readonly assigns: "nothing" | "function" | "text";
}

/** Takes the first value most of the time. */
function mostly<const T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  ) as fc.Arbitrary<T>;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  any: fc.nat(),
  of: fc.oneof(
    { weight: 6, arbitrary: fc.constant("output" as const) },
    { weight: 4, arbitrary: fc.constantFrom("item" as const, "variable" as const) },
    { weight: 1, arbitrary: fc.constantFrom("input" as const, "name" as const, "here" as const) },
  ),
  place: mostly<Place>("parameters", "selector", "assign", "output", "catch"),
});
const wishes = fc.array(wish, { maxLength: 3 });
const resultPath = mostly<ResultPath>(undefined, "$.k", "$.l", "$.k", null);
const shape: fc.Arbitrary<Shape> = fc.record({
  isJsonata: fc.boolean(),
  inputPath: mostly<Shape["inputPath"]>(undefined, null, "$", "$.k", "execution", "output"),
  makes: mostly<Shape["makes"]>("parameters", "result", "input"),
  selector: mostly<Shape["selector"]>("none", "function", "text"),
  resultPath,
  outputPath: mostly<Shape["outputPath"]>(undefined, null, "made", "at", "execution"),
  hasOutput: mostly<boolean>(false, true),
  assigns: mostly<Shape["assigns"]>("nothing", "function", "text"),
});

export const sequence: fc.Arbitrary<Sequence> = fc.letrec<{
  part: Part;
  sequence: Sequence;
  way: Way;
  simple: Part;
}>((tie) => {
  const handler = fc.option(
    fc.record({
      way: tie("way"),
      resultPath: fc.constantFrom(undefined, null, "$.e" as const, "$.error" as const),
      says: mostly<Handler["says"]>("nothing", "assign", "output"),
    }),
    { nil: undefined, freq: 3 },
  );
  const simple = fc.record({ kind: fc.constantFrom("pass" as const, "task" as const), reads: wishes, shape, handler });
  return {
    simple,
    way: fc.oneof(
      { maxDepth: 2 },
      { weight: 2, arbitrary: fc.record({ jump: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ to: tie("sequence") }) },
    ),
    part: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 5, arbitrary: tie("simple") },
      fc.record({ kind: fc.constantFrom("through" as const, "fail" as const, "succeed" as const) }),
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant("choice" as const),
          reads: wishes,
          ways: fc.array(tie("way"), { minLength: 1, maxLength: 3 }),
          otherwise: fc.option(tie("way"), { nil: undefined }),
          isJsonata: fc.boolean(),
          hasOutput: mostly<boolean>(false, true),
          assigns: fc.boolean(),
        }),
      },
      fc.record({
        kind: fc.constant("parallel" as const),
        branches: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }),
        handler,
        resultPath,
        isJsonata: fc.boolean(),
      }),
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("map" as const),
          mode: mostly<"inline" | "distributed" | "batches">("inline", "distributed", "batches"),
          reads: wishes,
          hasSelector: fc.boolean(),
          processor: tie("sequence"),
          resultPath,
          isJsonata: fc.boolean(),
        }),
      },
    ),
    sequence: fc.record({
      isBackwards: fc.boolean(),
      parts: fc.array(tie("part"), { minLength: 1, maxLength: 4 }),
    }),
  } as never;
}).sequence;
