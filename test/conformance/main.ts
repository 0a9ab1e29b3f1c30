import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { awsHistories } from "./aws-histories/suite.js";
import { definitions } from "./definitions/suite.js";
import { pythonSdk } from "./python-sdk/suite.js";
import { type CaseResult, groupLines, parseExpectations, report, type Suite, surprises, unmatched } from "./suite.js";

const suites: readonly Suite[] = [pythonSdk, awsHistories, definitions];
/** Suites whose part of the library is not built yet. */
const later: readonly string[] = ["aws-api", "import"];

const shared = fileURLToPath(new URL("../../../shared/conformance/", import.meta.url));

const usage = `npm run conformance -- [--suite <name>] [--data <folder>] [--json]
  --suite  ${[...suites.map(({ name }) => name), ...later].join(" | ")}; default: all that have a runner
  --data   another folder of the same format; it has to be there, and to hold cases
  --json   print {"suite", "total", "passed", "groups", "failed"} as the last line of each suite
Exit code: 0 as expected, 1 something unexpected, 2 a command line or data that cannot be used.
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

function options(): { suite?: string; data?: string; json: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        suite: { type: "string" },
        data: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) {
      process.stdout.write(usage);
      process.exit(0);
    }
    return {
      json: values.json,
      ...(values.suite ? { suite: values.suite } : {}),
      ...(values.data ? { data: values.data } : {}),
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
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

async function runSuite(suite: Suite, data: Data, isJson: boolean): Promise<boolean> {
  if (!existsSync(data.folder)) {
    if (!data.isStandard) failForData(`${suite.name}: there is no data at ${data.name}`);
    process.stdout.write(`${suite.name}: skipped, there is no data at ${data.name}\n`);
    if (isJson) process.stdout.write(`${JSON.stringify(report(suite.name, []))}\n`);
    return true;
  }
  const results = await resultsOf(suite, data);
  const expected = parseExpectations(
    readFileSync(new URL(`./expected-failures/${suite.name}.txt`, import.meta.url), "utf8"),
  );
  const summary = report(suite.name, results);
  const surprising = surprises(results, expected);
  const unexpected = [...surprising, ...(data.isStandard ? unmatched(results, expected) : [])];
  process.stdout.write(`${suite.name}: ${summary.passed} of ${summary.total} passed\n`);
  for (const line of groupLines(summary, expected)) process.stdout.write(`  ${line}\n`);
  for (const { id, text } of unexpected) process.stdout.write(`  unexpected  ${id}: ${text}\n`);
  const listed =
    summary.failed.length - surprising.filter(({ id }) => summary.failed.some((one) => one.id === id)).length;
  process.stdout.write(`  ${listed} expected failures, ${unexpected.length} unexpected results\n`);
  if (isJson) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return unexpected.length === 0;
}

const { suite: wanted, data, json } = options();
if (wanted !== undefined && later.includes(wanted)) fail(`the suite ${wanted} has no runner yet`);
const chosen = wanted === undefined ? suites : suites.filter(({ name }) => name === wanted);
if (chosen.length === 0) fail(`there is no suite ${JSON.stringify(wanted)}`);
if (data !== undefined && chosen.length > 1) fail("--data goes with --suite");
let isGood = true;
for (const suite of chosen) isGood = (await runSuite(suite, dataOf(suite, data), json)) && isGood;
process.exitCode = isGood ? 0 : 1;
