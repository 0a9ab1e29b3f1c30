import { authoring } from "./authoring.js";
import { formatLine } from "./measure.js";
import { importTime, quickstart } from "./processes.js";
import { typeCosts } from "./types.js";

const lines = [
  ...authoring(),
  ...typeCosts(),
  ...importTime("sfn-ds"),
  ...importTime("sfn-ds/sagemaker"),
  ...(await quickstart()),
];
process.stdout.write(`medians, Node ${process.version}\n`);
for (const line of lines) process.stdout.write(`${formatLine(line)}\n`);
