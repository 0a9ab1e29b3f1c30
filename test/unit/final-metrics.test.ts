import { expect, test } from "vitest";
import { findMetrics } from "../../src/local/training/final-metrics.js";

const line = (message: string, timestamp = 1) => ({ message, timestamp });

test("an expression that takes for ever costs its own metric alone", async () => {
  const definitions = [
    { name: "before", regex: "a=(\\d+)" },
    { name: "endless", regex: "^((x+x+)+)y$" },
    { name: "broken", regex: "(" },
    { name: "after", regex: "b=(\\d+)" },
  ];
  const found = await findMetrics(definitions, [line("a=1"), line("x".repeat(60)), line("b=2", 3)], 500);
  expect(found.metrics).toEqual([
    { name: "before", value: 1, timestamp: 1 },
    { name: "after", value: 2, timestamp: 3 },
  ]);
  expect(found.problems).toEqual([
    'the metric "endless" cannot be looked for: its expression takes longer than 500 ms',
    expect.stringContaining('the metric "broken" cannot be looked for: Invalid regular expression'),
  ]);
});

test("where no metric is asked for, none is found", async () => {
  expect(await findMetrics([], [line("a=1")])).toEqual({ metrics: [], problems: [] });
});
