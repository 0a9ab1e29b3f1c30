import { stringify } from "yaml";
import type { ValidateOptions } from "../../src/validate/issue.js";
import { machine } from "./grammar.js";
import { heavyText, hostile } from "./hostile.js";
import { mutateData, mutateText } from "./mutate.js";
import { Random } from "./random.js";

export interface Input {
  readonly kind: "text" | "data" | "yaml" | "grammar" | "hostile" | "heavy";
  readonly definition: unknown;
  readonly options: ValidateOptions;
}

/** The input of an index: the same for the same seed and corpus. */
export function inputOf(seed: number, index: number, corpus: readonly string[]): Input {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const options: ValidateOptions = {
    ...(random.isOneOf(3) ? { type: "EXPRESS" } : {}),
    ...(random.isOneOf(4) ? { substitutions: random.isOneOf(2) ? true : { Name: "value", A: `\${A}` } } : {}),
  };
  return { ...definitionOf(random, corpus), options };
}

function definitionOf(random: Random, corpus: readonly string[]): Omit<Input, "options"> {
  const chance = random.below(1000);
  if (chance < 4) return { kind: "heavy", definition: heavyText(random) };
  if (chance < 60) return { kind: "hostile", definition: hostile(random) };
  if (chance < 260) return { kind: "grammar", definition: machine(random) };
  const text = random.pick(corpus);
  if (chance < 480) return { kind: "text", definition: mutateText(random, text) };
  const data = mutateData(random, parsed(text), parsed(random.pick(corpus)));
  if (chance < 530) return { kind: "yaml", definition: mutateText(random, stringify(data)) };
  return { kind: "data", definition: data };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
