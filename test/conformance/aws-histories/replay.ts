import { Data } from "../../../src/interpreter/data.js";
import { plan } from "../../../src/interpreter/plan.js";
import { type ExecutionFacts, mostEventsOf } from "../../../src/interpreter/snapshot.js";
import type { TaskCatalogue } from "../../../src/interpreter/task-catalogue.js";
import { parseTaskResource } from "../../../src/interpreter/task-resource.js";
import type { Json } from "../../../src/language/json.js";
import { validate } from "../../../src/validate/validate.js";
import { RecordedAnswers } from "./answers.js";
import { placesOf } from "./json-path.js";
import { parsedJson } from "./normalise.js";
import type { Recording } from "./recording.js";
import type { Replayed } from "./stages.js";
import { World } from "./world.js";

export type { Replayed } from "./stages.js";

/** Takes every resource: the recording answers for it. */
const anyTask: TaskCatalogue = {
  find(text) {
    const resource = parseTaskResource(text);
    return resource === undefined ? { refusal: `no task ${text}` } : { resource, requiredParameters: [] };
  },
};

/** Runs a recorded execution with a virtual clock; its tasks answer as they did on AWS. Throws what the validator and planning refuse. */
export function replay(recording: Recording): Replayed {
  const definition = recording.definition ?? parsedJson(recording.definitionRaw ?? "null") ?? null;
  const errors = validate(definition).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  const planned = plan(definition, anyTask);
  if (planned.plan === undefined) throw new Error(planned.issues.map(({ message }) => message).join("; "));
  const facts = factsOf(recording);
  const world = new World(planned.plan, new RecordedAnswers(recording, facts.startedAt), facts.startedAt);
  const execution = world.start(facts);
  world.run();
  const { output, error, cause } = execution.ending ?? {};
  return {
    status: execution.status,
    ...(output === undefined ? {} : { output: output.text }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    events: execution.events,
  };
}

function factsOf(recording: Recording): ExecutionFacts {
  const { stateMachineName: machine, executionName: name, roleArn, type } = recording;
  const text = recording.inputRaw ?? JSON.stringify(recording.inputOmitted ? {} : (recording.input ?? {}));
  const prefix = "arn:aws:states:us-east-1:111111111111";
  return {
    arn:
      type === "EXPRESS"
        ? `${prefix}:express:${machine}:${name}:${runOf(recording)}`
        : `${prefix}:execution:${machine}:${name}`,
    name,
    roleArn,
    type: type === "EXPRESS" ? "EXPRESS" : "STANDARD",
    ...(recording.sync === true ? { isSync: true } : {}),
    startedAt: startOf(recording),
    input: new Data(JSON.parse(text) as Json, text),
    stateMachineArn: `${prefix}:stateMachine:${machine}`,
    stateMachineName: machine,
    seed: recording.id,
    mostEvents: mostEventsOf(type === "EXPRESS" ? "EXPRESS" : "STANDARD"),
  };
}

/** The last part of the ARN of an EXPRESS run: only the rules that mask it tell what it was. */
function runOf({ normalise }: Recording): string {
  return normalise.find(({ as }) => /^<(?:Express|Sync)ExecArn_Part2_/.test(as ?? ""))?.pattern ?? "run";
}

/** A time in the input that was "in a minute" when AWS ran it is in a minute here too. */
function startOf({ inputTimeRelative: [relative] = [], input = null }: Recording): number {
  const [place] = relative === undefined ? [] : placesOf(input, relative.path);
  if (relative === undefined || place === undefined) return Date.UTC(2026, 0, 1);
  return Date.parse(`${String(place.holder[place.key]).slice(0, 19)}Z`) - relative.offsetSeconds * 1000;
}
