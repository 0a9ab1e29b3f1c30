import type { Rows } from "./row.js";

const context: Rows = {
  "`$$`": "a path as text",
  "`$$.Execution`": "a path as text",
  "`$$.Execution.Id`": "`context.execution.id`",
  "`$$.Execution.Input`": "`new ExecutionInput(schema)`",
  "`$$.Execution.Name`": "`context.execution.name`",
  "`$$.Execution.RoleArn`": "`context.execution.roleArn`",
  "`$$.Execution.StartTime`": "`context.execution.startTime`",
  "`$$.Execution.RedriveCount`": "`context.execution.redriveCount`",
  "`$$.State`": "a path as text",
  "`$$.State.Name`": "`context.state.name`",
  "`$$.State.EnteredTime`": "`context.state.enteredTime`",
  "`$$.State.RetryCount`": "`context.state.retryCount`",
  "`$$.StateMachine`": "a path as text",
  "`$$.StateMachine.Id`": "`context.stateMachine.id`",
  "`$$.StateMachine.Name`": "`context.stateMachine.name`",
  "`$$.Task.Token`": "`context.task.token`",
  "`$$.Map.Item.Value`": "`({ item }) => …` in `processor` and `itemSelector` of a Map",
  "`$$.Map.Item.Index`": "`({ index }) => …` in `processor` and `itemSelector` of a Map",
  "`$$` and another field": "a path as text",
};

const intrinsics = [
  "Array",
  "ArrayContains",
  "ArrayGetItem",
  "ArrayLength",
  "ArrayPartition",
  "ArrayRange",
  "ArrayUnique",
  "Base64Decode",
  "Base64Encode",
  "Format",
  "Hash",
  "JsonMerge",
  "JsonToString",
  "MathAdd",
  "MathRandom",
  "StringSplit",
  "StringToJson",
  "UUID",
];
const besides: Rows = {
  Array: "`States.array(…)`, or a list with placeholders in it",
  Format: "the tag `text`, `States.format(template, …)`",
  UUID: "`States.uuid()`",
};

/** Where an expression may stand, with the option that it is the value of. */
const expressionPlaces: Readonly<Record<string, string>> = {
  "`Output` of Pass": "parameters",
  "`Assign` of Pass": "assign",
  "`Arguments` of Task": "parameters",
  "`Output` of Task": "resultSelector",
  "`Assign` of Task": "assign",
  "`Credentials` of Task": "credentials",
  "`TimeoutSeconds` of Task": "timeoutSeconds",
  "`HeartbeatSeconds` of Task": "heartbeatSeconds",
  "`Seconds` of Wait": "seconds",
  "`Timestamp` of Wait": "timestamp",
  "`Output` of Wait": "output",
  "`Assign` of Wait": "assign",
  "`Output` of Choice": "output",
  "`Assign` of Choice": "assign",
  "`Condition` of Choice, a rule": "",
  "`Output` of Choice, a rule": "output",
  "`Assign` of Choice, a rule": "assign",
  "`Output` of Succeed": "output",
  "`Error` of Fail": "error",
  "`Cause` of Fail": "cause",
  "`Arguments` of Parallel": "parameters",
  "`Output` of Parallel": "resultSelector",
  "`Assign` of Parallel": "assign",
  "`Items` of Map": "items",
  "`ItemSelector` of Map": "itemSelector",
  "`MaxConcurrency` of Map": "maxConcurrency",
  "`ToleratedFailureCount` of Map": "toleratedFailureCount",
  "`ToleratedFailurePercentage` of Map": "toleratedFailurePercentage",
  "`Output` of Map": "resultSelector",
  "`Assign` of Map": "assign",
  "`Arguments` of Map, `ItemReader`": "bucket",
  "`MaxItems` of Map, `ItemReader`": "maxItems",
  "`BatchInput` of Map, `ItemBatcher`": "batchInput",
  "`MaxItemsPerBatch` of Map, `ItemBatcher`": "maxItemsPerBatch",
  "`MaxInputBytesPerBatch` of Map, `ItemBatcher`": "maxInputBytesPerBatch",
  "`Arguments` of Map, `ResultWriter`": "bucket",
  "`Output` of Catch": "output",
  "`Assign` of Catch": "assign",
};

function optionFor(place: string, option: string): string {
  if (option === "") return "a condition, or a placeholder of true or false";
  if (option === "output") return "`output`";
  return `\`${option}\` as in JSONPath${place.startsWith("`Output`") ? ", or `output`" : ""}`;
}

/** What a value is made of: the languages within the language. */
export const valueRows: Readonly<Record<string, Rows>> = {
  Paths: {
    "`$`": "`new StepInput(schema)`, `step.output`, or a path as text",
    "`.name`, `['name']`: a member": '`ref.name`, `ref["name"]`',
    "`[0]`: an item": "`ref[0]`",
    "`[-1]`: an item from the end": "`ref[-1]`",
    "`..name`: at any depth": "a path as text",
    "`[*]`: all members": "a path as text",
    "`[a:b]`: a slice": "a path as text",
    "`[0,1]`: several indexes": "a path as text",
    "`[?(@.a == 1)]`: a filter": "a path as text",
    "`.length()` and other functions of a path": "a path as text",
    "`null`": "`inputPath: null`, `outputPath: null`, `resultPath: null`",
    "`$name`: a variable": '`variable("name", schema)`, `step.output` where the compiler carries it',
    ...context,
    "a placeholder of a template in a path": {
      missing: "no generic form: the path is none before the template is filled",
    },
  },
  "Payload templates": {
    "`key.$`": '`key: ref`; `"key.$"` with a path or call as text',
    "`key.$` in an object of a list": "`[{ key: ref }]`",
    "a template that is no object": {
      missing:
        "`parameters` and `itemSelector` take an object; a list or text that stands there is kept by `fromAsl` alone",
    },
  },
  "Intrinsic functions": Object.fromEntries(
    intrinsics.map((name) => [
      `\`States.${name}\``,
      besides[name] ?? `\`States.${name.charAt(0).toLowerCase()}${name.slice(1)}(…)\``,
    ]),
  ),
  JSONata: {
    "an expression":
      'any placeholder; `jsonata<number>("$sum($states.input.prices)")`, or the text `{% … %}` where data may stand',
    "`$states.input`": "`new StepInput(schema)`, `step.output`",
    "`$states.result`": "`(result) => …` in `resultSelector`, `output` and `assign`",
    "`$states.errorOutput`": "`(error) => …` in `next`, `output` and `assign` of a catch",
    "`$states.context`": "`context`, `new ExecutionInput(schema)`",
    "`$partition`": "`States.arrayPartition(…)`",
    "`$range`": "`States.arrayRange(…)`",
    "`$hash`": "`States.hash(…)`",
    "`$random`": '`States.mathRandom(…)`, `jsonata<number>("$random()")`',
    "`$uuid`": "`States.uuid()`",
    "`$parse`": "`States.stringToJson(…)`",
    "a value that is no object in `Arguments`": "`parameters: jsonata(…)`, `parameters: ref`",
    "a value that is no object in `Items`": "`items: ref`, `items: [1, 2]`",
    "a value that is no object in `Output`": "`output: 3`, `output: ref`",
  },
  "JSONata, where an expression stands": Object.fromEntries(
    Object.entries(expressionPlaces).map(([place, option]) => [place, optionFor(place, option)]),
  ),
};
