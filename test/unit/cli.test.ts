import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/index.js";
import { version } from "../../src/language/version.js";

const sources = fileURLToPath(new URL("../../src/", import.meta.url));

let directory = "";
let out = "";
let err = "";
let environment: NodeJS.ProcessEnv = {};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sfn-ds-cli-"));
  out = "";
  err = "";
  environment = process.env;
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function sfnDs(...argv: readonly string[]): Promise<number> {
  const write = (text: string): void => {
    out += stripVTControlCharacters(text);
  };
  const writeError = (text: string): void => {
    err += stripVTControlCharacters(text);
  };
  return run(argv, { write, writeError, environment, directory, isTerminal: false });
}

function put(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}

const head = `import { Chain } from "${sources}states/chain.js";
import { Pass } from "${sources}states/pass.js";
import { Workflow } from "${sources}workflow/workflow.js";
import { getExecutionRole } from "${sources}sagemaker/session/role.js";
import { Session } from "${sources}sagemaker/session/session.js";
const session = new Session();
`;
const greeting = `${head}
const role = await getExecutionRole(session);
export const workflow = new Workflow({ session, role, name: "greeting", definition: new Pass("Hello", { parameters: { role } }) });
`;

describe("the command line", () => {
  test("--help names the commands", async () => {
    expect(await sfnDs("--help")).toBe(0);
    expect(out).toMatch(/local[\s\S]*synth[\s\S]*check/);
  });

  test("--version is that of the package", async () => {
    const { version: packaged } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect([await sfnDs("--version"), out.trim(), version]).toEqual([0, packaged, packaged]);
  });

  const misuses = [
    { name: "no command", argv: [] },
    { name: "an unknown command", argv: ["lokal"] },
    { name: "an unknown option", argv: ["synth", "x.ts", "--outt", "y"] },
    { name: "a port that is none", argv: ["local", "--port", "70000"] },
    { name: "an account that is none", argv: ["synth", "x.ts", "--account", "12"] },
    { name: "a command for no image", argv: ["local", "--command", "python3 train.py"] },
    { name: "synth without a module", argv: ["synth"] },
  ];

  test.each(misuses)("$name is exit code 2, with a word about it", async ({ argv }) => {
    expect(await sfnDs(...argv)).toBe(2);
    expect(out + err).not.toBe("");
  });
});

