import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../../src/cli/index.js";
import { mostBytes } from "../../src/cli/read-definition.js";
import type { ValidateOptions, ValidationIssue } from "../../src/validate/issue.js";

/** What stands for the validator: these are tests of what is made of its answers. */
const validator = vi.hoisted(() => ({
  answer: (_definition: unknown, _options: ValidateOptions): readonly ValidationIssue[] => [],
  asked: [] as { definition: unknown; options: ValidateOptions }[],
}));
vi.mock("../../src/validate/validate.js", () => ({
  validate(definition: unknown, options: ValidateOptions) {
    validator.asked.push({ definition, options });
    return validator.answer(definition, options);
  },
}));

let directory = "";
let out = "";
let err = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sfn-ds-validate-"));
  out = "";
  err = "";
  validator.asked.length = 0;
  validator.answer = () => [];
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

interface Circumstances {
  readonly input?: readonly (string | Uint8Array)[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly errorsAreSeen?: boolean;
}

function sfnDs(argv: readonly string[], { input = [], environment = {}, errorsAreSeen = false }: Circumstances = {}) {
  return run(argv, {
    write: (text) => {
      out += stripVTControlCharacters(text);
    },
    writeError: (text) => {
      err += errorsAreSeen ? text : stripVTControlCharacters(text);
    },
    input: (async function* () {
      for (const chunk of input) yield Buffer.from(chunk as Uint8Array);
    })(),
    environment,
    directory,
    isTerminal: false,
    errorsAreSeen,
  });
}

function put(name: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
}

/** The summary without the time that it took. */
function report(): string {
  return out.replace(/\(\d+ ms\)/, "(… ms)");
}

const definition = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass", "Next": "Shp" },
    "Ship": { "Type": "Succeed", "Comment": "naïve" }
  }
}
`;
const missing: ValidationIssue = {
  severity: "error",
  code: "MISSING_TRANSITION_TARGET",
  message: "Missing 'Next' target: Shp",
  location: "/States/A/Next",
  pointer: "/States/A/Next",
  line: 4,
  column: 36,
  hint: "name a state of the same States",
};
const dollar: ValidationIssue = {
  severity: "warning",
  code: "NO_DOLLAR",
  message: "expected a key that ends in .$",
  location: "/States/Ship",
  pointer: "/States/Ship/Comment",
  line: 5,
  column: 34,
  hint: "let the key end in .$",
};
const whole: ValidationIssue = {
  severity: "error",
  code: "MISSING_END_STATE",
  message: "Workflow has no terminal state",
  pointer: "",
  hint: "end a state",
};

describe("what is looked at", () => {
  test("files, each once, in the order of their names", async () => {
    for (const name of ["b.json", "a.asl.json", "c.txt"]) put(name, name);
    expect(await sfnDs(["validate", "b.json", "c.txt", "a.asl.json", "./b.json", "--json"])).toBe(0);
    expect(filesOf(out)).toEqual(["a.asl.json", "b.json", "c.txt"]);
  });

  test("of a folder, what is named as a definition, at any depth, but not installed packages", async () => {
    const names = ["x.asl", "x.asl.json", ".hidden/x.asl.yaml", "deep/er/x.asl.yml"];
    for (const name of [...names, "x.json", "asl.json", "node_modules/p/x.asl.json", ".git/x.asl.json"]) {
      put(`flows/${name}`, "{}");
    }
    await sfnDs(["validate", "flows", "--json"]);
    expect(filesOf(out)).toEqual(names.map((name) => `flows/${name}`).sort());
  });

  test("links are not followed, but for one that is named", async () => {
    put("flows/x.asl.json", "{}");
    symlinkSync(directory, join(directory, "flows/round"));
    symlinkSync(join(directory, "flows"), join(directory, "named"));
    await sfnDs(["validate", "flows", "named", "--json"]);
    expect(filesOf(out)).toEqual(["flows/x.asl.json", "named/x.asl.json"]);
  });

  test.each([
    { pattern: "flows/*.json", files: ["flows/a.json"] },
    { pattern: "flows/**/*.json", files: ["flows/a.json", "flows/deep/b.json"] },
    { pattern: "flows/**/{b,c}.{json,yaml}", files: ["flows/c.yaml", "flows/deep/b.json"] },
  ])("a pattern that the shell left as it was: $pattern", async ({ pattern, files }) => {
    for (const name of ["a.json", "deep/b.json", "c.yaml"]) put(`flows/${name}`, "{}");
    await sfnDs(["validate", pattern, "--json"]);
    expect(filesOf(out)).toEqual(files);
  });

  test("a file whose name looks like a pattern", async () => {
    put("a[1].json", "{}");
    await sfnDs(["validate", "a[1].json", "--json"]);
    expect(filesOf(out)).toEqual(["a[1].json"]);
  });

  test("what is piped in, however it is cut", async () => {
    const bytes = Buffer.from(definition);
    const middle = bytes.indexOf("ï") + 1;
    expect(await sfnDs(["validate", "-"], { input: [bytes.subarray(0, middle), bytes.subarray(middle)] })).toBe(0);
    expect(validator.asked.map(({ definition: text }) => text)).toEqual([definition]);
    expect(report()).toBe("1 file: 0 errors, 0 warnings (… ms)\n");
  });

  test.each([["nowhere.json"], ["no/*.json"], ["empty"]])("no_file_found: nothing at %s", async (word) => {
    mkdirSync(join(directory, "empty"));
    expect(await sfnDs(["validate", word])).toBe(2);
    expect(err).toContain(`error [no_file_found] no definition is found at "${word}"`);
  });

  test("unreadable_file: one that is gone when its turn comes is exit code 2, and the others are looked at", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${String.fromCharCode(97 + index)}.asl.json`);
    for (const name of names) put(name, definition);
    validator.answer = () => {
      rmSync(join(directory, "t.asl.json"), { force: true });
      return [];
    };
    expect(await sfnDs(["validate", "."])).toBe(2);
    expect(err).toMatch(/^error \[unreadable_file\] the file "t\.asl\.json" cannot be read: ENOENT/);
    expect(err).not.toContain("    at ");
    expect(report()).toBe("20 files: 0 errors, 0 warnings, 1 file could not be checked (… ms)\n");
  });

  test.each([
    { name: "that is no text", bytes: new Uint8Array([0x1f, 0x8b, 0xff, 0x00]), words: "text in UTF-8" },
    { name: "of 50 MiB", bytes: new Uint8Array(50 * 1024 * 1024), words: `more than ${mostBytes} bytes` },
  ])("a file $name is an issue", async ({ bytes, words }) => {
    put("x.json", bytes);
    expect(await sfnDs(["validate", "x.json"])).toBe(1);
    expect(out).toContain("x.json:1:1 error INVALID_JSON_DESCRIPTION expected");
    expect(out).toContain(words);
    expect(validator.asked).toEqual([]);
  });

  test("2,000 files, in the order of their names", async () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `flows/${String(index).padStart(4, "0")}.asl.json`);
    for (const name of names) put(name, definition);
    validator.answer = () => [missing];
    expect(await sfnDs(["validate", "flows", "--format", "json"])).toBe(1);
    expect(filesOf(out)).toEqual(names);
    expect(JSON.parse(out)).toMatchObject({ errors: 2_000, warnings: 0 });
  });
});

