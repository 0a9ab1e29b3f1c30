import { describe, expect, test } from "vitest";
import { type CaseResult, parseExpectations, report, surprises } from "../conformance/suite.js";

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

  test("refuses a line that it cannot read", () => {
    expect(() => parseExpectations("a: because")).toThrow("expected");
  });
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
