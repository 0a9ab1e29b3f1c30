import type { Effect } from "../../src/interpreter/effect.js";
import type { HistoryEvent } from "../../src/interpreter/history-event.js";
import { plan } from "../../src/interpreter/plan.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import type { Answer } from "../random/answers.js";
import { anyTask, type Execution, World, type WorldOptions } from "../random/world.js";

type StartTask = Extract<Effect, { kind: "startTask" }>;

/** A task that answers after some seconds. */
export function answered(seconds: number, answer: Json | { readonly error: string; readonly cause?: string }) {
  return ({ task }: StartTask): readonly Answer[] => {
    const failed = typeof answer === "object" && answer !== null && "error" in answer;
    const input = failed
      ? ({ kind: "taskFailed", task, ...(answer as { error: string }) } as const)
      : ({ kind: "taskSucceeded", task, output: answer as Json } as const);
    return [{ afterMs: seconds * 1000, input }];
  };
}

/** Tasks that answer by the name of their state, one attempt after the other. */
export function answersOf(
  byState: Readonly<Record<string, readonly ((task: StartTask) => readonly Answer[])[]>>,
): NonNullable<WorldOptions["answers"]> {
  const taken = new Map<string, number>();
  return (task) => {
    const attempt = taken.get(task.state) ?? 0;
    taken.set(task.state, attempt + 1);
    const answers = byState[task.state] ?? [];
    return (answers[attempt] ?? answers.at(-1))?.(task) ?? [];
  };
}

/** Runs states to the end; the first one is where the machine begins. */
export function world(states: JsonObject, options: WorldOptions = {}, machine: JsonObject = {}): World {
  const { plan: made, issues } = plan({ StartAt: Object.keys(states)[0] ?? "", States: states, ...machine }, anyTask);
  if (made === undefined) throw new Error(JSON.stringify(issues));
  const one = new World(made, options);
  one.run();
  return one;
}

/** The same; only the execution itself. */
export function execution(states: JsonObject, options: WorldOptions = {}, machine: JsonObject = {}): Execution {
  const [root] = world(states, options, machine).executions;
  if (root === undefined) throw new Error("expected an execution");
  return root;
}

/** Each event with the one that it points to, and what it is about. */
export function told({ events }: Execution): readonly string[] {
  return events.map(({ id, previousEventId, type, details }: HistoryEvent) => {
    const about = [details?.["name"], details?.["index"]].filter((part) => part !== undefined);
    return `${id}<${previousEventId} ${[type, ...about].join(" ")}`;
  });
}

/** How an execution ended. */
export function ending({ endings: [end] }: Execution): string {
  if (end === undefined) return "has not ended";
  return end.status === "SUCCEEDED" ? (end.output?.text ?? "") : `${end.status} ${end.error}: ${end.cause}`;
}