function filesOf(json: string): readonly string[] {
  return (JSON.parse(json) as { files: readonly { file: string }[] }).files.map(({ file }) => file);
}

describe("what the validator is asked", () => {
  test.each([
    { argv: [], options: { format: "json", substitutions: true } },
    { argv: ["--type", "EXPRESS"], options: { format: "json", type: "EXPRESS", substitutions: true } },
    { argv: ["--strict-placeholders"], options: { format: "json" } },
    {
      argv: ["--substitute", "Table=orders", "--substitute", "Url=a=b"],
      options: { format: "json", substitutions: { Table: "orders", Url: "a=b" } },
    },
    {
      argv: ["--ignore", "NO_DOLLAR,NO_PATH", "--ignore", "PASS_RESULT_IS_STATIC"],
      options: { format: "json", substitutions: true, ignore: ["NO_DOLLAR", "NO_PATH", "PASS_RESULT_IS_STATIC"] },
    },
  ])("$argv", async ({ argv, options }) => {
    put("x.json", definition);
    expect(await sfnDs(["validate", "x.json", ...argv])).toBe(0);
    expect(validator.asked).toEqual([{ definition, options }]);
  });

  test.each([
    { name: "x.yaml", format: "yaml" },
    { name: "x.YML", format: "yaml" },
    { name: "x.asl.json", format: "json" },
    { name: "x.asl", format: undefined },
  ])("$name is read as its name says", async ({ name, format }) => {
    put(name, definition);
    await sfnDs(["validate", name]);
    expect(validator.asked[0]?.options.format).toBe(format);
  });

  test("a byte order mark is left to the validator", async () => {
    put("x.json", `\ufeff${definition}`);
    await sfnDs(["validate", "x.json"]);
    expect(validator.asked[0]?.definition).toBe(`\ufeff${definition}`);
  });

  test("a substitution named __proto__ is one like any other", async () => {
    put("x.json", definition);
    await sfnDs(["validate", "x.json", "--substitute", "__proto__=x"]);
    expect(Object.entries(validator.asked[0]?.options.substitutions ?? {})).toEqual([["__proto__", "x"]]);
  });
});

