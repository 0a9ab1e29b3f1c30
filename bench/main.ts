import { authoring } from "./authoring.js";
import { formatLine, type Line } from "./measure.js";
import { importTime, quickstart } from "./processes.js";
import { running } from "./running.js";
import { typeCosts } from "./types.js";
import { validating } from "./validating.js";

const parts: Readonly<Record<string, () => readonly Line[] | Promise<readonly Line[]>>> = {
  authoring,
  types: typeCosts,
  imports: () => [...importTime("sfn-ds"), ...importTime("sfn-ds/sagemaker")],
  quickstart,
  validating,
  running,
};

/** `npm run bench -- validating` measures one part alone. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(`expected some of ${Object.keys(parts).join(", ")}, got ${unknown.join(", ")}\n`);
  process.exit(2);
}
process.stdout.write(`medians, Node ${process.version}\n`);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const line of await measure()) process.stdout.write(`${formatLine(line)}\n`);
}
