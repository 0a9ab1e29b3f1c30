import { percentage } from "../suite.js";
import { isFinal, isHistoryEqual, type Stage, stages, type Verdict } from "./stages.js";

/** A verdict with what the report tells it apart by. */
export interface Judged {
  readonly group: string;
  readonly isUndated: boolean;
  /** AWS has changed since; it is compared with what AWS would do now. */
  readonly isOlder: boolean;
  readonly verdict: Verdict;
}

interface Count {
  readonly passed: number;
  readonly total: number;
}

/** The counts of one group: of each stage, of the final result, of the history, of the failing cases' error and cause. */
export type Counts = Readonly<Record<Stage | "final" | "history" | "errorAndCause", Count>>;

function count(judged: readonly Judged[], isMeant: (one: Verdict) => boolean, holds: (one: Verdict) => boolean): Count {
  const meant = judged.filter(({ verdict }) => isMeant(verdict));
  return { passed: meant.filter(({ verdict }) => holds(verdict)).length, total: meant.length };
}

export function countsOf(judged: readonly Judged[]): Counts {
  const ofStages = stages.map((stage) => [
    stage,
    count(
      judged,
      ({ applies }) => applies.has(stage),
      ({ reasons }) => reasons[stage] === undefined,
    ),
  ]);
  return {
    ...(Object.fromEntries(ofStages) as Record<Stage, Count>),
    final: count(judged, ({ applies }) => applies.has("status"), isFinal),
    history: count(judged, ({ applies }) => applies.has("types"), isHistoryEqual),
    errorAndCause: count(
      judged,
      ({ applies }) => applies.has("error"),
      ({ reasons }) => reasons.error === undefined && reasons.cause === undefined,
    ),
  };
}

const columns = ["cases", ...stages, "final", "history", "error and cause"];

/** The report: a line for each group, a column for each stage; hints stand apart. */
export function table(judged: readonly Judged[]): readonly string[] {
  const groups = [...new Set(judged.map(({ group }) => group))];
  const rows = groups.flatMap((group) => {
    const ofGroup = judged.filter((one) => one.group === group);
    const undated = ofGroup.filter(({ isUndated }) => isUndated);
    const dated = ofGroup.filter(({ isUndated }) => !isUndated);
    return [rowOf(group, dated), ...(undated.length === 0 ? [] : [rowOf(`${group}, undated`, undated)])];
  });
  return aligned([["group", ...columns], ...rows]);
}

function rowOf(name: string, judged: readonly Judged[]): readonly string[] {
  const counts = countsOf(judged);
  const cells = [...stages, "final", "history", "errorAndCause"].map((column) => cell(counts[column as keyof Counts]));
  return [name, String(judged.length), ...cells];
}

function cell({ passed, total }: Count): string {
  return total === 0 ? "-" : `${passed}/${total} ${percentage(passed, total)}`;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
