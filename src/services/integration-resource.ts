import { described } from "../expression/described.js";
import { type Partitioned, partitioned } from "../states/partitioned.js";
import type { Problems } from "./problems.js";

/** `Resource` of a call; without a partition of its own, it stands in the workflow's. */
export function integrationResource(
  arnIn: (partition: string) => string,
  partition: unknown,
  problems: Problems,
): string | Partitioned {
  if (partition === undefined) return partitioned(arnIn);
  if (typeof partition === "string" && /^aws(-[a-z]+)*$/.test(partition)) return arnIn(partition);
  const message = `expected a partition such as "aws" or "aws-cn", got ${described(partition)}`;
  problems.add("invalid_text", ["partition"], message);
  return arnIn("aws");
}
