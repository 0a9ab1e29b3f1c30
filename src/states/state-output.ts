import type { Placeholder, Ref } from "../expression/placeholder.js";
import type { Resolved } from "../expression/resolved.js";
import type { Template } from "./template.js";

/** What may stand in `resultSelector`; `undefined` where it is left out. In JSONata it may be any value. */
export type SelectorOption = Template | Ref<unknown> | undefined;
/** What may stand in `resultPath`. */
export type ResultPathOption = string | null | undefined;
/** What may stand in `outputPath`. */
export type OutputPathOption = string | null | Ref<unknown> | undefined;

/** The options that change what a state gives on, each with the type that was given: what is generic in a step's constructor. */
export interface Shaped<
  Result,
  Selector extends SelectorOption,
  Path extends ResultPathOption,
  Output extends OutputPathOption,
  Made,
> {
  /** The part of the raw result that counts as the result; a function reads it: `(result) => ({ uri: result.Uri })`. */
  readonly resultSelector?: Selector | ((result: Placeholder<Result>) => Selector);
  /** Where the result is put into the input; `null` keeps the input. */
  readonly resultPath?: Path;
  /** What of the outcome is given on; `null` for an empty object. */
  readonly outputPath?: Output;
  /** JSONata: what is given on, instead of what the other options make; a function reads the raw result. */
  readonly output?: Made | ((result: Placeholder<Result>) => Made);
  /** Variables to set, by their names; a function reads what `resultSelector` leaves of the result. */
  readonly assign?: Template | ((result: Placeholder<Selected<Result, Selector>>) => Template);
}

/** `Options` with the shaping ones in their generic form. */
export type ShapedOptions<
  Options,
  Result,
  Selector extends SelectorOption,
  Path extends ResultPathOption,
  Output extends OutputPathOption,
  Made,
> = Omit<Options, keyof Shaped<unknown, undefined, undefined, undefined, undefined>> &
  Shaped<Result, Selector, Path, Output, Made>;

/** What `resultSelector` leaves of the result. */
type Selected<Result, Selector> = [Selector] extends [undefined] ? Result : Resolved<Selector>;

/**
 * What a state gives on: its result, as ResultSelector makes it, at the place that ResultPath names; or what `output` makes.
 * Where the rest of the data is not known to the step (`resultPath: null`, an `outputPath`), it is unknown.
 */
export type StateOutput<Result, Selector, Path, Output, Made = undefined> = [Made] extends [undefined]
  ? [Output] extends [undefined]
    ? AtPath<Path, Selected<Result, Selector>>
    : unknown
  : Resolved<Made>;

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
