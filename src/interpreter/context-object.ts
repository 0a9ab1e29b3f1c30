import type { JsonObject } from "../language/json.js";
import type { ExecutionFacts, Visit } from "./snapshot.js";

/** What `$$` holds in a state. Only states with attempts have `RetryCount`, only tasks with `.sync` or `.waitForTaskToken` have a token. */
export function contextObject(facts: ExecutionFacts, visit: Visit): JsonObject {
  return {
    Execution: {
      Id: facts.arn,
      Input: facts.input.value,
      StartTime: new Date(facts.startedAt).toISOString(),
      Name: facts.name,
      RoleArn: facts.roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: facts.stateMachineArn, Name: facts.stateMachineName },
    State: {
      Name: visit.state,
      EnteredTime: new Date(visit.enteredAt).toISOString(),
      ...(visit.retryCount === undefined ? {} : { RetryCount: visit.retryCount }),
    },
    ...(visit.token === undefined ? {} : { Task: { Token: visit.token } }),
  };
}
