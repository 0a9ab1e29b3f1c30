import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { corpus } from "../fuzz/corpus.js";
import { inputOf } from "../fuzz/input.js";
import { minimise } from "../fuzz/minimise.js";
import { temporaryFiles } from "../unit/temporary-files.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("the validator keeps its laws under some hundred inputs of the fuzzer", () => {
  const command = [
    "--import",
    "tsx",
    "test/fuzz/validate.ts",
    "--inputs",
    "600",
    "--seed",
    "7",
    "--out",
    temporaryFiles({}),
  ];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  expect(stdout).toMatch(/^seed 7: 600 inputs, \d+\/s, slowest \d+ ms .*, 0 failures$/m);
  expect(status).toBe(0);
});

test("an input is made again by its seed and index", () => {
  const texts = corpus().slice(0, 5);
  const made = (): string => JSON.stringify(Array.from({ length: 30 }, (_, index) => inputOf(3, index, texts).kind));
  expect(made()).toBe(made());
});

describe("what is found is made smaller", () => {
  const cases = [
    { name: "a text", given: "aaaaXaaaa", needed: "X", least: "X" },
    {
      name: "members and items",
      given: { a: [1, { b: "X", c: 2 }, 3], d: 4 },
      needed: "X",
      least: { a: [{ b: "X" }] },
    },
  ];

  test.each(cases)("$name", ({ given, needed, least }) => {
    expect(minimise(given, (definition) => JSON.stringify(definition).includes(needed))).toEqual(least);
  });
});
