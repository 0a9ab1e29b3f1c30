import type * as z from "zod";
import { type Issue, issue, shown } from "../language/errors.js";
import { argumentOf } from "./argument.js";
import { callOf, callOfArguments } from "./call.js";
import { checkArguments, type hashAlgorithms } from "./intrinsic-signatures.js";
import type { Param, Ref } from "./placeholder.js";
import type { ItemAt, ItemOf, ListParam, Merged, ObjectParam, Resolved } from "./resolved.js";
import { type Argument, expressionOf } from "./tree.js";

type FormatValue = Param<string | number | boolean | null>;

/** One value for each `{}` of a template; any number where the template is no literal. */
type FormatValues<Template, Values extends readonly FormatValue[] = readonly []> = Template extends string
  ? string extends Template
    ? readonly FormatValue[]
    : Template extends `${string}{}${infer Rest}`
      ? FormatValues<Rest, readonly [...Values, FormatValue]>
      : Values
  : readonly FormatValue[];

/** Name of an algorithm of {@link States.hash}. */
export type HashAlgorithm = (typeof hashAlgorithms)[number];

/**
 * The intrinsic functions of the States Language, for use wherever a placeholder may stand. In JSONPath they nest at most ten deep;
 * in JSONata each is written by the functions that JSONata has.
 * Source: ASL, "Intrinsic Functions".
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_argument`, `nesting_too_deep`, `unsupported_in_jsonpath`, `unsupported_in_jsonata`.
 * @example
 * new Pass("A", { parameters: { parts: States.stringSplit(input.path, "/") } });
 * // "Parameters": { "parts.$": "States.StringSplit($$.Execution.Input['path'], '/')" }
 */
export const States = {
  /** Fills each `{}` of the template with a value. Everything else stands for itself; for `{}` in the text see {@link text}. */
  format: <const Template extends string | Ref<string>>(
    template: Template,
    ...values: FormatValues<Template>
  ): Ref<string> => format(template, values),

  /** The value of a JSON text; the schema tells its type and is not checked while the machine runs. */
  stringToJson: <T = unknown>(json: Param<string>, schema?: z.core.$ZodType<unknown, T>): Ref<T> =>
    callOf("States.StringToJson", [json], schemaProblems(schema)),

  /** The JSON text of a value, without blanks. */
  jsonToString: (value: Param<unknown>): Ref<string> => callOf("States.JsonToString", [value]),

  /** A list of the values. */
  array: <Items extends readonly unknown[]>(...items: Items): Ref<Resolved<Items>> => callOf("States.Array", items),

  /** Lists of at most `size` items, 1 or more; the last one may be shorter. */
  arrayPartition: <List extends ListParam>(list: List, size: Param<number>): Ref<ItemOf<List>[][]> =>
    callOf("States.ArrayPartition", [list, size]),

  /** Whether a list has a value, compared at any depth. */
  arrayContains: <List extends ListParam>(list: List, value: Param<ItemOf<List>>): Ref<boolean> =>
    callOf("States.ArrayContains", [list, value]),

  /** The numbers from `first` to `last`, which is included where a step meets it; at most 1,000. */
  arrayRange: (first: Param<number>, last: Param<number>, step: Param<number>): Ref<number[]> =>
    callOf("States.ArrayRange", [first, last, step]),

  /** The item at an index, from 0. */
  arrayGetItem: <List extends ListParam, const Index extends Param<number>>(
    list: List,
    index: Index,
  ): Ref<ItemAt<List, Index>> => callOf("States.ArrayGetItem", [list, index]),

  /** The number of items. */
  arrayLength: (list: ListParam): Ref<number> => callOf("States.ArrayLength", [list]),

  /** Each of equal items once. JSONata keeps their order; AWS gives them in an order of its own in JSONPath. */
  arrayUnique: <List extends ListParam>(list: List): Ref<ItemOf<List>[]> => callOf("States.ArrayUnique", [list]),

  /** Base64 of a text, at most 10,000 characters. JSONata encodes characters up to U+00FF only, as one byte each. */
  base64Encode: (text: Param<string>): Ref<string> => callOf("States.Base64Encode", [text]),

  /** The text of Base64, at most 10,000 characters. */
  base64Decode: (base64: Param<string>): Ref<string> => callOf("States.Base64Decode", [base64]),

  /** The hash of a text, or of the JSON text of other data, in lower-case hexadecimal digits. */
  hash: (data: Param<unknown>, algorithm: Param<HashAlgorithm>): Ref<string> =>
    callOf("States.Hash", [data, algorithm]),

  /** Both objects in one; keys of the second win. Only the first level is merged: AWS knows no deep merge. */
  jsonMerge: <A extends ObjectParam, B extends ObjectParam>(first: A, second: B): Ref<Merged<A, B>> =>
    callOf("States.JsonMerge", [first, second, false]),

  /** A whole number from `start` up to but not including `end`; the same seed gives the same number within one query language. */
  mathRandom: (start: Param<number>, end: Param<number>, seed?: Param<number>): Ref<number> =>
    callOf("States.MathRandom", seed === undefined ? [start, end] : [start, end, seed]),

  /** The sum of two numbers of 32 bits, each rounded before. */
  mathAdd: (left: Param<number>, right: Param<number>): Ref<number> => callOf("States.MathAdd", [left, right]),

  /** The pieces between the splitters: each character of `splitters` is one. Empty pieces are dropped. */
  stringSplit: (text: Param<string>, splitters: Param<string>): Ref<string[]> =>
    callOf("States.StringSplit", [text, splitters]),

  /** A UUID of version 4. */
  uuid: (): Ref<string> => callOf("States.UUID", []),
} as const;

function format(template: unknown, values: readonly unknown[]): Ref<string> {
  if (typeof template !== "string") {
    const problem = issue("invalid_argument", [], `States.Format takes a text as template, got ${shown(template)}`);
    return callOf("States.Format", [template, ...values], expressionOf(template) === undefined ? [problem] : []);
  }
  const pieces = template.split("{}");
  const problems: Issue[] = [];
  if (pieces.length - 1 !== values.length) {
    const message = `the template ${shown(template)} has ${pieces.length - 1} places {}, got ${values.length} values`;
    problems.push(issue("invalid_argument", [], message));
  }
  const args: Argument[] = [{ kind: "format", pieces }, ...values.map((value) => argumentOf(value, [], problems))];
  if (problems.length === 0) checkArguments("States.Format", args, problems);
  return callOfArguments("States.Format", args, problems);
}

function schemaProblems(schema: unknown): readonly Issue[] {
  if (schema === undefined || (typeof schema === "object" && schema !== null && "_zod" in schema)) return [];
  return [issue("invalid_argument", [], `expected a zod schema, got ${shown(schema)}`)];
}
