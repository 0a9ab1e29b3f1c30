import type { ValidationIssue } from "../../../src/validate/issue.js";
import { validate } from "../../../src/validate/validate.js";
import { type CaseResult, percentage, type Suite } from "../suite.js";
import { type Item, type Mutant, readItems, readMutants } from "./items.js";
import { isAt } from "./places.js";
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
    "mutants-unconfirmed": 0,
    disputed: 0,
  },
  async run(folder) {
    const items = (await readItems(folder)).flatMap(({ item, text, raw }) => [
      ...itemResults(item, text),
      ...(raw === undefined ? [] : [rawResult(item, raw)]),
    ]);
    return [...items, ...(await readMutants(folder)).flatMap(mutantResults)];
  },
  remarks(results) {
    return ["locations", "mutant-locations"].map((group) => firstErrors(group, results));
  },
};

/** Marks a case whose place is right, but not of the first error. */
const later = "another error comes first";

/** How often the first error is the one that was meant. */
function firstErrors(group: string, results: readonly CaseResult[]): string {
  const placed = results.filter((result) => result.group === group);
  const first = placed.filter((result) => result.passed && result.note === undefined).length;
  return `${group}: the first error is at the place in ${first} of ${placed.length}, ${percentage(first, placed.length)}`;
}

function itemResults(item: Item, text: string): readonly CaseResult[] {
  const issues = validate(text, { type: item.workflow_type });
  if (item.disputed !== undefined) return [verdictResult(item, "disputed", issues)];
  const results = [verdictResult(item, item.verdict_source, issues)];
  if (item.verdict === "valid" || !results.every(({ passed }) => passed)) return results;
  results.push(...placeResults(item, "locations", issues));
  if (item.aws_message === undefined) return results;
  const reason = recordedDifference(item, issues);
  const id = `${item.id}#recorded`;
  results.push(
    reason === undefined
      ? { id, group: "recorded", passed: true }
      : { id, group: "recorded", passed: false, stage: "words", reason },
  );
  return results;
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
function rawResult(item: Item, text: string): CaseResult {
  const group = item.disputed === undefined ? "substitutions" : "disputed";
  const issues = validate(text, { type: item.workflow_type, substitutions: true });
  return { ...verdictResult(item, group, issues), id: `${item.id}.raw` };
}

function mutantResults(mutant: Mutant): readonly CaseResult[] {
  const { id, code, certainty, definition, workflow_type: type } = mutant;
  const issues = validate(definition, { type });
  const group = `mutants-${certainty}`;
  if (errorsOf(issues).length === 0) {
    return [{ id, group, passed: false, stage: "invalid accepted", reason: `${code} at ${mutant.location}` }];
  }
  const caught: CaseResult = { id, group, passed: true };
  return certainty === "unconfirmed" ? [caught] : [caught, ...placeResults(mutant, "mutant-locations", issues)];
}

/** Whether one of the errors is at the place that was meant, where one is told. */
function placeResults(
  { id, location }: Item | Mutant,
  group: string,
  issues: readonly ValidationIssue[],
): readonly CaseResult[] {
  if (location == null) return [];
  const errors = errorsOf(issues);
  const index = errors.findIndex((issue) => isAt(issue, location));
  if (index === 0) return [{ id, group, passed: true }];
  if (index > 0) return [{ id, group, passed: true, note: later }];
  const reason = `expected an error at ${location}, got ${creationText(errors.slice(0, 3))}`;
  return [{ id, group, passed: false, stage: "location", reason }];
}

function errorsOf(issues: readonly ValidationIssue[]): readonly ValidationIssue[] {
  return issues.filter(({ severity }) => severity === "error");
}
