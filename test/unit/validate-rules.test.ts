import { describe, expect, test } from "vitest";
import type { Json } from "../../src/language/json.js";
import type { ValidateOptions } from "../../src/validate/issue.js";
import { validate } from "../../src/validate/validate.js";
import { growth, mostGrowth } from "./growth.js";

/** Issues as AWS prints them, with the exact place where it is another one. */
function said(definition: Json, options?: ValidateOptions): readonly string[] {
  return validate(definition, options).map(({ code, message, location, pointer }) => {
    const exact = pointer === (location ?? "").replaceAll(/\[(\d+)\]/g, "/$1") ? "" : ` (${pointer})`;
    return `${code}: ${message} at ${location ?? null}${exact}`;
  });
}

function ofState(state: Json, options?: ValidateOptions): readonly string[] {
  return said({ StartAt: "S", States: { S: state } }, options);
}

const schema = (rest: string): string => `SCHEMA_VALIDATION_FAILED: ${rest}`;
const pass = { Type: "Pass", End: true };
const inner = { StartAt: "I", States: { I: pass } };
const lambda = "arn:aws:lambda:us-east-1:111111111111:function:f";

describe("a rule of a Choice", () => {
  const cases: readonly (readonly [name: string, rule: Json, issues: readonly string[]])[] = [
    ["with one operator", { Variable: "$.a", StringEquals: "x", Next: "T" }, []],
    ["of rules within rules", { Not: { Or: [{ Variable: "$.a", IsNull: true }] }, Next: "T" }, []],
    [
      "with no operator",
      { Variable: "$.a", Next: "T" },
      [
        schema(
          "Exactly one operator is required, such as StringEquals, And, Or or Not; got none at /States/S/Choices[0]",
        ),
      ],
    ],
    [
      "with two operators",
      { Variable: "$.a", IsNull: true, IsString: true, Next: "T" },
      [schema("Exactly one operator is required, such as StringEquals, And, Or or Not; got 2 at /States/S/Choices[0]")],
    ],
    [
      "without a variable",
      { IsNull: true, Next: "T" },
      [schema("These fields are required: [Variable] at /States/S/Choices[0]")],
    ],
    [
      "with a target within",
      { And: [{ Variable: "$.a", IsNull: true, Next: "T" }], Next: "T" },
      [schema("Field 'Next' is not supported at /States/S/Choices[0]/And[0] (/States/S/Choices/0/And/0/Next)")],
    ],
    ["of no parts", { And: [], Next: "T" }, [schema("Value cannot be empty at /States/S/Choices[0]/And")]],
    [
      "that compares with another type",
      { Variable: "$.a", NumericEquals: "1", Next: "T" },
      [schema("Expected value of type Number at /States/S/Choices[0]/NumericEquals")],
    ],
    [
      "that compares with no time",
      { Variable: "$.a", TimestampEquals: "2020-01-01", Next: "T" },
      [schema("String does not match RFC3339 timestamp at /States/S/Choices[0]/TimestampEquals")],
    ],
    [
      "with a condition",
      { Condition: "{% true %}", Next: "T" },
      [
        schema(
          "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage at /States/S/Choices[0] (/States/S/Choices/0/Condition)",
        ),
        schema(
          "Exactly one operator is required, such as StringEquals, And, Or or Not; got none at /States/S/Choices[0]",
        ),
      ],
    ],
    [
      "whose constant looks like a path",
      { Variable: "$.a", StringEquals: "$.b", Next: "T" },
      [
        "NO_PATH: Field value looks like a path, but field name does not end with 'Path'. at /States/S/Choices[0]/StringEquals",
      ],
    ],
  ];

  test.each(cases)("%s", (_, rule, issues) => {
    const states = { S: { Type: "Choice", Choices: [rule], Default: "T" }, T: { Type: "Succeed" } };
    expect(said({ StartAt: "S", States: states })).toEqual(issues);
  });
});

