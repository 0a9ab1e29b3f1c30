import type { Json, JsonObject } from "../../language/json.js";
import type { Random } from "../random.js";
import type { Allowance, Surroundings } from "./evaluation.js";
import { builtInFunctions } from "./functions/built-in.js";
import type { Value } from "./value.js";

/** What the expressions of a state may read. */
export interface Bindings {
  /** `$states.input`. */
  readonly input: Json;
  /** `$states.context`: made only where an expression reads it. */
  context(): JsonObject;
  /** `$states.result`; absent where it is not bound. */
  readonly result?: Json;
  /** `$states.errorOutput`; absent where it is not bound. */
  readonly errorOutput?: Json;
  /** Variables by their names, without the dollar. */
  readonly variables: JsonObject;
  /** Chance for `$random`, `$uuid` and `$shuffle`. */
  readonly random: Random;
  /** Milliseconds since 1970, for `$now` and `$millis`. */
  readonly now: number;
  /** What the expressions may cost together; each has its own bound where there is none. */
  readonly allowance?: Allowance | undefined;
}

/** What surrounds an expression of a state: `$states`, the variables, the functions. */
export class StateSurroundings implements Surroundings {
  private readonly bindings: Bindings;
  private readonly readsContext: boolean;
  private states: Readonly<Record<string, Json>> | undefined;

  constructor(bindings: Bindings, readsContext: boolean) {
    this.bindings = bindings;
    this.readsContext = readsContext;
  }

  get random(): Random {
    return this.bindings.random;
  }

  get now(): number {
    return this.bindings.now;
  }

  get allowance(): Allowance | undefined {
    return this.bindings.allowance;
  }

  lookup(name: string): Value {
    if (name === "states") {
      this.states ??= statesOf(this.bindings, this.readsContext);
      return this.states;
    }
    const { variables } = this.bindings;
    return Object.hasOwn(variables, name) ? variables[name] : builtInFunctions.get(name);
  }
}

function statesOf(bindings: Bindings, readsContext: boolean): Readonly<Record<string, Json>> {
  const { input, result, errorOutput } = bindings;
  return {
    input,
    ...(readsContext ? { context: bindings.context() } : {}),
    ...(result === undefined ? {} : { result }),
    ...(errorOutput === undefined ? {} : { errorOutput }),
  };
}
