import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

const file = `${root}test/types/hover-sample.ts`;
let text = "";
let version = 0;
const config = ts.getParsedCommandLineOfConfigFile(
  `${root}tsconfig.check.json`,
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
);
const service = ts.createLanguageService({
  getCompilationSettings: () => config?.options ?? {},
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? String(version) : "1"),
  getScriptSnapshot: (name) => {
    const content = name === file ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
});

/** What an editor shows over the word that `|` stands before. */
function hover(source: string): string {
  text = source.replace("|", "");
  version++;
  const info = service.getQuickInfoAtPosition(file, source.indexOf("|"));
  return ts.displayPartsToString(info?.displayParts);
}

const head = `import * as z from "zod";
import { ExecutionInput } from "../../src/index.js";
const input = new ExecutionInput(z.object({ InputMessage: z.string(), rows: z.array(z.object({ id: z.string(), size: z.number() })) }));
`;

test("hovering over a field of the input shows a reference", () => {
  expect(hover(`${head}input.|InputMessage;`)).toBe("(property) InputMessage: Ref<string>");
});

const samples = [
  { name: "a field", code: "input.|InputMessage;", most: 60 },
  { name: "a field of an item", code: "input.rows[0].|id;", most: 60 },
  { name: "a variable that holds a reference", code: "const message = input.InputMessage; |message;", most: 60 },
  { name: "a list", code: "input.|rows;", most: 150 },
  { name: "a step", code: 'import { Pass } from "../../src/index.js"; const step = new Pass("A"); |step;', most: 60 },
  {
    name: "the operators of a text",
    code: 'import { when } from "../../src/states/when.js"; const tests = when(input.InputMessage); |tests;',
    most: 60,
  },
  {
    name: "a condition",
    code: 'import { when } from "../../src/states/when.js"; const isLong = when(input.rows[0].size).greaterThan(3); |isLong;',
    most: 60,
  },
  {
    name: "a string template",
    code: `import { text } from "../../src/expression/text.js"; const uri = text\`s3://\${input.InputMessage}\`; |uri;`,
    most: 60,
  },
  {
    name: "an item that a function gives",
    code: 'import { States } from "../../src/expression/intrinsics.js"; const row = States.arrayGetItem(input.rows, 0); |row;',
    most: 80,
  },
  {
    name: "a step that starts another workflow",
    code: 'import { StartExecutionStep } from "../../src/services/index.js"; import { Pass, Workflow } from "../../src/index.js"; const workflow = new Workflow({ session: undefined as never, role: "r", name: "n", input: new ExecutionInput(z.object({ uri: z.string() })), definition: new Pass("A", { result: { rows: 1 } }) }); const step = new StartExecutionStep("S", { workflow, input: { uri: "u" } }); |step;',
    most: 150,
  },
  {
    name: "a processing step",
    code: 'import { ProcessingStep } from "../../src/sagemaker/index.js"; declare const options: ConstructorParameters<typeof ProcessingStep>[1]; const step = new ProcessingStep("A", options as never); |step;',
    most: 150,
  },
];

test.each(samples)("hovering over $name stays short", ({ code, most }) => {
  const text = hover(head + code);
  expect(text).not.toBe("");
  expect(text.length, text).toBeLessThanOrEqual(most);
});
