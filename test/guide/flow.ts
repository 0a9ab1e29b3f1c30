import type { Json } from "../../src/language/json.js";
import type { AnyChainable } from "../../src/states/chain.js";

/** A piece of code of the guide that compiles. */
export interface Flow {
  readonly definition: AnyChainable;
  /** What its tasks answer, by state: the engine runs it, and the picture shows the data that really flowed. */
  readonly answers?: { readonly [state: string]: Json };
  /** What flows into each state where the engine does not run it yet. */
  readonly entered?: { readonly [state: string]: Json };
  /** What flows into a state that is reached with different data, in words. */
  readonly mixed?: { readonly [state: string]: string };
}

export function lambda(name: string): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
}
