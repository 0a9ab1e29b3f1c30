import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The clients are the user's choice. What is built is used here as it would be in somebody's program, with some of the clients and without.

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What comes with sfn-ds. */
const needed = [
  "zod",
  "@types/node",
  "@aws-sdk/client-iam",
  "@aws-sdk/client-s3",
  "@aws-sdk/client-sfn",
  "@aws-sdk/client-sts",
  "@aws-sdk/client-sagemaker",
  "@aws-sdk/client-cloudwatch-logs",
];
/** What the one program has installed beside. */
const chosen = ["@aws-sdk/client-lambda", "@aws-sdk/client-batch", "@aws-sdk/client-dynamodb", "@aws-sdk/client-emr"];

const withClients = `
import { compile } from "sfn-ds";
import { AthenaStartQueryExecutionStep, BatchSubmitJobStep, DynamoDBGetItemStep, EmrAddStepStep, LambdaStep } from "sfn-ds/services";
const lambda = new LambdaStep("A", { parameters: { FunctionName: "f", Payload: { a: 1 } } });
const status: typeof lambda.output.StatusCode extends { readonly [key: symbol]: number | undefined } ? true : unknown = true;
// @ts-expect-error a misspelt parameter
new LambdaStep("A", { parameters: { FunctionNam: "f" } });
const batch = new BatchSubmitJobStep("A", { parameters: { JobName: "j", JobQueue: "q", JobDefinition: "d" } });
compile(new LambdaStep("B", { parameters: { FunctionName: batch.output.JobId, Payload: batch.output.StartedAt } }));
const item = new DynamoDBGetItemStep("A", { parameters: { TableName: "t", Key: { id: { S: batch.output.JobId } } } });
new LambdaStep("B", { parameters: { FunctionName: "f", Payload: item.output.Item["name"].S } });
new EmrAddStepStep("A", { parameters: { ClusterId: "c", Step: { Name: "n", HadoopJarStep: { Jar: "j" } } } });
new AthenaStartQueryExecutionStep("A", { parameters: { QueryStrin: "its client is not there" } });
export { status };
`;

const without = `
import type { Ref } from "sfn-ds";
import { BatchSubmitJobStep, EmrAddStepStep, EmrModifyInstanceFleetByNameStep, HttpInvokeStep, LambdaStep } from "sfn-ds/services";
const lambda = new LambdaStep("A", { parameters: { FunctionNam: "its client is not there" }, integrationPattern: "REQUEST_RESPONSE" });
const output: Ref<unknown> = lambda.output;
// @ts-expect-error unknown, not any: an output of which nothing is known has no members
lambda.output.Payload;
// @ts-expect-error a pattern that Lambda does not have
new LambdaStep("A", { parameters: {}, integrationPattern: "RUN_JOB" });
// @ts-expect-error unknown, not any
new BatchSubmitJobStep("A", { parameters: { JobName: "j" } }).output.JobId;
new EmrAddStepStep("A", { parameters: { ClusterId: "c", Step: { Name: 1 } } });
new EmrModifyInstanceFleetByNameStep("A", { parameters: { ClusterId: "c", InstanceFleetName: "f", InstanceFleet: { Any: 1 } } });
// @ts-expect-error the types of an integration that has no client are ours
new HttpInvokeStep("A", { parameters: { ApiEndpoint: "https://example.com", Method: "FETCH" } });
export { output };
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sfn-ds-client-types-"));
  project("with", [...needed, ...chosen], withClients);
  project("without", needed, without);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function project(name: string, packages: readonly string[], program: string): void {
  const modules = join(folder, name, "node_modules");
  for (const one of packages) {
    mkdirSync(dirname(join(modules, one)), { recursive: true });
    symlinkSync(join(root, "node_modules", one), join(modules, one));
  }
  // A copy: behind a link, everything that is installed here would be found.
  cpSync(join(root, "dist"), join(modules, "sfn-ds", "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(modules, "sfn-ds", "package.json"));
  writeFileSync(join(folder, name, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, name, "program.ts"), program);
}

describe.each(["with", "without"])("%s clients", (name) => {
  test.each([true, false])("a program has no errors with skipLibCheck: %s", (skipLibCheck) => {
    const program = ts.createProgram([join(folder, name, "program.ts")], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      noEmit: true,
      noUncheckedIndexedAccess: false,
      types: ["node"],
      skipLibCheck,
    });
    // Declarations of other packages may have errors of their own.
    const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
    const found = ours.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    expect(
      found.map(
        ({ messageText, file, start }) =>
          `${file?.fileName}:${start} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      ),
    ).toEqual([]);
  });
});
