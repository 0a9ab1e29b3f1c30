import {
  isPlaceholder,
  type Param,
  type Placeholder,
  placeholderOf,
  type Ref,
  schemasOf,
} from "../expression/placeholder.js";
import { memberOf, type Schema } from "../expression/schema.js";
import { type Issue, issue } from "../language/errors.js";
import { type AnyChainable, FlowStep, type Known, type OutputOf } from "./chain.js";
import { stepOptions } from "./given-options.js";
import type { ItemReader } from "./item-reader.js";
import { type ResultFields, readResult } from "./result-fields.js";
import type { OutputPathOption, ResultPathOption, SelectorOption, Shaped, StateOutput } from "./state-output.js";
import type { Template } from "./template.js";

/** What the states of a Map's processor see of the iteration. */
export interface Iteration<Item> {
  /** The item of this iteration: `$$.Map.Item.Value`. */
  readonly item: Placeholder<Item>;
  /** Its place in the list, from 0: `$$.Map.Item.Index`. */
  readonly index: Ref<number>;
  /** With `itemBatcher`: what a child execution is given instead of an item. */
  readonly batch: Placeholder<Batch<Item>>;
}

/** What a child execution of a distributed Map with `itemBatcher` is given. */
export interface Batch<Item> {
  /** The items; with `itemSelector`, what it makes of them. */
  readonly Items: readonly Item[];
  readonly BatchInput: unknown;
}

/** What a Map with a `resultWriter` for a bucket gives on. */
export interface WrittenResults {
  readonly MapRunArn: string;
  readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
}

/** Where a distributed Map writes its results. */
export interface ResultWriter {
  /** AWS's partition of the bucket; default `aws`. */
  readonly partition?: string;
  /** Without a bucket, the results are given on as `transformation` makes them. */
  readonly bucket?: Param<string>;
  readonly prefix?: Param<string>;
  readonly outputType?: "JSON" | "JSONL";
  readonly transformation?: "NONE" | "COMPACT" | "FLATTEN";
}

/** The result of a Map: the list of what its processor gives, or where that was written. */
type MapResult<C, Writer> = [Writer] extends [undefined]
  ? Known<OutputOf<C>>[]
  : Writer extends { readonly bucket: unknown }
    ? WrittenResults
    : unknown;

interface MapFields<Item, C extends AnyChainable>
  extends Omit<ResultFields, keyof Shaped<unknown, undefined, undefined, undefined, undefined>> {
  /** The steps for each item. It is called once, when the step is made. */
  readonly processor: C | ((iteration: Iteration<Item>) => C);
  /** The input of each iteration, instead of the item. */
  readonly itemSelector?: Template | ((iteration: Iteration<Item>) => Template);
  /** Iterations at a time; 0 for as many as AWS runs; default 0. */
  readonly maxConcurrency?: Param<number>;
  readonly maxConcurrencyPath?: string | Ref<number>;
}

export interface InlineMapOptions<Item, C extends AnyChainable> extends MapFields<Item, C> {
  readonly mode?: "INLINE";
  readonly executionType?: never;
  readonly itemReader?: never;
  readonly itemBatcher?: never;
  readonly resultWriter?: never;
  readonly toleratedFailurePercentage?: never;
  readonly toleratedFailureCount?: never;
  readonly label?: never;
  /** The list; default: the state's input. JSONata: or the items themselves. */
  readonly items?: Ref<readonly Item[]> | readonly Item[];
  readonly itemsPath?: string | Ref<readonly Item[]>;
}

export interface DistributedMapOptions<Item, C extends AnyChainable, Writer = ResultWriter> extends MapFields<Item, C> {
  /** Each item is an execution of its own. */
  readonly mode: "DISTRIBUTED";
  /** Default `STANDARD`. */
  readonly executionType?: "STANDARD" | "EXPRESS";
  /** The list; default: the state's input. JSONata: or the items themselves. */
  readonly items?: Ref<readonly Item[]> | readonly Item[];
  readonly itemsPath?: string | Ref<readonly Item[]>;
  /** Reads the items from S3 instead. */
  readonly itemReader?: ItemReader<Item>;
  /** Gives each child execution several items. */
  readonly itemBatcher?: {
    readonly maxItemsPerBatch?: Param<number>;
    readonly maxInputBytesPerBatch?: Param<number>;
    /** What each batch is given besides its items. */
    readonly batchInput?: Template;
  };
  /** Writes the results to S3 instead of giving them on. */
  readonly resultWriter?: Writer;
  /** 0 to 100. */
  readonly toleratedFailurePercentage?: Param<number>;
  readonly toleratedFailureCount?: Param<number>;
  /** 1 to 40 characters; stands in the names of the child executions. */
  readonly label?: string;
}

