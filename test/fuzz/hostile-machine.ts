import type { Json, JsonObject } from "../../src/language/json.js";
import { anyText, anyValue } from "./fragments.js";
import { anyIntrinsic, anyJsonata, anyPath } from "./hostile-expressions.js";
import type { Random } from "./random.js";

/** A small machine, of which one state or two evaluate something that nobody would write. */
export function hostileMachine(random: Random): JsonObject {
  const isJsonata = random.isOneOf(2);
  const state = isJsonata ? jsonataState(random) : pathState(random);
  const isBeforeMore = state["Next"] !== undefined;
  const more = isJsonata ? { Type: "Pass", Output: marked(random), End: true } : { Type: "Pass", End: true };
  const machine = { StartAt: "A", States: { A: state, ...(isBeforeMore ? { B: more } : {}) } };
  return isJsonata ? { QueryLanguage: "JSONata", ...machine } : machine;
}

const recovery = {
  Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }],
};
const pass = { StartAt: "I", States: { I: { Type: "Pass", End: true } } };
const Resource = "arn:aws:lambda:us-east-1:111111111111:function:f";

function pathOr(random: Random): string {
  return random.isOneOf(2) ? anyPath(random) : anyIntrinsic(random);
}

function template(random: Random): JsonObject {
  const filled = { "a.$": pathOr(random), b: [{ "c.$": pathOr(random) }, anyValue(random) as Json] };
  return random.isOneOf(2) ? { "a.$": pathOr(random) } : filled;
}

function pathState(random: Random): JsonObject {
  const Next = "B";
  const kinds: readonly (() => JsonObject)[] = [
    () => ({ Type: "Pass", Parameters: template(random), Next }),
    () => ({ Type: "Pass", Parameters: template(random), Next }),
    () => ({ Type: "Pass", Assign: { v0: template(random) }, Next }),
    () => ({ Type: "Pass", InputPath: anyPath(random), OutputPath: anyPath(random), Next }),
    () => ({
      Type: "Pass",
      Result: anyValue(random) as Json,
      ResultPath: random.pick(["$.a.b", "$.items[1]", "$['__proto__'].x", anyPath(random)]),
      Next,
    }),
    () => ({
      Type: "Task",
      Resource,
      Parameters: template(random),
      ResultSelector: template(random),
      ...recovery,
      Next,
    }),
    () => ({ Type: "Task", Resource, TimeoutSecondsPath: anyPath(random), ...recovery, Next }),
    () => ({ Type: "Wait", [random.pick(["SecondsPath", "TimestampPath"])]: anyPath(random), Next }),
    () => ({ Type: "Choice", Choices: [{ ...comparison(random), Next }], Default: "B" }),
    () => ({ Type: "Choice", Choices: [{ ...comparison(random), Next }], Default: "B" }),
    () => ({
      Type: "Map",
      ItemsPath: anyPath(random),
      ItemSelector: template(random),
      ItemProcessor: pass,
      ...recovery,
      Next,
    }),
    () => ({
      Type: "Map",
      MaxConcurrencyPath: anyPath(random),
      ItemsPath: "$$.Execution.Input.items",
      ItemProcessor: pass,
      Next,
    }),
    () => ({
      Type: "Parallel",
      Branches: [pass],
      Parameters: template(random),
      ResultSelector: template(random),
      ...recovery,
      Next,
    }),
    () => ({ Type: "Fail", ErrorPath: pathOr(random), CausePath: pathOr(random) }),
    () => ({ Type: "Succeed", InputPath: anyPath(random), OutputPath: anyPath(random) }),
  ];
  return random.pick(kinds)();
}

function comparison(random: Random): JsonObject {
  const Variable = anyPath(random);
  const operator = random.pick([
    "StringEquals",
    "StringMatches",
    "NumericLessThan",
    "TimestampGreaterThan",
    "BooleanEquals",
    "StringLessThan",
  ]);
  if (random.isOneOf(3)) return { Variable, [`${operator}Path`]: anyPath(random) };
  const values: Record<string, Json> = {
    StringEquals: anyText(random),
    StringMatches: random.pick(["*", "*a*a*a*a*a*a*a*a*b", "\\*", "*".repeat(50), anyText(random)]),
    NumericLessThan: random.pick([0, 1e308, -1.5, 2 ** 53]),
    TimestampGreaterThan: random.pick(["2020-01-01T00:00:00Z", "2020-01-01T00:00:00.123456789+01:00"]),
    BooleanEquals: true,
    StringLessThan: anyText(random),
  };
  return { Variable, [operator]: values[operator] ?? null };
}

function marked(random: Random): string {
  return `{% ${anyJsonata(random)} %}`;
}

function jsonataState(random: Random): JsonObject {
  const Next = "B";
  const value = (): Json => (random.isOneOf(3) ? { a: marked(random), b: [marked(random), 1] } : marked(random));
  const kinds: readonly (() => JsonObject)[] = [
    () => ({ Type: "Pass", Output: value(), Next }),
    () => ({ Type: "Pass", Output: value(), Next }),
    () => ({ Type: "Pass", Assign: { v0: value() }, Next }),
    () => ({ Type: "Task", Resource, Arguments: value(), Output: value(), ...recovery, Next }),
    () => ({ Type: "Task", Resource, TimeoutSeconds: marked(random), ...recovery, Next }),
    () => ({ Type: "Wait", Seconds: marked(random), Next }),
    () => ({ Type: "Choice", Choices: [{ Condition: marked(random), Next, Output: value() }], Default: "B" }),
    () => ({ Type: "Map", Items: marked(random), ItemSelector: value(), ItemProcessor: pass, ...recovery, Next }),
    () => ({ Type: "Map", Items: "{% [1..100] %}", ItemSelector: value(), ItemProcessor: pass, ...recovery, Next }),
    () => ({ Type: "Parallel", Branches: [pass], Arguments: value(), Output: value(), ...recovery, Next }),
    () => ({ Type: "Fail", Error: marked(random), Cause: marked(random) }),
    () => ({ Type: "Succeed", Output: value() }),
  ];
  return random.pick(kinds)();
}
