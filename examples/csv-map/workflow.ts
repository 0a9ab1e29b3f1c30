import {
  Chain,
  context,
  ExecutionInput,
  ItemReader,
  integrationArn,
  Map as MapStep,
  StepInput,
  Task,
  text,
  Workflow,
} from "sfn-ds";
import { getExecutionRole, Session } from "sfn-ds/sagemaker";
import * as z from "zod";

// Scores each row of a CSV file in S3 with a Lambda function, a hundred at a time, and says where the scores are.
// data/customers.csv is such a file.

const session = new Session();
const role = await getExecutionRole(session);
const partition = await session.partition();
const invoke = integrationArn({ partition, service: "lambda", action: "invoke" });

const input = new ExecutionInput(
  z.object({ bucket: z.string(), key: z.string(), resultPrefix: z.string(), model: z.string(), topic: z.string() }),
);

/** What a child execution is given: it sees nothing of this workflow but what `itemSelector` makes. */
const row = new StepInput(z.object({ customer: z.string(), months: z.string(), model: z.string(), run: z.string() }));

const score = new Task("Score", {
  resource: invoke,
  parameters: {
    FunctionName: "arn:aws:lambda:us-east-1:123456789012:function:score-customer",
    Payload: { customer: row.customer, months: row.months, model: row.model, run: row.run },
  },
  outputPath: "$.Payload", // what the function gave, without what the call was like
  retry: {
    errorEquals: [
      "Lambda.ServiceException",
      "Lambda.AWSLambdaException",
      "Lambda.SdkClientException",
      "Lambda.TooManyRequestsException",
    ],
    intervalSeconds: 2,
    maxAttempts: 6,
    jitterStrategy: "FULL",
  },
});

const scores = new MapStep("Score each customer", {
  mode: "DISTRIBUTED",
  executionType: "EXPRESS",
  // The columns are named in the file's first row. Named here too, they are typed.
  itemReader: ItemReader.csv<"customer" | "months">({ partition, bucket: input.bucket, key: input.key }),
  itemSelector: ({ item }) => ({
    customer: item.customer,
    months: item.months,
    model: input.model,
    run: context.execution.name,
  }),
  processor: score,
  maxConcurrency: 100,
  toleratedFailurePercentage: 1,
  resultWriter: { partition, bucket: input.bucket, prefix: input.resultPrefix },
  label: "customers",
});

// With a resultWriter, a Map gives on where its results are instead of the results.
const { Bucket, Key } = scores.output.ResultWriterDetails;
const tell = new Task("Tell", {
  resource: integrationArn({ partition, service: "sns", action: "publish" }),
  parameters: { TopicArn: input.topic, Message: text`scored ${input.key}: see s3://${Bucket}/${Key}` },
});

export const workflow = new Workflow({ session, role, name: "csv-map", input, definition: Chain.of(scores, tell) });