describe("templates", () => {
  const template = `Resources:
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionSubstitutions: { Table: orders, Arn: !Ref F }
      Definition:
        StartAt: A
        States:
          A: { Type: Pass, Next: Shp }
  Other:
    Type: AWS::Serverless::StateMachine
    Properties: { DefinitionUri: other.asl.json }
`;

  test("the definitions in them are looked at, with the template's own type and substitutions", async () => {
    put("template.yaml", template);
    const { line: _line, column: _column, ...placeless } = missing;
    validator.answer = () => [placeless];
    expect(await sfnDs(["validate", "template.yaml", "--substitute", "Stage=prod"])).toBe(1);
    expect(validator.asked).toEqual([
      {
        definition: { StartAt: "A", States: { A: { Type: "Pass", Next: "Shp" } } },
        options: { type: "EXPRESS", substitutions: { Table: "orders", Stage: "prod" } },
      },
    ]);
    expect(report()).toMatchInlineSnapshot(`
      "template.yaml:10:34 error MISSING_TRANSITION_TARGET Missing 'Next' target: Shp
        at Flow /States/A/Next
        10 |           A: { Type: Pass, Next: Shp }
           |                                  ^
        hint: name a state of the same States

      1 file: 1 error, 0 warnings (… ms)
      "
    `);
    expect(err).toBe('template.yaml: Other has it in the file "other.asl.json", which is not looked at\n');
  });

  test.each([
    {
      name: "elsewhere",
      text: template.replace(/ {2}Flow:[\s\S]*Other:/, "  Flow:"),
      note: 'Flow has it in the file "other.asl.json", which is not looked at',
    },
    {
      name: "nowhere",
      text: "AWSTemplateFormatVersion: x\nResources: {}\n",
      note: "the template has no state machine",
    },
  ])("one whose definitions are $name is passed over, and that is said", async ({ text, note }) => {
    put("template.yaml", text);
    expect(await sfnDs(["validate", "template.yaml", "--json"])).toBe(0);
    expect(err).toBe(`template.yaml: ${note}\n`);
    expect(JSON.parse(out)).toMatchObject({ files: [{ file: "template.yaml", issues: [], notes: [note] }] });
    expect(validator.asked).toEqual([]);
  });

  test("one that nests too deep for the parser is left to the validator", async () => {
    put("template.yaml", `Resources:\n  A: ${"? ".repeat(700)}`);
    await sfnDs(["validate", "template.yaml"]);
    expect(validator.asked).toHaveLength(1);
  });

  test("what is wrong with a name stands at the name", async () => {
    put("template.yaml", template);
    validator.answer = () => [
      {
        ...missing,
        code: "SCHEMA_VALIDATION_FAILED",
        location: "/States/A",
        line: undefined,
        column: undefined,
      } as never,
    ];
    await sfnDs(["validate", "template.yaml", "--format", "github"]);
    expect(out).toContain("line=10,col=28");
  });
});

