import { describe, expect, test } from "vitest";
import type { ValidationIssue } from "../../src/validate/issue.js";
import type { Item } from "../conformance/definitions/items.js";
import { isAt } from "../conformance/definitions/places.js";
import { recordedDifference } from "../conformance/definitions/recorded.js";

const issue = (pointer: string, location?: string, message = "no"): ValidationIssue => ({
  severity: "error",
  code: "SCHEMA_VALIDATION_FAILED",
  message,
  pointer,
  ...(location === undefined ? {} : { location }),
  hint: "mend it",
});

describe("an issue is at the place of the data", () => {
  const cases = [
    { name: "by its pointer", pointer: "/States/A/Next", expected: "/States/A/Next", is: true },
    { name: "with a name that has a slash", pointer: "/States/A~1~0B/Next", expected: "/States/A/~B/Next", is: true },
    {
      name: "by AWS's place",
      pointer: "/x",
      location: "/States/C/Choices[0]/Next",
      expected: "/States/C/Choices/0/Next",
      is: true,
    },
    { name: "as the whole, by AWS's place", pointer: "/x", location: "/", expected: "", is: true },
    { name: "as the whole, by its pointer", pointer: "", expected: "/", is: true },
    {
      name: "deeper in a field of a state",
      pointer: "/States/A/Parameters/b.$",
      expected: "/States/A/Parameters",
      is: true,
    },
    { name: "not deeper in a state", pointer: "/States/A/Parameters", expected: "/States/A", is: false },
    { name: "not deeper in a rule", pointer: "/States/A/Choices/0/Next", expected: "/States/A/Choices/0", is: false },
    {
      name: "not deeper in a processor",
      pointer: "/States/A/Iterator/States/B",
      expected: "/States/A/Iterator",
      is: false,
    },
    { name: "not deeper in the whole", pointer: "/States/A", expected: "/", is: false },
    {
      name: "not at a field whose name begins the same",
      pointer: "/States/A/NextX",
      expected: "/States/A/Next",
      is: false,
    },
    { name: "not outside of it", pointer: "/States/A", expected: "/States/A/Next", is: false },
  ];

  test.each(cases)("$name", ({ pointer, location, expected, is }) => {
    expect(isAt(issue(pointer, location), expected)).toBe(is);
  });
});

describe("what AWS said is compared", () => {
  const item = (more: Partial<Item>): Item => ({
    id: "a",
    file: "a.json",
    verdict: "invalid",
    verdict_source: "aws",
    workflow_type: "STANDARD",
    ...more,
  });
  const told = "SCHEMA_VALIDATION_FAILED: no at /States/A";
  const diagnostics = [{ severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", message: "no", location: "/States/A" }];
  const reported = { verdict_source: "aws-reported", location: "/States/A" };

  const cases = [
    { name: "as the creation's text", item: item({ aws_message: told }), same: true },
    { name: "as another text", item: item({ aws_message: "SCHEMA_VALIDATION_FAILED: no at /States/B" }), same: false },
    { name: "as diagnostics", item: item({ aws_message: "no", diagnostics }), same: true },
    { name: "as more diagnostics", item: item({ diagnostics: [...diagnostics, ...diagnostics] }), same: false },
    {
      name: "as a report",
      item: item({ aws_message: "SCHEMA_VALIDATION_FAILED: no (and more)", ...reported }),
      same: true,
    },
    {
      name: "as a report of the code alone",
      item: item({ aws_message: "SCHEMA_VALIDATION_FAILED (so)", ...reported }),
      same: true,
    },
    {
      name: "as a report of another code",
      item: item({ aws_message: "INVALID_RESOURCE: no", ...reported }),
      same: false,
    },
    { name: "as a report in other words", item: item({ aws_message: "it is refused", ...reported }), same: true },
  ];

  test.each(cases)("$name", ({ item, same }) => {
    expect(recordedDifference(item, [issue("/States/A", "/States/A")]) === undefined).toBe(same);
  });
});
