import { run } from "./campaign.js";

await run({
  script: "fuzz:validate",
  about: "Gives the validator inputs that nobody would write",
  worker: new URL("./validate-worker.ts", import.meta.url),
  answers: "up to five answers",
});