describe("in JSONata", () => {
  const rule = (Condition: Json): Json => ({
    Type: "Choice",
    QueryLanguage: "JSONata",
    Choices: [{ Condition, Next: "T" }],
    Default: "T",
  });
  const map = { Type: "Map", QueryLanguage: "JSONata", ItemProcessor: inner, Next: "T" };
  const saidOf = (state: Json, options?: ValidateOptions) =>
    said({ StartAt: "S", States: { S: state, T: { Type: "Succeed" } } }, options);

  test.each([true, "{% $states.input.a > 1 %}"])("a condition may be %j", (value) => {
    expect(saidOf(rule(value))).toEqual([]);
  });

  test.each([5, null, {}, [], "$x > 1", ""])("a condition may not be %j", (value) => {
    const issue = schema("Expected value of type Boolean at /States/S/Choices[0]/Condition");
    expect(saidOf(rule(value))).toEqual([issue]);
  });

  test.each([[[1, "{% 2 %}"]], [{}], ["{% [1] %}"]])("items may be %j", (Items) => {
    expect(saidOf({ ...map, Items })).toEqual([]);
  });

  test.each([5, null, true, "$items"])("items may not be %j", (Items) => {
    expect(saidOf({ ...map, Items })).toEqual([schema("Expected value of type Array or Object at /States/S/Items")]);
  });

  test("a placeholder may be either", () => {
    const open = ["$", "{Name}"].join("");
    expect(saidOf(rule(open), { substitutions: true })).toEqual([]);
    expect(saidOf({ ...map, Items: open }, { substitutions: true })).toEqual([]);
  });

  test("what is no expression is told how to become one", () => {
    const [issue] = validate({ StartAt: "S", States: { S: rule("$x > 1"), T: { Type: "Succeed" } } });
    expect(issue?.hint).toBe("put the expression between {% and %}");
  });
});

describe("bounds", () => {
  const task = { Type: "Task", Resource: lambda, End: true };
  const most = 99_999_999;

  test("the largest numbers are taken", () => {
    const Retry = [{ ErrorEquals: ["X"], IntervalSeconds: most, MaxAttempts: most }];
    expect(ofState({ ...task, TimeoutSeconds: most, Retry })).toEqual([]);
    expect(ofState({ ...task, HeartbeatSeconds: most, Retry })).toEqual([]);
    expect(said({ StartAt: "S", TimeoutSeconds: most, States: { S: pass } })).toEqual([]);
  });

  test("more is refused", () => {
    expect(ofState({ ...task, TimeoutSeconds: most + 1 })).toEqual([
      schema("Expected a number of 1 to 99999999, got 100000000 at /States/S/TimeoutSeconds"),
    ]);
    expect(ofState({ ...task, Retry: [{ ErrorEquals: ["X"], MaxAttempts: most + 1 }] })).toEqual([
      schema("Expected a number of 0 to 99999999, got 100000000 at /States/S/Retry[0]/MaxAttempts"),
    ]);
  });

  test("the longest delay is compared with a first one that is written", () => {
    expect(ofState({ ...task, Retry: [{ ErrorEquals: ["X"], MaxDelaySeconds: 1 }] })).toEqual([]);
  });
});

test("where a machine starts at no text, nothing is said about what is out of reach", () => {
  expect(said({ StartAt: 1, States: { S: pass } })).toEqual([schema("Expected value of type String at /StartAt")]);
});

