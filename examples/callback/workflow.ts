import { Chain, Choice, context, ExecutionInput, Fail, text, Workflow, when } from "sfn-ds";
import { getExecutionRole, Session } from "sfn-ds/sagemaker";
import { LambdaStep, SqsSendMessageStep } from "sfn-ds/services";
import * as z from "zod";

// Asks people whether a model may be deployed, and goes on when one of them has answered. The question lies in a queue with a
// token; whoever answers sends the token back:
//
//   aws stepfunctions send-task-success --task-token … --task-output '{"approved":true,"by":"ada"}'

const session = new Session();
const role = await getExecutionRole(session);

const input = new ExecutionInput(z.object({ model: z.string(), auc: z.number(), queueUrl: z.string() }));

const unanswered = new Fail("Unanswered", { error: "NoAnswer", cause: "nobody answered within three days" });
const ask = new SqsSendMessageStep("Ask", {
  integrationPattern: "WAIT_FOR_TASK_TOKEN",
  parameters: {
    QueueUrl: input.queueUrl,
    MessageBody: {
      question: text`deploy ${input.model}? its AUC is ${input.auc}`,
      token: context.task.token,
      execution: context.execution.id,
    },
  },
  timeoutSeconds: 3 * 24 * 3600, // else it waits for a year
  // What the answer is to look like. It comes as it was sent: nobody checks it before it is read.
  outputSchema: z.object({ approved: z.boolean(), by: z.string() }),
  catch: { errorEquals: ["States.Timeout"], next: unanswered },
});

const deploy = new LambdaStep("Deploy", {
  parameters: {
    FunctionName: "arn:aws:lambda:us-east-1:123456789012:function:deploy-model",
    Payload: { model: input.model, approvedBy: ask.output.by },
  },
});
const decide = new Choice("Approved?")
  .when(when(ask.output.approved).equals(true), deploy)
  .otherwise(new Fail("Refused", { error: "Refused", cause: text`${ask.output.by} does not want ${input.model}` }));

export const workflow = new Workflow({ session, role, name: "callback", input, definition: Chain.of(ask, decide) });
