import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { authoring } from "./authoring/suite.js";
import { awsHistories } from "./aws-histories/suite.js";
import { definitions } from "./definitions/suite.js";
import { pythonSdk } from "./python-sdk/suite.js";
import {
  type CaseResult,
  groupLines,
  listedFailures,
  missedGoals,
  parseExpectations,
  report,
  type Suite,
  surprises,
  unmatched,
} from "./suite.js";

const suites: readonly Suite[] = [pythonSdk, awsHistories, definitions, authoring];
/** Suites whose part of the library is not built yet. */
const later: readonly string[] = ["aws-api", "import"];

const shared = fileURLToPath(new URL("../../../shared/conformance/", import.meta.url));

const usage = `npm run conformance -- [--suite <name>] [--data <folder>] [--json] [--verbose]
  --suite    ${[...suites.map(({ name }) => name), ...later].join(" | ")}; default: all that have a runner
  --data     another folder of the same format; it has to be there, and to hold cases
  --json     print {"suite", "total", "passed", "groups", "failed"} as the last line of each suite, with "counts" where
             the suite counts more of a case than whether it passed
  --verbose  tell every failure, of groups with a goal too
Exit code: 0 as expected, 1 something unexpected or a goal missed, 2 a command line or data that cannot be used.
`;

function fail(message: string): never {
  process.stderr.write(`${message}\n${usage}`);
  process.exit(2);
}

/** The data are not what they should be: one line, as the command itself is right. */
function failForData(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function options(): { suite?: string; data?: string } & Printing {
  try {
    const { values } = parseArgs({
      options: {
        suite: { type: "string" },
        data: { type: "string" },
        json: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) {
      process.stdout.write(usage);
      process.exit(0);
    }
    return {
      json: values.json,
      verbose: values.verbose,
      ...(values.suite ? { suite: values.suite } : {}),
      ...(values.data ? { data: values.data } : {}),
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

interface Printing {
  readonly json: boolean;
  readonly verbose: boolean;
}

interface Data {
  readonly folder: string;
  /** As messages name it. */
  readonly name: string;
  /** Whether the list of expected failures speaks of these data. */
  readonly isStandard: boolean;
}

function dataOf(suite: Suite, given: string | undefined): Data {
  if (given !== undefined) return { folder: resolve(given), name: given, isStandard: false };
  const name = `../shared/conformance/${suite.folder}`;
  return { folder: resolve(shared, suite.folder), name, isStandard: true };
}

async function resultsOf(suite: Suite, { folder, name }: Data): Promise<readonly CaseResult[]> {
  const results = await suite.run(folder).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    return failForData(`${suite.name}: the data at ${name} cannot be read: ${why}`);
  });
  if (results.length === 0) failForData(`${suite.name}: there is no case in the data at ${name}`);
  return results;
}

async function runSuite(suite: Suite, data: Data, { json: isJson, verbose: isVerbose }: Printing): Promise<boolean> {
  if (!existsSync(data.folder)) {
    if (!data.isStandard) failForData(`${suite.name}: there is no data at ${data.name}`);
    process.stdout.write(`${suite.name}: skipped, there is no data at ${data.name}\n`);
    if (isJson) process.stdout.write(`${JSON.stringify(report(suite.name, []))}\n`);
    return true;
  }
  const { name, goals } = suite;
  const results = await resultsOf(suite, data);
  const expected = parseExpectations(readFileSync(new URL(`./expected-failures/${name}.txt`, import.meta.url), "utf8"));
  const summary = report(name, results);
  const unexpected = [...surprises(results, expected, goals), ...(data.isStandard ? unmatched(results, expected) : [])];
  const missed = missedGoals(summary, goals);
  const lines = [
    ...groupLines(summary, expected, goals),
    ...(suite.remarks?.(results) ?? []),
    ...(isVerbose ? summary.failed.map(({ id, stage, reason }) => `failed  ${id}: ${stage}: ${reason}`) : []),
    ...unexpected.map(({ id, text }) => `unexpected  ${id}: ${text}`),
    `${listedFailures(results, expected)} expected failures, ${unexpected.length} unexpected results`,
    ...(missed.length === 0 ? [] : [`goals missed: ${missed.join(", ")}`]),
  ];
  process.stdout.write(`${name}: ${summary.passed} of ${summary.total} passed\n`);
  for (const line of lines) process.stdout.write(`  ${line}\n`);
  const counts = suite.counts?.(results);
  if (isJson) process.stdout.write(`${JSON.stringify({ ...summary, ...(counts === undefined ? {} : { counts }) })}\n`);
  return unexpected.length === 0 && missed.length === 0;
}

const { suite: wanted, data, ...printing } = options();
if (wanted !== undefined && later.includes(wanted)) fail(`the suite ${wanted} has no runner yet`);
const chosen = wanted === undefined ? suites : suites.filter(({ name }) => name === wanted);
if (chosen.length === 0) fail(`there is no suite ${JSON.stringify(wanted)}`);
if (data !== undefined && chosen.length > 1) fail("--data goes with --suite");
let isGood = true;
for (const suite of chosen) isGood = (await runSuite(suite, dataOf(suite, data), printing)) && isGood;
process.exitCode = isGood ? 0 : 1;
