// The heap after 1,000 and after 10,000 runs whose results are dropped: `heap.mjs <our engine>`, with `--expose-gc`.
import { cases } from "./machines.mjs";

const { machine, task } = await import(process.argv[2] ?? "");
const { definition, input } = cases.task;
const run = machine(definition({ task }));

/** Megabytes in use once so many runs are done. */
function heapAfter(runs) {
  for (let count = 0; count < runs; count++) run(input, true);
  globalThis.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

process.stdout.write(JSON.stringify({ few: heapAfter(1000), many: heapAfter(9000) }));
