import { type Issue, issue, shown } from "../language/errors.js";
import { argumentOf } from "./argument.js";
import { callOfArguments } from "./call.js";
import { checkArguments } from "./intrinsic-signatures.js";
import type { Param, Ref } from "./placeholder.js";
import { type Argument, isLate, type TextPart } from "./tree.js";

/** A text that is known when the workflow is deployed: a `Deferred` of src/states. */
interface DeployedText {
  readonly label: string;
  resolve(): Promise<string>;
}

/**
 * A text with values in it that are known while the state machine runs.
 *
 * @throws {@link DefinitionError} at `compile()`: `invalid_argument`.
 * @example
 * text`s3://${input.bucket}/${input.key}`;
 * // JSONPath: States.Format('s3://{}/{}', $$.Execution.Input['bucket'], $$.Execution.Input['key'])
 * // JSONata: 's3://' & $states.context.Execution.Input.bucket & '/' & $states.context.Execution.Input.key
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (Param<string | number | boolean> | DeployedText)[]
): Ref<string> {
  const problems: Issue[] = [];
  const pieces: TextPart[][] = [[]];
  const args: Argument[] = [];
  if (!Array.isArray(strings)) {
    const message = `text is the tag of a template, got ${shown(strings)}`;
    problems.push(issue("invalid_argument", [], message, "put the template after it, without brackets"));
  }
  const written = Array.isArray(strings) ? strings : [];
  for (const [position, part] of written.entries()) {
    // An escape such as \u{zz} gives no text.
    if (part === undefined) problems.push(issue("invalid_argument", [], "the template has an escape that is none"));
    else append(pieces, part);
    if (position === written.length - 1) break;
    const value: unknown = values[position];
    if (isLate(value)) append(pieces, value);
    else addValue(argumentOf(value, [], problems), pieces, args);
  }
  const all: Argument[] = [{ kind: "format", pieces: pieces.map(joined) }, ...args];
  checkArguments("States.Format", all, problems);
  return callOfArguments("States.Format", all, problems);
}

/** What is known now becomes part of the text; a gap stands for the rest. */
function addValue(argument: Argument, pieces: TextPart[][], args: Argument[]): void {
  if (argument.kind === "literal" && typeof argument.value !== "object") {
    append(pieces, String(argument.value));
  } else {
    args.push(argument);
    pieces.push([]);
  }
}

function append(pieces: TextPart[][], part: TextPart): void {
  pieces.at(-1)?.push(part);
}

function joined(parts: readonly TextPart[]): string | readonly TextPart[] {
  return parts.every((part) => typeof part === "string") ? parts.join("") : parts;
}
