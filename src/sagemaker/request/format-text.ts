import { makeExpression, type Ref } from "../../expression/placeholder.js";
import { type Expression, expressionOf, type FormatText } from "../../expression/tree.js";
import { type Deferred, deferred, isDeferred } from "../../states/deferred.js";
import type { LateText } from "./late-value.js";

/**
 * One text made of parts that are known at different times. Placeholders fill the gaps of a `States.Format`;
 * texts and deferred values stand between them.
 *
 * @example
 * formatText(["s3://bucket/", input.JobName, "/out"]);
 * // States.Format('s3://bucket/{}/out', $$.Execution.Input['JobName'])
 */
export function formatText(parts: readonly LateText[]): Ref<string> {
  const pieces: (string | Deferred<string>)[] = [""];
  const values: Expression[] = [];
  for (const part of parts) {
    const expression = expressionOf(part);
    if (expression === undefined) pieces.push(joined(pieces.pop() ?? "", part as string | Deferred<string>));
    else {
      values.push(expression);
      pieces.push("");
    }
  }
  const text: FormatText = { kind: "format", pieces };
  return makeExpression({ kind: "call", name: "States.Format", arguments: [text, ...values] });
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
