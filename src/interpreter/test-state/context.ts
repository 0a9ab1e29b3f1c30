import type { JsonObject } from "../../language/json.js";
import type { Tested } from "./tested.js";

const withAttempts: ReadonlySet<unknown> = new Set(["Task", "Map", "Parallel"]);

/** The Context Object where none is given: that of an Express execution without a name. */
export function contextOf({ subject, given, request, around }: Tested, retryCount: number): JsonObject {
  const { partition, region, account, now } = around;
  const machine = around.newId();
  const name = around.newId();
  const time = new Date(now).toISOString();
  const home = `arn:${partition}:states:${region}:${account}`;
  return {
    Execution: {
      Id: `${home}:express:${machine}:${name}`,
      Input: given.input.value,
      Name: name,
      RoleArn: request.roleArn ?? null,
      StartTime: time,
    },
    StateMachine: { Id: `${home}:stateMachine:${machine}`, Name: machine },
    State: {
      // Whatever the name of the state is.
      Name: "StateName",
      EnteredTime: time,
      ...(withAttempts.has(subject.state["Type"]) ? { RetryCount: retryCount } : {}),
    },
  };
}
