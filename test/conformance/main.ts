import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { awsHistories } from "./aws-histories/suite.js";
import { pythonSdk } from "./python-sdk/suite.js";
import { parseExpectations, report, type Suite, surprises } from "./suite.js";

const suites: readonly Suite[] = [pythonSdk, awsHistories];
/** Suites whose part of the library is not built yet. */
const later: readonly string[] = ["aws-api", "definitions", "import"];

const shared = fileURLToPath(new URL("../../../shared/conformance/", import.meta.url));

const usage = `npm run conformance -- [--suite <name>] [--data <folder>] [--json]
  --suite  ${[...suites.map(({ name }) => name), ...later].join(" | ")}; default: all that have a runner
  --data   another folder of the same format
  --json   print {"suite", "total", "passed", "groups", "failed"} as the last line
`;

function fail(message: string): never {
  process.stderr.write(`${message}\n${usage}`);
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

async function runSuite(suite: Suite, data: string | undefined, isJson: boolean): Promise<boolean> {
  const folder = data === undefined ? resolve(shared, suite.folder) : resolve(data);
  if (!existsSync(folder)) {
    process.stdout.write(
      `${suite.name}: skipped, there is no data at ${data ?? `../shared/conformance/${suite.folder}`}\n`,
    );
    return true;
  }
  const results = await suite.run(folder);
  const expected = parseExpectations(
    readFileSync(new URL(`./expected-failures/${suite.name}.txt`, import.meta.url), "utf8"),
  );
  const summary = report(suite.name, results);
  const unexpected = surprises(results, expected);
  process.stdout.write(`${suite.name}: ${summary.passed} of ${summary.total} passed\n`);
  for (const [group, { passed, total }] of Object.entries(summary.groups)) {
    process.stdout.write(`  ${group.padEnd(20)} ${String(passed).padStart(4)} / ${total}\n`);
  }
  for (const { id, text } of unexpected) process.stdout.write(`  unexpected  ${id}: ${text}\n`);
  const listed =
    summary.failed.length - unexpected.filter(({ id }) => summary.failed.some((one) => one.id === id)).length;
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
for (const suite of chosen) isGood = (await runSuite(suite, data, json)) && isGood;
process.exitCode = isGood ? 0 : 1;
