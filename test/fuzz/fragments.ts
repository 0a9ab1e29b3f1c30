import type { Random } from "./random.js";

/** Keys of the language, and keys that programs trip over. */
const keys = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "length",
  "",
  " ",
  "a/b~c",
  "\ud800",
  "\u0000",
  "Type",
  "Next",
  "End",
  "StartAt",
  "States",
  "Branches",
  "Iterator",
  "ItemProcessor",
  "ItemSelector",
  "ItemReader",
  "ItemBatcher",
  "ResultWriter",
  "ProcessorConfig",
  "Choices",
  "Default",
  "And",
  "Or",
  "Not",
  "Variable",
  "Condition",
  "Retry",
  "Catch",
  "ErrorEquals",
  "Parameters",
  "Arguments",
  "Assign",
  "Output",
  "ResultPath",
  "InputPath",
  "OutputPath",
  "ResultSelector",
  "Resource",
  "Credentials",
  "QueryLanguage",
  "Timestamp",
  "Seconds",
  "SecondsPath",
  "TimeoutSeconds",
  "HeartbeatSeconds",
  "HeartbeatSecondsPath",
  "Label",
  "Items",
  "ItemsPath",
  "a.$",
  "a",
  ".$",
  "Comment",
  "Version",
] as const;

const texts = [
  "",
  "$",
  "$$",
  "$.a",
  "$.a[*].b",
  "$..a",
  "$[?(@.a > 1)]",
  "$.a[",
  "$['",
  "$states.input",
  "$x",
  "States.Format('{}', $.a)",
  "States.UUID()",
  "States.Array(States.Array(States.Array(1)))",
  "States.Format('\\",
  "States.",
  "{% $states.input.a %}",
  "{% $x := (1; 2) %}",
  "{%%}",
  "{% [ %}",
  "{% 'a",
  "%}",
  "{% $map([1], function($v) { $v }) %}",
  "{% /a(b/ %}",
  "{% phone %}",
  "{% $$ %}",
  "{% **.a^(b)[0].{'c': $} %}",
  "JSONata",
  "JSONPath",
  "2020-02-30T00:00:00Z",
  "2016-03-14T01:59:00Z",
  "arn:aws:states:::lambda:invoke",
  "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
  "arn:aws:lambda:us-east-1:123456789012:function:f",
  "arn:aws:states:::aws-sdk:s3:getObject",
  "arn:",
  `\${Name}`,
  "${",
  "\ud800",
  "\udc00a",
  "\u0000",
  "\u2028",
  "🦊",
  "States.ALL",
  "INLINE",
  "DISTRIBUTED",
  "Pass",
  "Task",
  "Map",
  "Parallel",
  "Choice",
  "Succeed",
  "__proto__",
] as const;

const numbers = [0, -0, -1, 1, 0.5, 99, 1e308, -1e308, 2 ** 53, 2 ** 63, 5e-324, 99_999_999, 100.5] as const;

export function anyKey(random: Random): string {
  return random.isOneOf(8) ? anyText(random) : random.pick(keys);
}

export function anyText(random: Random): string {
  const text = random.pick(texts);
  if (random.isOneOf(6)) return text + random.pick(texts);
  return random.isOneOf(60) ? text.repeat(1 + random.below(400)) : text;
}

/** Any value of JSON, seldom deep. */
export function anyValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 3 ? 4 : 7);
  if (kind === 0) return random.pick([null, true, false]);
  if (kind === 1) return random.pick(numbers);
  if (kind < 4) return anyText(random);
  const size = random.below(4);
  if (kind === 4) return Array.from({ length: size }, () => anyValue(random, depth + 1));
  return Object.fromEntries(Array.from({ length: size }, () => [anyKey(random), anyValue(random, depth + 1)]));
}
