import type { Json, JsonObject } from "../../language/json.js";
import { limits } from "../../language/limits.js";
import { Data, emptyData, exceedsPayload, isList, isObject, nestsTooDeep } from "../data.js";
import { parseTaskResource } from "../task-resource.js";
import { misfit } from "./answer-shape.js";
import { contextProblem } from "./check-context.js";
import { invalidRequest, Refusal, type TestStateRequest } from "./request.js";
import { findState, type Subject } from "./subject.js";

/** The documents of a request, read. */
export interface Given {
  readonly input: Data;
  readonly variables: Data;
  readonly context: JsonObject | undefined;
  /** What the mock gives; `undefined` where there is none, or it is an error. */
  readonly result: Data | undefined;
}

/** Holds the parts of a request against the state and against each other, and reads its documents. */
export function readGiven(request: TestStateRequest, subject: Subject): Given | Refusal {
  const refusal = request.mock === undefined ? unmockedRefusal(request, subject) : mockRefusal(request, subject);
  if (refusal !== undefined) return refusal;
  const result = mockedResult(request, subject.state);
  if (result instanceof Refusal) return result;
  const context = givenContext(request, subject.state);
  if (context instanceof Refusal) return context;
  const variables = readObject(request.variables ?? "{}", "variables");
  if (variables instanceof Refusal) return variables;
  const input = readInput(request.input ?? "{}");
  return input instanceof Refusal ? input : { input, variables, context, result };
}

const mockable: ReadonlySet<Json | undefined> = new Set(["Task", "Map", "Parallel"]);

/** What asks for a mock, and is without one. */
function unmockedRefusal({ context, roleArn, stateConfiguration }: TestStateRequest, { state }: Subject) {
  const type = state["Type"];
  if (type === "Map" || type === "Parallel") {
    return new Refusal(
      "InvalidDefinition",
      "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
    );
  }
  if (context !== undefined) return invalidRequest("A Context object can only be specified when a mock is specified");
  if (stateConfiguration?.mapIterationFailureCount !== undefined) {
    return invalidRequest("Map iteration failure count can only be specified when a mock is specified");
  }
  if (type !== "Task") return undefined;
  const resource = parseTaskResource(String(state["Resource"]));
  if (resource?.kind === "activity") return unsupported("Activity tasks");
  if (waits(state)) return unsupported("'.sync' or '.waitForTaskToken' integration patterns");
  return roleArn === undefined ? invalidRequest("RoleArn must be specified when testing a Task state") : undefined;
}

function unsupported(what: string): Refusal {
  return new Refusal("InvalidDefinition", `TestState API does not support ${what}`);
}

/** Whether the task waits for the end of a job, or for a token to come back. */
function waits(state: JsonObject): boolean {
  const resource = state["Resource"];
  return typeof resource === "string" && parseTaskResource(resource)?.action.includes(".") === true;
}

function mockRefusal(request: TestStateRequest, { state }: Subject): Refusal | undefined {
  const { mock = {}, revealSecrets, stateConfiguration = {} } = request;
  const { errorCausedByState: culprit, mapIterationFailureCount, mapItemReaderData } = stateConfiguration;
  const type = state["Type"];
  if (!mockable.has(type)) return invalidRequest(`State type '${type}' is not supported when a mock is specified`);
  if (revealSecrets === true) {
    return invalidRequest("TestState does not support RevealSecrets when a mock is specified.");
  }
  if ((mock.result === undefined) === (mock.errorOutput === undefined)) {
    return invalidRequest("A test mock should have only one of the following fields: [result, errorOutput].");
  }
  if (mock.errorOutput !== undefined && mock.errorOutput.error === undefined) {
    return invalidRequest("An error was not specified in the mocked error output.");
  }
  if (type !== "Map" && (mapIterationFailureCount ?? mapItemReaderData) !== undefined) {
    return invalidRequest(`State type '${type}' does not support Map configuration`);
  }
  if (culprit !== undefined && findState({ States: { "": state } }, culprit) === undefined) {
    return invalidRequest("State specified in errorCausedByState not found in definition");
  }
  if (Object.hasOwn(state, "ItemReader") && mapItemReaderData === undefined) {
    return invalidRequest("ItemReader data must be specified when testing a Map state with ItemReader specified.");
  }
  return undefined;
}

function mockedResult({ mock = {} }: TestStateRequest, state: JsonObject): Data | undefined | Refusal {
  if (mock.result === undefined) return undefined;
  const result = read(mock.result);
  if (result === undefined) return invalidRequest("Mocked result must be valid JSON");
  const problem = resultProblem(state, result.value, mock.fieldValidationMode ?? "STRICT");
  return problem === undefined ? result : invalidRequest(problem);
}

function resultProblem(state: JsonObject, result: Json, mode: "STRICT" | "PRESENT" | "NONE"): string | undefined {
  switch (state["Type"]) {
    case "Map":
      if (Object.hasOwn(state, "ResultWriter")) {
        return isObject(result) ? undefined : "Mocked result must be a JSON object.";
      }
      return isList(result) ? undefined : "Mocked result must be an array.";
    case "Parallel":
      if (!isList(result)) return "Mocked result must be an array.";
      if (isList(state["Branches"]) && state["Branches"].length === result.length) return undefined;
      return "Mocked result must contain the same number of items as number of Parallel branches.";
    default:
      return mode === "NONE" ? undefined : misfit(String(state["Resource"]), result, mode === "STRICT");
  }
}

function givenContext({ context }: TestStateRequest, state: JsonObject): JsonObject | undefined | Refusal {
  if (context === undefined) return undefined;
  const { value } = read(context) ?? emptyData;
  if (!isObject(value) || read(context) === undefined) return invalidContext("must be a JSON object");
  const problem = contextProblem(value, waits(state));
  return problem === undefined ? value : invalidContext(problem);
}

function invalidContext(problem: string): Refusal {
  return invalidRequest(`Invalid Context object provided: ${problem}`);
}

function readObject(text: string, member: string): Data | Refusal {
  const data = read(text);
  return isObject(data?.value) && data !== undefined ? data : invalidRequest(`${member} must be a JSON object`);
}

function readInput(text: string): Data | Refusal {
  const data = read(text);
  if (data !== undefined) return data;
  const reason = exceedsPayload(text)
    ? `The input has more than ${limits.payloadBytes} bytes.`
    : "The input is no JSON.";
  return new Refusal("InvalidExecutionInput", `Invalid State Machine Execution Input: '${reason}'`);
}

function read(text: string): Data | undefined {
  if (exceedsPayload(text) || nestsTooDeep(text)) return undefined;
  try {
    return new Data(JSON.parse(text) as Json, text);
  } catch {
    return undefined;
  }
}
