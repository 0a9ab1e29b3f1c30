import { describe, expect, test } from "vitest";
import { Failure } from "../../src/interpreter/failure.js";
import { type Batcher, batchesOf } from "../../src/interpreter/map/batches.js";
import type { Json } from "../../src/language/json.js";

const cases: readonly { name: string; items: readonly Json[]; batcher: Batcher; batches: readonly Json[] }[] = [
  {
    name: "have as many items as are wanted",
    items: [1, 2, 3],
    batcher: { maxItems: 2 },
    batches: [{ Items: [1, 2] }, { Items: [3] }],
  },
  { name: "are none for no items", items: [], batcher: { maxItems: 2 }, batches: [] },
  {
    name: "carry the input of all batches",
    items: [1, 2],
    batcher: { maxItems: 1, batchInput: { a: 1 } },
    batches: [
      { BatchInput: { a: 1 }, Items: [1] },
      { BatchInput: { a: 1 }, Items: [2] },
    ],
  },
  {
    name: "hold what fits into the bytes, to the last one",
    items: ["ab", "cd", "ef"],
    batcher: { maxInputBytes: 21 },
    batches: [{ Items: ["ab", "cd"] }, { Items: ["ef"] }],
  },
  {
    name: "count bytes of UTF-8",
    items: ["é", "é"],
    batcher: { maxInputBytes: 20 },
    batches: [{ Items: ["é"] }, { Items: ["é"] }],
  },
  {
    name: "count the input of all batches",
    items: ["ab", "cd"],
    batcher: { maxInputBytes: 38, batchInput: "1234" },
    batches: [
      { BatchInput: "1234", Items: ["ab"] },
      { BatchInput: "1234", Items: ["cd"] },
    ],
  },
  {
    name: "keep to the limit that comes first",
    items: [1, 2, 3, 4],
    batcher: { maxItems: 3, maxInputBytes: 15 },
    batches: [{ Items: [1, 2] }, { Items: [3, 4] }],
  },
  {
    name: "take a null as input",
    items: [1],
    batcher: { maxItems: 1, batchInput: null },
    batches: [{ BatchInput: null, Items: [1] }],
  },
];
test.each(cases)("batches $name", ({ items, batcher, batches }) => {
  expect(batchesOf(items, batcher)).toEqual(batches);
});

describe("the limit of a payload", () => {
  const item = "x".repeat(100_000);

  test("holds where no bytes are given", () => {
    const batches = batchesOf([item, item, item], { maxItems: 10 });
    expect((batches as readonly { Items: Json[] }[]).map(({ Items }) => Items.length)).toEqual([2, 1]);
  });

  test("holds where more bytes are given", () => {
    expect(batchesOf([item, item, item], { maxInputBytes: 1_000_000 })).toHaveLength(2);
  });
});

describe("an item too large for any batch", () => {
  test("is a failure that names it", () => {
    expect(batchesOf(["ab", "abcdefgh"], { maxInputBytes: 20 })).toEqual(
      new Failure("States.DataLimitExceeded", "The item at index 1 does not fit into a batch of 20 bytes."),
    );
  });

  test("is told before its text is made", () => {
    let item: Json = "x";
    for (let level = 0; level < 60; level++) item = [item, item];
    expect(batchesOf([item], { maxItems: 1 })).toBeInstanceOf(Failure);
  });
});
