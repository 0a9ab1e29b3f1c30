import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { corpus } from "../fuzz/corpus.js";
import { inputOf } from "../fuzz/input.js";
import { minimise } from "../fuzz/minimise.js";
import { runInputOf } from "../fuzz/run-input.js";
import { temporaryFiles } from "../unit/temporary-files.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a fuzzer for a number of inputs. */
function fuzz(script: string, inputs: number) {
  const options = ["--inputs", String(inputs), "--seed", "7", "--out", temporaryFiles({})];
  const command = ["--import", "tsx", `test/fuzz/${script}.ts`, ...options];
  return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
}

test("the validator keeps its laws under some hundred inputs of the fuzzer", () => {
  const { status, stdout } = fuzz("validate", 600);
  expect(stdout).toMatch(/^seed 7: 600 inputs, \d+\/s, slowest \d+ ms .*, 0 failures$/m);
  expect(status).toBe(0);
});

test("the interpreter keeps its laws under some hundred inputs of the fuzzer", () => {
  const { status, stdout } = fuzz("run", 300);
  expect(stdout).toMatch(/^seed 7: 300 inputs, .* \d\d+ runs, .*, 0 failures$/m);
  expect(status).toBe(0);
});

test("an input is made again by its seed and index", () => {
  const texts = corpus().slice(0, 5);
  const made = (): string => JSON.stringify(Array.from({ length: 30 }, (_, index) => inputOf(3, index, texts).kind));
  expect(made()).toBe(made());
  const runs = (): string => JSON.stringify(Array.from({ length: 30 }, (_, index) => runInputOf(3, index, texts)));
  expect(runs()).toBe(runs());
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
