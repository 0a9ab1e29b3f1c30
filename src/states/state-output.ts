import type { Ref } from "../expression/placeholder.js";
import type { Resolved } from "../expression/resolved.js";
import type { Template } from "./template.js";

/** What may stand in `resultSelector`; `undefined` where it is left out. */
export type SelectorOption = Template | undefined;
/** What may stand in `resultPath`. */
export type ResultPathOption = string | null | undefined;
/** What may stand in `outputPath`. */
export type OutputPathOption = string | null | Ref<unknown> | undefined;

/** The options that change what a state gives on, each with the type that was given: what is generic in a step's constructor. */
export interface Shaped<
  Selector extends SelectorOption,
  Path extends ResultPathOption,
  Output extends OutputPathOption,
> {
  /** The part of the raw result that counts as the result. */
  readonly resultSelector?: Selector;
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: Path;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: Output;
}

/** `Options` with the shaping ones in their generic form. */
export type ShapedOptions<
  Options,
  Selector extends SelectorOption,
  Path extends ResultPathOption,
  Output extends OutputPathOption,
> = Omit<Options, keyof Shaped<Selector, Path, Output>> & Shaped<Selector, Path, Output>;

/**
 * What a state gives on: its result, as ResultSelector makes it, at the place that ResultPath names.
 * Where the rest of the data is not known to the step (`resultPath: null`, an `outputPath`), it is unknown.
 */
export type StateOutput<Result, Selector, Path, Output> = [Output] extends [undefined]
  ? AtPath<Path, [Selector] extends [undefined] ? Result : Resolved<Selector>>
  : unknown;

/** An object that has `Value` where `$.a.b` leads; other forms of paths say nothing. */
type AtPath<Path, Value> = [Path] extends [undefined | "$"]
  ? Value
  : Path extends `$.${infer Keys}`
    ? Nested<Keys, Value>
    : unknown;

type Nested<Keys extends string, Value> = Keys extends `${string}[${string}`
  ? unknown
  : Keys extends `${infer First}.${infer Rest}`
    ? { readonly [K in First]: Nested<Rest, Value> }
    : { readonly [K in Keys]: Value };
