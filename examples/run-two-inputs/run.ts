import { fileURLToPath } from "node:url";
import { getExecutionRole, ProcessingInput, ProcessingOutput, ScriptProcessor, Session } from "sfn-ds/sagemaker";

// run(): one job without a state machine, with its script, its data, and a package of one's own as a second input, which is
// put beside the script.
//
//   npx sfn-ds local -- npx tsx run.ts

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const session = new Session();
const role = await getExecutionRole(session);

const processor = new ScriptProcessor({
  session,
  role,
  imageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/weather:1",
  command: ["python3"],
  instanceCount: 1,
  instanceType: "ml.c4.xlarge",
});

const data = new ProcessingInput({
  inputName: "data",
  source: beside("data"), // a folder; it is uploaded, as the others are
  destination: "/opt/ml/processing/input/data",
});
const reports = new ProcessingInput({
  inputName: "package",
  source: beside("reports"),
  destination: "/opt/ml/processing/input/code/reports",
});
const day = new Date().toISOString().slice(0, 10);
const processed = new ProcessingOutput({
  outputName: "processed_data",
  source: "/opt/ml/processing/output/processed",
  destination: `s3://${await session.defaultBucket()}/processed_data/${day}`,
});

await processor.run({ code: beside("main.py"), inputs: [data, reports], outputs: [processed] });
console.log(`output: s3://${await session.defaultBucket()}/processed_data/${day}/means.csv`);
