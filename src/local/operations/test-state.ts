import type { TestStateRequest } from "../../interpreter/test-state/request.js";
import { testState as test } from "../../interpreter/test-state/test-state.js";
import type { JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import type { Shape } from "../protocols/shape.js";
import { callOnce } from "../step-functions/call-once.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import { testedProblem } from "../step-functions/verdict.js";
import { ServiceError } from "../wire.js";

const documentMember: Shape = { kind: "text", max: limits.payloadBytes };
const countMember: Shape = { kind: "integer", min: 0 };
const stateNameMember: Shape = { kind: "text", min: 1, max: 80 };

/** Runs one state, with a mock for what it calls; what the service runs itself may be called. */
export const testState: ServedOperation = {
  request: {
    kind: "structure",
    required: ["definition"],
    members: {
      definition: { kind: "text", min: 1, max: limits.definitionLength },
      roleArn: { kind: "text", min: 1, max: 256 },
      input: documentMember,
      inspectionLevel: { kind: "text", values: ["INFO", "DEBUG", "TRACE"] },
      revealSecrets: { kind: "flag" },
      variables: documentMember,
      stateName: stateNameMember,
      mock: {
        kind: "structure",
        required: [],
        members: {
          result: documentMember,
          errorOutput: {
            kind: "structure",
            required: [],
            members: { error: { kind: "text", max: 256 }, cause: { kind: "text", max: 32_768 } },
          },
          fieldValidationMode: { kind: "text", values: ["STRICT", "PRESENT", "NONE"] },
        },
      },
      context: documentMember,
      stateConfiguration: {
        kind: "structure",
        required: [],
        members: {
          retrierRetryCount: countMember,
          errorCausedByState: stateNameMember,
          mapIterationFailureCount: countMember,
          mapItemReaderData: documentMember,
        },
      },
    },
  },
  async run({ identity, clock, newId, tasks }, input) {
    const request = requestOf(input);
    const around = { ...identity, now: clock.now(), check: testedProblem };
    const ids = sameAgain(newId);
    const answer = test(request, { ...around, newId: ids() });
    if (!("resource" in answer)) return told(answer);
    const called = callOnce(tasks, clock, answer);
    if (called === undefined) throw notCalled(answer.resource);
    return told(test(request, { ...around, newId: ids() }, await called));
  },
};

/** Each round makes the same ids, so that what was called stands in the answer as it was sent. */
function sameAgain(newId: () => string): () => () => string {
  const made: string[] = [];
  return () => {
    let next = 0;
    return () => {
      const index = next++;
      made[index] ??= newId();
      return made[index];
    };
  };
}

function told(answer: ReturnType<typeof test>): object {
  if ("code" in answer) throw new ServiceError(answer.code, answer.message);
  if ("resource" in answer) throw notCalled(answer.resource);
  return answer;
}

function notCalled(resource: string): ServiceError {
  const what = JSON.stringify(resource);
  return new ServiceError("ValidationException", `the embedded service does not call ${what}: give a mock for it`);
}

/** The shape above has made sure of the types of all members. */
function requestOf(input: JsonObject): TestStateRequest {
  return input as unknown as TestStateRequest;
}
