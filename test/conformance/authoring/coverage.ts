import { conditionRows } from "./condition-rows.js";
import type { Rows } from "./row.js";
import { valueRows } from "./value-rows.js";

const comment: Rows = { "`Comment`": "`comment`" };
const language: Rows = {
  '`QueryLanguage: "JSONPath"`': "the default",
  '`QueryLanguage: "JSONata"`': '`queryLanguage: "JSONata"`',
};
const paths: Rows = {
  "`InputPath`": "`inputPath`: a placeholder, a path as text, or `null`",
  "`OutputPath`": "`outputPath`: a placeholder, a path as text, or `null`",
  "`Output`": "what the shaping options of JSONPath come to; or `output`",
};
const flow: Rows = {
  "`Next`": "`Chain.of(a, b)`, `a.next(b)`",
  "`End`": "the last step of a chain",
  "`Assign`":
    "`assign: { name: value }`; `assign: (result) => ({ … })` where there is one; the compiler's own where an output has to travel",
};
const result: Rows = {
  "`Parameters`": "`parameters: { … }`",
  "`ResultPath`": '`resultPath: "$.a"`, or `null`',
};
const recovery: Rows = {
  "`ResultSelector`": "`resultSelector: { … }`, `resultSelector: (result) => ({ … })`",
  "`Retry`": "`retry: { errorEquals, … }`, or a list",
  "`Catch`": "`catch: { errorEquals, next, … }`, or a list",
};

/** A field whose values are features of their own. */
function told(field: string, values: readonly string[], option: string): Rows {
  return Object.fromEntries(values.map((value) => [`\`${field}: ${JSON.stringify(value)}\``, `\`${option}\``]));
}

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
    "`Arguments`": "`parameters`, as in JSONPath",
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
  "Choice, a rule": conditionRows,
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
    "`Arguments`": "`parameters`, as in JSONPath",
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
    "`Items`": "`items: ref`, as in JSONPath; `items: [1, 2]`",
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
    ...told("CSVDelimiter", ["COMMA", "PIPE", "SEMICOLON", "TAB", "SPACE"], "ItemReader.csv({ delimiter })"),
    "`CSVHeaders`": "`ItemReader.csv({ headers })`",
    '`InputType: "JSON"`': "`ItemReader.json({ bucket, key, itemsPointer })`",
    "`ItemsPointer`": "`ItemReader.json({ itemsPointer })`",
    '`InputType: "JSONL"`': "`ItemReader.jsonLines({ bucket, key })`",
    '`InputType: "MANIFEST"`': "`ItemReader.manifest({ bucket, key, manifestType })`",
    ...told("ManifestType", ["ATHENA_DATA", "S3_INVENTORY"], "ItemReader.manifest({ manifestType })"),
    '`InputType: "PARQUET"`': "`ItemReader.parquet({ bucket, key })`",
    ...told("Transformation", ["NONE", "LOAD_AND_FLATTEN"], "ItemReader.listing({ transformation })"),
    "`MaxItems`": "`maxItems: 10`",
    "`MaxItemsPath`": "`maxItems: ref`",
    "`Parameters.Bucket`": "`bucket`",
    "`Parameters.Key`": "`key`",
    "`Parameters.VersionId`": "`versionId`",
    "`Parameters.Prefix`": "`prefix`",
    "`Arguments.Bucket`": "`bucket`",
    "`Arguments.Key`": "`key`",
    "`Arguments.VersionId`": "`versionId`",
    "`Arguments.Prefix`": "`prefix`",
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
    "`Arguments.Bucket`": "`bucket`",
    "`Arguments.Prefix`": "`prefix`",
    '`OutputType: "JSON"`': '`outputType: "JSON"`',
    '`OutputType: "JSONL"`': '`outputType: "JSONL"`',
    ...told("Transformation", ["NONE", "COMPACT", "FLATTEN"], "transformation"),
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
    "`Output`": "what `resultPath` comes to; or `output`, `output: (error) => ({ … })`",
    "`Assign`":
      "`assign: { name: value }`, `assign: (error) => ({ … })`; the compiler's own where an error has to travel",
    ...comment,
  },
  ...valueRows,
};
