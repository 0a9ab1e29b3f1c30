import {
  Chain,
  Choice,
  ExecutionInput,
  Fail,
  integrationArn,
  States,
  Succeed,
  Task,
  Wait,
  Workflow,
  when,
} from "sfn-ds";
import { getExecutionRole, Session } from "sfn-ds/sagemaker";
import * as z from "zod";

// Gives an endpoint another configuration and asks every minute until it serves it: `updateEndpoint` has no form that waits.

const session = new Session();
const role = await getExecutionRole(session);
const partition = await session.partition();

const input = new ExecutionInput(z.object({ EndpointName: z.string(), EndpointConfigName: z.string() }));

const update = new Task("Update endpoint", {
  resource: integrationArn({ partition, service: "sagemaker", action: "updateEndpoint" }),
  parameters: { EndpointName: input.EndpointName, EndpointConfigName: input.EndpointConfigName },
});
const pause = new Wait("Wait a minute", { seconds: 60 });
const describe = new Task("Describe endpoint", {
  resource: integrationArn({ partition, service: "aws-sdk:sagemaker", action: "describeEndpoint" }),
  parameters: { EndpointName: input.EndpointName },
  outputSchema: z.object({
    EndpointStatus: z.enum([
      "OutOfService",
      "Creating",
      "Updating",
      "SystemUpdating",
      "RollingBack",
      "InService",
      "Deleting",
      "Failed",
      "UpdateRollbackFailed",
    ]),
    EndpointConfigName: z.string(),
  }),
  // A loop asks often: one refusal must not end it.
  retry: { errorEquals: ["States.TaskFailed"], intervalSeconds: 10, maxAttempts: 5 },
});

const status = when(describe.output.EndpointStatus);
const isServing = status.equals("InService");
const isNew = when(describe.output.EndpointConfigName).equals(input.EndpointConfigName);
const isChanging = status.equals("Updating").or(status.equals("SystemUpdating"), status.equals("RollingBack"));

const check = new Choice("Is it served?")
  .when(isServing.and(isNew), new Succeed("Served"))
  // A function: the loop goes back to a step that stands in the chain already.
  .when(isChanging, () => pause)
  // Also an endpoint that serves its old configuration again, after an update that failed.
  .otherwise(new Fail("Not served", { error: "EndpointNotUpdated", cause: States.jsonToString(describe.output) }));

export const workflow = new Workflow({
  session,
  role,
  name: "polling-loop",
  input,
  timeoutSeconds: 3600, // a loop without a bound of its own
  definition: Chain.of(update, pause, describe, check),
});