describe("what cannot be understood is exit code 2", () => {
  test.each([
    { argv: [], says: "missing required argument 'files'" },
    { argv: ["x.json", "--format", "xml"], says: "Allowed choices are pretty, json, sarif, github." },
    { argv: ["x.json", "--type", "FAST"], says: "Allowed choices are STANDARD, EXPRESS." },
    { argv: ["x.json", "--ignore", "NO_DOLAR"], says: "there is no such code; nearest: NO_DOLLAR" },
    { argv: ["x.json", "--ignore", "MISSING_END_STATE"], says: "it is an error's code" },
    { argv: ["x.json", "--substitute", "Table"], says: "expected Name=value" },
    { argv: ["x.json", "--substitute", "A=b", "--strict-placeholders"], says: "cannot be used with option" },
    { argv: ["x.json", "--json", "--format", "sarif"], says: "option '--json' cannot be used with option '--format" },
    { argv: ["x.json", "--max-warnings", "-1"], says: "expected a whole number" },
  ])("$argv", async ({ argv, says }) => {
    put("x.json", definition);
    expect(await sfnDs(["validate", ...argv])).toBe(2);
    expect(err).toContain(says);
  });

  test("--help shows examples and exit codes", async () => {
    expect(await sfnDs(["validate", "--help"])).toBe(0);
    expect(out).toMatch(/Examples:[\s\S]*Exit codes:/);
  });
});

describe("progress", () => {
  test.each([
    { name: "at a terminal, when it takes long", errorsAreSeen: true, step: 400, shows: true },
    { name: "not when it is quick", errorsAreSeen: true, step: 1, shows: false },
    { name: "not where nobody sees it", errorsAreSeen: false, step: 400, shows: false },
  ])("is told $name", async ({ errorsAreSeen, step, shows }) => {
    for (const name of ["a", "b", "c", "d", "e"]) put(`${name}.asl.json`, definition);
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      now += step;
      return now;
    });
    await sfnDs(["validate", "."], { errorsAreSeen });
    clock.mockRestore();
    expect(err.includes(" of 5 files")).toBe(shows);
    // What was shown last is wiped away.
    if (shows) expect(err.endsWith("\r\u001b[2K")).toBe(true);
  });
});

describe("exit codes", () => {
  test.each([
    { issues: [], argv: [], code: 0 },
    { issues: [dollar], argv: [], code: 0 },
    { issues: [dollar], argv: ["--max-warnings", "1"], code: 0 },
    { issues: [dollar, dollar], argv: ["--max-warnings", "1"], code: 1 },
    { issues: [dollar], argv: ["--max-warnings", "0", "--quiet"], code: 1 },
    { issues: [missing], argv: [], code: 1 },
  ])("$code for $issues.length issues and $argv", async ({ issues, argv, code }) => {
    put("x.json", definition);
    validator.answer = () => issues;
    expect(await sfnDs(["validate", "x.json", ...argv])).toBe(code);
  });

  test("more warnings than are allowed are told", async () => {
    put("x.json", definition);
    validator.answer = () => [dollar];
    await sfnDs(["validate", "x.json", "--max-warnings", "0"]);
    expect(err).toBe("expected at most 0 warnings (--max-warnings), got 1\n");
  });

  test("an error within is told without its stack", async () => {
    put("x.json", definition);
    validator.answer = () => {
      throw new TypeError("a mistake of ours");
    };
    expect(await sfnDs(["validate", "x.json"])).toBe(2);
    expect(err).toBe("error TypeError: a mistake of ours\n");
  });
});

