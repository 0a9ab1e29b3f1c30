import { type JsonataReading, readJsonata } from "./jsonata-reading.js";
import { parseJsonata } from "./jsonata-tree.js";
import { readSimpleJsonata } from "./simple-jsonata.js";

/** What AWS says about an expression when a state machine is created, in AWS's words where they are known. */
export interface JsonataProblem {
  readonly code: "INVALID_JSONATA_EXPRESSION" | "UNSUPPORTED_JSONATA_EXPRESSION";
  readonly message: string;
}

/** What AWS says about an expression, and what the expression reads. */
export interface JsonataInspection {
  readonly problems: readonly JsonataProblem[];
  /** Variables that are read, without their dollar: neither `$states`, nor the functions, nor what the expression binds itself. */
  readonly variables: readonly string[];
  /** Members of `$states` that are read. */
  readonly states: readonly string[];
}

/**
 * Says what AWS says about a JSONata expression when a state machine is created: its syntax, and what it reads that AWS has no value for. That
 * `$eval` is missing AWS finds out only while it runs.
 *
 * @param source - the expression without `{% %}`
 * @param hidden - members of `$states` that are not there where the expression stands
 * @returns all problems in writing order. Never throws, never evaluates anything.
 */
export function inspectJsonata(source: string, hidden: readonly string[] = []): JsonataInspection {
  const inspection = readSimpleJsonata(source) ?? inspectByParser(source);
  const missing = hidden.filter((member) => inspection.states.includes(member)).map(missingMember);
  return missing.length === 0 ? inspection : { ...inspection, problems: [...inspection.problems, ...missing] };
}

/** The same by the parser alone, where {@link readSimpleJsonata} does not know the expression. */
export function inspectByParser(source: string): JsonataInspection {
  const parsed = parseJsonata(source);
  if ("problem" in parsed) {
    const { message } = parsed.problem;
    return { problems: [{ code: "INVALID_JSONATA_EXPRESSION", message }], variables: [], states: [] };
  }
  const reading = readJsonata(parsed.tree);
  return { problems: unsupported(reading).map(problem), variables: reading.variables, states: reading.states };
}

function problem(message: string): JsonataProblem {
  return { code: "UNSUPPORTED_JSONATA_EXPRESSION", message };
}

/** What AWS says of a member of `$states` that is not there. */
export function missingMember(member: string): JsonataProblem {
  return problem(`Field '$states.${member}' does not exist.`);
}

function unsupported({ unanchored, readsRoot, assignsStates }: JsonataReading): readonly string[] {
  return [
    // AWS lets `*` and `**` pass, though they find nothing.
    ...unanchored
      .filter((name) => name !== "*")
      .map((name) => `Reference to '${name}' at the top level is not supported.`),
    ...(readsRoot ? ["Reference to '$$' is not supported."] : []),
    ...(assignsStates ? ["$states cannot be assigned"] : []),
  ];
}
