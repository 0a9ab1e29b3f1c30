import { type Issue, issue } from "../language/errors.js";
import { argumentOf, extentOver } from "./argument.js";
import { checkArguments, type IntrinsicName } from "./intrinsic-signatures.js";
import { makeExpression, type Ref } from "./placeholder.js";
import type { Argument } from "./tree.js";

/** A placeholder of what an intrinsic function makes of the given values. What is wrong with them is kept for the compiler. */
export function callOf<T>(name: IntrinsicName, given: readonly unknown[], found: readonly Issue[] = []): Ref<T> {
  const problems = [...found];
  // The functions of the object `States` pass what they were given: a missing argument is `undefined`.
  const args = given.map((value, position) => {
    if (value !== undefined) return argumentOf(value, [], problems);
    problems.push(issue("invalid_argument", [], `${name} needs a value as argument ${position + 1}, got undefined`));
    return { kind: "literal", value: null } as const;
  });
  if (problems.length === 0) checkArguments(name, args, problems);
  return callOfArguments(name, args, problems);
}

/** As {@link callOf}, for arguments that are part of a tree already. */
export function callOfArguments<T>(name: IntrinsicName, args: readonly Argument[], problems: Issue[]): Ref<T> {
  const extent = extentOver(args, problems);
  return makeExpression<T>({
    kind: "call",
    name,
    // What is too large is reported as a whole and never walked.
    arguments: Number.isFinite(extent.depth) ? args : [],
    extent,
    ...(problems.length === 0 ? {} : { problems }),
  });
}
