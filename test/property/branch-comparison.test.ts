import fc from "fast-check";
import { expect, test } from "vitest";
import { Data } from "../../src/interpreter/data.js";
import { plan } from "../../src/interpreter/plan.js";
import type { JsonObject } from "../../src/language/json.js";
import { branchesOf } from "../conformance/aws-histories/branches.js";
import { Comparison } from "../conformance/aws-histories/compare.js";
import { hasConcurrency, historyDifferences } from "../conformance/aws-histories/history.js";
import { World } from "../conformance/aws-histories/world.js";

// Histories of one machine that differ only in which branch went first have to count as the same, and no others.

type Shape = "pass" | "wait" | { readonly parallel: readonly Shape[][] } | { readonly map: readonly Shape[] };

const { shapes } = fc.letrec<{ shape: Shape; shapes: Shape[] }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Shape>("pass", "wait"),
    fc.record({ parallel: fc.array(tie("shapes"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ map: tie("shapes") }),
  ),
  shapes: fc.array(tie("shape"), { minLength: 1, maxLength: 2 }),
}));

/** A machine of these states, each with a name of its own. */
function machineOf(chain: readonly Shape[], path: string): JsonObject {
  const name = (index: number): string => `${path}${index}`;
  const states = chain.map((shape, index) => {
    const transition = index === chain.length - 1 ? { End: true } : { Next: name(index + 1) };
    return [name(index), { ...stateOf(shape, name(index)), ...transition }];
  });
  return { StartAt: name(0), States: Object.fromEntries(states) };
}

function stateOf(shape: Shape, name: string): JsonObject {
  if (shape === "pass") return { Type: "Pass", Parameters: { "in.$": "$", by: name } };
  if (shape === "wait") return { Type: "Wait", Seconds: 1 };
  if ("map" in shape) {
    const processor = { ...machineOf(shape.map, `${name}m`), ProcessorConfig: { Mode: "INLINE" } };
    return { Type: "Map", ItemsPath: "$$.Execution.Input.items", ItemProcessor: processor };
  }
  return { Type: "Parallel", Branches: shape.parallel.map((branch, index) => machineOf(branch, `${name}b${index}x`)) };
}

const answers = { task: () => [], items: () => [], written: () => [] };

function historyOf(chain: readonly Shape[], seed: string): readonly JsonObject[] {
  const planned = plan(machineOf(chain, "S"), { find: () => ({ refusal: "none" }) });
  if (planned.plan === undefined) throw new Error(planned.issues.map(({ message }) => message).join());
  const world = new World(planned.plan, answers, 0);
  const execution = world.start({
    arn: "arn:aws:states:us-east-1:111111111111:execution:m:e",
    name: "e",
    roleArn: "r",
    type: "STANDARD",
    startedAt: 0,
    input: new Data({ items: [1, 2, 3] }),
    stateMachineArn: "arn:aws:states:us-east-1:111111111111:stateMachine:m",
    stateMachineName: "m",
    seed,
    mostEvents: 25_000,
    schedule: "shuffled",
  });
  world.run();
  return execution.events;
}

test("whichever branch goes first, the histories agree", () => {
  fc.assert(
    fc.property(shapes, fc.string(), fc.string(), (chain, one, other) => {
      expect(historyDifferences(historyOf(chain, one), historyOf(chain, other), new Comparison())).toEqual({});
    }),
  );
});

test("an event of another name is found, wherever it is", () => {
  fc.assert(
    fc.property(shapes, fc.string(), fc.string(), fc.nat(), (chain, one, other, at) => {
      const events = historyOf(chain, other);
      const named = events.flatMap((event, index) => (String(event["type"]).endsWith("StateExited") ? [index] : []));
      const index = named[at % named.length] ?? 0;
      const changed = events.with(index, { ...events[index], stateExitedEventDetails: { name: "another" } });
      expect(historyDifferences(historyOf(chain, one), changed, new Comparison())).not.toEqual({});
    }),
  );
});

test("a link to an event of another kind is found, wherever it is", () => {
  fc.assert(
    fc.property(shapes, fc.string(), fc.string(), fc.nat(), (chain, one, other, at) => {
      const events = historyOf(chain, other);
      const index = 2 + (at % (events.length - 2));
      const changed = events.with(index, { ...events[index], previousEventId: 1 });
      expect(historyDifferences(historyOf(chain, one), changed, new Comparison())).not.toEqual({});
    }),
  );
});

test("the end of a Parallel or Map before its work is found, wherever it is", () => {
  fc.assert(
    fc.property(shapes, fc.string(), fc.string(), fc.nat(), (chain, one, other, at) => {
      const events = historyOf(chain, other);
      const starts = events.flatMap(({ type }, index) =>
        /^(?:Parallel|Map)StateStarted$/.test(String(type)) ? [index] : [],
      );
      const start = starts[at % starts.length];
      fc.pre(start !== undefined);
      const [begun] = branchesOf(events).filter(({ startedBy }) => startedBy === events[start]);
      fc.pre(begun !== undefined);
      const line = begun?.parent?.events ?? [];
      const next = line[line.indexOf(events[start] as JsonObject) + 1] as JsonObject;
      const order = events.toSpliced(events.indexOf(next), 1).toSpliced(start + 1, 0, next);
      const ids = new Map<unknown, number>(order.map(({ id }, index) => [id, index + 1]));
      const changed = order.map((event, index) => ({
        ...event,
        id: index + 1,
        previousEventId: ids.get(event["previousEventId"]) ?? 0,
      }));
      expect(historyDifferences(historyOf(chain, one), changed, new Comparison())).not.toEqual({});
    }),
  );
});

test("most of these machines have branches at the same time", () => {
  const count = fc.sample(shapes, 200).filter((chain) => hasConcurrency(historyOf(chain, "a"))).length;
  expect(count).toBeGreaterThan(50);
});
