import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  type CaseResult,
  groupLines,
  listedFailures,
  missedGoals,
  parseExpectations,
  report,
  surprises,
  unmatched,
} from "../conformance/suite.js";
import { temporaryFiles } from "./temporary-files.js";

const passed = (id: string, group = "g"): CaseResult => ({ id, group, passed: true });
const failed = (id: string, group = "g"): CaseResult => ({
  id,
  group,
  passed: false,
  stage: "compare",
  reason: "differs",
});

describe("the list of expected failures", () => {
  const expected = parseExpectations("# comment\n\nid a: not built\ngroup later: comes later\n");

  const cases = [
    { name: "a listed failure is no surprise", results: [failed("a")], surprising: [] },
    { name: "a failure of a listed group is no surprise", results: [failed("b", "later")], surprising: [] },
    { name: "a pass in a listed group is no surprise", results: [passed("b", "later")], surprising: [] },
    { name: "an unlisted pass is no surprise", results: [passed("b")], surprising: [] },
    { name: "an unlisted failure is one", results: [failed("b")], surprising: ["b"] },
    { name: "a pass of a listed id is one", results: [passed("a")], surprising: ["a"] },
  ];

  test.each(cases)("$name", ({ results, surprising }) => {
    expect(surprises(results, expected).map(({ id }) => id)).toEqual(surprising);
  });

  test("names a line of the list that speaks of no case", () => {
    expect(unmatched([failed("b", "later")], expected).map(({ id }) => id)).toEqual(["a"]);
  });

  test("says how many of a listed group pass, and why the others need not", () => {
    const results = [passed("b", "later"), failed("c", "later"), passed("d")];
    expect(groupLines(report("s", results), expected)).toEqual([
      "later                   1 / 2     listed: comes later",
      "g                       1 / 1",
    ]);
  });

  test("refuses a line that it cannot read", () => {
    expect(() => parseExpectations("a: because")).toThrow("expected");
  });
});

describe("a group with a goal", () => {
  const results = [passed("a"), passed("b"), passed("c"), failed("d")];

  test("has no single failure that is unexpected", () => {
    expect(surprises(results, [], { g: 75 })).toEqual([]);
  });

  test.each([
    { goal: 75, missed: [] },
    { goal: 76, missed: ["g"] },
  ])("is missed where fewer pass than $goal %: $missed", ({ goal, missed }) => {
    expect(missedGoals(report("s", results), { g: goal })).toEqual(missed);
  });

  test("says how much of it passes", () => {
    expect(groupLines(report("s", results), [], { g: 76 })).toEqual([
      "g                       3 / 4     75.0 %, goal ≥ 76 %  MISSED",
    ]);
  });
});

test("a failure counts as listed by its id or by its group", () => {
  const expected = parseExpectations("id a: not built\ngroup later: comes later\n");
  expect(listedFailures([failed("a"), failed("b", "later"), failed("c"), passed("d", "later")], expected)).toBe(2);
});

test("the report counts by group and names what failed", () => {
  expect(report("s", [passed("a"), failed("b"), failed("c", "h")])).toEqual({
    suite: "s",
    total: 3,
    passed: 1,
    groups: { g: { total: 2, passed: 1 }, h: { total: 1, passed: 0 } },
    failed: [
      { id: "b", stage: "compare", reason: "differs" },
      { id: "c", stage: "compare", reason: "differs" },
    ],
  });
});

describe("the door", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));

  function door(...args: readonly string[]): { status: number | null; out: string; err: string } {
    const command = ["--import", "tsx", "test/conformance/main.ts", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
    return { status, out: stdout, err: stderr };
  }

  /** The line of the result, and nothing of a stack trace. */
  const oneLine = expect.stringMatching(/^[^\n]+\n$/);

  const useless = [
    { name: "data that are not there", files: undefined },
    { name: "a folder without cases.json", files: { "other.json": "{}" } },
    { name: "a file without cases", files: { "cases.json": '{"cases":[]}' } },
    { name: "a file that is not JSON", files: { "cases.json": "{" } },
  ];

  test.each(useless)("refuses $name with exit code 2 and one line", ({ files }) => {
    const folder = files === undefined ? "nowhere/at/all" : temporaryFiles(files);
    const { status, out, err } = door("--suite", "python-sdk", "--data", folder, "--json");
    expect([status, out, err]).toEqual([2, "", oneLine]);
  });

  test("counts the cases of other data, and does not miss there what its list speaks of", () => {
    const one = {
      id: "x",
      group: "states",
      python: "",
      args: { program: [["let", "p", { $new: "Pass", args: ["A"] }]], emit: ["state", { $ref: "p" }] },
      expected: { Type: "Pass", End: true },
    };
    const folder = temporaryFiles({ "cases.json": JSON.stringify({ cases: [one] }) });
    const { status, out } = door("--suite", "python-sdk", "--data", folder, "--json");
    expect(out).toContain("0 unexpected results");
    expect([status, JSON.parse(out.trim().split("\n").at(-1) ?? "")]).toEqual([
      0,
      { suite: "python-sdk", total: 1, passed: 1, groups: { states: { total: 1, passed: 1 } }, failed: [] },
    ]);
  });
});
