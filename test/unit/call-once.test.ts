import { expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import { VirtualClock } from "../../src/local/clock.js";
import { callOnce } from "../../src/local/step-functions/call-once.js";
import { type TaskRunner, Tasks } from "../../src/local/step-functions/tasks.js";

function call(runner: TaskRunner, clock: VirtualClock) {
  const registered = { service: "test", action: "do", patterns: [""], requiredParameters: [], parameters: [], runner };
  const tasks = new Tasks([registered], "us-east-1");
  return callOnce(tasks, clock, { resource: "arn:aws:states:::test:do", parameters: new Data({}) });
}

test("a runner that throws is answered as a failure, and nothing watches it any more", async () => {
  const clock = new VirtualClock();
  const runner: TaskRunner = {
    start() {
      throw new Error("broken");
    },
  };
  expect(await call(runner, clock)).toEqual({ error: "States.Runtime", cause: "broken" });
  expect(clock.pending).toBe(0);
});

test("a runner that never answers is given up and cancelled", async () => {
  let cancelled = 0;
  const runner: TaskRunner = { start: () => ({ cancel: () => cancelled++ }) };
  const clock = new VirtualClock();
  const answer = call(runner, clock);
  clock.jump();
  expect(await answer).toEqual({ error: "States.Timeout", cause: undefined });
  expect(cancelled).toBe(1);
});
