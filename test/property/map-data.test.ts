import fc from "fast-check";
import { expect, test } from "vitest";

import { Data } from "../../src/interpreter/data.js";

import { Failure } from "../../src/interpreter/failure.js";

import { batchesOf } from "../../src/interpreter/map/batches.js";
import { openCsv } from "../../src/interpreter/map/csv.js";
import { type ChildResult, inlineOutput } from "../../src/interpreter/map/result-files.js";
import { exceeds } from "../../src/interpreter/map/tolerance.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { resultFiles } from "../unit/result-files.js";

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom('"', '""', "\\", ",", "|", "\n", "\r\n", " ", "\t", "a"), { maxLength: 8 })
    .map((parts) => parts.join("")),
);
const delimiter = fc.constantFrom(",", "|", ";", "\t", " ");
const table = fc
  .uniqueArray(cell, { minLength: 1, maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.array(fc.array(cell, { minLength: names.length, maxLength: names.length }), { maxLength: 8 }),
    ),
  );

function readCsv(text: string, between: string, headers?: readonly string[]) {
  const next = openCsv(text, between, headers);
  return next instanceof Failure ? next : next(Number.POSITIVE_INFINITY);
}

/** A field in quotes, by the rules that AWS gives. */
const quoted = (field: string) => `"${field.replaceAll("\\", "\\\\").replaceAll('"', '""')}"`;

test("a table that is written with quotes is read as it was", () => {
  fc.assert(
    fc.property(table, delimiter, fc.constantFrom("\n", "\r\n"), ([names, rows], between, newline) => {
      const text = [names, ...rows].map((row) => row.map(quoted).join(between)).join(newline);
      const read = readCsv(text, between);
      expect(read).toEqual(rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]]))));
    }),
  );
});

test("any text is read as CSV, or is a failure, in one pass", () => {
  fc.assert(
    fc.property(cell, delimiter, (text, between) => {
      const rows = readCsv(text, between, ["a", "b"]);
      if (!Array.isArray(rows)) return;
      expect(rows.length).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      for (const row of rows) expect(Object.keys(row)).toEqual(["a", "b"]);
    }),
  );
});

const items = fc.array(fc.jsonValue() as fc.Arbitrary<Json>, { maxLength: 30 });
const batcher = fc.record(
  {
    maxItems: fc.integer({ min: 1, max: 10 }),
    maxInputBytes: fc.integer({ min: 1, max: 400 }),
    batchInput: fc.jsonValue() as fc.Arbitrary<Json>,
  },
  { requiredKeys: [] },
);
const bytes = (value: Json) => Buffer.byteLength(JSON.stringify(value), "utf8");

test("batches hold all items in order, within the limits, and no two could be one", () => {
  fc.assert(
    fc.property(items, batcher, (given, limits) => {
      const batches = batchesOf(given, limits);
      const { maxItems = Number.POSITIVE_INFINITY, maxInputBytes = 262_144, batchInput } = limits;
      const alone = (item: Json): JsonObject =>
        batchInput === undefined ? { Items: [item] } : { BatchInput: batchInput, Items: [item] };
      if (!Array.isArray(batches)) {
        expect(given.some((item) => bytes(alone(item)) > maxInputBytes)).toBe(true);
        return;
      }
      const groups = batches.map((batch) => batch.Items as readonly Json[]);
      expect(groups.flat()).toEqual(given);
      for (const [index, batch] of batches.entries()) {
        expect(bytes(batch)).toBeLessThanOrEqual(maxInputBytes);
        expect(groups[index]?.length).toBeLessThanOrEqual(maxItems);
        const next = groups[index + 1]?.[0];
        const isFull = groups[index]?.length === maxItems;
        if (next !== undefined && !isFull) {
          expect(bytes({ ...batch, Items: [...(groups[index] ?? []), next] })).toBeGreaterThan(maxInputBytes);
        }
      }
    }),
  );
});

const data = (value: Json) => new Data(value);
const child = fc
  .tuple(fc.constantFrom("SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT", "PENDING"), fc.jsonValue())
  .map(([status, value]): ChildResult => {
    const input = data(value as Json);
    if (status === "PENDING") return { status, input };
    const common = { executionArn: "a", stateMachineArn: "m", name: "n", input, startDate: "s", stopDate: "t" };
    if (status === "SUCCEEDED") return { ...common, status, output: input };
    return { ...common, status: status as "FAILED" };
  });

test("result files hold each child once, whatever their size", () => {
  const config = { transformation: "NONE", outputType: "JSONL" } as const;
  const target = { bucket: "b", mapRunArn: "arn:aws:states:r:1:mapRun:m/l:u" };
  fc.assert(
    fc.property(fc.array(child, { maxLength: 20 }), fc.integer({ min: 1, max: 2_000 }), (children, most) => {
      const files = resultFiles(target, children, config, most).slice(0, -1);
      const lines = files.flatMap(({ body }) => body.trimEnd().split("\n"));
      expect(lines).toHaveLength(children.length);
      const statuses = lines.map((line) => (JSON.parse(line) as JsonObject).Status);
      expect(statuses.toSorted()).toEqual(children.map(({ status }) => status).toSorted());
    }),
  );
});

test("lines of an output are its results", () => {
  fc.assert(
    fc.property(fc.array(child), (children) => {
      const text = inlineOutput(children, { transformation: "COMPACT", outputType: "JSONL" }) as string;
      const lines = text.split("\n").slice(0, -1);
      expect(lines.map((line) => JSON.parse(line) as Json)).toEqual(JSON.parse(JSON.stringify(inlineOutput(children))));
    }),
  );
});

test("more failures never are tolerated where fewer were not", () => {
  const tolerance = fc.record({ count: fc.nat(20), percentage: fc.integer({ min: 0, max: 100 }) });
  fc.assert(
    fc.property(tolerance, fc.nat(20), fc.nat(20), (given, failed, more) => {
      const total = failed + more;
      if (exceeds(given, failed, total)) expect(exceeds(given, failed + more, total)).toBe(true);
    }),
  );
});