export type MapOptions<Item, C extends AnyChainable, Writer = ResultWriter> =
  | InlineMapOptions<Item, C>
  | DistributedMapOptions<Item, C, Writer>;

/** A step that does the same with each item of a list; made by `new Map(name, options)`. */
export interface Map<Output = unknown> extends FlowStep<Output> {}

interface MapConstructor {
  new <
    Item,
    C extends AnyChainable,
    const Selector extends SelectorOption = undefined,
    const Path extends ResultPathOption = undefined,
    const Out extends OutputPathOption = undefined,
    const Made = undefined,
    const Writer extends ResultWriter | undefined = undefined,
  >(
    name: string,
    options: MapOptions<Item, C, Writer> & Shaped<MapResult<C, Writer>, Selector, Path, Out, Made>,
  ): Map<StateOutput<MapResult<C, Writer>, Selector, Path, Out, Made>>;
}

/**
 * Does the same with each item of a list; its result is the list of what the processor gives. The type is that of the processor's
 * main way: where a catch in it ends with other data, an item may be that.
 * Source: ASL, "Map State".
 *
 * @param name - State name, unique in the workflow; 1 to 80 characters.
 * @throws {@link DefinitionError} at `compile()`: `missing_option`, `invalid_map`, `conflicting_options`.
 * @example
 * new Map("Each row", { items: input.rows, processor: ({ item }) => new Pass("Row", { parameters: { id: item.id } }) });
 * // { "Type": "Map", "ItemsPath": "$$.Execution.Input['rows']", "ItemProcessor": { "StartAt": "Row", … }, "End": true }
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the state is named so.
export const Map: MapConstructor = class MapStep extends FlowStep {
  constructor(name: string, options: MapOptions<unknown, AnyChainable> & ResultFields) {
    const { items, processor, itemSelector, ...rest } = readResult(stepOptions("Map", options));
    const token = {};
    const iteration = iterationOf(token, items ?? rest.itemsPath);
    const made = {
      ...rest,
      iteration: token,
      ...(processor === undefined
        ? {}
        : { processor: typeof processor === "function" ? processor(iteration) : processor }),
      ...(items === undefined ? {} : { itemsPath: items }),
      ...(itemSelector === undefined
        ? {}
        : { itemSelector: typeof itemSelector === "function" ? itemSelector(iteration) : itemSelector }),
    };
    super(name, "Map", made, items === undefined ? {} : { problems: itemsProblems(rest) });
  }
} as MapConstructor;

/** `items` says where they are; AWS applies a path that is given besides to what a reader has read. */
function itemsProblems({ itemsPath, itemReader }: { itemsPath?: unknown; itemReader?: unknown }): readonly Issue[] {
  const set = [itemsPath === undefined ? [] : ["itemsPath"], itemReader === undefined ? [] : ["itemReader"]].flat();
  return set.map((name) => issue("conflicting_options", [], `items and ${name} are both set`));
}

function iterationOf(token: object, items: unknown): Iteration<unknown> {
  return {
    item: placeholderOf({ kind: "item", iteration: token, part: "Value" }, itemSchemas(items)),
    index: placeholderOf<number>({ kind: "item", iteration: token, part: "Index" }, []),
    batch: placeholderOf<Batch<unknown>>({ kind: "item", iteration: token, part: "Batch" }, undefined),
  };
}

/** What the schema of a list says of its items; `undefined`: anything. */
function itemSchemas(items: unknown): readonly Schema[] | undefined {
  const schemas = isPlaceholder(items) ? schemasOf(items) : undefined;
  return schemas === undefined ? undefined : memberOf(schemas, "0")?.schemas;
}
