import { describe, expect, test } from "vitest";
import type { ValidationIssue } from "../../src/validate/issue.js";
import type { Item } from "../conformance/definitions/items.js";
import { isAt } from "../conformance/definitions/places.js";
import { recordedDifference } from "../conformance/definitions/recorded.js";
import { definitions } from "../conformance/definitions/suite.js";
import { surprises } from "../conformance/suite.js";
import { temporaryFiles } from "./temporary-files.js";

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
  const told = "SCHEMA_VALIDATION_FAILED: '$$' at /States/A";
  const diagnostics = [{ severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", message: "'$$'", location: "/States/A" }];
  const reported = { verdict_source: "aws-reported", location: "/States/A" };

  const cases = [
    { name: "as the creation's text", item: item({ aws_message: told }), same: true },
    {
      name: "as another text",
      item: item({ aws_message: "SCHEMA_VALIDATION_FAILED: '$$' at /States/B" }),
      same: false,
    },
    { name: "as diagnostics", item: item({ aws_message: "'$$'", diagnostics }), same: true },
    { name: "as more diagnostics", item: item({ diagnostics: [...diagnostics, ...diagnostics] }), same: false },
    {
      name: "as a report",
      item: item({ aws_message: "SCHEMA_VALIDATION_FAILED: '$$' (and more)", ...reported }),
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
    {
      name: "as a report in words that nobody compares",
      item: item({ aws_message: "so it is", ...reported }),
      same: false,
    },
    { name: "as a report of what is refused", item: item({ aws_message: "$$ is refused", ...reported }), same: true },
    { name: "as a report of something else", item: item({ aws_message: "$x is refused", ...reported }), same: false },
    {
      name: "as a report of another code beside it",
      item: item({ aws_message: "SCHEMA_VALIDATION_FAILED: '$$' (and MISSING_END_STATE)", ...reported }),
      same: false,
    },
  ];

  test.each(cases)("$name", ({ item, same }) => {
    expect(recordedDifference(item, [issue("/States/A", "/States/A", "'$$'")]) === undefined).toBe(same);
  });
});

describe("no case drops out", () => {
  const done = { Type: "Pass", End: true };
  const machine = { StartAt: "A", States: { A: done } };
  const item = { id: "a", file: "a.json", verdict_source: "upstream-tests", workflow_type: "STANDARD" };
  const accepted = { verdict: "invalid", location: "/States/A" };
  const mutant = { id: "m", code: "none", certainty: "spec", location: "/States/A", workflow_type: "STANDARD" };
  const warned = { StartAt: "A", States: { A: { ...done, Result: { "a.$": "$.b" } } } };
  const warning = { severity: "WARNING", code: "PASS_RESULT_IS_STATIC", message: "other words", location: "/States/A" };

  async function failures(one: object, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const folder = temporaryFiles({ "manifest.json": JSON.stringify({ items: [{ ...item, ...one }] }), ...files });
    const results = await definitions.run(folder);
    return results.flatMap((result) => (result.passed ? [] : [`${result.group}: ${result.stage}`]));
  }

  const cases = [
    {
      name: "an invalid definition that is accepted has no error at the place",
      one: accepted,
      files: { "a.json": JSON.stringify(machine) },
      failed: ["upstream-tests: invalid accepted", "locations: location"],
    },
    {
      name: "a mutant that is accepted has none either",
      one: { verdict: "valid" },
      files: {
        "a.json": JSON.stringify(machine),
        "mutants.jsonl": JSON.stringify({ ...mutant, definition: machine }),
      },
      failed: ["mutants-spec: invalid accepted", "mutant-locations: location"],
    },
    { name: "a file that is missing fails its item", one: accepted, files: {}, failed: ["upstream-tests: data"] },
    {
      name: "AWS's words of a valid definition are compared",
      one: { verdict: "valid", diagnostics: [warning] },
      files: { "a.json": JSON.stringify(warned) },
      failed: ["recorded: words"],
    },
    {
      name: "a disputed verdict is no other than the rest",
      one: { verdict: "invalid", disputed: "in doubt" },
      files: { "a.json": JSON.stringify(machine) },
      failed: ["disputed: invalid accepted"],
    },
  ];

  test.each(cases)("$name", async ({ one, files, failed }) => {
    expect(await failures(one, files)).toEqual(failed);
  });

  test("and an unlisted failure of a disputed one is unexpected", () => {
    const result = { id: "a", group: "disputed", passed: false, stage: "invalid accepted", reason: "so" } as const;
    expect(surprises([result], [], definitions.goals)).toHaveLength(1);
  });
});