describe("a Map", () => {
  const map = { Type: "Map", ItemProcessor: inner, End: true };
  const distributed = { ...inner, ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } };
  const cases: readonly (readonly [name: string, state: Json, issues: readonly string[]])[] = [
    ["with a processor", map, []],
    ["with an iterator", { Type: "Map", Iterator: inner, End: true }, []],
    [
      "without either",
      { Type: "Map", End: true },
      [schema("Exactly one of these fields is required: [ItemProcessor, Iterator] at /States/S")],
    ],
    [
      "that is distributed, of no type",
      { ...map, ItemProcessor: { ...inner, ProcessorConfig: { Mode: "DISTRIBUTED" } } },
      [schema("These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig")],
    ],
    [
      "with a batcher of no size",
      { ...map, ItemProcessor: distributed, ItemBatcher: {} },
      [
        schema(
          "At least one of these fields is required: [MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath] at /States/S/ItemBatcher",
        ),
      ],
    ],
    [
      "with a reader of an unknown type",
      {
        ...map,
        ItemProcessor: distributed,
        ItemReader: { Resource: "arn:aws:states:::s3:getObject", ReaderConfig: { InputType: "XML" } },
      },
      [
        schema(
          "The field 'InputType' should have one of these values: [CSV, JSON, JSONL, PARQUET, MANIFEST] at /States/S/ItemReader/ReaderConfig/InputType",
        ),
      ],
    ],
    [
      "with a label that ARNs cannot have",
      { ...map, ItemProcessor: distributed, Label: "a b" },
      ["INVALID_LABEL_NAME: Invalid Label name: a b at /States/S/Label"],
    ],
    [
      "that is not distributed, with a reader",
      { ...map, ItemReader: { Resource: "arn:aws:states:::s3:getObject" } },
      ["distributed_only: ItemReader has no effect: the Map is not distributed at /States/S/ItemReader"],
    ],
    [
      "with a query language on its processor",
      { ...map, ItemProcessor: { ...inner, QueryLanguage: "JSONata" } },
      [
        schema(
          "Field 'QueryLanguage' is not supported at /States/S/ItemProcessor (/States/S/ItemProcessor/QueryLanguage)",
        ),
      ],
    ],
    [
      "with a state of its own name within",
      { ...map, ItemProcessor: { StartAt: "S", States: { S: pass } } },
      ["DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/ItemProcessor/States/S"],
    ],
  ];

  test.each(cases)("%s", (_, state, issues) => {
    expect(ofState(state)).toEqual(issues);
  });

  test("two of one label", () => {
    const labelled = (id: string, next: object): Json =>
      ({
        Type: "Map",
        Label: "L",
        ItemProcessor: { ...distributed, StartAt: id, States: { [id]: pass } },
        ...next,
      }) as unknown as Json;
    expect(
      said({ StartAt: "A", States: { A: labelled("I", { Next: "B" }), B: labelled("J", { End: true }) } }),
    ).toEqual(["DUPLICATE_LABEL_NAME: Duplicate Label name: L at /States/B/Label"]);
  });
});

