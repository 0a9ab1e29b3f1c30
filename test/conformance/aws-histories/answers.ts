import type { Effect, StepInput } from "../../../src/interpreter/effect.js";
import { Failure } from "../../../src/interpreter/failure.js";
import { writtenOutput } from "../../../src/interpreter/map/result-files.js";
import type { Json, JsonObject } from "../../../src/language/json.js";
import { detailsOf } from "./branches.js";
import { isObject } from "./json-path.js";
import { callHandler, pythonJson } from "./lambda-handlers.js";
import { Mocks } from "./mocks.js";
import { StoredObjects } from "./objects.js";
import type { Mock, Recording } from "./recording.js";
import type { Answers } from "./world.js";

type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/** Answers as AWS's services did: by the recorded answers, else by what the test had set up. */
export class RecordedAnswers implements Answers {
  private readonly mocks: Mocks;
  private readonly hasActivities: boolean;
  private readonly workers: string[];
  private readonly setup: readonly JsonObject[];
  private readonly objects: StoredObjects;

  constructor({ mocks, normalise, setup = [], expected }: Recording, now: number) {
    this.mocks = new Mocks(mocks, normalise);
    // Where nothing ever took an activity, there was none.
    this.hasActivities = mocks.some(({ call }) => call === "activity");
    this.setup = setup;
    this.objects = new StoredObjects(setup, now);
    const started = (expected.events ?? []).filter(({ type }) => type === "ActivityStarted");
    this.workers = started.map((event) => String(detailsOf(event)["workerName"] ?? ""));
  }

  task(effect: EffectOf<"startTask">): readonly StepInput[] {
    const { task, state, resource, parameters } = effect;
    if (resource.kind === "activity" && !this.hasActivities) {
      return [{ kind: "taskRefused", task, cause: `The activity ${resource.text} does not exist.` }];
    }
    const mock = this.mocks.take(state, parameters.text);
    // Where the ids of the events are lost, so is the link to the answer.
    if (mock === undefined || (mock.stateGuessed === true && mock.endEvent === null)) return this.function(effect);
    const inputs: StepInput[] = [];
    if (resource.kind === "activity") inputs.push({ kind: "taskScheduled", task }, ...this.taken(task));
    if (mock.submitted !== undefined) inputs.push({ kind: "taskSubmitted", task, output: mock.submitted });
    if (mock.endEvent?.endsWith("Succeeded")) inputs.push({ kind: "taskSucceeded", task, output: mock.output ?? null });
    if (mock.endEvent?.endsWith("Failed")) inputs.push(failed(task, mock));
    return inputs;
  }

  items({ mapRun, read }: EffectOf<"startMapRun">): readonly StepInput[] {
    if (read === undefined) return [];
    const items = this.objects.read(read);
    return [
      items instanceof Failure
        ? mapRunFailed(mapRun, items)
        : { kind: "itemsRead", mapRun, parts: [{ source: "s3", items }] },
    ];
  }

  written({ mapRun, write }: EffectOf<"writeResults">): readonly StepInput[] {
    const { Bucket: bucket, Prefix: prefix } = isObject(write.parameters) ? write.parameters : {};
    const target = {
      bucket: String(bucket),
      mapRunArn: write.mapRunArn,
      ...(typeof prefix === "string" ? { prefix } : {}),
    };
    return [{ kind: "resultsWritten", mapRun, output: writtenOutput(target) }];
  }

  /** A worker has taken the activity, if one did. */
  private taken(task: string): readonly StepInput[] {
    const workerName = this.workers.shift();
    return workerName === undefined ? [] : [{ kind: "taskStarted", task, workerName }];
  }

  /** Calls the function that was there; nothing else answers without a recorded answer. */
  private function({ task, resource, parameters }: EffectOf<"startTask">): readonly StepInput[] {
    const given = isObject(parameters.value) ? parameters.value : {};
    const isDirect = resource.kind === "lambda";
    const file = this.handlerOf(isDirect ? resource.text : String(given["FunctionName"]));
    if (file === undefined) return [];
    const answer = callHandler(file, isDirect ? parameters.value : (given["Payload"] ?? {}));
    if (answer.kind === "silent") return [];
    if (answer.kind === "returned") {
      const output = isDirect ? answer.payload : invoked(answer.payload);
      return [{ kind: "taskSucceeded", task, output }];
    }
    const { error, failure } = answer;
    return [{ kind: "taskFailed", task, error, cause: isDirect ? pythonJson(failure) : JSON.stringify(failure) }];
  }

  private handlerOf(name: string): string | undefined {
    const functions = this.setup.flatMap(({ lambdaFunction }) => (isObject(lambdaFunction) ? [lambdaFunction] : []));
    const found = functions.find((one) => name === one["name"] || name.includes(`:function:${String(one["name"])}`));
    return found === undefined ? undefined : String(found["handler"]);
  }
}

/** Functions answer in Python's layout where they are called directly; what calls them for the machine writes it anew. */
function failed(task: string, { call, error, cause }: Mock): StepInput {
  const layout = call === "lambda" ? pythonJson : JSON.stringify;
  const text = typeof cause === "string" || cause === undefined || cause === null ? cause : layout(cause);
  return {
    kind: "taskFailed",
    task,
    ...(error === undefined || error === null ? {} : { error }),
    ...(text === undefined || text === null ? {} : { cause: text }),
  };
}

function mapRunFailed(mapRun: string, { error = "", cause }: Failure): StepInput {
  return { kind: "mapRunFailed", mapRun, error, ...(cause === undefined ? {} : { cause }) };
}

/** What `lambda:invoke` gives, with the headers as the recordings show them. */
function invoked(payload: Json): JsonObject {
  const length = String(Buffer.byteLength(pythonJson(payload)));
  const executed = "$LATEST";
  const headers = {
    Connection: "keep-alive",
    "Content-Length": length,
    "Content-Type": "application/json",
    Date: "date",
    "X-Amz-Executed-Version": executed,
    "x-amzn-Remapped-Content-Length": "0",
    "x-amzn-RequestId": "x-amzn-RequestId",
    "X-Amzn-Trace-Id": "X-Amzn-Trace-Id",
  };
  const masked = new Set(["Date", "x-amzn-RequestId", "X-Amzn-Trace-Id"]);
  const all = Object.entries(headers).map(([name, value]) => [name, masked.has(name) ? value : [value]]);
  return {
    ExecutedVersion: executed,
    Payload: payload,
    SdkHttpMetadata: { AllHttpHeaders: Object.fromEntries(all), HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: "RequestId" },
    StatusCode: 200,
  };
}
