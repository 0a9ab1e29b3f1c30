import { expect, test } from "vitest";
import { programArguments, readHyperParameters } from "../../src/local/training/hyperparameters.js";

// What Python's containers print for the same texts.
const cases = [
  ["plain text", "plain text"],
  ['"quoted"', "quoted"],
  ["3", "3"],
  ["1.0", "1.0"],
  ["12345678901234567890", "12345678901234567890"],
  ["true", "True"],
  ["null", ""],
  ['[1, true, null, "it\'s"]', '[1, True, None, "it\'s"]'],
  ['{"b": [1], "a": "x"}', "a=x,b=[1]"],
  ['[{"a": 1}]', "[{'a': 1}]"],
] as const;

test.each(cases)("%s is the argument %s", (text, argument) => {
  expect(programArguments(readHyperParameters(new Map([["key", text]])))).toEqual(["--key", argument]);
});

test("arguments come by name, one letter after one hyphen", () => {
  const texts = new Map([
    ["b", "1"],
    ["alpha", "2"],
  ]);
  expect(programArguments(readHyperParameters(texts))).toEqual(["--alpha", "2", "-b", "1"]);
});