describe("pretty", () => {
  test("a line of the file with a caret below it, the place as AWS names it, and a hint", async () => {
    put("flows/x.asl.json", definition);
    put("flows/y.asl.json", "{}");
    validator.answer = (text) => (text === definition ? [missing, whole, dollar] : []);
    await sfnDs(["validate", "flows"]);
    expect(report()).toMatchInlineSnapshot(`
      "flows/x.asl.json:4:36 error MISSING_TRANSITION_TARGET Missing 'Next' target: Shp
        at /States/A/Next
        4 |     "A": { "Type": "Pass", "Next": "Shp" },
          |                                    ^
        hint: name a state of the same States

      flows/x.asl.json error MISSING_END_STATE Workflow has no terminal state
        hint: end a state

      flows/x.asl.json:5:34 warning NO_DOLLAR expected a key that ends in .$
        at /States/Ship
        5 |     "Ship": { "Type": "Succeed", "Comment": "naïve" }
          |                                  ^
        hint: let the key end in .$

      2 files: 2 errors, 1 warning (… ms)
      "
    `);
  });

  test("--quiet leaves warnings out, and counts them", async () => {
    put("x.json", definition);
    validator.answer = () => [dollar];
    await sfnDs(["validate", "x.json", "--quiet"]);
    expect(report()).toBe("1 file: 0 errors, 1 warning (… ms)\n");
  });

  test.each([
    {
      name: "tabs",
      text: '\t\t"Next": "B"\r\n',
      column: 11,
      shows: ['    "Next": "B"', "            ^"],
    },
    {
      name: "wide characters",
      text: '"注文": "é́": "B"',
      column: 13,
      shows: ['"注文": "é́": "B"', "             ^"],
    },
    {
      name: "characters that a terminal would obey",
      text: '"\u001b[31m\u202e\u0007": "B"',
      column: 12,
      shows: ['"␛[31m\\u202e␇": "B"', "                ^"],
    },
    {
      name: "a column within a character",
      text: '"😀😀"',
      column: 5,
      shows: ['"😀😀"', "   ^"],
    },
    {
      name: "a long line",
      text: `${"x".repeat(5_000)}"B"${"y".repeat(5_000)}`,
      column: 5_001,
      shows: [`…${"x".repeat(60)}"B"${"y".repeat(37)}…`, `${" ".repeat(61)}^`],
    },
    { name: "a column behind the end", text: "{", column: 7, shows: ["{", " ^"] },
  ])("the caret stands under the column: $name", async ({ text, column, shows }) => {
    put("x.json", text);
    validator.answer = () => [{ ...whole, line: 1, column }];
    await sfnDs(["validate", "x.json"]);
    const margins = ["  1 | ", "    | "];
    expect(out.split("\n").slice(1, 3)).toEqual(shows.map((line, index) => `${margins[index]}${line}`));
  });

  test.each(["pretty", "github", "sarif"])(
    "a place that AWS's message has already is not told twice: %s",
    async (format) => {
      put("x.json", "nothing");
      const location = '[Source: (String)"nothing"; line: 1, column: 8]';
      validator.answer = () => [{ ...whole, message: `no JSON\n at ${location}`, location, line: 1, column: 1 }];
      await sfnDs(["validate", "x.json", "--format", format]);
      expect(out).toContain("no JSON");
      expect(out).not.toContain("[Source");
    },
  );

  test("a message with what a terminal would obey, and a long one", async () => {
    put("x.json", definition);
    validator.answer = () => [{ ...whole, message: `\u001b[2J\n${"x".repeat(10_000)}` }];
    await sfnDs(["validate", "x.json"]);
    expect(out).toContain("MISSING_END_STATE ␛[2J␊xxx");
    expect(out.length).toBeLessThan(700);
  });
});

test("json", async () => {
  put("flows/x.asl.json", definition);
  put("flows/y.asl.json", "{}");
  validator.answer = (text) => (text === definition ? [missing, dollar] : []);
  expect(await sfnDs(["validate", "flows", "--json"])).toBe(1);
  expect(JSON.parse(out)).toEqual({
    files: [
      { file: "flows/x.asl.json", issues: [missing, dollar] },
      { file: "flows/y.asl.json", issues: [] },
    ],
    errors: 1,
    warnings: 1,
  });
});

