import { plan } from "../../src/interpreter/plan.js";
import { step } from "../../src/interpreter/step.js";
import { readSnapshot, storeSnapshot } from "../../src/interpreter/stored-snapshot.js";
import type { Json } from "../../src/language/json.js";
import { validate } from "../../src/validate/validate.js";
import { brokenWorld } from "../random/history-laws.js";
import { anyTask, type Taken, World } from "../random/world.js";
import type { RunInput } from "./run-input.js";
import type { Verdict } from "./work.js";

/** What the worker counts, by place. */
export const counted = { runs: 0, transitions: 1, steps: 2, longSteps: 3, longest: 4 } as const;

/** Milliseconds that one step may hold the process. */
const longStep = 50;
const endlessStep = 1000;

/** The law that an input breaks; `undefined` where all hold, or where the validator refuses the definition. */
export function brokenRun(given: RunInput, counts: Float64Array, isTimed: boolean): Verdict {
  try {
    return run(given, counts, isTimed);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 5).join(" | ") : String(error)}`;
  }
}

function run(given: RunInput, counts: Float64Array, isTimed: boolean): Verdict {
  const { definition, input, seed, type, schedule, isStored } = given;
  if (validate(definition, { type }).some(({ severity }) => severity === "error")) return undefined;
  const data = typeof definition === "string" ? (JSON.parse(definition) as Json) : (definition as Json);
  const planned = plan(data, anyTask);
  if (planned.plan === undefined) return undefined;
  let long: Taken | undefined;
  const begun = performance.now();
  const watch = (taken: Taken): void => {
    if (taken.milliseconds > (long?.milliseconds ?? longStep)) long = taken;
  };
  const world: World = new World(planned.plan, {
    input,
    seed,
    type,
    schedule,
    found: [1, "b", { c: 1 }],
    mostSteps: 1000,
    watch,
    isOver: () => performance.now() - begun > 3000,
    ...(isStored ? { between: (snapshot) => readSnapshot(storeSnapshot(snapshot)) } : {}),
  });
  world.run();
  add(counts, counted.runs, 1);
  add(counts, counted.steps, world.steps);
  for (const { events } of world.executions) {
    add(counts, counted.transitions, events.filter(({ type }) => type.endsWith("StateEntered")).length);
  }
  const slow = isTimed && long !== undefined ? tooLong(long, world, counts) : undefined;
  return brokenWorld(world) ?? slow;
}

function add(counts: Float64Array, place: number, more: number): void {
  counts[place] = (counts[place] ?? 0) + more;
}

/** A step is taken again, as the machine may have been busy: it gives the same, so its shortest time is its own. */
function tooLong({ before, input, now, milliseconds }: Taken, { plan: made }: World, counts: Float64Array): Verdict {
  let least = milliseconds;
  for (let times = 0; times < 3 && least > longStep; times++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    step(made, before, input, now);
    const { user, system } = process.cpuUsage(used);
    least = Math.min(least, performance.now() - start, (user + system) / 1000);
  }
  if (least <= longStep) return undefined;
  add(counts, counted.longSteps, 1);
  counts[counted.longest] = Math.max(counts[counted.longest] ?? 0, least);
  return least > endlessStep ? "a step takes over a second" : { note: `a step takes ${Math.round(least)} ms` };
}
