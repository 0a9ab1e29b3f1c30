// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of CloudFormation.
import { describe, expect, test } from "vitest";
import { validate } from "../../src/validate/validate.js";

const open = "${If}";
const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f", End: true };
const pass = { Type: "Pass", Result: 1, End: true };
const choice = { Type: "Choice", Default: "B" };

function machine(state: unknown): object {
  return { StartAt: "A", States: { A: state, B: pass } };
}

describe("a part that is not known yet", () => {
  test.each([
    { name: "Retry", definition: machine({ ...task, End: undefined, Next: "B", Retry: open }) },
    { name: "a rule of Retry", definition: machine({ ...task, End: undefined, Next: "B", Retry: [open] }) },
    { name: "Catch", definition: machine({ ...task, Catch: open }) },
    { name: "a rule of Catch", definition: machine({ ...task, Catch: [open] }) },
    { name: "a state", definition: machine(open) },
    {
      name: "the state that is led to",
      definition: { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: open } },
    },
    { name: "States", definition: { StartAt: "A", States: open } },
    { name: "Choices", definition: machine({ ...choice, Choices: open }) },
    { name: "a rule of Choices", definition: machine({ ...choice, Choices: [open] }) },
    { name: "And", definition: machine({ ...choice, Choices: [{ And: open, Next: "B" }] }) },
    { name: "Not", definition: machine({ ...choice, Choices: [{ Not: open, Next: "B" }] }) },
    { name: "Branches", definition: machine({ Type: "Parallel", Branches: open, Next: "B" }) },
    { name: "a branch", definition: machine({ Type: "Parallel", Branches: [open], Next: "B" }) },
    { name: "a processor", definition: machine({ Type: "Map", ItemProcessor: open, Next: "B" }) },
    { name: "End", definition: machine({ ...pass, End: open }) },
  ])("may be what its place wants: $name", ({ definition }) => {
    const given = JSON.parse(JSON.stringify(definition)) as object;
    expect(validate(given, { substitutions: true })).toEqual([]);
    expect(validate(given)).not.toEqual([]);
  });
});
