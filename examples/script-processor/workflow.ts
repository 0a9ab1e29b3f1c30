import { fileURLToPath } from "node:url";
import { Chain, ExecutionInput, Workflow } from "sfn-ds";
import {
  getExecutionRole,
  ProcessingInput,
  ProcessingOutput,
  ProcessingStep,
  ScriptProcessor,
  Session,
} from "sfn-ds/sagemaker";
import * as z from "zod";

// A ScriptProcessor with an image of one's own, and an input with a schema: what an execution is started with is checked
// before AWS is asked, and placeholders of it stand where jobs take values.
//
//   npx sfn-ds local -- npx tsx workflow.ts
//   npx sfn-ds local -- npx tsx workflow.ts none    an input that the schema does not take

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** Run as a program, not imported by `sfn-ds synth`. */
const isProgram = process.argv[1] === fileURLToPath(import.meta.url);
const session = new Session();
const role = await getExecutionRole(session);

// The image in ECR, in the account, region and partition that the program runs in.
const domain = (await session.partition()) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
const imageUri = `${await session.account()}.dkr.ecr.${await session.region()}.${domain}/messages:1`;

const processor = new ScriptProcessor({
  session,
  role,
  imageUri,
  command: ["python3"],
  instanceCount: 1,
  instanceType: "ml.c4.xlarge",
});

const s3Uri = z.string().startsWith("s3://");
const input = new ExecutionInput(
  z.object({
    PreprocessingJobName: z.string().max(63),
    InputMessage: s3Uri,
    OutputProcessedMessage: s3Uri,
    FewestWords: z.number().int().positive(),
  }),
);

const preprocess = new ProcessingStep("Preprocess", {
  processor,
  code: beside("process.py"),
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
  arguments: ["--fewest-words", input.FewestWords],
});

export const workflow = new Workflow({
  session,
  role,
  name: "script-processor",
  input,
  definition: Chain.of(preprocess),
});

if (isProgram) {
  await workflow.upsert();
  const [, , fewest = "4"] = process.argv;
  const output = `s3://${await session.defaultBucket()}/script-processor/output`;
  const execution = await workflow.execute({
    PreprocessingJobName: `messages-${Date.now()}`,
    InputMessage: await session.uploadData(beside("data/messages.txt"), { keyPrefix: "script-processor/input" }),
    OutputProcessedMessage: output,
    FewestWords: Number(fewest),
  });
  if ((await execution.follow()) === "ended") console.log(`output: ${output}/messages.txt`);
}