describe("the Resource of a reader and of a writer", () => {
  const processor = { ...inner, ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } };
  const map = { Type: "Map", ItemProcessor: processor, End: true };
  const unknown = (arn: string, at: string): string =>
    schema(
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at ${at}`,
    );

  test.each(["arn:aws:states:::s3:getObject", "arn:aws-cn:states:::s3:listObjectsV2"])("reads with %s", (Resource) => {
    expect(ofState({ ...map, ItemReader: { Resource } })).toEqual([]);
  });

  test.each(["arn:aws:states:::s3:putObject", "arn:aws:states:::s3:getobject", "arn:aws:lambda:::s3:getObject"])(
    "does not read with %s",
    (Resource) => {
      expect(ofState({ ...map, ItemReader: { Resource } })).toEqual([
        unknown(Resource, "/States/S/ItemReader/Resource"),
      ]);
    },
  );

  test("writes with one call alone", () => {
    const at = "/States/S/ResultWriter/Resource";
    const writer = (Resource: Json): Json => ({ ...map, ResultWriter: { Resource } });
    expect(ofState(writer("arn:aws:states:::s3:putObject"))).toEqual([]);
    expect(ofState(writer("arn:aws:states:::s3:getObject"))).toEqual([unknown("arn:aws:states:::s3:getObject", at)]);
    expect(ofState(writer("s3"))).toEqual([schema(`Value is not a valid resource ARN at ${at}`)]);
    expect(ofState(writer(1))).toEqual([schema(`Expected value of type String at ${at}`)]);
  });
});

describe("a Resource", () => {
  const unknown = (arn: string): string =>
    schema(
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource`,
    );
  const cases: readonly (readonly [resource: string, issues: readonly string[]])[] = [
    [lambda, []],
    ["arn:aws:states:us-east-1:111111111111:activity:a", []],
    ["arn:aws-cn:states:::aws-sdk:sagemaker:createProcessingJob", []],
    ["arn:aws:states:::aws-sdk:s3:GetObject", [unknown("arn:aws:states:::aws-sdk:s3:GetObject")]],
    ["arn:aws:states:::aws-sdk:S3:getObject", [unknown("arn:aws:states:::aws-sdk:S3:getObject")]],
    [
      "arn:aws:lambda:us-east-1:111111111111:function:",
      [schema("Value is not a valid resource ARN at /States/S/Resource")],
    ],
    [
      "arn:aws:states:us-east-1:111111111111:activity:",
      [schema("Value is not a valid resource ARN at /States/S/Resource")],
    ],
    ["count", [schema("Value is not a valid resource ARN at /States/S/Resource")]],
    ["arn:aws:states:::dynamodb:query", [unknown("arn:aws:states:::dynamodb:query")]],
    ["arn:aws:states:::sqs:sendMessage.sync", [unknown("arn:aws:states:::sqs:sendMessage.sync")]],
    ["arn:aws:states:::aws-sdk:s3:getObject.sync", [unknown("arn:aws:states:::aws-sdk:s3:getObject.sync")]],
    ["arn:aws:states:::states:startExecution.sync:3", [unknown("arn:aws:states:::states:startExecution.sync:3")]],
  ];

  test.each(cases)("%s", (resource, issues) => {
    expect(ofState({ Type: "Task", Resource: resource, End: true })).toEqual(issues);
  });

  test.each([
    ["arn:aws:states:::states:startExecution.sync", "'.sync' service integration"],
    ["arn:aws:states:::sqs:sendMessage.waitForTaskToken", "'.waitForTaskToken' service integration "],
    ["arn:aws:states:us-east-1:111111111111:activity:a", "Activity ARN"],
  ])("%s in an Express machine", (resource, what) => {
    const [first] = ofState({ Type: "Task", Resource: resource, End: true }, { type: "EXPRESS" });
    expect(first).toBe(schema(`Express state machine does not support ${what} at /States/S/Resource`));
  });

  test("a request with what the integration needs, and with what it does not have", () => {
    const Resource = "arn:aws:states:::lambda:invoke";
    expect(ofState({ Type: "Task", Resource, Parameters: { "FunctionName.$": "$.f" }, End: true })).toEqual([]);
    expect(ofState({ Type: "Task", Resource, Parameters: { FunctionNam: "f" }, End: true })).toEqual([
      "missing_parameter: The field 'FunctionName' is required but was missing at /States/S/Parameters",
      'unknown_parameter: The field "FunctionNam" is not supported by Step Functions at /States/S/Parameters (/States/S/Parameters/FunctionNam)',
    ]);
  });

  test("several parameters that are missing are told together", () => {
    const Resource = "arn:aws:states:::batch:submitJob";
    expect(ofState({ Type: "Task", Resource, Parameters: { JobName: "j" }, End: true })).toEqual([
      "missing_parameter: The fields 'JobQueue', 'JobDefinition' are required but were missing at /States/S/Parameters",
    ]);
  });

  test.each([
    [
      "arn:aws-cn:states:::sagemaker:createProcessingjob.sync",
      "did you mean arn:aws-cn:states:::sagemaker:createProcessingJob.sync?",
    ],
    ["arn:aws:states:::sqs:sendMesage.sync", "did you mean arn:aws:states:::sqs:sendMessage?"],
    ["arn:aws:states:::sns:publish.sync", "after sns:publish there may stand nothing, .waitForTaskToken"],
    ["arn:aws:states:::aws-sdk:S3:GetObject", "did you mean arn:aws:states:::aws-sdk:s3:getObject?"],
    [
      "arn:aws:states:::aws-sdk:s3:getObject.sync",
      "calls of the SDK have no .sync: wait in a loop, or use an optimised integration",
    ],
    ["arn:aws:states:::aws-sdk:s3", "write aws-sdk:<service>:<action>, such as aws-sdk:s3:getObject"],
  ])("the cure of %s", (Resource, hint) => {
    const [issue] = validate({ StartAt: "S", States: { S: { Type: "Task", Resource, End: true } } });
    expect(issue?.hint).toBe(hint);
  });

  test("credentials without a role", () => {
    const task = { Type: "Task", Resource: lambda, End: true };
    expect(ofState({ ...task, Credentials: { "RoleArn.$": "$.role" } })).toEqual([]);
    expect(ofState({ ...task, Credentials: { Role: "x" } })).toEqual([
      schema("The field 'RoleArn' is required but was missing at /States/S/Credentials"),
    ]);
  });
});

