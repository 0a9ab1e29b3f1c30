import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

const example = read("examples/one-step-processing/workflow.ts");
const blocks = [...read("README.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code.trimEnd());

describe("the code in the README", () => {
  test("is there", () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks)("stands in the example that CI runs: %#", (block) => {
    expect(example).toContain(block);
  });
});
