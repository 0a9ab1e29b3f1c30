import type { Json } from "../../language/json.js";
import { isList, isObject } from "../data.js";
import { parseTaskResource, type TaskResource } from "../task-resource.js";
import answerShapes from "./answer-shapes.json" with { type: "json" };

/** What stands at one place of an answer: the number of a shape, or a kind without bounds. */
type Place = number | "text" | "number" | "boolean" | "any";

type Shape =
  | readonly ["object", Readonly<Record<string, Place>>, (readonly string[])?]
  | readonly ["list" | "map", Place]
  | readonly ["choice", readonly string[]]
  | readonly ["text" | "number", number, number?];

type Services = Readonly<Record<string, Readonly<Record<string, Place>>>>;

// Source: the models of the services' APIs, from which `scripts/answer-shapes.mjs` makes the table.
const shapes = answerShapes.shapes as unknown as readonly Shape[];
const services = answerShapes.services as Services;

/** Services whose optimized integration has another name than the service in `aws-sdk` calls. */
const namesInSdk: Readonly<Record<string, string>> = {
  states: "sfn",
  events: "eventbridge",
  "emr-containers": "emrcontainers",
  "emr-serverless": "emrserverless",
};

/** What a job that is waited for answers with: the last answer of the call by which its end is seen. */
const jobAnswers: Readonly<Record<string, string>> = {
  "athena:startQueryExecution": "getQueryExecution",
  "batch:submitJob": "describeJobs",
  "bedrock:createModelCustomizationJob": "getModelCustomizationJob",
  "codebuild:startBuild": "batchGetBuilds",
  "databrew:startJobRun": "describeJobRun",
  "ecs:runTask": "describeTasks",
  "emr-containers:startJobRun": "describeJobRun",
  "emr-serverless:startJobRun": "getJobRun",
  "glue:startJobRun": "getJobRun",
  "sagemaker:createHyperParameterTuningJob": "describeHyperParameterTuningJob",
  "sagemaker:createLabelingJob": "describeLabelingJob",
  "sagemaker:createProcessingJob": "describeProcessingJob",
  "sagemaker:createTrainingJob": "describeTrainingJob",
  "sagemaker:createTransformJob": "describeTransformJob",
  "states:startExecution": "describeExecution",
};

/** Members that the service sends as texts, where the optimized integration gives the JSON in them: they may be anything. */
const parsedMembers: Readonly<Record<string, readonly string[]>> = {
  "lambda:invoke": ["Payload"],
  "states:startExecution.sync:2": ["Input", "Output"],
};

/** What the answer to a Task's call looks like; `undefined` where the table does not have it, or anybody may answer. */
function answerOf({ service, action }: TaskResource): Place | undefined {
  const [call = "", pattern] = action.split(".");
  // Whoever has the token says what the result is.
  if (pattern === "waitForTaskToken") return undefined;
  const answering = pattern === undefined ? call : own(jobAnswers, `${service}:${call}`);
  if (answering === undefined) return undefined;
  const name = service.startsWith("aws-sdk:")
    ? service.slice("aws-sdk:".length)
    : (own(namesInSdk, service) ?? service);
  const operations = own(services, name);
  return operations === undefined ? undefined : own(operations, answering);
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A value that still is to be looked at; `field` is the name in which it stands. */
interface Pending {
  readonly value: Json;
  readonly place: Place;
  readonly field: string;
}

/**
 * Why the service that a Task calls would not answer so, in AWS's words; `undefined` where it may. Names that the service does not have
 * are let through.
 *
 * @param isWhole - whether what the service always sends has to be there
 */
export function misfit(resource: string, answer: Json, isWhole: boolean): string | undefined {
  const call = parseTaskResource(resource);
  const place = call === undefined ? undefined : answerOf(call);
  if (call === undefined || place === undefined) return undefined;
  if (!isObject(answer)) return "Mocked result must be a JSON object.";
  const parsed = own(parsedMembers, `${call.service}:${call.action}`) ?? [];
  const checked = Object.fromEntries(Object.entries(answer).filter(([name]) => !parsed.includes(name)));
  const pending: Pending[] = [{ value: checked, place, field: "" }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const problem = wrong(next, isWhole);
    if (problem !== undefined) return `Mock result schema validation error: ${problem}`;
    pending.push(...inner(next).toReversed());
  }
  return undefined;
}

function wrong({ value, place, field }: Pending, isWhole: boolean): string | undefined {
  if (typeof place === "string") return isOfKind(value, place) ? undefined : mustBe(field, place);
  const shape = shapes[place];
  if (shape === undefined) return undefined;
  const [kind] = shape;
  if (!isOfKind(value, kind)) return mustBe(field, kind);
  if (kind === "choice")
    return shape[1].includes(String(value)) ? undefined : `Field '${field}' is not an expected value`;
  if (kind === "text") return wrongSize(String(value).length, shape, field, texts);
  if (kind === "number") return wrongSize(Number(value), shape, field, numbers);
  if (kind !== "object" || !isWhole) return undefined;
  const missing = shape[2]?.find((name) => !isObject(value) || !Object.hasOwn(value, name));
  return missing === undefined ? undefined : `Required field '${missing}' is missing`;
}

const numbers = { small: "is less than the minimum value", large: "exceeds the maximum value" };
const texts = { small: "is smaller than the minimum length", large: "exceeds the maximum length" };

function wrongSize(
  size: number,
  [, least, most = Number.POSITIVE_INFINITY]: readonly [string, number, number?],
  field: string,
  words: typeof numbers,
): string | undefined {
  if (size < least) return `Field '${field}' ${words.small}`;
  return size > most ? `Field '${field}' ${words.large}` : undefined;
}

type Kind = Shape[0] | Exclude<Place, number>;

const nouns: Readonly<Record<Kind, string>> = {
  object: "an object",
  map: "an object",
  list: "an array",
  choice: "a string",
  text: "a string",
  number: "a number",
  boolean: "a boolean",
  any: "anything",
};

function mustBe(field: string, kind: Kind): string {
  return `Field '${field}' must be ${nouns[kind]}`;
}

function isOfKind(value: Json, kind: Kind): boolean {
  switch (kind) {
    case "object":
    case "map":
      return isObject(value);
    case "list":
      return isList(value);
    case "choice":
    case "text":
      return typeof value === "string";
    case "any":
      return true;
    default:
      return typeof value === kind;
  }
}

/** What stands inside, in its order. */
function inner({ value, place, field }: Pending): readonly Pending[] {
  const shape = typeof place === "number" ? shapes[place] : undefined;
  if (shape === undefined) return [];
  const [kind, held] = shape;
  if (kind === "list" && isList(value)) return value.map((item) => ({ value: item, place: held, field }));
  if (!isObject(value)) return [];
  if (kind === "map") return Object.values(value).map((member) => ({ value: member, place: held, field }));
  if (kind !== "object") return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const at = own(held, name);
    return at === undefined ? [] : [{ value: member, place: at, field: name }];
  });
}
