import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import {
  maxConcurrency,
  maxInputBytesPerBatch,
  maxItems,
  maxItemsPerBatch,
  toleratedFailureCount,
  toleratedFailurePercentage,
} from "../../src/interpreter/map/map-numbers.js";
import { exceeds, type Tolerance, thresholdExceeded } from "../../src/interpreter/map/tolerance.js";
import type { Json } from "../../src/language/json.js";

type Read = (found: Json, path: string) => number | Failure;

const good: readonly { read: Read; found: Json; number: number }[] = [
  { read: maxConcurrency, found: 0, number: 0 },
  { read: toleratedFailureCount, found: 7, number: 7 },
  { read: toleratedFailurePercentage, found: 1.1, number: 1.1 },
  { read: toleratedFailurePercentage, found: 100, number: 100 },
  { read: maxItems, found: 2, number: 2 },
  { read: maxItems, found: 0, number: 100_000_000 },
  { read: maxItems, found: 1e12, number: 100_000_000 },
  { read: maxItemsPerBatch, found: 3, number: 3 },
  { read: maxConcurrency, found: "1", number: 1 },
  { read: toleratedFailurePercentage, found: "0.5", number: 0.5 },
  { read: maxInputBytesPerBatch, found: 150_000, number: 150_000 },
];
test.each(good)("$read.name takes $found", ({ read, found, number }) => {
  expect(read(found, "$.n")).toBe(number);
});

const whole = "which is not a valid integer: $.n";
const bad: readonly { read: Read; found: Json; cause: string }[] = [
  { read: maxConcurrency, found: "x", cause: `The MaxConcurrencyPath field refers to value "x" ${whole}` },
  { read: maxConcurrency, found: {}, cause: `The MaxConcurrencyPath field refers to value "{}" ${whole}` },
  { read: maxConcurrency, found: "", cause: `The MaxConcurrencyPath field refers to value "" ${whole}` },
  { read: maxConcurrency, found: null, cause: `The MaxConcurrencyPath field refers to value "null" ${whole}` },
  { read: maxConcurrency, found: 1.5, cause: `The MaxConcurrencyPath field refers to value "1.5" ${whole}` },
  { read: maxConcurrency, found: -1, cause: "MaxConcurrency cannot be negative." },
  {
    read: toleratedFailureCount,
    found: "x",
    cause: `The ToleratedFailureCountPath field refers to value "x" ${whole}`,
  },
  { read: toleratedFailureCount, found: -1, cause: "ToleratedFailureCount cannot be negative." },
  {
    read: toleratedFailurePercentage,
    found: [],
    cause: 'The ToleratedFailurePercentagePath field refers to value "[]" which is not a valid float: $.n',
  },
  { read: toleratedFailurePercentage, found: 100.1, cause: "ToleratedFailurePercentage must be between 0 and 100." },
  { read: toleratedFailurePercentage, found: -1, cause: "ToleratedFailurePercentage must be between 0 and 100." },
  { read: maxItems, found: true, cause: `The MaxItemsPath field refers to value "true" ${whole}` },
  { read: maxItemsPerBatch, found: 0, cause: "MaxItemsPerBatch must be positive." },
  { read: maxInputBytesPerBatch, found: -1, cause: "MaxInputBytesPerBatch must be positive." },
];
test.each(bad)("$read.name fails for $found", ({ read, found, cause }) => {
  expect(read(found, "$.n")).toEqual(new Failure("States.Runtime", cause, true));
});

test.each([
  { read: maxConcurrency, found: 1.5, cause: "The MaxConcurrency field must be an integer, got 1.5" },
  { read: maxConcurrency, found: -1, cause: "MaxConcurrency cannot be negative." },
  { read: maxItemsPerBatch, found: 0.1, cause: "The MaxItemsPerBatch field must be an integer, got 0.1" },
])("$read.name of JSONata does not speak of a path for $found", ({ read, found, cause }) => {
  expect(read(found, undefined)).toEqual(new Failure("States.Runtime", cause, true));
});

test("a negative MaxItems is a failure of the reader", () => {
  expect(maxItems(-1, "$.n")).toEqual(new Failure("States.ItemReaderFailed", "field MaxItems must be positive"));
});

describe("tolerated failures", () => {
  const cases: readonly { tolerance: Tolerance; failed: number; total: number; isTooMuch: boolean }[] = [
    { tolerance: {}, failed: 0, total: 0, isTooMuch: false },
    { tolerance: {}, failed: 1, total: 100, isTooMuch: true },
    { tolerance: { count: 0, percentage: 0 }, failed: 1, total: 100, isTooMuch: true },
    { tolerance: { count: 1 }, failed: 1, total: 3, isTooMuch: false },
    { tolerance: { count: 1 }, failed: 2, total: 3, isTooMuch: true },
    { tolerance: { percentage: 50 }, failed: 2, total: 4, isTooMuch: false },
    { tolerance: { percentage: 50 }, failed: 3, total: 4, isTooMuch: true },
    { tolerance: { percentage: 33.3 }, failed: 1, total: 3, isTooMuch: true },
    { tolerance: { percentage: 100 }, failed: 3, total: 3, isTooMuch: false },
    { tolerance: { count: 1, percentage: 90 }, failed: 2, total: 4, isTooMuch: true },
    { tolerance: { count: 3, percentage: 10 }, failed: 2, total: 4, isTooMuch: true },
    { tolerance: { count: 0, percentage: 50 }, failed: 1, total: 4, isTooMuch: false },
  ];
  test.each(cases)("$tolerance with $failed of $total: $isTooMuch", ({ tolerance, failed, total, isTooMuch }) => {
    expect(exceeds(tolerance, failed, total)).toBe(isTooMuch);
  });

  test("fail the Map in AWS's words", () => {
    expect(thresholdExceeded()).toEqual(
      new Failure("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded"),
    );
  });
});

test("a long text that is nearly a number is told at once", () => {
  const started = performance.now();
  expect(toleratedFailurePercentage(`${"1".repeat(250_000)}x`, "$.n")).toBeInstanceOf(Failure);
  expect(performance.now() - started).toBeLessThan(1_000);
});
