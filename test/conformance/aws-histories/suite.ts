import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CaseResult, Suite } from "../suite.js";
import { asOfToday } from "./as-of-today.js";
import { hasConcurrency } from "./history.js";
import { withOneAccount } from "./one-account.js";
import type { Recording } from "./recording.js";
import { replay } from "./replay.js";
import { judge, refused, stages, type Verdict } from "./stages.js";
import { countsOf, type Judged, table } from "./table.js";
import { judgeTest, type RecordedTest } from "./test-state.js";

const folders = ["self_contained", "lambda", "services", "test_state"];

/** A result that remembers all its stages, not only the first that failed. */
type JudgedResult = CaseResult &
  Judged & {
    /** AWS ran branches at the same time, and the order of their events is recorded. */
    readonly isConcurrent: boolean;
  };

/** Executions recorded on AWS, replayed by the engine: status, output, error, cause and the whole history. */
export const awsHistories: Suite = {
  name: "aws-histories",
  folder: "aws-histories",
  async run(folder) {
    const results: JudgedResult[] = [];
    for (const group of folders) {
      for (const recorded of await recordingsIn(join(folder, group))) results.push(runCase(recorded, group));
    }
    return results;
  },
  remarks(results) {
    const judged = results as readonly JudgedResult[];
    const older = judged.filter(({ isOlder }) => isOlder).length;
    const relaid = judged.filter(({ passed, verdict }) => passed && (verdict.relaid?.size ?? 0) > 0).length;
    const concurrent = judged.filter(({ isConcurrent }) => isConcurrent).length;
    return [
      ...table(judged),
      `${concurrent} have branches at the same time and their order: of no more than these is it known how AWS interleaves`,
      `${older} of older recordings are read as AWS would make them now`,
      `${relaid} pass with a JSON text of the same value in another layout than the recorded one`,
    ];
  },
  counts(results) {
    const judged = results as readonly JudgedResult[];
    const groups = [...new Set(judged.map(({ group }) => group))];
    return Object.fromEntries(groups.map((group) => [group, countsOf(judged.filter((one) => one.group === group))]));
  },
};

/** The cases in the files of one folder. */
async function recordingsIn(folder: string): Promise<readonly (Recording | RecordedTest)[]> {
  if (!existsSync(folder)) return [];
  const texts = await Promise.all((await readdir(folder)).sort().map((file) => readFile(join(folder, file), "utf8")));
  return texts.flatMap((text) => (JSON.parse(text) as { readonly cases: readonly (Recording | RecordedTest)[] }).cases);
}

function runCase(recorded: Recording | RecordedTest, group: string): JudgedResult {
  const recording = recorded.kind === "test_state" ? recorded : asOfToday(recorded);
  const verdict = recording.kind === "test_state" ? testVerdict(recording) : verdictOf(withOneAccount(recording));
  const { id, provenance } = recorded;
  const isConcurrent = recorded.kind === "execution" && hasConcurrency(recorded.expected.events ?? []);
  const judged = {
    id,
    group,
    verdict,
    isUndated: provenance === "undated",
    isOlder: recording !== recorded,
    isConcurrent,
  };
  const stage = stages.find((one) => verdict.reasons[one] !== undefined);
  if (stage === undefined) return { ...judged, passed: true };
  return { ...judged, passed: false, stage, reason: verdict.reasons[stage] ?? "" };
}

function verdictOf(recording: Recording): Verdict {
  try {
    return judge(recording, replay(recording));
  } catch (error) {
    return refused(recording, error instanceof Error ? error.message : String(error));
  }
}

function testVerdict(recorded: RecordedTest): Verdict {
  try {
    return judgeTest(recorded);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { applies: new Set(["status", "answer"]), reasons: { status: reason, answer: reason } };
  }
}
