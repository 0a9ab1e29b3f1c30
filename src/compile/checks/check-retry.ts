import { type Issue, issue, shown } from "../../language/errors.js";
import { jobNames, nameTaken } from "../../language/job-names.js";
import type { Json } from "../../language/json.js";
import { type Node, pathOf } from "../link.js";
import { type EvaluatedText, evaluatedText, hasPart, readsContext } from "./evaluated-text.js";

const resourcePattern = /^arn:[^:]+:states:::(?:aws-sdk:)?sagemaker:([A-Za-z]+)(\.sync)?$/;

/** Refuses a retry of what was accepted under a name that does not change from try to try: the name is taken, so it never succeeds. */
export function checkRetry(node: Node, state: Readonly<Record<string, Json>>, issues: Issue[]): void {
  const { Resource: resource, Retry: retry, Parameters: parameters, Arguments: given } = state;
  if (retry === undefined || typeof resource !== "string") return;
  const [, call = "", sync] = resourcePattern.exec(resource) ?? [];
  const field = Object.hasOwn(jobNames, call) ? jobNames[call] : undefined;
  if (field === undefined) return;
  const name = constantName((parameters ?? given) as Json, field);
  if (name === undefined) return;
  const retriers = retry as unknown as readonly Retrier[];
  // Without .sync the call ends before the work does: what fails has mostly not been accepted, and may be tried again.
  const failures = sync === undefined ? [nameTaken] : ["States.TaskFailed", "States.Timeout", nameTaken];
  const useless = new Set(failures.map((error) => firstFor(error, retriers, sync === undefined)));
  for (const index of useless) {
    if (index < 0 || retriers[index]?.MaxAttempts === 0) continue;
    const errors = retriers[index]?.ErrorEquals.join(", ");
    const message = `expected another ${field} at each try, got ${shown(name)}, which is taken when ${errors} is retried`;
    issues.push(issue("retry_of_taken_name", [...pathOf(node), "Retry", index], message));
  }
}

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
}

/** The place of the first retrier that matches an error, which is the one that counts; -1: none. */
function firstFor(error: string, retriers: readonly Retrier[], isByName: boolean): number {
  return retriers.findIndex(({ ErrorEquals: names }) => {
    if (names.includes(error)) return true;
    if (isByName) return false;
    return names.includes("States.ALL") || (names.includes("States.TaskFailed") && error !== "States.Timeout");
  });
}

/** The name as it stands in the request, where it is the same at each try. */
function constantName(request: Json, field: string): string | undefined {
  if (typeof request !== "object" || request === null || Array.isArray(request)) return undefined;
  const members = request as { readonly [key: string]: Json };
  const key = Object.hasOwn(members, field) ? field : `${field}.$`;
  const value = members[key];
  // A value that only the deployment knows is a constant too; it is checked again when it is known.
  if (typeof value !== "string") return undefined;
  const evaluated = evaluatedText(key, value);
  return evaluated !== undefined && changes(evaluated) ? undefined : value;
}

/** Whether another try gives another value. What a state reads is the same at each try, but for the number of the try. */
function changes({ language, text }: EvaluatedText): boolean {
  if (language === "JSONata") return changing.test(text);
  const isNew = hasPart(text, (part) =>
    part.kind === "call"
      ? part.name === "States.UUID" || (part.name === "States.MathRandom" && part.arguments.length < 3)
      : readsContext(part, ["State", "RetryCount"]),
  );
  return isNew ?? text.includes("$$");
}

const changing = /\$(?:uuid|random|now|millis)\s*\(|RetryCount|\$states(?!\s*\.)/;
