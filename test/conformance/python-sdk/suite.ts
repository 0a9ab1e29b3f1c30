import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DefinitionError } from "../../../src/language/errors.js";
import { SfnDsError } from "../../../src/language/sfn-ds-error.js";
import type { CaseResult, Suite } from "../suite.js";
import { type Case, NotBuilt } from "./cases.js";
import { compare } from "./compare.js";
import { missingHtml, missingRows, type Rows } from "./html-facts.js";
import { Program } from "./program.js";
import { betterBehaviour } from "./quirks.js";

/** What came of a case: a value, or an error. */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "refused"; readonly error: DefinitionError | SfnDsError };

/** What the Python SDK emitted for the same constructions. */
export const pythonSdk: Suite = {
  name: "python-sdk",
  folder: "python-sdk",
  async run(folder) {
    const { cases } = JSON.parse(await readFile(join(folder, "cases.json"), "utf8")) as {
      readonly cases: readonly Case[];
    };
    const results: CaseResult[] = [];
    for (const one of cases) results.push(await runCase(one));
    return results;
  },
};

async function runCase(one: Case): Promise<CaseResult> {
  const { id, group } = one;
  const fail = (stage: string, reason: string): CaseResult => ({ id, group, passed: false, stage, reason });
  let outcome: Outcome;
  try {
    outcome = { kind: "value", value: await new Program(one).run() };
  } catch (error) {
    if (error instanceof NotBuilt) return fail("not-built", error.message);
    // Only an error that this library means to throw is a refusal; anything else is a defect.
    if (!DefinitionError.is(error) && !SfnDsError.is(error))
      return fail("crash", error instanceof Error ? (error.stack ?? error.message) : String(error));
    outcome = { kind: "refused", error };
  }
  const problems = judge(one, outcome);
  return problems.length === 0 ? { id, group, passed: true } : fail("compare", problems.join("\n"));
}

function judge(one: Case, outcome: Outcome): readonly string[] {
  if (one.quirk !== undefined) return judgeQuirk(one, outcome);
  const expectsError = isError(one.expected);
  if (outcome.kind === "refused") return expectsError ? [] : [`refused: ${outcome.error.message}`];
  if (expectsError) return [`expected an error, got ${JSON.stringify(outcome.value)}`];
  // The wording of a text form is ours; the facts in it have to be there.
  if (one.args.emit[0] === "repr") return missingFacts(String(outcome.value), String(one.expected));
  if (one.args.emit[0] === "html") return missingHtml(String(outcome.value), String(one.expected));
  if (one.args.emit[0] === "rows") return missingRows(outcome.value as Rows, one.expected as Rows);
  return compare(outcome.value, one.expected);
}

function missingFacts(text: string, reference: string): readonly string[] {
  const facts = [...reference.matchAll(/'([^']*)'/g)].map(([, fact = ""]) => fact);
  return facts.filter((fact) => !text.includes(fact)).map((fact) => `${text} does not tell ${fact}`);
}

/** A quirk is not a target: the result has to differ, and to be the better one where we know it. */
function judgeQuirk(one: Case, outcome: Outcome): readonly string[] {
  const better = betterBehaviour[one.id];
  if (better !== undefined) return better(outcome, one.expected);
  if (outcome.kind === "refused") return isError(one.expected) ? ["refused as the reference does"] : [];
  return compare(outcome.value, one.expected).length > 0 ? [] : ["the same as the reference, quirk and all"];
}

function isError(expected: unknown): boolean {
  return typeof expected === "object" && expected !== null && "$error" in expected;
}
