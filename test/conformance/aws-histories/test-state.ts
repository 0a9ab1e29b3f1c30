import { Refusal, type TaskAnswer, type TestStateRequest } from "../../../src/interpreter/test-state/request.js";
import { testState } from "../../../src/interpreter/test-state/test-state.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { testedProblem } from "../../../src/local/step-functions/verdict.js";
import { Comparison } from "./compare.js";
import { isObject } from "./json-path.js";
import { normalise, parsedJson } from "./normalise.js";
import type { Mask } from "./recording.js";
import type { Stage, Verdict } from "./stages.js";

/** A recorded call of TestState. */
export interface RecordedTest {
  readonly id: string;
  readonly kind: "test_state";
  readonly provenance?: string;
  /** Documents are values here, and texts of JSON on the wire. */
  readonly request: JsonObject;
  readonly normalise?: readonly Mask[];
  /** The answer; or an error, either as the service sent it or in the words of the recorder's client. */
  readonly expected: { readonly response?: JsonObject; readonly error?: Json };
}

type Answer = Readonly<Partial<Record<Stage, Json>>>;

/** Holds what TestState answers against what AWS answered. A refusal's code is its error, its message its cause. */
export function judgeTest(recorded: RecordedTest): Verdict {
  const wanted = wantedOf(recorded);
  const given = givenBy(recorded);
  const comparison = new Comparison();
  const stages = Object.keys(wanted) as Stage[];
  const reasons: Partial<Record<Stage, string>> = {};
  for (const stage of stages) {
    const reason = comparison.difference(wanted[stage] ?? null, given[stage] ?? null, stage);
    if (reason !== undefined) reasons[stage] = reason;
  }
  return { applies: new Set(stages), reasons, relaid: comparison.relaid };
}

/** The parts of an answer that are counted, each for itself, and the whole. */
function partsOf(answer: JsonObject): Answer {
  const { status = null, output = null, error = null, cause = null } = answer;
  const hasFailed = error !== null || cause !== null;
  return { status, ...(hasFailed ? { error, cause } : { output }), answer };
}

function refusal(code: Json, message: Json): Answer {
  return { status: "refused", error: code, cause: message, answer: { code, message } };
}

function wantedOf({ expected: { response, error } }: RecordedTest): Answer {
  if (response !== undefined) {
    const { ResponseMetadata: _, ...answer } = response;
    return partsOf(answer);
  }
  if (typeof error === "string") {
    const [, code, message] =
      /^An error occurred \((\w+)\) when calling the TestState operation: (.*)$/s.exec(error) ?? [];
    // Where the recorder's client refused the request itself, nobody knows what the service would have said.
    return code === undefined ? { status: "refused" } : refusal(code, message ?? "");
  }
  const { Code = null, Message = null } = isObject(error) && isObject(error["Error"]) ? error["Error"] : {};
  return refusal(Code, Message);
}

function givenBy(recorded: RecordedTest): Answer {
  const request = requestOf(recorded.request);
  let ids = 0;
  const around = {
    partition: "aws",
    region: "us-east-1",
    account: "111111111111",
    now: Date.UTC(2026, 0, 1),
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    check: testedProblem,
  };
  const first = testState(request, around);
  const answer = "resource" in first ? testState(request, around, calledAnswer(recorded)) : first;
  if (answer instanceof Refusal) return refusal(answer.code, answer.message);
  const masks = recorded.normalise ?? [];
  return partsOf(normalise(JSON.parse(JSON.stringify(answer)) as Json, masks.map(withInput)) as JsonObject);
}

/** The recorder masked a time in what a service answered wherever the answer is shown. */
function withInput(mask: Mask): Mask {
  return mask.path === "$..output..StartDate" ? { ...mask, path: "$..StartDate" } : mask;
}

/** What the service answered that was there when the case was recorded: its result is the output. */
function calledAnswer({ expected: { response = {} } }: RecordedTest): TaskAnswer {
  const { output = null } = response;
  return { result: typeof output === "string" ? (parsedJson(output) ?? null) : output };
}

function requestOf({ definition = null, input, mock, context, variables, ...others }: JsonObject): TestStateRequest {
  const { result, ...rest } = isObject(mock) ? mock : {};
  const documents = { input, context, variables };
  return {
    ...others,
    definition: JSON.stringify(definition),
    ...Object.fromEntries(
      Object.entries(documents).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value, name)]])),
    ),
    ...(mock === undefined
      ? {}
      : { mock: { ...rest, ...(result === undefined ? {} : { result: textOf(result, "result") }) } }),
  };
}

/** An input that is a text is a document, too; what else was no JSON stayed the text that it was. */
function textOf(value: Json, name: string): string {
  return typeof value === "string" && name !== "input" ? value : JSON.stringify(value);
}
