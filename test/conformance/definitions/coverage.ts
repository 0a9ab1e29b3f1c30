/** What an author writes for a feature of ASL, in Markdown; or why it cannot be said. */
export type Row = string | { readonly missing: string };

type Rows = Readonly<Record<string, Row>>;

const jsonata: Row = { missing: "JSONata is not written yet" };

const comment: Rows = { "`Comment`": "`comment`" };
const language: Rows = {
  '`QueryLanguage: "JSONPath"`': "the default",
  '`QueryLanguage: "JSONata"`': jsonata,
};
const paths: Rows = {
  "`InputPath`": "`inputPath`: a placeholder, a path as text, or `null`",
  "`OutputPath`": "`outputPath`: a placeholder, a path as text, or `null`",
  "`Output`": jsonata,
};
const flow: Rows = {
  "`Next`": "`Chain.of(a, b)`, `a.next(b)`",
  "`End`": "the last step of a chain",
  "`Assign`": "`assign: { name: value }`; the compiler's own where an output has to travel",
};
const result: Rows = {
  "`Parameters`": "`parameters: { … }`",
  "`ResultPath`": '`resultPath: "$.a"`, or `null`',
};
const recovery: Rows = {
  "`ResultSelector`": "`resultSelector: { … }`",
  "`Retry`": "`retry: { errorEquals, … }`, or a list",
  "`Catch`": "`catch: { errorEquals, next, … }`, or a list",
};

function operators(family: string, names: readonly string[]): Rows {
  return Object.fromEntries(
    names.flatMap((name) => {
      const named = `ChoiceRule.${family.toLowerCase()}${name}`;
      const fluent = fluentTests[family]?.[name];
      const value = fluent === undefined ? `\`${named}\`` : `\`when(ref).${fluent}(value)\`, \`${named}\``;
      const path = fluent === undefined ? `\`${named}Path\`` : `\`when(ref).${fluent}(ref)\`, \`${named}Path\``;
      return [
        [`\`${family}${name}\``, value],
        [`\`${family}${name}Path\``, path],
      ];
    }),
  );
}

const order = {
  Equals: "equals",
  LessThan: "lessThan",
  LessThanEquals: "lessThanEquals",
  GreaterThan: "greaterThan",
  GreaterThanEquals: "greaterThanEquals",
};
const fluentTests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  String: order,
  Numeric: order,
  Boolean: order,
  Timestamp: {
    Equals: "at",
    LessThan: "before",
    LessThanEquals: "atOrBefore",
    GreaterThan: "after",
    GreaterThanEquals: "atOrAfter",
  },
};

const rule: Rows = {
  "`Variable`": "`when(ref)`, or the first argument of a function of `ChoiceRule`",
  ...operators("String", Object.keys(order)),
  "`StringMatches`": "`when(ref).matches(pattern)`, `ChoiceRule.stringMatches`",
  ...operators("Numeric", Object.keys(order)),
  ...operators("Boolean", ["Equals"]),
  ...operators("Timestamp", Object.keys(order)),
  ...Object.fromEntries(
    ["Null", "Present", "Numeric", "String", "Boolean", "Timestamp"].map((name) => [
      `\`Is${name}\``,
      `\`when(ref).is${name}()\`, \`ChoiceRule.is${name}\``,
    ]),
  ),
  "`And`": "`condition.and(other)`, `ChoiceRule.and([…])`",
  "`Or`": "`condition.or(other)`, `ChoiceRule.or([…])`",
  "`Not`": "`not(condition)`, `ChoiceRule.not`",
  "`Condition`": jsonata,
  "`Next`": "`choice.when(condition, next)`; `() => step` for a step that comes before",
  "`Comment`": "`choice.when(condition, next, { comment })`",
  "`Comment` of a condition within another": "`condition.comment(text)`",
  "`Assign`": "`choice.when(condition, next, { assign })`",
  "`Output`": jsonata,
};

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

const expressionPlaces = [
  "`Output` of Pass",
  "`Assign` of Pass",
  "`Arguments` of Task",
  "`Output` of Task",
  "`Assign` of Task",
  "`Credentials` of Task",
  "`TimeoutSeconds` of Task",
  "`HeartbeatSeconds` of Task",
  "`Seconds` of Wait",
  "`Timestamp` of Wait",
  "`Output` of Choice",
  "`Condition` of Choice, a rule",
  "`Output` of Choice, a rule",
  "`Error` of Fail",
  "`Cause` of Fail",
  "`Assign` of Parallel",
  "`Items` of Map",
  "`ItemSelector` of Map",
  "`MaxConcurrency` of Map",
  "`ToleratedFailureCount` of Map",
  "`ToleratedFailurePercentage` of Map",
  "`Assign` of Map",
  "`Arguments` of Map, `ItemReader`",
  "`MaxItems` of Map, `ItemReader`",
  "`BatchInput` of Map, `ItemBatcher`",
  "`Output` of Catch",
  "`Assign` of Catch",
];

