import { run } from "./campaign.js";
import { counted } from "./run-laws.js";

const count = (counts: readonly number[], name: keyof typeof counted): number => counts[counted[name]] ?? 0;

await run({
  script: "fuzz:run",
  about: "Runs definitions and inputs that nobody would write",
  worker: new URL("./run-worker.ts", import.meta.url),
  answers: "one run",
  tell: (counts) =>
    [
      `${count(counts, "runs")} runs`,
      `${count(counts, "transitions")} transitions`,
      `${count(counts, "steps")} steps`,
      `${count(counts, "longSteps")} of them over 50 ms (the longest ${Math.round(count(counts, "longest"))} ms)`,
    ].join(", "),
});
