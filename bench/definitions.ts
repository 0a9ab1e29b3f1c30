type Data = { readonly [key: string]: unknown };

const lambda = "arn:aws:states:::lambda:invoke";
const retry = [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 4, BackoffRate: 2 }];

/** States of a unit, those within its Map too. */
const unitSize = 10;

/**
 * A definition of about so many states, in a mixture that files of users have. It is as short as 5,000 states have to be, to stay
 * within the 1 MiB that AWS takes.
 */
export function definitionText(states: number, language: "JSONPath" | "JSONata"): string {
  const units = Math.max(1, Math.round(states / unitSize));
  const unit = language === "JSONPath" ? jsonPathUnit : jsonataUnit;
  const all: Record<string, unknown> = {};
  for (let index = 0; index < units; index++) {
    Object.assign(all, unit(index, index + 1 < units ? { Next: `Fetch ${index + 1}` } : { End: true }));
  }
  const head = language === "JSONata" ? { QueryLanguage: language } : {};
  return JSON.stringify({ Comment: "prepares the rows", ...head, StartAt: "Fetch 0", States: all });
}

function catchTo(Next: string, more: Data = {}): readonly Data[] {
  return [{ ErrorEquals: ["States.ALL"], ...more, Next }];
}

function jsonPathUnit(index: number, transition: Data): Data {
  const name = (kind: string): string => `${kind} ${index}`;
  return {
    [name("Fetch")]: {
      Type: "Task",
      Resource: lambda,
      Parameters: { FunctionName: "fetch", Payload: { "bucket.$": "$.bucket", "run.$": "$$.Execution.Name" } },
      ResultPath: "$.fetched",
      TimeoutSeconds: 300,
      Retry: retry,
      Catch: catchTo(name("Failed"), { ResultPath: "$.error" }),
      Next: name("Check"),
    },
    [name("Check")]: {
      Type: "Choice",
      Choices: [
        { Variable: "$.fetched.status", StringEquals: "DONE", Next: name("Shape") },
        { Not: { Variable: "$.fetched.status", StringMatches: "RUN*" }, Next: name("Failed") },
      ],
      Default: name("Wait"),
    },
    [name("Wait")]: { Type: "Wait", Seconds: 30, Next: name("Fetch") },
    [name("Shape")]: {
      Type: "Pass",
      Parameters: { "uri.$": "States.Format('s3://{}/rows', $.bucket)", "rows.$": "$.fetched.rows" },
      Next: name("Each"),
    },
    [name("Each")]: {
      Type: "Map",
      ItemsPath: "$.rows",
      MaxConcurrency: 10,
      ItemProcessor: {
        StartAt: name("Item"),
        States: {
          [name("Item")]: {
            Type: "Task",
            Resource: lambda,
            Parameters: { FunctionName: "item", "Payload.$": "$" },
            OutputPath: "$.Payload",
            Next: name("Done"),
          },
          [name("Done")]: { Type: "Pass", ResultPath: "$.done", End: true },
        },
      },
      ResultPath: "$.items",
      Catch: catchTo(name("Failed")),
      Next: name("Store"),
    },
    [name("Store")]: {
      Type: "Task",
      Resource: "arn:aws:states:::dynamodb:putItem",
      Parameters: { TableName: "runs", Item: { id: { "S.$": "$.uri" } } },
      ResultPath: null,
      Retry: retry,
      Next: name("Notify"),
    },
    [name("Notify")]: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: { TopicArn: "arn:aws:sns:us-east-1:123456789012:runs", "Message.$": "States.JsonToString($.items)" },
      ...transition,
    },
    [name("Failed")]: { Type: "Fail", Error: "RunFailed", Cause: "no rows" },
  };
}

function jsonataUnit(index: number, transition: Data): Data {
  const name = (kind: string): string => `${kind} ${index}`;
  return {
    [name("Fetch")]: {
      Type: "Task",
      Resource: lambda,
      Arguments: { FunctionName: "fetch", Payload: { bucket: "{% $states.input.bucket %}" } },
      Assign: { status: "{% $states.result.Payload.status %}", rows: "{% $states.result.Payload.rows[size > 0] %}" },
      TimeoutSeconds: 300,
      Retry: retry,
      Catch: catchTo(name("Failed")),
      Next: name("Check"),
    },
    [name("Check")]: {
      Type: "Choice",
      Choices: [
        { Condition: "{% $status = 'DONE' %}", Next: name("Shape") },
        { Condition: "{% $exists($status) and $not($contains($status, 'RUN')) %}", Next: name("Failed") },
      ],
      Default: name("Wait"),
    },
    [name("Wait")]: { Type: "Wait", Seconds: 30, Next: name("Fetch") },
    [name("Shape")]: {
      Type: "Pass",
      Output: { uri: "{% 's3://' & $states.input.bucket & '/' & $string($count($rows)) %}" },
      Next: name("Each"),
    },
    [name("Each")]: {
      Type: "Map",
      Items: "{% $rows %}",
      MaxConcurrency: 10,
      ItemProcessor: {
        StartAt: name("Item"),
        States: {
          [name("Item")]: {
            Type: "Task",
            Resource: lambda,
            Arguments: { FunctionName: "item", Payload: "{% $states.input %}" },
            Output: "{% $states.result.Payload %}",
            Next: name("Done"),
          },
          [name("Done")]: { Type: "Pass", Output: "{% $sum($states.input.values) %}", End: true },
        },
      },
      Catch: catchTo(name("Failed")),
      Next: name("Store"),
    },
    [name("Store")]: {
      Type: "Task",
      Resource: "arn:aws:states:::dynamodb:putItem",
      Arguments: { TableName: "runs", Item: { id: { S: "{% $states.context.Execution.Name %}" } } },
      Output: "{% $states.input %}",
      Retry: retry,
      Next: name("Notify"),
    },
    [name("Notify")]: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Arguments: { TopicArn: "arn:aws:sns:us-east-1:123456789012:runs", Message: "{% $string($states.input) %}" },
      ...transition,
    },
    [name("Failed")]: { Type: "Fail", Error: "RunFailed", Cause: "no rows" },
  };
}
