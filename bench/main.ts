import { authoring } from "./authoring.js";
import { importTime, quickstart } from "./processes.js";

const lines = [
  ...authoring(1000),
  ...authoring(10_000),
  ...importTime("sfn-ds"),
  ...importTime("sfn-ds/sagemaker"),
  ...(await quickstart()),
];
process.stdout.write(`medians, Node ${process.version}\n`);
for (const { name, value, goal } of lines) process.stdout.write(`${name.padEnd(52)} ${value.padStart(18)}  ${goal}\n`);
