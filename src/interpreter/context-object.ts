import type { JsonObject } from "../language/json.js";
import type { ExecutionFacts, MapItem, Visit } from "./snapshot.js";

/** What `$$` holds in a state. Only states with attempts have `RetryCount`, only tasks with `.sync` or `.waitForTaskToken` have a token. */
export function contextObject(facts: ExecutionFacts, visit: Visit, item: MapItem | undefined): JsonObject {
  const inMap = item === undefined ? {} : { Map: { Item: itemObject(item) } };
  if (facts.context !== undefined) return { ...facts.context, ...inMap };
  return {
    Execution: {
      Id: facts.arn,
      Input: facts.input.value,
      StartTime: new Date(facts.startedAt).toISOString(),
      Name: facts.name,
      RoleArn: facts.roleArn,
      ...(facts.isSync === true ? {} : { RedriveCount: 0 }),
    },
    StateMachine: { Id: facts.stateMachineArn, Name: facts.stateMachineName },
    State: {
      Name: visit.state,
      EnteredTime: new Date(visit.enteredAt).toISOString(),
      ...(visit.retryCount === undefined ? {} : { RetryCount: visit.retryCount }),
    },
    ...(visit.token === undefined ? {} : { Task: { Token: visit.token } }),
    ...inMap,
  };
}

function itemObject({ index, value, source }: MapItem): JsonObject {
  return source === undefined ? { Index: index, Value: value } : { Index: index, Value: value, Source: source };
}
