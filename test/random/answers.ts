import type { StepInput } from "../../src/interpreter/effect.js";
import type { TaskResource } from "../../src/interpreter/task-resource.js";
import type { Json } from "../../src/language/json.js";
import { Random } from "../fuzz/random.js";

/** Something that a task says, and when. */
export interface Answer {
  readonly afterMs: number;
  readonly input: StepInput;
}

/** A number out of a text (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value;
}

/** What a task says until its end, the last one last; the same for the same seed. */
export function answersOf(seed: string, task: string, { kind, pattern }: TaskResource): readonly Answer[] {
  const random = new Random(hash(seed));
  const answers: Answer[] = [];
  let afterMs = 0;
  const say = (input: StepInput): void => {
    afterMs += random.isOneOf(2) ? 0 : random.pick([1, 500, 7_000, 90_000]);
    answers.push({ afterMs, input });
  };
  if (kind === "activity") {
    if (random.isOneOf(12))
      return [{ afterMs, input: { kind: "taskRefused", task, cause: "There is no such activity." } }];
    answers.push({ afterMs, input: { kind: "taskScheduled", task } });
  }
  if (kind === "activity") say({ kind: "taskStarted", task, ...(random.isOneOf(2) ? { workerName: "w" } : {}) });
  if (pattern === "sync" || (kind !== "activity" && pattern === "callback")) {
    if (!random.isOneOf(5)) say({ kind: "taskSubmitted", task, output: { job: 1 } });
  }
  for (let beats = random.below(3); beats > 0 && pattern === "callback"; beats--) say({ kind: "taskHeartbeat", task });
  say(random.isOneOf(3) ? failure(random, task) : { kind: "taskSucceeded", task, output: outputOf(random) });
  return answers;
}

function failure(random: Random, task: string): StepInput {
  const error = random.pick(["E1", "E2", "States.TaskFailed", "States.Timeout"]);
  if (random.isOneOf(9)) return { kind: "taskFailed", task };
  return { kind: "taskFailed", task, error, ...(random.isOneOf(3) ? {} : { cause: "why" }) };
}

function outputOf(random: Random): Json {
  if (random.isOneOf(40)) return "long ".repeat(60_000);
  return random.pick<Json>([null, 7, "text", [1, 2], { ok: true, items: [3] }, {}]);
}
