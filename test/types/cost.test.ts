import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { TypeChecks } from "../../bench/type-cost.js";
import { type TypeProgram, typePrograms } from "../../bench/type-programs.js";

// What is counted: the instantiations of types that TypeScript makes while it checks one generated program, and nothing of what the
// program imports (the checks of lib, zod and our own files are not in it). `empty` is a program with the same imports and no step:
// it is the fixed cost, and is taken off from all the others. What zod makes of a schema is part of a program's cost.
// The figures are the same on every machine. Time is not tested here: `npm run bench` shows it.

const budgetFile = fileURLToPath(new URL("budget.json", import.meta.url));
const howTo = "where more is right: UPDATE_TYPE_BUDGET=1 npx vitest run test/types/cost.test.ts";

interface Budget {
  /** Percent over the measured figure that pass: versions of TypeScript and zod differ a little. */
  readonly headroomPercent: number;
  /** By program: measured when the file was written. */
  readonly instantiations: { readonly [program: string]: number };
}

const budget = JSON.parse(readFileSync(budgetFile, "utf8")) as Budget;
const programs: readonly (readonly [string, TypeProgram])[] = Object.entries(typePrograms);
const measured = new Map<string, number>();
const own = (name: string): number => (measured.get(name) ?? Number.NaN) - (measured.get("empty") ?? Number.NaN);

beforeAll(() => {
  const checks = new TypeChecks();
  for (const [name, { text }] of programs) {
    const { instantiations, errors } = checks.check(text);
    expect(errors, `the program of ${name} has errors`).toEqual([]);
    measured.set(name, instantiations);
  }
  if (process.env["UPDATE_TYPE_BUDGET"] === undefined) return;
  const instantiations = Object.fromEntries(
    programs.map(([name]) => [name, name === "empty" ? measured.get(name) : own(name)]),
  );
  writeFileSync(budgetFile, `${JSON.stringify({ ...budget, instantiations }, null, 2)}\n`);
}, 180_000);

test.each(programs.map(([name]) => name))("%s: no more instantiations than budgeted", (name) => {
  const most = (budget.instantiations[name] ?? 0) * (1 + budget.headroomPercent / 100);
  const counted = name === "empty" ? measured.get(name) : own(name);
  expect(counted, howTo).toBeLessThanOrEqual(most);
});

test("the budget names the programs that are measured", () => {
  expect(Object.keys(budget.instantiations), howTo).toEqual(programs.map(([name]) => name));
});

const goals = programs.filter(([, { mostInstantiations }]) => mostInstantiations !== undefined);
test.each(goals)("%s: within the project's goal", (name, { mostInstantiations }) => {
  expect(own(name)).toBeLessThanOrEqual(mostInstantiations ?? 0);
});

describe("twice the program costs no more than 2.3 times as much", () => {
  test.each([
    ["100 steps", "200 steps"],
    ["100 steps in one Chain.of", "200 steps in one Chain.of"],
    ["100 steps by next", "200 steps by next"],
    ["60 service steps", "120 service steps"],
    ["100 keys, 6 levels deep", "200 keys, 6 levels deep"],
  ])("%s, %s", (once, twice) => {
    expect(own(twice) / own(once)).toBeLessThanOrEqual(2.3);
  });
});
