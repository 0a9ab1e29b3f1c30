import { spawnSync } from "node:child_process";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Chain, ExecutionInput, renderDefinition, Workflow } from "sfn-ds";
import {
  getExecutionRole,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  ScriptProcessor,
  Session,
} from "sfn-ds/sagemaker";
import * as z from "zod";

/** A file beside this one. */
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Run as a program, not imported by `sfn-ds synth`. */
const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
// The script is there in two languages: Python, and JavaScript for a machine that runs the program without python3.
// `sfn-ds synth` and `check` always take Python, so that the committed definition is the same on every machine.
const hasPython = !isProgram || spawnSync("python3", ["--version"]).status === 0;

const session = new Session();
const role = await getExecutionRole(session);

const input = new ExecutionInput(
  z.object({ PreprocessingJobName: z.string(), InputMessage: z.string(), OutputProcessedMessage: z.string() }),
);
const processor = new ScriptProcessor({
  session,
  role,
  imageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/preprocess:1",
  command: [hasPython ? "python3" : "node"],
  instanceCount: 1,
  instanceType: "ml.c4.xlarge",
});
const preprocess = new ProcessingStep("Preprocess", {
  processor,
  code: beside(hasPython ? "preprocess.py" : "preprocess.cjs"), // uploaded at create(); the key is the file's hash
  jobName: input.PreprocessingJobName,
  inputs: [
    new ProcessingInput({
      inputName: "input_messages",
      source: input.InputMessage,
      destination: "/opt/ml/processing/input",
    }),
  ],
  outputs: [
    new ProcessingOutput({
      outputName: "processed_message",
      source: "/opt/ml/processing/output/processed",
      destination: input.OutputProcessedMessage,
    }),
  ],
});
const definition = Chain.of(preprocess);
export const workflow = new Workflow({ session, role, name: "one-step-processing", input, definition });

if (isProgram) {
  const file = ".sfn-ds/one-step-processing.asl.json";
  await mkdir(".sfn-ds", { recursive: true });
  // Written beside and renamed, so that nobody ever sees half of it.
  const unfinished = `${file}.${process.pid}.unfinished`;
  await writeFile(unfinished, renderDefinition(await workflow.definition()));
  await rename(unfinished, file);
  console.log(`definition: ${file}`);

  // Again and again: a machine that is the same is taken. upsert() would replace one that differs.
  await workflow.create();
  const folder = `s3://${await session.defaultBucket()}/one-step-processing`;
  const execution = await workflow.execute({
    PreprocessingJobName: `preprocess-${Date.now()}`,
    InputMessage: await session.uploadData(beside("data/messages.txt"), { keyPrefix: "one-step-processing/input" }),
    OutputProcessedMessage: `${folder}/output`,
  });
  if ((await execution.follow()) === "ended") {
    const job = await execution.output();
    console.log(`job:        ${job.ProcessingJobArn} ${job.ProcessingJobStatus}`);
    console.log(`output:     ${folder}/output/messages.jsonl`);
  }
}