/** Every feature of ASL, by section, with the API that says it. The definitions may use no feature that has no row. */
export const coverage: Readonly<Record<string, Rows>> = {
  "State machine": {
    "`Comment`": "`compile(definition, { comment })`, `new Workflow({ comment })`",
    "`Version`": "`compile(definition, { version })`, `new Workflow({ version })`",
    "`TimeoutSeconds`": "`compile(definition, { timeoutSeconds })`, `new Workflow({ timeoutSeconds })`",
    ...language,
  },
  Pass: {
    ...comment,
    ...language,
    "`Result`": "`result`: data that is never evaluated",
    ...result,
    ...paths,
    ...flow,
  },
  Task: {
    ...comment,
    ...language,
    "`Resource`": "`resource`: an ARN; `integrationArn({ service, action, pattern })` builds one",
    ...result,
    "`Arguments`": jsonata,
    "`Credentials`": "`credentials: { RoleArn: … }`",
    "`TimeoutSeconds`": "`timeoutSeconds: 60`",
    "`TimeoutSecondsPath`": "`timeoutSeconds: ref`, or `timeoutSecondsPath` with a path as text",
    "`HeartbeatSeconds`": "`heartbeatSeconds: 10`",
    "`HeartbeatSecondsPath`": "`heartbeatSeconds: ref`, or `heartbeatSecondsPath` with a path as text",
    ...recovery,
    ...paths,
    ...flow,
  },
  "Task resources": {
    "a Lambda function": '`resource: "arn:aws:lambda:…"`',
    "an activity": '`resource: "arn:aws:states:…:activity:…"`',
    "an optimized integration": "`resource: integrationArn({ service, action })`",
    "an optimized integration, `.sync`": '`integrationArn({ …, pattern: "RUN_JOB" })`',
    "an optimized integration, `.sync:2`": '`resource: "arn:aws:states:::states:startExecution.sync:2"`',
    "an optimized integration, `.waitForTaskToken`":
      '`integrationArn({ …, pattern: "WAIT_FOR_TASK_TOKEN" })`, `context.task.token`',
    "an AWS SDK integration": '`resource: "arn:aws:states:::aws-sdk:…"`',
    "an AWS SDK integration, `.waitForTaskToken`": '`resource: "arn:aws:states:::aws-sdk:….waitForTaskToken"`',
    "a placeholder of a template": "`resource`: any text",
  },
  Choice: {
    ...comment,
    ...language,
    "`Choices`": "`choice.when(condition, next)`",
    "`Default`": "`choice.otherwise(next)`, or what follows the Choice in its chain",
    "`Assign`": "`assign: { name: value }`, for when no rule applies",
    ...paths,
  },
  "Choice, a rule": rule,
  Wait: {
    ...comment,
    ...language,
    "`Seconds`": "`seconds: 30`",
    "`SecondsPath`": "`seconds: ref`, or `secondsPath` with a path as text",
    "`Timestamp`": '`timestamp: "2026-03-14T01:59:00Z"`',
    "`TimestampPath`": "`timestamp: ref`, or `timestampPath` with a path as text",
    ...paths,
    ...flow,
  },
  Succeed: { ...comment, ...language, ...paths },
  Fail: {
    ...comment,
    ...language,
    "`Error`": "`error`",
    "`ErrorPath`": "`error: ref`, also of an intrinsic function; `errorPath` with a path as text",
    "`Cause`": "`cause`",
    "`CausePath`": "`cause: ref`, also of an intrinsic function; `causePath` with a path as text",
  },
  Parallel: {
    ...comment,
    ...language,
    "`Branches`": "`branches: [a, Chain.of(b, c)]`",
    ...result,
    "`Arguments`": jsonata,
    ...recovery,
    ...paths,
    ...flow,
  },
  Map: {
    ...comment,
    ...language,
    "`ItemProcessor`": "`processor: step`, `processor: ({ item, index }) => step`",
    "`Iterator`": "read alone: `processor` writes `ItemProcessor`",
    "`ItemsPath`": "`items: ref`, or `itemsPath` with a path as text",
    "`Items`": jsonata,
    "`ItemSelector`": "`itemSelector: { … }`, `itemSelector: ({ item, index }) => ({ … })`",
    "`Parameters`": "read alone: `itemSelector` writes `ItemSelector`",
    "`ItemReader`": "`itemReader`: one of `ItemReader`",
    "`ItemBatcher`": "`itemBatcher: { … }`",
    "`ResultWriter`": "`resultWriter: { … }`",
    "`MaxConcurrency`": "`maxConcurrency: 10`",
    "`MaxConcurrencyPath`": "`maxConcurrency: ref`, or `maxConcurrencyPath` with a path as text",
    "`ToleratedFailurePercentage`": "`toleratedFailurePercentage: 5`",
    "`ToleratedFailurePercentagePath`": "`toleratedFailurePercentage: ref`",
    "`ToleratedFailureCount`": "`toleratedFailureCount: 5`",
    "`ToleratedFailureCountPath`": "`toleratedFailureCount: ref`",
    "`Label`": "`label`",
    "`ResultPath`": '`resultPath: "$.a"`, or `null`',
    ...recovery,
    ...paths,
    ...flow,
  },
  "Map, `ProcessorConfig`": {
    '`Mode: "INLINE"`': "the default",
    '`Mode: "DISTRIBUTED"`': '`mode: "DISTRIBUTED"`',
    '`ExecutionType: "STANDARD"`': "the default",
    '`ExecutionType: "EXPRESS"`': '`executionType: "EXPRESS"`',
  },
  "Map, `ItemReader`": {
    "`s3:getObject`": "all readers but `ItemReader.listing`",
    "`s3:listObjectsV2`": "`ItemReader.listing({ bucket, prefix })`",
    '`InputType: "CSV"`': "`ItemReader.csv({ bucket, key })`",
    '`CSVHeaderLocation: "FIRST_ROW"`': "`ItemReader.csv` without `headers`",
    '`CSVHeaderLocation: "GIVEN"`': "`ItemReader.csv({ headers })`",
    "`CSVHeaders`": "`ItemReader.csv({ headers })`",
    '`InputType: "JSON"`': "`ItemReader.json({ bucket, key, itemsPointer })`",
    '`InputType: "JSONL"`': "`ItemReader.jsonLines({ bucket, key })`",
    '`InputType: "MANIFEST"`': "`ItemReader.manifest({ bucket, key, manifestType })`",
    '`InputType: "PARQUET"`': "`ItemReader.parquet({ bucket, key })`",
    "`MaxItems`": "`maxItems: 10`",
    "`MaxItemsPath`": "`maxItems: ref`",
    "`Parameters.Bucket`": "`bucket`",
    "`Parameters.Key`": "`key`",
    "`Parameters.VersionId`": "`versionId`",
    "`Parameters.Prefix`": "`prefix`",
    "`Arguments.Bucket`": jsonata,
    "`Arguments.Key`": jsonata,
  },
  "Map, `ItemBatcher`": {
    "`MaxItemsPerBatch`": "`maxItemsPerBatch: 10`",
    "`MaxItemsPerBatchPath`": "`maxItemsPerBatch: ref`",
    "`MaxInputBytesPerBatch`": "`maxInputBytesPerBatch: 1000`",
    "`MaxInputBytesPerBatchPath`": "`maxInputBytesPerBatch: ref`",
    "`BatchInput`": "`batchInput: { … }`",
  },
  "Map, `ResultWriter`": {
    "`s3:putObject`": "`resultWriter: { bucket }`",
    "`Parameters.Bucket`": "`bucket`",
    "`Parameters.Prefix`": "`prefix`",
    '`OutputType: "JSON"`': '`outputType: "JSON"`',
    '`OutputType: "JSONL"`': '`outputType: "JSONL"`',
  },
  Retry: {
    "`ErrorEquals`": "`errorEquals: […]`",
    "`IntervalSeconds`": "`intervalSeconds`",
    "`MaxAttempts`": "`maxAttempts`",
    "`BackoffRate`": "`backoffRate`",
    "`MaxDelaySeconds`": "`maxDelaySeconds`",
    '`JitterStrategy: "FULL"`': '`jitterStrategy: "FULL"`',
    '`JitterStrategy: "NONE"`': '`jitterStrategy: "NONE"`',
    ...comment,
  },
  Catch: {
    "`ErrorEquals`": "`errorEquals: […]`",
    "`Next`": "`next: step`, `next: (error) => step`, `next: () => step` for a step that comes before",
    "`ResultPath`": '`resultPath: "$.error"`, or `null`',
    "`Output`": jsonata,
    "`Assign`": "`assign: { name: value }`; the compiler's own where an error has to travel",
    ...comment,
  },
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
    "a template that is no object": { missing: "`parameters` and `itemSelector` take an object alone" },
  },
  "Intrinsic functions": Object.fromEntries(
    intrinsics.map((name) => [
      `\`States.${name}\``,
      besides[name] ?? `\`States.${name.charAt(0).toLowerCase()}${name.slice(1)}(…)\``,
    ]),
  ),
  JSONata: {
    ...Object.fromEntries(expressionPlaces.map((place) => [`an expression in ${place}`, jsonata])),
    "a value that is no object in `Arguments`": jsonata,
    "a value that is no object in `Items`": jsonata,
    "a value that is no object in `Output`": jsonata,
    "`$states.input`": jsonata,
    "`$states.result`": jsonata,
    "`$states.errorOutput`": jsonata,
    "`$states.context`": jsonata,
    ...Object.fromEntries(
      ["partition", "range", "hash", "random", "uuid", "parse"].map((name) => [`\`$${name}\``, jsonata]),
    ),
  },
};