describe("rules for failures", () => {
  const task = { Type: "Task", Resource: lambda, End: true };
  const cases: readonly (readonly [name: string, fields: object, issues: readonly string[]])[] = [
    ["that are no list", { Retry: {} }, [schema("Expected value of type Array at /States/S/Retry")]],
    [
      "of no errors",
      { Retry: [{ ErrorEquals: [] }] },
      [schema("Value cannot be empty at /States/S/Retry[0]/ErrorEquals")],
    ],
    [
      "of all errors and another",
      { Retry: [{ ErrorEquals: ["States.ALL", "X"] }] },
      [schema("States.ALL must appear alone at /States/S/Retry[0]/ErrorEquals")],
    ],
    [
      "of all errors, before another",
      { Retry: [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["X"] }] },
      [schema("States.ALL must appear in the last rule at /States/S/Retry[0]")],
    ],
    [
      "with a wait below the first",
      { Retry: [{ ErrorEquals: ["X"], IntervalSeconds: 5, MaxDelaySeconds: 5 }] },
      [schema("MaxDelaySeconds must be more than IntervalSeconds, which is 5 at /States/S/Retry[0]/MaxDelaySeconds")],
    ],
    [
      "without a target",
      { Catch: [{ ErrorEquals: ["X"] }] },
      [schema("These fields are required: [Next] at /States/S/Catch[0]")],
    ],
    [
      "with a misspelt field",
      { Retry: [{ ErrorEquals: ["X"], MaxAttempt: 2 }] },
      [schema("Field 'MaxAttempt' is not supported at /States/S/Retry[0] (/States/S/Retry/0/MaxAttempt)")],
    ],
    [
      "with a heartbeat that is not below the time limit",
      { TimeoutSeconds: 5, HeartbeatSeconds: 5 },
      [schema("HeartbeatSeconds must be less than TimeoutSeconds, which is 5 at /States/S/HeartbeatSeconds")],
    ],
  ];

  test.each(cases)("%s", (_, fields, issues) => {
    expect(ofState({ ...task, ...fields } as Json)).toEqual(issues);
  });
});

describe("names", () => {
  test("a state's name that is too long", () => {
    const name = "é".repeat(81);
    expect(said({ StartAt: name, States: { [name]: pass } })).toEqual([
      `INVALID_STATE_NAME: State name must have 1 to 80 characters at /States (/States/${name})`,
    ]);
    expect(said({ StartAt: "😀".repeat(80), States: { ["😀".repeat(80)]: pass } })).toEqual([]);
  });

  test.each(["é", "𝒳".repeat(80), "a_1"])("a variable may be %s", (name) => {
    expect(ofState({ ...pass, Assign: { [name]: 1 } })).toEqual([]);
  });

  test.each(["a-b", "1a", "_a", "a b", "states", "x".repeat(81)])("the variable %s", (name) => {
    expect(ofState({ ...pass, Assign: { [name]: 1 } })).toEqual([
      schema(`Invalid variable name '${name}' at /States/S/Assign (/States/S/Assign/${name})`),
    ]);
  });
});

describe("constants that look as if they were looked up", () => {
  test("in a template, in a Fail and in a Pass", () => {
    const states = {
      A: { Type: "Pass", Parameters: { rows: "$.rows", price: "$5" }, Next: "B" },
      B: { Type: "Pass", Result: { "rows.$": "$.rows" }, Next: "C" },
      C: { Type: "Fail", Cause: "$.Cause" },
    };
    expect(said({ StartAt: "A", States: states })).toEqual([
      "NO_DOLLAR: No .$ on a field that appears to be a JSONPath or Intrinsic Function. at /States/A/Parameters/rows",
      "PASS_RESULT_IS_STATIC: Attempt to use a path in the result of a pass state. at /States/B/Result/rows.$",
      "NO_PATH: Field value looks like a path, but field name does not end with 'Path'. at /States/C/Cause",
    ]);
    expect(
      said({ StartAt: "A", States: states }, { ignore: ["NO_DOLLAR", "PASS_RESULT_IS_STATIC", "NO_PATH"] }),
    ).toEqual([]);
  });
});

