import type { ValidationIssue } from "../../../src/validate/issue.js";
import { validate } from "../../../src/validate/validate.js";
import { type CaseResult, percentage, type Suite } from "../suite.js";
import { type Item, type Mutant, type ReadItem, readItems, readMutants } from "./items.js";
import { isAt, isExactlyAt } from "./places.js";
import { creationText, recordedDifference } from "./recorded.js";

/**
 * Definitions whose verdict is known, and valid ones with one fault put in: whether the validator says the same, and where. The groups
 * are the sources of the verdicts; `recorded` compares AWS's own words.
 */
export const definitions: Suite = {
  name: "definitions",
  folder: "definitions",
  goals: {
    locations: 95,
    "mutants-aws": 100,
    "mutants-spec": 99,
    "mutant-locations": 95,
  },
  async run(folder) {
    const items = (await readItems(folder)).flatMap((read) => [...itemResults(read), ...rawResults(read)]);
    return [...items, ...(await readMutants(folder)).flatMap(mutantResults)];
  },
  remarks(results) {
    return ["locations", "mutant-locations"].flatMap((group) => marks.map((mark) => markedLine(group, mark, results)));
  },
};

/** What is told of a place beside that one of the errors is there, or within the field that is named. */
const marks = ["the first error is there", "an error is exactly there", "the first error is exactly there"] as const;

/** How often a mark stands at the results of a group. */
function markedLine(group: string, mark: (typeof marks)[number], results: readonly CaseResult[]): string {
  const placed = results.filter((result) => result.group === group);
  const marked = placed.filter((result) => result.passed && result.notes?.includes(mark)).length;
  return `${group}: ${mark} in ${marked} of ${placed.length}, ${percentage(marked, placed.length)}`;
}

function itemResults({ item, text }: ReadItem): readonly CaseResult[] {
  const { id, file, verdict, workflow_type: type } = item;
  const group = item.disputed === undefined ? item.verdict_source : "disputed";
  if (text === undefined) return [missingFile(id, group, file)];
  const issues = validate(text, { type });
  return [
    verdictResult(item, group, issues),
    ...(verdict === "valid" ? [] : placeResults(item, "locations", issues)),
    ...recordedResults(item, issues),
  ];
}

function missingFile(id: string, group: string, file: string): CaseResult {
  return { id, group, passed: false, stage: "data", reason: `there is no file ${file}` };
}

/** AWS's words of an item, where they are known. */
function recordedResults(item: Item, issues: readonly ValidationIssue[]): readonly CaseResult[] {
  if (item.aws_message === undefined && item.diagnostics === undefined) return [];
  const [id, group] = [`${item.id}#recorded`, "recorded"];
  const reason = recordedDifference(item, issues);
  return [reason === undefined ? { id, group, passed: true } : { id, group, passed: false, stage: "words", reason }];
}

function verdictResult(item: Item, group: string, issues: readonly ValidationIssue[]): CaseResult {
  const { id, verdict, disputed, reason } = item;
  const errors = errorsOf(issues);
  if ((errors.length === 0) === (verdict === "valid")) return { id, group, passed: true };
  const remark = disputed === undefined ? "" : ` (disputed: ${disputed})`;
  return verdict === "valid"
    ? { id, group, passed: false, stage: "valid refused", reason: creationText(issues) + remark }
    : { id, group, passed: false, stage: "invalid accepted", reason: (reason ?? "no reason is given") + remark };
}

/** The definition with the placeholders of a template still in it: as good as with them filled in. */
function rawResults({ item, raw }: ReadItem): readonly CaseResult[] {
  if (item.raw === undefined) return [];
  const id = `${item.id}.raw`;
  const group = item.disputed === undefined ? "substitutions" : "disputed";
  if (raw === undefined) return [missingFile(id, group, item.raw)];
  const issues = validate(raw, { type: item.workflow_type, substitutions: true });
  return [{ ...verdictResult(item, group, issues), id }];
}

function mutantResults(mutant: Mutant): readonly CaseResult[] {
  const { id, code, certainty, definition, workflow_type: type } = mutant;
  const issues = validate(definition, { type });
  const group = `mutants-${certainty}`;
  const verdict: CaseResult =
    errorsOf(issues).length > 0
      ? { id, group, passed: true }
      : { id, group, passed: false, stage: "invalid accepted", reason: `${code} at ${mutant.location}` };
  // Where it is not known whether AWS refuses it, there is no place that is right.
  return certainty === "unconfirmed" ? [verdict] : [verdict, ...placeResults(mutant, "mutant-locations", issues)];
}

/** Whether one of the errors is at the place that was meant, where one is told; what is accepted has none there. */
function placeResults(
  { id, location }: Item | Mutant,
  group: string,
  issues: readonly ValidationIssue[],
): readonly CaseResult[] {
  if (location == null) return [];
  const errors = errorsOf(issues);
  const [first] = errors;
  if (first === undefined || !errors.some((issue) => isAt(issue, location))) {
    const got = errors.length === 0 ? "none" : creationText(errors.slice(0, 3));
    const reason = `expected an error at ${location}, got ${got}`;
    return [{ id, group, passed: false, stage: "location", reason }];
  }
  const holds = [
    isAt(first, location),
    errors.some((issue) => isExactlyAt(issue, location)),
    isExactlyAt(first, location),
  ];
  return [{ id, group, passed: true, notes: marks.filter((_, index) => holds[index]) }];
}

function errorsOf(issues: readonly ValidationIssue[]): readonly ValidationIssue[] {
  return issues.filter(({ severity }) => severity === "error");
}
