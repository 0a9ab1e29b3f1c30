import type { Json, JsonObject } from "../../src/language/json.js";
import { randomInput, randomMachine } from "../random/machine.js";
import { anyKey, anyValue } from "./fragments.js";
import { heavyText } from "./hostile.js";
import { hostileMachine } from "./hostile-machine.js";
import { mutateData } from "./mutate.js";
import { Random } from "./random.js";

/** A definition and what it is run with. */
export interface RunInput {
  readonly kind: "machine" | "mutant" | "corpus" | "expression" | "wide" | "heavy";
  readonly definition: unknown;
  readonly input: Json;
  readonly seed: number;
  readonly type: "STANDARD" | "EXPRESS";
  readonly schedule: "fair" | "shuffled";
  /** Whether the snapshot is stored and read between any two steps. */
  readonly isStored: boolean;
}

/** The input of an index: the same for the same seed and corpus. */
export function runInputOf(seed: number, index: number, corpus: readonly string[]): RunInput {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const type = random.isOneOf(3) ? "EXPRESS" : "STANDARD";
  const made = definitionOf(random, corpus, type === "EXPRESS");
  const schedule = random.isOneOf(3) ? "shuffled" : "fair";
  return { ...made, input: inputOf(random), seed: random.below(1e9), type, schedule, isStored: random.isOneOf(5) };
}

function definitionOf(
  random: Random,
  corpus: readonly string[],
  isExpress: boolean,
): Pick<RunInput, "kind" | "definition"> {
  const chance = random.below(1000);
  if (chance < 2) return { kind: "heavy", definition: heavyText(random) };
  if (chance < 12) return { kind: "wide", definition: wideMachine(random) };
  if (chance < 250) return { kind: "machine", definition: randomMachine(random, { size: 30, isExpress }) };
  if (chance < 700) return { kind: "expression", definition: hostileMachine(random) };
  const text = random.pick(corpus);
  if (chance < 760) return { kind: "corpus", definition: parsed(text) };
  const base = random.isOneOf(2) ? randomMachine(random, { size: 20, isExpress }) : parsed(text);
  return { kind: "mutant", definition: mutateData(random, base, parsed(random.pick(corpus))) };
}

/** Much of something: states, branches, iterations, rounds of a loop, levels. */
function wideMachine(random: Random): JsonObject {
  const size = random.pick([10, 1000, 5000]);
  const pass = { Type: "Pass", End: true };
  const branch = (index: number): JsonObject => ({ StartAt: `B${index}`, States: { [`B${index}`]: pass } });
  const range = "{% [1..20000] %}";
  const kinds: readonly (() => JsonObject)[] = [
    () => ({ Type: "Parallel", Branches: Array.from({ length: size / 5 }, (_, index) => branch(index)), End: true }),
    () => ({ Type: "Map", QueryLanguage: "JSONata", Items: range, ItemProcessor: branch(0), End: true }),
    () => ({ Type: "Choice", Choices: [{ Variable: "$$.Execution.Name", IsPresent: true, Next: "A" }], Default: "E" }),
    () => {
      let state: JsonObject = pass;
      for (let level = 0; level < size / 100; level++) {
        state = { Type: "Parallel", Branches: [{ StartAt: `L${level}`, States: { [`L${level}`]: state } }], End: true };
      }
      return state;
    },
  ];
  return { StartAt: "A", States: { A: random.pick(kinds)(), E: pass } };
}

function inputOf(random: Random): Json {
  const deep = (levels: number): Json => {
    let value: Json = 1;
    for (let level = 0; level < levels; level++) value = random.isOneOf(2) ? [value] : { a: value };
    return value;
  };
  const kinds: readonly (() => Json)[] = [
    () => anyValue(random) as Json,
    () => ({ ...randomInput(random), [anyKey(random)]: anyValue(random) as Json }),
    () => ({ ...randomInput(random), items: Array.from({ length: 2000 }, () => random.below(9)) }),
    () => ({ ...randomInput(random), text: "a".repeat(200_000) }),
    () => ({ ...randomInput(random), inner: deep(random.pick([50, 500, 900])) }),
    () => ({ ...randomInput(random), n: random.pick([2 ** 53 + 2, 1e308, -1e-300, 0.1, -5]) }),
  ];
  const input = random.isOneOf(2) ? randomInput(random) : random.pick(kinds)();
  // As an input comes: out of a text.
  return JSON.parse(JSON.stringify(input)) as Json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
