import { expect, test } from "vitest";
import { readableCause, readableFailure } from "../../src/workflow/readable-cause.js";

const cases = [
  { name: "a text", cause: "the file is empty", words: "the file is empty" },
  {
    name: "a job that failed",
    cause: JSON.stringify({
      ProcessingJobName: "j",
      FailureReason: "AlgorithmError: , exit code: 3",
      ExitMessage: "no rows",
    }),
    words: "AlgorithmError: , exit code: 3 (exit message: no rows)",
  },
  { name: "a function that threw", cause: JSON.stringify({ errorMessage: "no", errorType: "Error" }), words: "no" },
  { name: "JSON without a reason", cause: '{"a":1}', words: '{"a":1}' },
  { name: "something that only begins like JSON", cause: "{oops", words: "{oops" },
];

test.each(cases)("$name", ({ cause, words }) => {
  expect(readableCause(cause)).toBe(words);
});

test("error and cause make one line, and nothing makes nothing", () => {
  expect([readableFailure("E", "c"), readableFailure("E", undefined), readableFailure(undefined, undefined)]).toEqual([
    "E: c",
    "E",
    "",
  ]);
});
