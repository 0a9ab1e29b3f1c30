import { callOfArguments } from "../../expression/call.js";
import { expressionInText } from "../../expression/jsonata-literal.js";
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
  const resolve = async (): Promise<string> => {
    const texts = await Promise.all(parts.map((part) => (isDeferred(part) ? part.resolve() : part)));
    return texts.join("");
  };
  return deferred(label, resolve, async (progress) => {
    await Promise.all(parts.map((part) => (isDeferred(part) ? part.deploy?.(progress) : undefined)));
  });
}

const randomFunctions: readonly string[] = ["States.UUID", "States.MathRandom"];

/**
 * Whether a value is, or may be, another one each time it is evaluated: it must not stand in two places.
 * What JSONata by hand does is not looked at.
 */
export function isRandom(value: unknown): boolean {
  if (typeof value === "string") return expressionInText(value) !== undefined;
  return holds(
    value,
    (node) => node.kind === "jsonata" || (node.kind === "call" && randomFunctions.includes(node.name)),
  );
}

/** Whether an expression is, or has in it, what the test finds. */
export function holds(value: unknown, test: (node: Argument) => boolean): boolean {
  const first = expressionOf(value);
  const waiting: Argument[] = first === undefined ? [] : [first];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (test(node)) return true;
    if (node.kind === "call" || node.kind === "jsonata") waiting.push(...node.arguments);
    else if (node.kind === "list") waiting.push(...node.items);
    else if (node.kind === "object") waiting.push(...node.members.map(([, member]) => member));
  }
  return false;
}
