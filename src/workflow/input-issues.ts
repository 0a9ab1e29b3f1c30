import { schemaAsJson } from "../expression/execution-input.js";
import { validateInput } from "../expression/validate-input.js";
import { type Issue, issue } from "../language/errors.js";
import { limits } from "../language/limits.js";
import { inputIssue } from "./errors.js";
import type { WorkflowOptions } from "./workflow-options.js";

/** What is wrong with the input of an execution: its size, and what the schema says of it. */
export function inputIssues(
  expected: WorkflowOptions<unknown, unknown>["input"],
  input: unknown,
  text: string | undefined,
): readonly Issue[] {
  const size = Buffer.byteLength(text ?? "");
  if (size > limits.payloadBytes) {
    const message = `expected at most ${limits.payloadBytes} bytes, got ${size}`;
    return [issue("invalid_input", [], message, "put the data on S3")];
  }
  if (expected === undefined) return [];
  const result = validateInput(expected, input);
  return result.valid ? [] : [inputIssue(result, schemaAsJson(expected))];
}
