import type { TestStateRequest } from "../../interpreter/test-state/request.js";
import { testState as test } from "../../interpreter/test-state/test-state.js";
import type { JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import type { Shape } from "../protocols/shape.js";
import type { ServedOperation } from "../step-functions/step-functions-context.js";
import { testedProblem } from "../step-functions/verdict.js";
import { ServiceError } from "../wire.js";

const documentMember: Shape = { kind: "text", max: limits.payloadBytes };
const countMember: Shape = { kind: "integer", min: 0 };
const stateNameMember: Shape = { kind: "text", min: 1, max: 80 };

/** Runs one state, with a mock for what it calls. */
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
  async run({ identity, clock, newId }, input) {
    const answer = test(requestOf(input), { ...identity, now: clock.now(), newId, check: testedProblem });
    if ("code" in answer) throw new ServiceError(answer.code, answer.message);
    if (!("resource" in answer)) return answer;
    const message = `TestState of the embedded service calls nothing: give a mock for what ${JSON.stringify(answer.resource)} answers`;
    throw new ServiceError("ValidationException", message);
  },
};

/** The shape above has made sure of the types of all members. */
function requestOf(input: JsonObject): TestStateRequest {
  return input as unknown as TestStateRequest;
}
