import type { JsonObject } from "../../../src/language/json.js";

const end = { Type: "Pass", End: true };
const choose = (...rules: readonly JsonObject[]): readonly JsonObject[] =>
  rules.map((rule) => ({ ...rule, Next: "Done" }));
const compare = (operator: string, value: string | boolean): JsonObject => ({ Variable: "$.a", [operator]: value });

const distributed = (name: string, fields: JsonObject): JsonObject => ({
  Type: "Map",
  ...fields,
  ItemProcessor: {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: `${name} item`,
    States: { [`${name} item`]: end },
  },
});

/** A reader of an object; in JSONata it is asked for in `Arguments`. */
const reader = (config: JsonObject, request: JsonObject = { Parameters: { Bucket: "b", Key: "k" } }): JsonObject => ({
  Resource: "arn:aws:states:::s3:getObject",
  ReaderConfig: config,
  ...request,
});

const csv = { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" };

/** States one after the other. */
function inRow(states: Readonly<Record<string, JsonObject>>): JsonObject {
  const names = Object.keys(states);
  const linked = Object.entries(states).map(([name, state], index) => {
    const next = names[index + 1];
    const isChoice = state["Type"] === "Choice";
    if (state["Type"] === "Succeed" || state["Type"] === "Fail") return [name, state];
    return [name, { ...state, ...(next === undefined ? { End: true } : { [isChoice ? "Default" : "Next"]: next }) }];
  });
  return { StartAt: names[0] ?? "", States: Object.fromEntries(linked) as JsonObject };
}

/** Definitions of our own, for the features that no definition from outside uses. */
export const ownDefinitions: Readonly<Record<string, JsonObject>> = {
  JSONPath: inRow({
    Choose: {
      Type: "Choice",
      QueryLanguage: "JSONPath",
      InputPath: "$.a",
      OutputPath: "$.b",
      Choices: choose(
        compare("StringLessThanPath", "$.b"),
        compare("StringGreaterThanPath", "$.b"),
        compare("NumericLessThanEqualsPath", "$.b"),
        compare("TimestampLessThanEqualsPath", "$.b"),
        compare("TimestampGreaterThanEquals", "2026-03-14T01:59:00Z"),
        compare("TimestampGreaterThanEqualsPath", "$.b"),
        compare("IsTimestamp", true),
      ),
    },
    Pause: { Type: "Wait", QueryLanguage: "JSONPath", Seconds: 1 },
    Both: {
      Type: "Parallel",
      QueryLanguage: "JSONPath",
      InputPath: "$.a",
      Branches: [inRow({ Failing: { Type: "Fail", QueryLanguage: "JSONPath" } }), inRow({ Quiet: { Type: "Pass" } })],
    },
    Each: { Type: "Map", QueryLanguage: "JSONPath", ItemProcessor: inRow({ One: { Type: "Pass" } }) },
    Read: {
      Type: "Pass",
      Parameters: {
        "first.$": "$.list[0,1]",
        "count.$": "$.list.length()",
        "redrives.$": "$$.Execution.RedriveCount",
      },
    },
    Done: { Type: "Succeed", QueryLanguage: "JSONPath" },
  }),
  "distributed Maps": inRow({
    Inventory: distributed("Inventory", {
      ItemReader: reader({ InputType: "MANIFEST", ManifestType: "S3_INVENTORY" }),
    }),
    Athena: distributed("Athena", { ItemReader: reader({ InputType: "MANIFEST", ManifestType: "ATHENA_DATA" }) }),
    Rows: distributed("Rows", {
      ItemReader: reader({ InputType: "PARQUET" }, { Parameters: { Bucket: "b", Key: "k", VersionId: "3" } }),
      ItemBatcher: { MaxItemsPerBatchPath: "$.items", MaxInputBytesPerBatchPath: "$.bytes" },
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { Bucket: "b" },
        WriterConfig: { OutputType: "JSONL", Transformation: "FLATTEN" },
      },
    }),
    Inner: distributed("Inner", { ItemReader: reader({ InputType: "JSON", ItemsPointer: "/rows" }) }),
    ...Object.fromEntries(
      ["COMMA", "PIPE", "SEMICOLON", "TAB", "SPACE"].map((CSVDelimiter) => [
        CSVDelimiter,
        distributed(CSVDelimiter, { ItemReader: reader({ ...csv, CSVDelimiter }) }),
      ]),
    ),
    ...Object.fromEntries(
      ["NONE", "LOAD_AND_FLATTEN"].map((Transformation) => [
        Transformation,
        distributed(Transformation, {
          ItemReader: {
            Resource: "arn:aws:states:::s3:listObjectsV2",
            ReaderConfig: { Transformation },
            Parameters: { Bucket: "b" },
          },
          ResultWriter: { WriterConfig: { Transformation: Transformation === "NONE" ? "NONE" : "COMPACT" } },
        }),
      ]),
    ),
  }),
  JSONata: {
    QueryLanguage: "JSONata",
    ...inRow({
      Choose: {
        Type: "Choice",
        Assign: { rule: "{% $states.input.b %}" },
        Choices: [{ Condition: "{% $states.input.a %}", Assign: { rule: "{% $states.input.a %}" }, Next: "Done" }],
      },
      Pause: {
        Type: "Wait",
        QueryLanguage: "JSONata",
        Seconds: 1,
        Assign: { hash: "{% $hash($states.input.a, 'SHA-1') %}" },
        Output: "{% $parse($states.input.text) %}",
      },
      Call: {
        Type: "Task",
        Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
        TimeoutSeconds: "{% $states.input.seconds %}",
      },
      Both: {
        Type: "Parallel",
        Arguments: "{% $states.input.a %}",
        Branches: [
          inRow({ Failing: { Type: "Fail", QueryLanguage: "JSONata", Cause: "{% $states.input.a %}" } }),
          inRow({ Quiet: { Type: "Pass" } }),
        ],
        Output: "{% $states.result[1] %}",
      },
      Each: distributed("Each", {
        ItemReader: reader(csv, { Arguments: { Bucket: "b", Key: "{% $states.input.key %}", VersionId: "3" } }),
        ItemBatcher: {
          MaxItemsPerBatch: "{% $states.input.items %}",
          MaxInputBytesPerBatch: "{% $states.input.bytes %}",
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Arguments: { Bucket: "{% $states.input.bucket %}", Prefix: "p" },
        },
        Output: { all: "{% $states.result %}" },
      }),
      Listed: distributed("Listed", {
        ItemReader: { Resource: "arn:aws:states:::s3:listObjectsV2", Arguments: { Bucket: "b", Prefix: "p" } },
      }),
      Done: { Type: "Succeed", QueryLanguage: "JSONata", Output: "{% $states.input.a %}" },
    }),
  },
};
