import * as z from "zod";
import type { AnyChainable, Task as TaskStep } from "../src/index.js";
import { alternately, type Line, median } from "./measure.js";

// What users run: tsx names every function that is made, which costs more than what is measured.
const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof import("../src/index.js");
const { Chain, compile, ExecutionInput, Map: MapStep, Parallel, Pass, renderDefinition, Task } = built;

const resource = "arn:aws:states:::lambda:invoke";
const outputSchema = z.object({ uri: z.string(), rows: z.number() });
const inputSchema = z.object({ bucket: z.string(), rows: z.array(z.string()) });

/** States without data. */
function plain(count: number): string {
  return renderDefinition(compile(Chain.from(Array.from({ length: count }, (_, index) => new Pass(`State ${index}`)))));
}

/** Tasks of which each reads the execution input and the output of the task `back` steps before. */
function referring(count: number, back: number): string {
  const input = new ExecutionInput(inputSchema);
  const { bucket } = input;
  const steps: TaskStep<z.input<typeof outputSchema>>[] = [];
  for (let index = 0; index < count; index++) {
    const before = steps[index - back] ?? steps[0];
    const parameters = before === undefined ? { bucket } : { bucket, uri: before.output.uri };
    steps.push(new Task(`State ${index}`, { resource, parameters, outputSchema }));
  }
  return renderDefinition(compile(Chain.from(steps), { input }));
}

/** Parallel and Map states within each other; at each level two references, one of them to a step outside of all. */
function nested(depth: number): string {
  const input = new ExecutionInput(inputSchema);
  const outer = new Task("Outer", { resource, outputSchema });
  const reading = (name: string): AnyChainable =>
    new Pass(name, { parameters: { bucket: input.bucket, uri: outer.output.uri } });
  let inner = reading("Innermost");
  for (let level = depth; level > 0; level--) {
    inner =
      level % 2 === 0
        ? new Parallel(`Level ${level}`, { branches: [inner, reading(`Beside ${level}`)] })
        : new MapStep(`Level ${level}`, { items: input.rows, processor: inner });
  }
  return renderDefinition(compile(Chain.from([outer, inner]), { input }));
}

const cases = [
  { name: "plain Pass states", make: plain },
  { name: "two references, one to the step before", make: (count: number) => referring(count, 1) },
  { name: "two references, one ten steps back", make: (count: number) => referring(count, 10) },
] as const;

/** Authoring, compiling and rendering, beside writing the same text from ready data. */
export function authoring(): readonly Line[] {
  return [...cases.flatMap(({ name, make }) => chainLines(name, make)), ...nestingLines()];
}

function chainLines(name: string, make: (count: number) => string): readonly Line[] {
  const measured = [1000, 5000, 10_000, 100_000].map((count) => ({ count, ...besideFloor(() => make(count), count) }));
  const lines = measured.map(({ count, whole, times }): Line => {
    const perSecond = count / median(whole);
    const isMissed = count <= 5000 && perSecond < 500;
    const best = Math.round(count / Math.min(...whole));
    const value = `${Math.round(perSecond)} k states/s, best ${best} k/s = ${times.toFixed(1)} × floor`;
    return { name: `${count} ${name}`, value, goal: count <= 5000 ? "≥ 500 k states/s, ≤ 3 × floor" : "", isMissed };
  });
  const [small, , , large] = measured.map(({ count, whole }) => Math.min(...whole) / count);
  const growth = (large ?? Number.NaN) / (small ?? Number.NaN);
  const line = { name: "  time per state, 100000 beside 1000", value: `× ${growth.toFixed(1)}`, goal: "linear" };
  return [...lines, line];
}

/** Rounds in milliseconds, and how often the best of them holds the best of `JSON.stringify`, in turn with them, of the same definition as data. */
function besideFloor(make: () => string, count: number): { readonly whole: readonly number[]; readonly times: number } {
  const parsed: unknown = JSON.parse(make());
  const rounds = Math.max(2, Math.min(41, Math.round(50_000 / count)));
  const [whole = [], floor = []] = alternately(
    [make, () => JSON.stringify(parsed, null, 2)],
    rounds,
    Math.min(rounds, 8),
  );
  return { whole, times: Math.min(...whole) / Math.min(...floor) };
}

function nestingLines(): readonly Line[] {
  const [half = [], full = []] = alternately([() => nested(25), () => nested(50)], 51);
  const growth = Math.min(...full) / Math.min(...half);
  return [
    { name: "nesting 50 deep, two references at each level", value: `${median(full).toFixed(2)} ms`, goal: "" },
    { name: "  beside 25 deep", value: `× ${growth.toFixed(1)}`, goal: "≤ × 4", isMissed: growth > 4 },
  ];
}