describe("sarif", () => {
  test("has a result for each issue, and a rule for each code", async () => {
    put("my flows/ä#1.json", definition);
    validator.answer = () => [missing, whole];
    expect(await sfnDs(["validate", "my flows/ä#1.json", "--format", "sarif"])).toBe(1);
    const indices: unknown[] = [];
    // They change with the table of codes.
    const log = JSON.parse(out, (key, value: unknown) => {
      if (key === "ruleIndex") indices.push(value);
      return key === "ruleIndex" ? undefined : value;
    }) as { version: string; $schema: string; runs: [{ tool: { driver: { rules: { id: string }[] } } }] };
    const { tool, ...rest } = log.runs[0];
    const { rules, ...driver } = tool.driver;
    expect(indices.map((index) => rules[Number(index)]?.id)).toEqual([
      "MISSING_TRANSITION_TARGET",
      "MISSING_END_STATE",
    ]);
    expect({ version: log.version, $schema: log.$schema, ...rest }).toMatchInlineSnapshot(`
      {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "columnKind": "utf16CodeUnits",
        "invocations": [
          {
            "executionSuccessful": true,
          },
        ],
        "results": [
          {
            "level": "error",
            "locations": [
              {
                "logicalLocations": [
                  {
                    "fullyQualifiedName": "/States/A/Next",
                  },
                ],
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "my%20flows/%C3%A4%231.json",
                    "uriBaseId": "%SRCROOT%",
                  },
                  "region": {
                    "startColumn": 36,
                    "startLine": 4,
                  },
                },
              },
            ],
            "message": {
              "text": "Missing 'Next' target: Shp (name a state of the same States)",
            },
            "ruleId": "MISSING_TRANSITION_TARGET",
          },
          {
            "level": "error",
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "my%20flows/%C3%A4%231.json",
                    "uriBaseId": "%SRCROOT%",
                  },
                },
              },
            ],
            "message": {
              "text": "Workflow has no terminal state (end a state)",
            },
            "ruleId": "MISSING_END_STATE",
          },
        ],
        "version": "2.1.0",
      }
    `);
    expect(driver).toEqual({ name: "sfn-ds", semanticVersion: expect.any(String) });
    expect(rules.find(({ id }) => id === "NO_PATH")).toMatchInlineSnapshot(`
      {
        "defaultConfiguration": {
          "level": "warning",
        },
        "fullDescription": {
          "text": "no path: use the field of the same name that ends in Path",
        },
        "help": {
          "text": "use the field of the same name that ends in Path",
        },
        "id": "NO_PATH",
        "shortDescription": {
          "text": "no path",
        },
      }
    `);
  });

  test("of no issues is a run without results", async () => {
    put("x.json", definition);
    await sfnDs(["validate", "x.json", "--format", "sarif"]);
    expect(JSON.parse(out)).toMatchObject({ version: "2.1.0", runs: [{ results: [] }] });
  });
});

describe("github", () => {
  test("is a workflow command for each issue", async () => {
    put("x,y.json", definition);
    validator.answer = () => [{ ...missing, message: "50 %\nof it" }, dollar, whole];
    expect(await sfnDs(["validate", "x,y.json", "--format", "github"])).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "::error file=x%2Cy.json,line=4,col=36,title=MISSING_TRANSITION_TARGET::50 %25%0Aof it at /States/A/Next (name a state of the same States)
      ::warning file=x%2Cy.json,line=5,col=34,title=NO_DOLLAR::expected a key that ends in .$ at /States/Ship (let the key end in .$)
      ::error file=x%2Cy.json,title=MISSING_END_STATE::Workflow has no terminal state (end a state)
      "
    `);
  });

  test("has nothing that a terminal would obey, or that turns the direction of writing", async () => {
    put("a\u202eb.json", definition);
    const odd = "\u001b[2J\u202e\r\u2066";
    validator.answer = () => [{ ...missing, message: odd, location: `/States/${odd}`, hint: odd }];
    await sfnDs(["validate", "a\u202eb.json", "--format", "github"]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for.
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    expect(out).toContain("title=MISSING_TRANSITION_TARGET::␛[2J\\u202e␍\\u2066 at /States/␛");
  });

  test.each(["github", "sarif"])("%s names files as the repository does, wherever the command runs", async (format) => {
    put("flows/x.json", definition);
    validator.answer = () => [missing];
    const environment = { GITHUB_WORKSPACE: dirname(directory) };
    await sfnDs(["validate", "flows/x.json", "--format", format], { environment });
    expect(out).toContain(`${directory.slice(dirname(directory).length + 1)}/flows/x.json`);
  });
});
