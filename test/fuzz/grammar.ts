import { anyText, anyValue } from "./fragments.js";
import type { Random } from "./random.js";

type Data = Record<string, unknown>;

/** A machine that follows the grammar of the language, mostly. */
export function machine(random: Random, depth = 0): Data {
  const names = Array.from({ length: 1 + random.below(5) }, (_, index) => `S${depth}${random.isOneOf(9) ? "" : index}`);
  const states = Object.fromEntries(names.map((name) => [name, state(random, names, depth)]));
  return {
    ...(random.isOneOf(3) ? { QueryLanguage: random.pick(["JSONata", "JSONPath"]) } : {}),
    StartAt: target(random, names),
    States: states,
  };
}

function target(random: Random, names: readonly string[]): unknown {
  return random.isOneOf(12) ? anyValue(random) : random.pick(names);
}

const kinds = ["Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"];

function state(random: Random, names: readonly string[], depth: number): Data {
  const Type = random.pick(depth > 3 ? kinds.slice(0, 6) : kinds);
  const flow = random.isOneOf(3) ? { End: true } : { Next: target(random, names) };
  const recovery = random.isOneOf(2)
    ? {
        Retry: [{ ErrorEquals: [anyText(random)], MaxAttempts: random.below(5) }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: target(random, names) }],
      }
    : {};
  const template = (): unknown =>
    random.isOneOf(2) ? anyValue(random) : { "a.$": anyText(random), b: [{ "c.$": anyText(random) }] };
  const shaping = {
    ...(random.isOneOf(3) ? { Parameters: template() } : {}),
    ...(random.isOneOf(3) ? { Output: template() } : {}),
    ...(random.isOneOf(4) ? { Assign: template() } : {}),
    ...(random.isOneOf(4) ? { ResultPath: anyText(random) } : {}),
  };
  switch (Type) {
    case "Task":
      return { Type, Resource: anyText(random), ...shaping, ...recovery, ...flow };
    case "Choice":
      return {
        Type,
        Choices: Array.from({ length: random.below(3) }, () => ({ ...rule(random, 0), Next: target(random, names) })),
        Default: target(random, names),
      };
    case "Wait":
      return {
        Type,
        [random.pick(["Seconds", "SecondsPath", "Timestamp", "TimestampPath"])]: random.isOneOf(2)
          ? random.below(9)
          : anyText(random),
        ...flow,
      };
    case "Fail":
      return { Type, [random.pick(["Error", "ErrorPath", "Cause", "CausePath"])]: anyText(random) };
    case "Succeed":
      return { Type, ...shaping };
    case "Parallel":
      return {
        Type,
        Branches: Array.from({ length: random.below(3) }, () => machine(random, depth + 1)),
        ...shaping,
        ...recovery,
        ...flow,
      };
    case "Map":
      return {
        Type,
        [random.pick(["ItemProcessor", "Iterator"])]: {
          ...machine(random, depth + 1),
          ProcessorConfig: { Mode: random.pick(["INLINE", "DISTRIBUTED"]) },
        },
        ...shaping,
        ...recovery,
        ...flow,
      };
    default:
      return { Type, ...shaping, ...flow };
  }
}

function rule(random: Random, depth: number): Data {
  const kind = random.below(depth > 4 ? 2 : 4);
  if (kind === 0)
    return {
      Variable: anyText(random),
      [random.pick(["StringEquals", "NumericLessThanPath", "IsPresent", "TimestampEquals"])]: anyValue(random),
    };
  if (kind === 1) return { Condition: anyText(random) };
  if (kind === 2) return { Not: rule(random, depth + 1) };
  return { [random.pick(["And", "Or"])]: Array.from({ length: random.below(3) }, () => rule(random, depth + 1)) };
}
