import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import type { Effect } from "../../src/interpreter/effect.js";
import { type Plan, plan } from "../../src/interpreter/plan.js";
import { step } from "../../src/interpreter/step.js";
import { readSnapshot, storeSnapshot } from "../../src/interpreter/stored-snapshot.js";
import type { JsonObject } from "../../src/language/json.js";
import { wireEvent } from "../../src/local/operations/get-execution-history.js";
import { validate } from "../../src/validate/validate.js";
import { Random } from "../fuzz/random.js";
import { brokenWorld } from "../random/history-laws.js";
import { randomInput, randomMachine } from "../random/machine.js";
import { anyTask, type Taken, World, type WorldOptions } from "../random/world.js";

interface Sample {
  readonly definition: JsonObject;
  readonly plan: Plan;
  readonly options: WorldOptions;
}

const samples: fc.Arbitrary<Sample> = fc
  .record({
    seed: fc.nat(),
    size: fc.integer({ min: 1, max: 30 }),
    type: fc.constantFrom("STANDARD" as const, "EXPRESS" as const),
    schedule: fc.constantFrom("fair" as const, "shuffled" as const),
  })
  .map(({ seed, size, type, schedule }) => {
    const random = new Random(seed);
    const definition = randomMachine(random, { size, isExpress: type === "EXPRESS" });
    const made = plan(definition, anyTask).plan;
    if (made === undefined) throw new Error(`no plan of ${JSON.stringify(definition)}`);
    const input = randomInput(random);
    return { definition, plan: made, options: { input, seed, type, schedule, found: [1, "b"] } };
  });

/** The histories of an execution and its children, byte for byte, and how they ended. */
function historyOf({ plan: made, options }: Sample, changes: WorldOptions = {}): string {
  const world = new World(made, { ...options, ...changes });
  world.run();
  const told = world.executions.map(({ events, endings }) => {
    return [events.map((event) => wireEvent(event)), endings.map((ending) => [ending.status, ending.output?.text])];
  });
  return JSON.stringify(told, null, 1);
}

/** Each law sees a few hundred machines. */
const runs = { numRuns: 300 };

test("the validator takes each machine, with no error", () => {
  fc.assert(
    fc.property(samples, ({ definition, options: { type = "STANDARD" } }) => {
      expect(validate(definition, { type }).filter(({ severity }) => severity === "error")).toEqual([]);
    }),
    runs,
  );
});

test("the history is whole: ids, links, pairs of events, one end, and nothing is left open outside", () => {
  fc.assert(
    fc.property(samples, (sample) => {
      const world = new World(sample.plan, sample.options);
      world.run();
      expect(brokenWorld(world)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});

const manyItems: fc.Arbitrary<Pick<Sample, "plan" | "options">> = fc
  .record({
    seed: fc.nat(),
    found: fc.array(fc.constantFrom(1, 1, 1, 1, 2), { maxLength: 500, size: "max" }),
    mostAtWork: fc.constantFrom(1, 3, 100),
    tolerated: fc.constantFrom(0, 1, 30),
    batch: fc.constantFrom(undefined, 1, 3),
    isWritten: fc.boolean(),
  })
  .map(({ seed, found, mostAtWork, tolerated, batch, isWritten }) => {
    const Parameters = { Bucket: "bucket", Key: "key" };
    const failing = { Variable: "$", NumericEquals: 2, Next: "F" };
    const ItemProcessor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "C",
      States: {
        C: { Type: "Choice", Choices: [failing], Default: "W" },
        F: { Type: "Fail" },
        W: { Type: "Wait", Seconds: 1, End: true },
      },
    };
    const state = {
      Type: "Map",
      ItemReader: { Resource: "arn:aws:states:::s3:getObject", ReaderConfig: { InputType: "JSON" }, Parameters },
      ItemProcessor,
      ToleratedFailureCount: tolerated,
      ...(batch === undefined ? {} : { ItemBatcher: { MaxItemsPerBatch: batch } }),
      ...(isWritten ? { ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters } } : {}),
      End: true,
    };
    const made = plan({ StartAt: "M", States: { M: state } }, anyTask).plan;
    if (made === undefined) throw new Error("no plan");
    return { plan: made, options: { seed, found, mostAtWork, delivery: "mixed" as const } };
  });

test("the history is whole, and nothing is asked of a Map run that is over, whenever inputs come", () => {
  fc.assert(
    fc.property(manyItems, (sample) => {
      const world = new World(sample.plan, { ...sample.options, turns: 1 });
      world.run();
      expect(brokenWorld(world)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test("the history of random machines is whole, whenever inputs come", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(1, 50), (sample, turns) => {
      const world = new World(sample.plan, { ...sample.options, delivery: "mixed", mostAtWork: 2, turns });
      world.run();
      expect(brokenWorld(world)).toBeUndefined();
    }),
    runs,
  );
});

test("the same seed gives the same history", () => {
  fc.assert(
    fc.property(samples, (sample) => {
      expect(historyOf(sample)).toBe(historyOf(sample));
    }),
    runs,
  );
});

test("how many turns a step takes changes nothing", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 2, max: 1000 }), (sample, turns) => {
      expect(historyOf(sample, { turns })).toBe(historyOf(sample, { turns: 1 }));
    }),
    runs,
  );
});

test("a snapshot that is stored and read between any two steps goes on in the same way", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 5 }), (sample, turns) => {
      const between: WorldOptions["between"] = (snapshot) => readSnapshot(storeSnapshot(snapshot));
      expect(historyOf(sample, { turns, between })).toBe(historyOf(sample));
    }),
    runs,
  );
});

test("a step leaves the snapshot that it is given as it is, and does the same the second time", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 1, max: 5 }), (sample, turns) => {
      let stored = "";
      const between: WorldOptions["between"] = (snapshot) => {
        stored = storeSnapshot(snapshot);
        return snapshot;
      };
      const watch = ({ before, input, now, made }: Taken): void => {
        const again = step(sample.plan, before, input, now);
        if (storeSnapshot(before) !== stored) throw new Error("the snapshot has changed");
        if (storeSnapshot(again.snapshot) !== storeSnapshot(made.snapshot)) throw new Error("another snapshot");
        if (!isDeepStrictEqual(again.effects.map(told), made.effects.map(told))) throw new Error("other effects");
        const events = again.events.map((event) => wireEvent(event));
        if (
          !isDeepStrictEqual(
            events,
            made.events.map((event) => wireEvent(event)),
          )
        )
          throw new Error("other events");
      };
      historyOf(sample, { turns, between, watch });
    }),
    runs,
  );
});

function told(effect: Effect): string {
  return JSON.stringify(effect, (_, value: unknown) => (value instanceof Data ? value.value : value));
}
