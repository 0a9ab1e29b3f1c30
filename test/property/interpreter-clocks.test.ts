import fc from "fast-check";
import { expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import { shownDetails } from "../../src/interpreter/history-event.js";
import { plan } from "../../src/interpreter/plan.js";
import type { JsonObject } from "../../src/language/json.js";
import { type Clock, VirtualClock } from "../../src/local/clock.js";
import { Executions } from "../../src/local/step-functions/executions.js";
import { type MachineRecord, MemoryStore } from "../../src/local/step-functions/store.js";
import { type TaskRunner, Tasks } from "../../src/local/step-functions/tasks.js";
import { Random } from "../fuzz/random.js";
import { randomInput, randomMachine } from "../random/machine.js";
import { noObjects } from "../wire/no-objects.js";

const start = Date.UTC(2026, 0, 1);
/** How much faster than our days those of the real clock go, or nobody would wait for it. */
const speed = 20_000;

function fastClock(): Clock {
  const begun = performance.now();
  return {
    now: () => start + Math.floor((performance.now() - begun) * speed),
    setTimer(delayMs, fire) {
      const timer = setTimeout(fire, delayMs / speed);
      return () => clearTimeout(timer);
    },
  };
}

/** Answers at once; whether well or badly goes by the seed. */
function runnerOf(seed: number): TaskRunner {
  const random = new Random(seed);
  return {
    start(_, report) {
      if (random.isOneOf(3)) report.failed(random.pick(["E1", "E2"]), "why");
      else report.succeeded({ ok: true });
      return { cancel() {} };
    },
  };
}

const arn = "arn:aws:states:us-east-1:000000000000:execution:m:e";
const machine: MachineRecord = {
  arn: "arn:aws:states:us-east-1:000000000000:stateMachine:m",
  name: "m",
  definition: "",
  roleArn: "arn:aws:iam::000000000000:role/r",
  createdAt: 0,
  updatedAt: 0,
  loggingConfiguration: {},
  tracingConfiguration: {},
  tags: [],
};

/** The history that the service keeps, without its times. */
async function historyOf(seed: number, size: number, clock: Clock): Promise<string> {
  const random = new Random(seed);
  // Which of two branches, or of a task and its limit, is first on a real clock would be chance.
  const wishes = { size, isConcurrent: false, isTimed: false, isDistributed: false, isExpress: true };
  const definition: JsonObject = randomMachine(random, wishes);
  const runner = runnerOf(seed);
  const call = { patterns: [""], requiredParameters: [], parameters: ["QueueUrl", "MessageBody", "a"], runner };
  const tasks = new Tasks(
    [
      { ...call, service: "sqs", action: "sendMessage" },
      { ...call, service: "lambda", action: "function" },
    ],
    "us-east-1",
  );
  const { plan: made, issues } = plan(definition, tasks);
  if (made === undefined) throw new Error(JSON.stringify(issues));
  const store = new MemoryStore();
  const problems: unknown[] = [];
  const onProblem = (problem: unknown): void => void problems.push(problem);
  const executions = new Executions({ store, clock, tasks, onProblem }, noObjects, () => "seed");
  const input = new Data(randomInput(random));
  await executions.start({ machine, plan: made, arn, name: "e", input, traceHeader: undefined });
  while (executions.count > 0) {
    await new Promise((resolve) => setImmediate(resolve));
    if (clock instanceof VirtualClock) clock.jump();
  }
  expect(problems).toEqual([]);
  const events = await store.history(arn, { after: undefined, count: 100_000, newestFirst: false });
  const told = events.map(({ id, previousEventId, type, details }) => {
    return `${id} after ${previousEventId}: ${type} ${JSON.stringify(details === undefined ? {} : shownDetails(details))}`;
  });
  return told.join("\n");
}

test("a virtual clock and a real one give the same history but for its times, where one thing happens at a time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 20 }), async (seed, size) => {
      const onReal = await historyOf(seed, size, fastClock());
      expect(await historyOf(seed, size, new VirtualClock(start))).toBe(onReal);
    }),
    { numRuns: 60 },
  );
});
