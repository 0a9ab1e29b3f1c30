import { fileURLToPath } from "node:url";
import { Chain, context, ExecutionInput, Fail, Pass, type Ref, Succeed, text, Workflow } from "sfn-ds";
import {
  getExecutionRole,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  ScriptProcessor,
  Session,
} from "sfn-ds/sagemaker";
import * as z from "zod";

// Cleans today's orders. What is likely to pass is tried again; a job that fails on its data gives way to yesterday's orders;
// a job that hangs fails the execution, with the reason.

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** Run as a program, not imported by `sfn-ds synth`. */
const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
const session = new Session();
const role = await getExecutionRole(session);

const input = new ExecutionInput(z.object({ orders: z.string(), folder: z.string(), yesterday: z.string() }));
const cleaned = text`${input.folder}/${context.execution.name}`;

const useToday = new Pass("Use today", { parameters: { orders: cleaned, why: "" } });
const useYesterday = (why: Ref<string>) => new Pass("Use yesterday", { parameters: { orders: input.yesterday, why } });
const done = new Succeed("Done");

const clean = new ProcessingStep("Clean", {
  processor: new ScriptProcessor({
    session,
    role,
    imageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/clean:1",
    command: ["python3"],
    instanceCount: 1,
    instanceType: "ml.m5.large",
  }),
  code: beside("clean.py"),
  inputs: [new ProcessingInput({ source: input.orders, destination: "/opt/ml/processing/input" })],
  outputs: [new ProcessingOutput({ outputName: "clean", source: "/opt/ml/processing/clean", destination: cleaned })],
  timeoutSeconds: 3600,
  // Rules are looked at in their order, and each has attempts of its own. No job is named here, so each attempt names its own.
  retry: [
    {
      errorEquals: ["SageMaker.AmazonSageMakerException"],
      intervalSeconds: 30,
      maxAttempts: 6,
      jitterStrategy: "FULL",
    },
    { errorEquals: ["States.TaskFailed"], intervalSeconds: 1, maxAttempts: 1 },
  ],
  // Looked at when there is no attempt left.
  catch: [
    {
      errorEquals: ["States.TaskFailed"],
      next: (error) => Chain.of(useYesterday(error.Cause), done),
    },
    {
      errorEquals: ["States.Timeout"],
      next: (error) => new Fail("Cannot clean", { error: "CannotClean", cause: text`${error.Error} within an hour` }),
    },
  ],
});

export const workflow = new Workflow({
  session,
  role,
  name: "error-handling",
  input,
  definition: Chain.of(clean, useToday, done),
});

// npx sfn-ds local -- npx tsx workflow.ts                     cleans the orders
// npx sfn-ds local -- npx tsx workflow.ts renamed-column.csv  fails twice, then takes yesterday's
if (isProgram) {
  await workflow.upsert();
  const [, , file = "orders.csv"] = process.argv;
  const folder = `s3://${await session.defaultBucket()}/error-handling`;
  const execution = await workflow.execute({
    orders: await session.uploadData(beside(`data/${file}`), { keyPrefix: `error-handling/input/${file}` }),
    folder,
    yesterday: `${folder}/yesterday`,
  });
  if ((await execution.follow()) === "ended") console.log((await execution.output()).orders);
}