describe("synth", () => {
  test("writes a file for each workflow, with the identity of the local service", async () => {
    put("flow.ts", greeting);
    expect(await sfnDs("synth", "flow.ts")).toBe(0);
    expect(JSON.parse(readFileSync(join(directory, "greeting.asl.json"), "utf8"))).toEqual({
      StartAt: "Hello",
      States: {
        Hello: { Type: "Pass", Parameters: { role: "arn:aws:iam::000000000000:role/sfn-ds-local" }, End: true },
      },
    });
  });

  test("compiles for the account and region that are asked for", async () => {
    put("flow.ts", greeting);
    await sfnDs("synth", "flow.ts", "--stdout", "--account", "111122223333", "--region", "cn-north-1");
    expect(out).toContain("arn:aws-cn:iam::111122223333:role/");
  });

  test("says what it wrote and what was the same, also as JSON", async () => {
    put("flow.ts", greeting);
    await sfnDs("synth", "flow.ts");
    await sfnDs("synth", "flow.ts", "--json");
    expect(out).toBe(
      `wrote greeting.asl.json\n${JSON.stringify([{ name: "greeting", file: "greeting.asl.json", changed: false }])}\n`,
    );
  });

  test("leaves the variables of the process as they were", async () => {
    put("flow.ts", greeting);
    const before = { ...process.env };
    await sfnDs("synth", "flow.ts");
    expect({ ...process.env }).toEqual(before);
  });

  test("leaves them as they were when the module fails, too", async () => {
    put("flow.ts", 'process.env.LEFT_BEHIND = "yes"; throw new Error("mine");');
    const before = { ...process.env };
    await sfnDs("synth", "flow.ts");
    expect({ ...process.env }).toEqual(before);
  });

  test.each([{ options: [] }, { options: ["--aws"] }])(
    "shows the module the variables it was given: %o",
    async ({ options }) => {
      environment = { PATH: process.env["PATH"], FLOW_NAME: "named-by-variable", AWS_PROFILE: undefined };
      put(
        "flow.ts",
        `${head}const seen = [process.env.FLOW_NAME, "AWS_PROFILE" in process.env].join("-");
export const a = new Workflow({ session, role: "r/r", name: seen, definition: new Pass("A") });`,
      );
      expect(await sfnDs("synth", "flow.ts", "--json", ...options), err).toBe(0);
      expect(out).toContain('"named-by-variable-false"');
      expect(environment).toEqual({
        PATH: process.env["PATH"],
        FLOW_NAME: "named-by-variable",
        AWS_PROFILE: undefined,
      });
    },
  );

  test("says so when the folder cannot be written to", async () => {
    put("flow.ts", greeting);
    put("file", "");
    expect([await sfnDs("synth", "flow.ts", "--out", "file"), err]).toEqual([
      1,
      expect.stringContaining("[unwritable_file]"),
    ]);
  });

  test.skipIf(!existsSync("/dev/full"))(
    "leaves nothing half written (skipped where there is no /dev/full)",
    async () => {
      put("flow.ts", greeting);
      symlinkSync("/dev/full", join(directory, `greeting.asl.json.${process.pid}.unfinished`));
      expect([await sfnDs("synth", "flow.ts"), err]).toEqual([1, expect.stringContaining("[unwritable_file]")]);
      expect(readdirSync(directory)).toEqual(["flow.ts"]);
    },
  );

  test("prints one definition as it is, several as one object by their names", async () => {
    const flow = (name: string): string =>
      `export const ${name} = new Workflow({ session, role: "r/r", name: "${name}", definition: new Pass("${name}") });`;
    const machine = (name: string): object => ({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });
    put("flow.ts", `${head}${flow("a")}`);
    await sfnDs("synth", "flow.ts", "--stdout");
    expect(JSON.parse(out)).toEqual(machine("a"));
    out = "";
    put("flows.ts", `${head}${flow("b")}\n${flow("a")}`);
    await sfnDs("synth", "flows.ts", "--stdout");
    expect(JSON.parse(out)).toEqual({ a: machine("a"), b: machine("b") });
    expect(readdirSync(directory)).toEqual(["flow.ts", "flows.ts"]);
  });

  test("says where in the module a definition went wrong", async () => {
    put("helper.ts", "export const uri = (bucket: unknown): string =>\n  String(bucket);\n");
    put(
      "flow.ts",
      `import { context } from "${sources}expression/context.js";
import { uri } from "./helper.js";
uri(context.execution.name);`,
    );
    expect(await sfnDs("synth", "flow.ts")).toBe(1);
    expect(err).toMatch(/^error \[accidental_text\] .*\n {2}at helper\.ts:2:\d+\n$/);
  });

  const failures = [
    { name: "a module that is not there", text: undefined, says: "unreadable_file" },
    { name: "a module that throws", text: 'throw new Error("my own mistake");', says: "my own mistake" },
    { name: "a module with a mistake in its syntax", text: "export const = 3;", says: "module_failed" },
    { name: "a module that exports no workflow", text: "export const x = 1;", says: "no_workflow_exported" },
    {
      name: "two workflows of one name",
      text: `${head}export const a = new Workflow({ session, role: "r/r", name: "n", definition: new Pass("A") });
export const b = new Workflow({ session, role: "r/r", name: "n", definition: new Pass("B") });`,
      says: "two workflows",
    },
    {
      name: "a definition that is wrong",
      text: `${head}export const a = new Workflow({ session, role: "r/r", name: "n", definition: Chain.from([new Pass("A"), new Pass("A")]) });`,
      says: "[duplicate_state_name] States.A",
    },
  ];

  test.each(failures)("$name is exit code 1 and is told", async ({ text, says }) => {
    if (text !== undefined) put("flow.ts", text);
    expect(await sfnDs("synth", "flow.ts")).toBe(1);
    expect(err).toContain(says);
  });
});

describe("check", () => {
  test("is content with what synth wrote", async () => {
    put("flow.ts", greeting);
    await sfnDs("synth", "flow.ts");
    expect(await sfnDs("check", "flow.ts")).toBe(0);
  });

  const drifts = [
    { name: "a file that is not there", file: undefined, says: "the file is not there" },
    { name: "a file that is not JSON", file: "{", says: "the file is not JSON" },
    {
      name: "a changed state",
      file: '{"StartAt":"Hello","States":{"Hello":{"Type":"Pass","Parameters":{"role":"arn:other"},"End":true}}}',
      says: '/States/Hello/Parameters/role\n    - "arn:other"\n    + "arn:aws:iam::000000000000:role/sfn-ds-local"',
    },
    {
      name: "another layout",
      file: '{"StartAt":"Hello","States":{"Hello":{"Type":"Pass","Parameters":{"role":"arn:aws:iam::000000000000:role/sfn-ds-local"},"End":true}}}',
      says: "its layout is not",
    },
  ];

  test.each(drifts)("finds $name: exit code 1 and a readable difference", async ({ file, says }) => {
    put("flow.ts", greeting);
    if (file !== undefined) put("greeting.asl.json", file);
    expect(await sfnDs("check", "flow.ts")).toBe(1);
    expect(out).toContain(says);
    expect(err).toContain("sfn-ds synth flow.ts");
  });
});
