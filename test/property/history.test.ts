import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../../src/language/json.js";
import type { Mock } from "../conformance/aws-histories/recording.js";
import { job, run } from "../unit/run-definition.js";

interface Link {
  readonly state: JsonObject;
  readonly answers: readonly Omit<Mock, "state">[];
}

const failure = { endEvent: "TaskFailed", error: "E", cause: "c" };
const success = { endEvent: "TaskSucceeded", output: { done: true } };
const submitted = { ...success, submitted: { arn: "a" } };

const link: fc.Arbitrary<Link> = fc.oneof(
  fc
    .constantFrom<JsonObject>(
      { Type: "Pass" },
      { Type: "Pass", Result: { x: 1 }, ResultPath: "$.r" },
      { Type: "Pass", Parameters: { "in.$": "$" }, Assign: { v: 1 } },
      { Type: "Pass", InputPath: "$.missing" },
      { Type: "Wait", Seconds: 5 },
      { Type: "Wait", Seconds: 0 },
    )
    .map((state) => ({ state, answers: [] })),
  fc.record({
    state: fc.constantFrom<JsonObject>(
      { Type: "Task", Resource: job },
      { Type: "Task", Resource: job, TimeoutSeconds: 5 },
      { Type: "Task", Resource: job, Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }] },
    ),
    answers: fc.constantFrom([success], [submitted], [failure], [failure, submitted], [{ ...failure, endEvent: null }]),
  }),
);

const links = fc.array(link, { minLength: 1, maxLength: 12 });

function machineOf(chain: readonly Link[]): JsonObject {
  const states = chain.map(({ state }, index) => {
    const transition = index === chain.length - 1 ? { End: true } : { Next: `S${index + 1}` };
    return [`S${index}`, { ...state, ...transition }];
  });
  return { StartAt: "S0", States: Object.fromEntries(states), TimeoutSeconds: 1000 };
}

function runChain(chain: readonly Link[]) {
  const answers = chain.flatMap((one, index) => one.answers.map((answer) => ({ ...answer, state: `S${index}` })));
  return run(machineOf(chain), { a: 1 }, answers);
}

const isEntered = (type: unknown): boolean => String(type).endsWith("StateEntered");
const isExited = (type: unknown): boolean => String(type).endsWith("StateExited");

test("ids count from 1 without gaps", () => {
  fc.assert(
    fc.property(links, (chain) => {
      const ids = runChain(chain).events.map(({ id }) => id);
      expect(ids).toEqual(ids.map((_, index) => index + 1));
    }),
  );
});

test("each event points back to the one before, the first state to nothing", () => {
  fc.assert(
    fc.property(links, (chain) => {
      for (const { id, previousEventId } of runChain(chain).events) {
        expect(previousEventId).toBe(Number(id) <= 2 ? 0 : Number(id) - 1);
      }
    }),
  );
});

test("time never goes back", () => {
  fc.assert(
    fc.property(links, (chain) => {
      const times = runChain(chain).events.map(({ timestamp }) => Number(timestamp));
      expect(times).toEqual([...times].sort((left, right) => left - right));
    }),
  );
});

test("a state that was entered is left, or the execution failed in it", () => {
  fc.assert(
    fc.property(links, (chain) => {
      const { events, status } = runChain(chain);
      const entered = events.filter(({ type }) => isEntered(type)).length;
      const exited = events.filter(({ type }) => isExited(type)).length;
      expect(entered - exited).toBe(status === "SUCCEEDED" ? 0 : 1);
    }),
  );
});

test("the last event, and no other, ends the execution", () => {
  fc.assert(
    fc.property(links, (chain) => {
      const { events } = runChain(chain);
      const ends = events.map(({ type }) => /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(String(type)));
      expect(ends.indexOf(true)).toBe(events.length - 1);
    }),
  );
});

test("what a state leaves is what the next one gets", () => {
  fc.assert(
    fc.property(links, (chain) => {
      const { events } = runChain(chain);
      for (const [index, event] of events.entries()) {
        const before = events[index - 1]?.["stateExitedEventDetails"];
        const entered = event["stateEnteredEventDetails"];
        if (before === undefined || entered === undefined) continue;
        expect((entered as JsonObject)["input"]).toBe((before as JsonObject)["output"]);
      }
    }),
  );
});
