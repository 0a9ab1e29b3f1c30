import { callOfArguments } from "../../expression/call.js";
import type { Ref } from "../../expression/placeholder.js";
import { type Argument, type Expression, expressionOf, type FormatText } from "../../expression/tree.js";
import { type Deferred, deferred, isDeferred } from "../../states/deferred.js";
import type { LateText } from "./late-value.js";

/**
 * One text made of parts that are known at different times. Placeholders fill the gaps of a `States.Format`;
 * texts and deferred values stand between them. What is a text with gaps itself becomes part of this one.
 *
 * @example
 * formatText(["s3://bucket/", input.JobName, "/out"]);
 * // States.Format('s3://bucket/{}/out', $$.Execution.Input['JobName'])
 */
export function formatText(parts: readonly LateText[]): Ref<string> {
  const pieces: (string | Deferred<string>)[] = [""];
  const values: Argument[] = [];
  const append = (piece: unknown): void => {
    pieces.push(joined(pieces.pop() ?? "", piece as string | Deferred<string>));
  };
  const leaveGap = (value: Argument): void => {
    values.push(value);
    pieces.push("");
  };
  for (const part of parts) {
    const expression = expressionOf(part);
    const inner = expression && filledText(expression);
    if (expression === undefined) append(part);
    else if (inner === undefined) leaveGap(expression);
    else {
      for (const [index, piece] of inner.pieces.entries()) {
        const value = inner.values[index - 1];
        if (value !== undefined) leaveGap(value);
        for (const text of [piece].flat()) append(text);
      }
    }
  }
  const text: FormatText = { kind: "format", pieces };
  return callOfArguments("States.Format", [text, ...values], []);
}

/** The pieces of a text with gaps, and what fills them. */
function filledText(
  expression: Expression,
): { readonly pieces: FormatText["pieces"]; readonly values: readonly Argument[] } | undefined {
  if (expression.kind !== "call" || expression.name !== "States.Format" || expression.problems !== undefined)
    return undefined;
  const [template, ...values] = expression.arguments;
  return template?.kind === "format" ? { pieces: template.pieces, values } : undefined;
}

function joined(left: string | Deferred<string>, right: string | Deferred<string>): string | Deferred<string> {
  if (left === "") return right;
  if (right === "") return left;
  if (!isDeferred(left) && !isDeferred(right)) return left + right;
  return joinedLater(left, right);
}

function joinedLater(left: string | Deferred<string>, right: string | Deferred<string>): Deferred<string> {
  const parts = [left, right];
  const label = parts.map((part) => (isDeferred(part) ? part.label : part)).join("");
  return deferred(label, async () => {
    const texts = await Promise.all(parts.map((part) => (isDeferred(part) ? part.resolve() : part)));
    return texts.join("");
  });
}

/** Whether an expression gives another value each time it is evaluated: it must not stand in two places. */
export function isRandom(value: unknown): boolean {
  const first = expressionOf(value);
  const waiting = first === undefined ? [] : [first];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (current.kind !== "call") continue;
    if (current.name === "States.UUID" || current.name === "States.MathRandom") return true;
    for (const argument of current.arguments) {
      if (argument.kind === "call" || argument.kind === "reference") waiting.push(argument);
    }
  }
  return false;
}
