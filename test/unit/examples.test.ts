import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/language/json.js";
import type { Mock } from "../conformance/aws-histories/recording.js";
import type { Replayed } from "../conformance/aws-histories/replay.js";
import { run } from "./run-definition.js";

// The committed definitions, run by the engine with a virtual clock; what the services would answer is given here.
// csv-map is not here: the engine does not run Map yet.

function definitionOf(name: string): JsonObject {
  const file = new URL(`../../examples/${name}/${name}.asl.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as JsonObject;
}

function answer(state: string, output: Json): Mock {
  return { state, endEvent: "TaskSucceeded", output };
}

/** What each task was asked, by the name of its state. */
function requestsOf({ events }: Replayed): readonly (readonly [state: string, parameters: Json])[] {
  let state = "";
  return events.flatMap((event) => {
    const entered = event["stateEnteredEventDetails"] as { readonly name: string } | undefined;
    const scheduled = event["taskScheduledEventDetails"] as { readonly parameters: string } | undefined;
    state = entered?.name ?? state;
    return scheduled === undefined ? [] : [[state, JSON.parse(scheduled.parameters) as Json] as const];
  });
}

function namesOf(ran: Replayed): readonly string[] {
  return ran.events.flatMap((event) => {
    const entered = event["stateEnteredEventDetails"] as { readonly name: string } | undefined;
    return entered === undefined ? [] : [entered.name];
  });
}

describe("pipeline", () => {
  const definition = definitionOf("pipeline");
  const input = { table: "s3://b/t.csv", folder: "s3://b/runs", lowestAccuracy: 0.8, endpointName: "churn" };
  const endpoint = { EndpointName: "churn", EndpointConfigName: "churn" };
  const model = "s3://b/runs/execution/model/churn-1/output/model.tar.gz";
  const trained = answer("Train", { TrainingJobName: "churn-1", ModelArtifacts: { S3ModelArtifacts: model } });
  const pipeline = (accuracy: number, ...statuses: readonly string[]): Replayed =>
    run(definition, input, [
      answer("Prepare", {}),
      trained,
      answer("Evaluate", { ExitMessage: JSON.stringify({ accuracy, rows: 30 }) }),
      answer("Create model", { ModelArn: "arn:model" }),
      answer("Create endpoint configuration", { EndpointConfigArn: "arn:config" }),
      answer("Deploy", { EndpointArn: "arn:endpoint" }),
      ...statuses.map((EndpointStatus) => answer("Deploy: describe", { ...endpoint, EndpointStatus })),
    ]);

  test("deploys a model that is good enough, under the name of the job that made it, and waits for its endpoint", () => {
    const ran = pipeline(0.8, "Creating", "Creating", "InService");
    expect([ran.status, JSON.parse(ran.output ?? "")]).toEqual([
      "SUCCEEDED",
      { ...endpoint, EndpointStatus: "InService" },
    ]);
    expect(requestsOf(ran).slice(3)).toEqual([
      [
        "Create model",
        expect.objectContaining({
          ModelName: "churn-1",
          PrimaryContainer: expect.objectContaining({ ModelDataUrl: model }),
        }),
      ],
      [
        "Create endpoint configuration",
        { EndpointConfigName: "churn", ProductionVariants: [expect.objectContaining({ ModelName: "churn-1" })] },
      ],
      ["Deploy", endpoint],
      ...[1, 2, 3].map(() => ["Deploy: describe", { EndpointName: "churn" }]),
    ]);
  });

  test("trains on one part of what was prepared, and tests on the other", () => {
    const [, [, train] = [], [, evaluate] = []] = requestsOf(pipeline(0));
    expect(JSON.stringify(train)).toContain('"S3Uri":"s3://b/runs/execution/train"');
    expect(JSON.stringify(evaluate)).toContain('"S3Uri":"s3://b/runs/execution/test"');
    expect(JSON.stringify(evaluate)).toContain(`"S3Uri":"${model}"`);
  });

  test("fails with the job's name where the model is not good enough", () => {
    const { status, error, cause } = pipeline(0.79);
    expect([status, error, cause]).toEqual([
      "FAILED",
      "ModelNotGoodEnough",
      "the accuracy of churn-1 is 0.79, which is below 0.8",
    ]);
  });

  test("fails where the endpoint does", () => {
    expect(pipeline(0.9, "Creating", "Failed")).toMatchObject({ status: "FAILED", error: "EndpointNotInService" });
  });

  test("gives each attempt at training a name of its own", () => {
    const busy: Mock = { state: "Train", endEvent: "TaskFailed", error: "SageMaker.ResourceLimitExceededException" };
    const ran = run(definition, input, [answer("Prepare", {}), busy, busy, trained]);
    const names = requestsOf(ran).flatMap(([state, request]) =>
      state === "Train" ? [(request as { readonly TrainingJobName: string }).TrainingJobName] : [],
    );
    expect([names.length, new Set(names).size]).toEqual([3, 3]);
  });
});

describe("polling-loop", () => {
  const definition = definitionOf("polling-loop");
  const poll = (...answers: readonly Json[]): Replayed =>
    run(definition, { EndpointName: "churn", EndpointConfigName: "new" }, [
      answer("Update endpoint", { EndpointArn: "arn:endpoint" }),
      ...answers.map((output) => answer("Describe endpoint", output)),
    ]);
  const updating = { EndpointStatus: "Updating", EndpointConfigName: "old" };

  test("asks every minute until the endpoint serves the new configuration", () => {
    const ran = poll(updating, updating, { EndpointStatus: "InService", EndpointConfigName: "new" });
    const times = ran.events.flatMap((event) =>
      event["type"] === "WaitStateExited" ? [Number(event["timestamp"])] : [],
    );
    expect([ran.status, times.map((time) => time - (times[0] ?? 0))]).toEqual(["SUCCEEDED", [0, 60, 120]]);
  });

  test.each([
    { name: "serves its old configuration again", status: "InService" },
    { name: "has failed", status: "UpdateRollbackFailed" },
  ])("fails with the whole description where the endpoint $name", ({ status }) => {
    const last = { EndpointStatus: status, EndpointConfigName: "old", FailureReason: "no capacity" };
    expect(poll(updating, last)).toMatchObject({ error: "EndpointNotUpdated", cause: JSON.stringify(last) });
  });

  test("ends after an hour", () => {
    const { status, events } = poll(...Array.from({ length: 100 }, () => updating));
    expect([status, events.at(-1)?.["type"]]).toEqual(["TIMED_OUT", "ExecutionTimedOut"]);
  });
});

describe("callback", () => {
  const ask = (...answers: readonly Mock[]): Replayed =>
    run(definitionOf("callback"), { model: "churn-1", auc: 0.83, queueUrl: "https://queue" }, answers);

  test("puts the question with its token into the queue, and deploys when the answer is yes", () => {
    const ran = ask(answer("Ask", { approved: true, by: "ada" }), answer("Deploy", {}));
    expect([ran.status, requestsOf(ran)]).toEqual([
      "SUCCEEDED",
      [
        [
          "Ask",
          {
            QueueUrl: "https://queue",
            MessageBody: {
              question: "deploy churn-1? its AUC is 0.83",
              token: expect.stringMatching(/./),
              execution: "arn:aws:states:us-east-1:111111111111:execution:machine:execution",
            },
          },
        ],
        ["Deploy", expect.objectContaining({ Payload: { model: "churn-1", approvedBy: "ada" } })],
      ],
    ]);
  });

  test("fails with the name of who said no", () => {
    expect(ask(answer("Ask", { approved: false, by: "ada" }))).toMatchObject({
      error: "Refused",
      cause: "ada does not want churn-1",
    });
  });

  test("fails when nobody answers", () => {
    expect(ask()).toMatchObject({ error: "NoAnswer", cause: "nobody answered within three days" });
  });
});

describe("error-handling", () => {
  const input = { orders: "s3://b/in/", folder: "s3://b/clean", yesterday: "s3://b/yesterday" };
  const clean = (...answers: readonly Mock[]): Replayed => run(definitionOf("error-handling"), input, answers);
  const failed = (error: string): Mock => ({ state: "Clean", endEvent: "TaskFailed", error, cause: "why" });

  test("tries again where SageMaker refuses, and goes on with today's orders", () => {
    const busy = failed("SageMaker.AmazonSageMakerException");
    const ran = clean(busy, busy, busy, answer("Clean", {}));
    expect([requestsOf(ran).length, ran.output]).toEqual([4, '{"orders":"s3://b/clean/execution","why":""}']);
  });

  test("tries a failed job once more, then takes yesterday's orders", () => {
    const ran = clean(failed("States.TaskFailed"), failed("States.TaskFailed"));
    expect([requestsOf(ran).length, ran.output]).toEqual([2, '{"orders":"s3://b/yesterday","why":"why"}']);
  });

  test("fails with the reason where the job hangs", () => {
    const ran = clean();
    expect([ran.error, ran.cause, namesOf(ran)]).toEqual([
      "CannotClean",
      "States.Timeout within an hour",
      ["Clean", "Cannot clean"],
    ]);
  });
});
