import { type Planned, plan } from "../../src/interpreter/plan.js";
import type { TaskCatalogue } from "../../src/interpreter/task-catalogue.js";
import { parseTaskResource } from "../../src/interpreter/task-resource.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import type { Mock } from "../conformance/aws-histories/recording.js";
import { type Replayed, replay } from "../conformance/aws-histories/replay.js";

/** A resource of a service integration, for definitions in tests. */
export const job = "arn:aws:states:::sagemaker:createProcessingJob.sync";

/** Runs a definition with a virtual clock; `answers` are what its tasks answer, in order. */
export function run(definition: JsonObject, input: Json = {}, answers: readonly Mock[] = []): Replayed {
  return replay({
    id: "test",
    kind: "execution",
    group: "test",
    type: "STANDARD",
    definition,
    input,
    queryLanguages: ["JSONPath"],
    stateTypes: [],
    normalise: [],
    stateMachineName: "machine",
    executionName: "execution",
    roleArn: "arn:aws:iam::111111111111:role/role",
    mocks: answers,
    expected: {},
  });
}

/** Runs one state as a whole machine. */
export function runState(state: JsonObject, input: Json = {}, answers: readonly Mock[] = []): Replayed {
  return run({ StartAt: "S", States: { S: { End: true, ...state } } }, input, answers);
}

/** The output of a Pass state with these parameters; the cause where it fails. */
export function evaluate(template: Json, input: Json = {}): Json {
  const { output, cause } = runState({ Type: "Pass", Parameters: { value: template } as JsonObject }, input);
  return output === undefined ? (cause ?? null) : ((JSON.parse(output) as JsonObject)["value"] ?? null);
}

const anyTask: TaskCatalogue = {
  find(text) {
    const resource = parseTaskResource(text);
    return resource === undefined ? { refusal: `no task ${text}` } : { resource, requiredParameters: [] };
  },
};

/** What planning says to a definition. */
export function planned(definition: Json, catalogue = anyTask): Planned {
  return plan(definition, catalogue);
}