describe("what is told beside what", () => {
  test("a state out of reach has its cure, and names of one letter are no slips of the pen", () => {
    const definition = { StartAt: "A", States: { A: { Type: "Pass", Next: "X" }, B: pass } };
    expect(validate(definition).map(({ hint }) => hint)).toEqual([
      "name a state of the same States, and lead a way to each",
      "lead a way to it, or leave it out",
    ]);
  });

  test("a thousand targets among hundreds of long names are told soon", () => {
    const long = (index: number): string => `${"n".repeat(70)}${index}`;
    const issuesOf = (count: number): readonly unknown[] => {
      const entries = Array.from({ length: count }, (_, index) => [
        long(index),
        { Type: "Pass", Next: `${"n".repeat(69)}m${index}x` },
      ]);
      return validate({ StartAt: long(0), States: Object.fromEntries(entries) });
    };
    expect(issuesOf(1_000).length).toBeGreaterThanOrEqual(1_000);
    expect(growth(issuesOf, 250)).toBeLessThan(mostGrowth);
  });

  test("a loop without an end hides what is out of reach", () => {
    const loop = { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" }, C: { Type: "Pass", Next: "A" } };
    expect(said({ StartAt: "A", States: loop })).toEqual([
      "MISSING_END_STATE: Workflow has no terminal state at null (/States)",
    ]);
  });

  test("a state whose way on cannot be read hides what follows from that", () => {
    const states = { A: { Type: "Pass", next: "B" }, B: pass };
    expect(said({ StartAt: "A", States: states })).toEqual([
      schema("Field 'next' is not supported at /States/A (/States/A/next)"),
      schema("Exactly one of these fields is required: [Next, End] at /States/A"),
    ]);
  });

  test("AWS's own order: what each object holds, then where the states lead to", () => {
    const states = { A: { Type: "Pass", Next: "X" }, B: { Type: "Wait", Seconds: -1, End: true } };
    expect(said({ StartAt: "A", States: states })).toEqual([
      schema("Expected a number of 0 to 99999999, got -1 at /States/B/Seconds"),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next",
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
    ]);
  });
});

describe("the cure", () => {
  const task = { Type: "Task", Resource: lambda, End: true };
  const choice = (rule: object): object => ({ Type: "Choice", Choices: [{ Variable: "$.a", Next: "S", ...rule }] });
  const cases: readonly (readonly [state: object, hint: string])[] = [
    [{ ...pass, Type: "task" }, "did you mean Task?"],
    [{ ...task, Retry: { ErrorEquals: ["X"] } }, "put the rule between [ and ]"],
    [{ ...pass, End: "true" }, "give true without quotes"],
    [{ ...task, TimeoutSeconds: "5" }, "give the number without quotes"],
    [{ ...task, TimeoutSeconds: "soon" }, "give a whole number"],
    [choice({ NumericGreaterThanEqual: 1 }), "did you mean NumericGreaterThanEquals?"],
    [choice({ NumericEquals: "1" }), "compare with a number, without quotes"],
    [choice({ TimestampEquals: "today" }), "write it as 2030-01-31T08:00:00Z"],
  ];

  test.each(cases)("of %j", (state, hint) => {
    expect(validate({ StartAt: "S", States: { S: state } } as Json)[0]?.hint).toBe(hint);
  });

  test("a Map of a wrong mode is told so alone", () => {
    const ItemProcessor = { ...inner, ProcessorConfig: { Mode: "Distributed" } };
    const map = { Type: "Map", ToleratedFailureCount: 1, ItemProcessor, End: true };
    const issues = validate({ StartAt: "S", States: { S: map } });
    expect(issues.map((issue) => issue.hint)).toEqual(["did you mean DISTRIBUTED?"]);
  });
});

describe("placeholders of a template", () => {
  const placeholder = (name: string): string => `\${${name}}`;
  const task = {
    Type: "Task",
    Resource: placeholder("FunctionArn"),
    TimeoutSeconds: placeholder("Timeout"),
    Next: placeholder("After"),
  };

  test("are texts like any other for AWS", () => {
    expect(ofState(task)).toEqual([
      schema("Value is not a valid resource ARN at /States/S/Resource"),
      schema("Expected value of type Integer at /States/S/TimeoutSeconds"),
      `MISSING_TRANSITION_TARGET: Missing 'Next' target: ${placeholder("After")} at /States/S/Next`,
      "MISSING_END_STATE: Workflow has no terminal state at null (/States)",
    ]);
  });

  test("are taken for what their place wants", () => {
    expect(ofState(task, { substitutions: true })).toEqual([]);
  });
});
