// Compares the names that each entry point exports with the golden list; `--write` writes the list anew.
// The diff of `test/golden/exported-names.json` is the diff of the public API.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const entries = {
  ".": "src/index.ts",
  "./services": "src/services/index.ts",
  "./sagemaker": "src/sagemaker/index.ts",
  "./local": "src/local/index.ts",
  "./cli": "src/cli/index.ts",
};
const golden = fileURLToPath(new URL("../test/golden/exported-names.json", import.meta.url));
const mostNames = 63;

const root = fileURLToPath(new URL("..", import.meta.url));
const config = ts.getParsedCommandLineOfConfigFile(
  `${root}tsconfig.check.json`,
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
);
const files = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, `${root}${file}`]));
const program = ts.createProgram(Object.values(files), config.options);
const checker = program.getTypeChecker();

const names = {};
for (const [name, file] of Object.entries(files)) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  names[name] = checker
    .getExportsOfModule(module)
    .map((symbol) => symbol.getName())
    .sort();
}
const text = `${JSON.stringify(names, null, 2)}\n`;
if (process.argv.includes("--write")) writeFileSync(golden, text);
const committed = readFileSync(golden, "utf8");
const problems = [];
if (committed !== text)
  problems.push(
    "the exported names differ from test/golden/exported-names.json; run npm run check:names -- --write and look at the diff",
  );
if (names["."].length > mostNames) problems.push(`"." exports ${names["."].length} names, more than ${mostNames}`);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0)
  process.stdout.write(
    `${Object.entries(names)
      .map(([name, list]) => `${name}: ${list.length}`)
      .join(", ")} names\n`,
  );
process.exitCode = problems.length === 0 ? 0 : 1;
