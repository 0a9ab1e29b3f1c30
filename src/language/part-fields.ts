import { limits } from "./limits.js";
import type { Shape } from "./shape.js";

const text = { kind: "text" } as const;
const name = { kind: "name" } as const;
const seconds = { kind: "number", least: 1, most: limits.number } as const;
const reference = { kind: "path", only: "JSONPath", isReference: true } as const;
const scopes = { kind: "scopes" } as const;

/** The whole machine. */
export const machine: Shape = {
  fields: {
    Comment: text,
    QueryLanguage: { kind: "language", words: ["JSONPath", "JSONata"] },
    Version: { kind: "text", words: ["1.0"] },
    TimeoutSeconds: seconds,
    StartAt: name,
    States: scopes,
  },
  needed: ["States", "StartAt"],
};

/** A branch of a Parallel state. */
export const branch: Shape = {
  fields: { Comment: text, StartAt: name, States: scopes },
  needed: ["States", "StartAt"],
};

const processorConfig: Shape = {
  fields: {
    Mode: { kind: "text", words: ["INLINE", "DISTRIBUTED"] },
    ExecutionType: { kind: "text", words: ["STANDARD", "EXPRESS"] },
  },
};

/** The processor of a Map state. */
export const processor: Shape = {
  fields: { ...branch.fields, ProcessorConfig: { kind: "object", shape: processorConfig } },
  needed: ["States", "StartAt"],
};

/** A rule of `Retry`. */
export const retrier: Shape = {
  fields: {
    Comment: text,
    ErrorEquals: { kind: "errors" },
    IntervalSeconds: { kind: "number", isLiteral: true, least: 1, most: limits.number },
    MaxAttempts: { kind: "number", isLiteral: true, least: 0, most: limits.number },
    BackoffRate: { kind: "number", isLiteral: true, least: 1, most: Number.MAX_VALUE, isFraction: true },
    MaxDelaySeconds: { kind: "number", isLiteral: true, least: 1, most: 31_622_400 },
    JitterStrategy: { kind: "text", words: ["FULL", "NONE"] },
  },
  needed: ["ErrorEquals"],
};

/** A rule of `Catch`. */
export const catcher: Shape = {
  fields: {
    Comment: text,
    ErrorEquals: { kind: "errors" },
    Next: name,
    ResultPath: { kind: "resultPath", only: "JSONPath" },
    Output: { kind: "template", only: "JSONata" },
    Assign: { kind: "template", isObject: true },
  },
  needed: ["ErrorEquals", "Next"],
};

const request = {
  Parameters: { kind: "template", only: "JSONPath" },
  Arguments: { kind: "template", only: "JSONata" },
} as const;

const readerConfig: Shape = {
  fields: {
    InputType: { kind: "text", words: ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"] },
    CSVHeaderLocation: { kind: "text", words: ["FIRST_ROW", "GIVEN"] },
    CSVHeaders: { kind: "texts" },
    CSVDelimiter: { kind: "text", words: ["COMMA", "PIPE", "SEMICOLON", "TAB", "SPACE"] },
    // AWS takes 0 for all items, as recorded.
    MaxItems: { kind: "number", least: 0, most: 100_000_000 },
    MaxItemsPath: reference,
    ItemsPointer: text,
    ManifestType: { kind: "text", words: ["ATHENA_DATA", "S3_INVENTORY"] },
    Transformation: { kind: "text", words: ["NONE", "LOAD_AND_FLATTEN"] },
  },
  alternatives: [["MaxItems", "MaxItemsPath"]],
};

/** Where a distributed Map reads its items. */
export const itemReader: Shape = {
  fields: {
    Resource: { kind: "text", format: "arn", calls: ["s3:getObject", "s3:listObjectsV2"] },
    ReaderConfig: { kind: "object", shape: readerConfig },
    ...request,
  },
  needed: ["Resource"],
};

/** How a distributed Map groups its items. */
export const itemBatcher: Shape = {
  fields: {
    MaxItemsPerBatch: { kind: "number", least: 1, most: 100_000_000 },
    MaxItemsPerBatchPath: reference,
    MaxInputBytesPerBatch: { kind: "number", least: 1, most: 262_144 },
    MaxInputBytesPerBatchPath: reference,
    BatchInput: { kind: "template" },
  },
  alternatives: [
    ["MaxItemsPerBatch", "MaxItemsPerBatchPath"],
    ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
  ],
  someOf: ["MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
};

const writerConfig: Shape = {
  fields: {
    OutputType: { kind: "text", words: ["JSON", "JSONL"] },
    Transformation: { kind: "text", words: ["NONE", "COMPACT", "FLATTEN"] },
  },
};

/** Where a distributed Map writes its results. */
export const resultWriter: Shape = {
  fields: {
    Resource: { kind: "text", format: "arn", calls: ["s3:putObject"] },
    WriterConfig: { kind: "object", shape: writerConfig },
    ...request,
  },
};

/** What an operator of a Choice rule compares with; each but `IsX` and `StringMatches` has a `…Path` beside it. */
export type Operand = "text" | "number" | "boolean" | "timestamp";

const orders = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];

/** The comparisons of Choice rules in JSONPath, with what each takes where it stands in the definition. */
export const comparisons: ReadonlyMap<string, Operand | "path"> = new Map([
  ...[["String", "text"] as const, ["Numeric", "number"] as const, ["Timestamp", "timestamp"] as const].flatMap(
    ([family, operand]) =>
      orders.flatMap((order) => [[`${family}${order}`, operand] as const, [`${family}${order}Path`, "path"] as const]),
  ),
  ["BooleanEquals", "boolean"],
  ["BooleanEqualsPath", "path"],
  ["StringMatches", "text"],
  ...["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"].map(
    (test) => [test, "boolean"] as const,
  ),
]);
