import { described } from "../expression/described.js";
import type { IntegrationPattern } from "../language/arn.js";
import { shown } from "../language/errors.js";
import type { Problems } from "./problems.js";

/** The Python SDK's names for a choice of two patterns: waiting in this way, or `REQUEST_RESPONSE`. */
export type PatternAlias = keyof typeof aliases;

const aliases = { waitForCompletion: "RUN_JOB", waitForCallback: "WAIT_FOR_TASK_TOKEN" } as const;

/** The pattern of a call: the given one, or the one that waits for the job's end where the action has it. */
export function patternOf(
  given: { readonly [K in PatternAlias | "integrationPattern"]?: unknown },
  patterns: readonly IntegrationPattern[],
  alias: PatternAlias | undefined,
  problems: Problems,
): IntegrationPattern {
  const { integrationPattern } = given;
  const flag = alias === undefined ? undefined : given[alias];
  if (alias !== undefined && flag !== undefined) {
    if (integrationPattern !== undefined) {
      problems.add("conflicting_options", ["integrationPattern"], `${alias} and integrationPattern are both set`);
    }
    if (typeof flag === "boolean") return flag ? aliases[alias] : "REQUEST_RESPONSE";
    problems.add("invalid_argument", [alias], `expected true or false, got ${described(flag)}`);
  }
  const otherwise = patterns.includes("RUN_JOB") ? "RUN_JOB" : "REQUEST_RESPONSE";
  const found = patterns.find((pattern) => pattern === integrationPattern);
  if (found !== undefined || integrationPattern === undefined) return found ?? otherwise;
  const message = `expected ${patterns.map(shown).join(" or ")}, got ${described(integrationPattern)}`;
  problems.add("invalid_argument", ["integrationPattern"], message, "use a pattern that the action has");
  return otherwise;
}
