/** How one case went: `failed` with the stage at which and the reason why. */
export type CaseResult =
  | { readonly id: string; readonly group: string; readonly passed: true; readonly notes?: readonly string[] }
  | {
      readonly id: string;
      readonly group: string;
      readonly passed: false;
      readonly stage: string;
      readonly reason: string;
    };

/** A body of outside data, and how this library is held against it. */
export interface Suite {
  readonly name: string;
  /** Folder below `../shared/conformance`. */
  readonly folder: string;
  /** Percentage of the cases of a group that have to pass: no single failure of it is unexpected. */
  readonly goals?: Readonly<Record<string, number>>;
  run(folder: string): Promise<readonly CaseResult[]>;
  /** What else is to be told of the results, a line each. */
  remarks?(results: readonly CaseResult[]): readonly string[];
  /** Counts of each group beside how many cases pass, for `--json`. */
  counts?(results: readonly CaseResult[]): Readonly<Record<string, object>>;
}

export interface Expectation {
  /** An id, or all cases of a group. */
  readonly kind: "id" | "group";
  readonly name: string;
  readonly reason: string;
}

export interface Report {
  readonly suite: string;
  readonly total: number;
  readonly passed: number;
  readonly groups: Readonly<Record<string, { total: number; passed: number }>>;
  readonly failed: readonly { readonly id: string; readonly stage: string; readonly reason: string }[];
}

/** Reads a list of expected failures: `id <id>: <reason>` or `group <group>: <reason>`, a line each. */
export function parseExpectations(text: string): readonly Expectation[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const found = /^(id|group) (\S+): (.+)$/.exec(line);
      if (found === null)
        throw new Error(`expected "id <id>: <reason>" or "group <group>: <reason>", got ${JSON.stringify(line)}`);
      const [, kind, name = "", reason = ""] = found;
      return { kind: kind === "id" ? "id" : "group", name, reason };
    });
}

/** Counts the results of a suite. */
export function report(suite: string, results: readonly CaseResult[]): Report {
  const groups: Record<string, { total: number; passed: number }> = {};
  for (const { group, passed } of results) {
    groups[group] ??= { total: 0, passed: 0 };
    groups[group].total++;
    if (passed) groups[group].passed++;
  }
  const failed = results.flatMap((result) =>
    result.passed ? [] : [{ id: result.id, stage: result.stage, reason: result.reason }],
  );
  return { suite, total: results.length, passed: results.length - failed.length, groups, failed };
}

/** What of a suite is not as the list of expected failures says. */
export interface Surprise {
  readonly id: string;
  readonly text: string;
}

function expectationOf({ id, group }: CaseResult, expected: readonly Expectation[]): Expectation | undefined {
  return expected.find(({ kind, name }) => name === (kind === "id" ? id : group));
}

/** Failures that are not on the list, and passes that are on it by id; nothing of groups that have a goal. */
export function surprises(
  results: readonly CaseResult[],
  expected: readonly Expectation[],
  goals: Suite["goals"] = {},
): readonly Surprise[] {
  return results.flatMap((result): readonly Surprise[] => {
    const { id, group } = result;
    if (Object.hasOwn(goals, group)) return [];
    const listed = expectationOf(result, expected);
    if (result.passed)
      return listed?.kind === "id" ? [{ id, text: "passed, but is listed as an expected failure" }] : [];
    return listed === undefined ? [{ id, text: `${result.stage}: ${result.reason}` }] : [];
  });
}

/** Lines of the list that speak of no case: of one that was renamed or misspelt. */
export function unmatched(results: readonly CaseResult[], expected: readonly Expectation[]): readonly Surprise[] {
  const known = { id: new Set(results.map(({ id }) => id)), group: new Set(results.map(({ group }) => group)) };
  return expected
    .filter(({ kind, name }) => !known[kind].has(name))
    .map(({ kind, name }) => ({ id: name, text: `is listed as an expected failure, but no case has this ${kind}` }));
}

/** Number of the failures that are on the list. */
export function listedFailures(results: readonly CaseResult[], expected: readonly Expectation[]): number {
  return results.filter((result) => !result.passed && expectationOf(result, expected) !== undefined).length;
}

/** The groups of which too few pass. */
export function missedGoals({ groups }: Report, goals: Suite["goals"] = {}): readonly string[] {
  return Object.entries(groups)
    .filter(([group, { passed, total }]) => 100 * passed < (goals[group] ?? 0) * total)
    .map(([group]) => group);
}

/** A share as it is printed, such as `97.5 %`; of nothing, all. */
export function percentage(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : (100 * part) / whole).toFixed(1)} %`;
}

/** A line for each group: how many of it pass, what its goal is, and why the others are not expected to. */
export function groupLines(
  report: Report,
  expected: readonly Expectation[],
  goals: Suite["goals"] = {},
): readonly string[] {
  const missed = missedGoals(report, goals);
  return Object.entries(report.groups).map(([group, { passed, total }]) => {
    const listed = expected.find(({ kind, name }) => kind === "group" && name === group);
    const count = `${group.padEnd(20)} ${String(passed).padStart(4)} / ${String(total).padEnd(4)}`;
    if (listed !== undefined) return `${count}  listed: ${listed.reason}`;
    const goal = goals[group];
    if (goal === undefined) return count.trimEnd();
    return `${count}  ${percentage(passed, total)}, goal ≥ ${goal} %${missed.includes(group) ? "  MISSED" : ""}`;
  });
}
