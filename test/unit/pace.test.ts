import { expect, test } from "vitest";
import { Pace } from "../../src/local/step-functions/pace.js";

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("whoever waits goes on in the order in which they came, one in each turn of the loop", async () => {
  const pace = new Pace();
  const gone: number[] = [];
  for (const one of [1, 2, 3]) void pace.nextTurn().then(() => gone.push(one));
  const seen: number[][] = [];
  for (let turn = 0; turn < 3; turn++) {
    await turnOfTheLoop();
    seen.push([...gone]);
  }
  expect(seen).toEqual([[1], [1, 2], [1, 2, 3]]);
});

test("the share of a turn ends at one time, however often it is asked for", async () => {
  const pace = new Pace();
  expect(pace.turnEnd).toBe(pace.turnEnd);
});

test("another turn of the loop has a share of its own", async () => {
  const pace = new Pace();
  const first = pace.turnEnd;
  await turnOfTheLoop();
  await turnOfTheLoop();
  expect(pace.turnEnd).toBeGreaterThan(first);
});
