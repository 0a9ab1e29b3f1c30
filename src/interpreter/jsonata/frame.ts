import type { Evaluation } from "./evaluation.js";
import type { Value } from "./value.js";

/** Names that are bound within a block, a function or a step of a path. */
export class Frame {
  private readonly outer: Frame | undefined;
  private bindings: Map<string, Value> | undefined;

  constructor(outer?: Frame, bindings?: Map<string, Value>) {
    this.outer = outer;
    this.bindings = bindings;
  }

  bind(name: string, value: Value): void {
    this.bindings ??= new Map();
    this.bindings.set(name, value);
  }

  lookup(name: string, evaluation: Evaluation): Value {
    let frame: Frame = this;
    for (;;) {
      const bindings = frame.bindings;
      const value = bindings?.get(name);
      if (value !== undefined || bindings?.has(name) === true) return value;
      if (frame.outer === undefined) return evaluation.surroundings.lookup(name);
      frame = frame.outer;
      evaluation.spend(1);
    }
  }
}
