/** How one case went: `failed` with the stage at which and the reason why. */
export type CaseResult =
  | { readonly id: string; readonly group: string; readonly passed: true }
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
  run(folder: string): Promise<readonly CaseResult[]>;
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

/** Failures that are not on the list, and passes that are on it by id. */
export function surprises(results: readonly CaseResult[], expected: readonly Expectation[]): readonly Surprise[] {
  return results.flatMap((result): readonly Surprise[] => {
    const { id } = result;
    const listed = expected.find(({ kind, name }) => name === (kind === "id" ? id : result.group));
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

/** A line for each group: how many of it pass, and why the others are not expected to. */
export function groupLines({ groups }: Report, expected: readonly Expectation[]): readonly string[] {
  return Object.entries(groups).map(([group, { passed, total }]) => {
    const listed = expected.find(({ kind, name }) => kind === "group" && name === group);
    const count = `${group.padEnd(20)} ${String(passed).padStart(4)} / ${String(total).padEnd(4)}`;
    return listed === undefined ? count.trimEnd() : `${count}  listed: ${listed.reason}`;
  });
}
