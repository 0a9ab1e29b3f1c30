import { parseTaskResource } from "../../interpreter/task-resource.js";
import type { NeededCall, TaskAnswer } from "../../interpreter/test-state/request.js";
import type { Clock } from "../clock.js";
import type { Tasks } from "./tasks.js";

/** TestState takes no longer. Source: the API reference. */
const longestSeconds = 5 * 60;

/** Makes the call of a state that is tested, without an execution; `undefined` where nothing here answers such a call. */
export function callOnce(
  tasks: Tasks,
  clock: Clock,
  { resource, parameters }: NeededCall,
): Promise<TaskAnswer> | undefined {
  const { service: resourceType = "", action = "" } = parseTaskResource(resource) ?? {};
  const runner = tasks.runnerOf(resourceType, action);
  if (runner === undefined) return undefined;
  const request = { resourceType, resource: action, parameters: parameters.value, executionArn: "", stateName: "" };
  return new Promise((resolve) => {
    let task: { cancel(): void } | undefined;
    const stopWatch = clock.setTimer(longestSeconds * 1000, () => {
      resolve({ error: "States.Timeout", cause: undefined });
      task?.cancel();
    });
    const end = (answer: TaskAnswer): void => {
      stopWatch();
      resolve(answer);
    };
    try {
      task = runner.start(request, {
        submitted() {},
        succeeded: (result) => end({ result }),
        failed: (error, cause) => end({ error, cause }),
      });
    } catch (problem) {
      end({ error: "States.Runtime", cause: problem instanceof Error ? problem.message : String(problem) });
    }
  });
}
