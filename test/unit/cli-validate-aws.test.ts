import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../../src/cli/index.js";
import type { ValidationIssue } from "../../src/validate/issue.js";

const ours = vi.hoisted(() => ({ issues: [] as readonly ValidationIssue[] }));
vi.mock("../../src/validate/validate.js", () => ({ validate: () => ours.issues }));

/** What stands for AWS: answers each call of ValidateStateMachineDefinition as told. */
let answer: { readonly status: number; readonly body: object };
let asked: { target: unknown; body: unknown }[] = [];
let server: Server;
let directory = "";
let out = "";
let err = "";

beforeEach(async () => {
  answer = { status: 200, body: { result: "OK", diagnostics: [], truncated: false } };
  asked = [];
  out = "";
  err = "";
  ours.issues = [];
  directory = mkdtempSync(join(tmpdir(), "sfn-ds-validate-aws-"));
  server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    asked.push({
      target: request.headers["x-amz-target"],
      body: JSON.parse(Buffer.concat(chunks).toString()) as unknown,
    });
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

function sfnDs(...argv: readonly string[]): Promise<number> {
  return run(["validate", ...argv, "--aws"], {
    write: (text) => {
      out += stripVTControlCharacters(text);
    },
    writeError: (text) => {
      err += stripVTControlCharacters(text);
    },
    environment: process.env,
    directory,
    isTerminal: false,
  });
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is a placeholder of CloudFormation.
const placeholder = "${Count}";
const text = `{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "${placeholder}" } } }`;

function issueOf(code: ValidationIssue["code"], message: string, location?: string): ValidationIssue {
  return {
    severity: "error",
    code,
    message,
    pointer: "",
    hint: "mend it",
    ...(location === undefined ? {} : { location }),
  };
}

describe("--aws", () => {
  beforeEach(() => {
    writeFileSync(join(directory, "x.json"), text);
  });

  test("sends the definition with what is known of its placeholders, and asks for all that AWS has to say", async () => {
    expect(await sfnDs("x.json", "--type", "EXPRESS", "--substitute", 'Count="quoted"'), err).toBe(0);
    expect(asked).toEqual([
      {
        target: "AWSStepFunctions.ValidateStateMachineDefinition",
        body: {
          definition: JSON.stringify(JSON.parse(text.replace(placeholder, '\\"quoted\\"'))),
          type: "EXPRESS",
          severity: "WARNING",
          maxResults: 100,
        },
      },
    ]);
  });

  test("sends YAML as JSON", async () => {
    writeFileSync(join(directory, "x.yaml"), "StartAt: A\nStates:\n  A: { Type: Succeed }\n");
    await sfnDs("x.yaml");
    expect(asked[0]?.body).toMatchObject({ definition: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}' });
  });

  test.each([
    {
      name: "YAML that its parser would take minutes for",
      file: "x.yaml",
      text: `StartAt: A\nX:\n${"? ".repeat(700)}`,
    },
    { name: "JSON with a comment", file: "x.json", text: '{ // first\n "StartAt": "A" }' },
    { name: "what is no definition", file: "x.yaml", text: "nothing" },
  ])("sends $name as it is", async ({ file, text: given }) => {
    writeFileSync(join(directory, file), given);
    await sfnDs(file);
    expect(asked[0]?.body).toMatchObject({ definition: given });
  });

  test("sends JSON with the layout that it has, so that AWS's lines are those of the file", async () => {
    writeFileSync(join(directory, "x.json"), `\n  ${text}\n`);
    await sfnDs("x.json");
    expect(asked[0]?.body).toMatchObject({ definition: `\n  ${text}\n` });
  });

  const warnings = [
    { severity: "WARNING", code: "NO_DOLLAR", message: "of both" },
    { severity: "WARNING", code: "NO_DOLLAR", message: "of AWS" },
  ];

  test.each([["--ignore", "NO_DOLLAR"], ["--quiet"]])("leaves out of both what %s leaves out", async (...argv) => {
    ours.issues = [
      { ...issueOf("NO_DOLLAR", "of both"), severity: "warning" },
      { ...issueOf("NO_DOLLAR", "of ours"), severity: "warning" },
    ];
    answer = { status: 200, body: { result: "OK", diagnostics: warnings, truncated: false } };
    expect(await sfnDs("x.json", "--json", ...argv)).toBe(0);
    const none = { result: "OK", truncated: false, both: [], awsOnly: [], oursOnly: [] };
    expect(JSON.parse(out)).toMatchObject({ files: [{ issues: [], aws: [none] }] });
  });

  test("shows what both say, what AWS alone says and what sfn-ds alone says", async () => {
    ours.issues = [
      issueOf("MISSING_TRANSITION_TARGET", "Missing 'Next' target: B", "/States/A/Next"),
      issueOf("MISSING_END_STATE", "Workflow has no terminal state"),
      issueOf("INVALID_LABEL_NAME", "ours", "/States/A/Resource"),
    ];
    const diagnostics = [
      {
        severity: "ERROR",
        code: "MISSING_TRANSITION_TARGET",
        message: "Missing 'Next' target: B",
        location: "/States/A/Next",
      },
      { severity: "ERROR", code: "MISSING_END_STATE", message: "Workflow has no terminal state", location: null },
      { severity: "ERROR", code: "INVALID_LABEL_NAME", message: "theirs", location: "/States/A/Resource" },
      { severity: "WARNING", code: "NEW_CODE", message: "of tomorrow" },
    ];
    answer = { status: 200, body: { result: "FAIL", diagnostics, truncated: true } };
    expect(await sfnDs("x.json")).toBe(1);
    expect(out.slice(out.indexOf("x.json AWS")).replace(/\(\d+ ms\)/, "(… ms)")).toMatchInlineSnapshot(`
      "x.json AWS both say 2, AWS alone 2, sfn-ds alone 1; AWS has more than it says at once
        AWS alone:    error INVALID_LABEL_NAME theirs at /States/A/Resource
        AWS alone:    warning NEW_CODE of tomorrow
        sfn-ds alone: error INVALID_LABEL_NAME ours at /States/A/Resource

      1 file: 4 errors, 1 warning (… ms)
      "
    `);
  });

  test("counts what AWS alone says", async () => {
    const diagnostics = [{ severity: "ERROR", code: "INVALID_LABEL_NAME", message: "theirs", location: "/States/A" }];
    answer = { status: 200, body: { result: "FAIL", diagnostics, truncated: false } };
    expect(await sfnDs("x.json", "--json")).toBe(1);
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          file: "x.json",
          issues: [],
          aws: [{ result: "FAIL", truncated: false, both: [], awsOnly: diagnostics, oursOnly: [] }],
        },
      ],
      errors: 1,
      warnings: 0,
    });
  });

  test.each(["sarif", "github"])("reports what AWS alone says in %s, too", async (format) => {
    const diagnostics = [{ severity: "ERROR", code: "INVALID_LABEL_NAME", message: "theirs", location: "/States/A" }];
    answer = { status: 200, body: { result: "FAIL", diagnostics, truncated: false } };
    expect(await sfnDs("x.json", "--format", format)).toBe(1);
    expect(out).toContain("theirs");
  });

  test("what AWS refuses as an argument is what it says about the definition", async () => {
    answer = { status: 400, body: { __type: "ValidationException", message: "definition is too long" } };
    expect(await sfnDs("x.json")).toBe(1);
    expect(out).toContain("AWS alone:    error ValidationException definition is too long");
  });

  test("an error of AWS comes under its name, without a stack, and is exit code 2", async () => {
    answer = { status: 400, body: { __type: "AccessDeniedException", message: "not allowed to do this" } };
    expect(await sfnDs("x.json")).toBe(2);
    expect(err).toBe("error AccessDeniedException: not allowed to do this\n");
  });

  test.each(["json", "sarif"])("an error of AWS leaves a whole report in %s, and is told once", async (format) => {
    for (const name of ["a.json", "b.json"]) writeFileSync(join(directory, name), text);
    ours.issues = [issueOf("INVALID_LABEL_NAME", "ours", "/States/A")];
    answer = { status: 400, body: { __type: "AccessDeniedException", message: "not allowed to do this" } };
    expect(await sfnDs("a.json", "b.json", "--format", format)).toBe(2);
    expect(JSON.stringify(JSON.parse(out)).match(/"ours/g)).toHaveLength(2);
    expect(err).toBe("error AccessDeniedException: not allowed to do this\n");
  });

  test("an endpoint that does not answer is exit code 2, with what to do", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    expect(await sfnDs("x.json")).toBe(2);
    expect(err).toMatch(/^error \[endpoint_unreachable\] the endpoint does not answer/);
  });

  test("no credentials are exit code 2, with what to do", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("HOME", directory);
    expect(await sfnDs("x.json")).toBe(2);
    expect(err).toMatch(/^error \[no_credentials\] no AWS credentials were found/);
  });
});
