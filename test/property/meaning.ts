import type { Segment } from "../../src/expression/tree.js";

/** A value as its author means it. */
export type Value =
  | { readonly from: "constant"; readonly value: unknown }
  /** Of a step, a variable, or the state whose error was caught, by name. */
  | { readonly from: "output" | "variable" | "error"; readonly name: string; readonly path: readonly Segment[] }
  | {
      readonly from: "item";
      readonly name: string;
      readonly part: "Value" | "Index" | "Batch";
      readonly path: readonly Segment[];
    }
  /** `made`: what the state has made, before it is put anywhere; `result`: the raw result of a Task. */
  | { readonly from: "execution" | "here" | "result" | "made"; readonly path: readonly Segment[] }
  | { readonly from: "entered" | "name" };

export interface Values {
  readonly [key: string]: Value;
}

/** A state as its author means it, whatever the query language. */
export interface Meaning {
  readonly inputPath?: Value | null;
  readonly parameters?: Values;
  readonly result?: unknown;
  readonly selector?: Values;
  readonly resultPath?: string | null;
  /** `made` stands for what would be given on without it. */
  readonly outputPath?: Value | null;
  readonly output?: Values;
  readonly assign?: Values;
  readonly caught?: { readonly resultPath?: string | null; readonly assign?: Values; readonly output?: Values };
  /** Of a Choice: what its rules test, set and give on. */
  readonly test?: Value;
  readonly rules?: readonly { readonly assign?: Values; readonly output?: Values }[];
  /** Of a Map. */
  readonly itemSelector?: Values;
  readonly batchInput?: Values;
  readonly mode?: "inline" | "distributed" | "batches";
}

/** A value that a state reads. */
export interface Read {
  readonly reader: string;
  /** The member under which it stands; the reader's name, where it is the only thing that can be refused there. */
  readonly key: string;
  /** `text`: a path as a text, which JSONata does not have; nothing is known of what is `unjudged`. */
  readonly kind: "output" | "error" | "input" | "text" | "unjudged";
  /** The state whose output it is, or which sets the variable; for a caught error, the first state of its handler. */
  readonly source: string;
}
