import { Data } from "../src/interpreter/data.js";
import type { HistoryEvent } from "../src/interpreter/history-event.js";
import { plan } from "../src/interpreter/plan.js";
import type { ExecutionFacts } from "../src/interpreter/snapshot.js";
import { begin, canAdvance, type Stepped, step } from "../src/interpreter/step.js";
import { parseTaskResource } from "../src/interpreter/task-resource.js";
import type { Json } from "../src/language/json.js";

/** How this engine names a task that is mocked. */
export const task = "arn:aws:states:::lambda:invoke";

/** A machine made ready: each call runs it once, to its end, and gives its history. Every task answers `{"ok":1}` at once. */
export function machine(definition: Json): (input: Json, keepsEvents: boolean) => readonly HistoryEvent[] {
  const planned = plan(definition, {
    find(text) {
      const resource = parseTaskResource(text);
      return resource === undefined ? { refusal: "no task" } : { resource, requiredParameters: [] };
    },
  });
  if (planned.plan === undefined) throw new Error(planned.issues[0].message);
  let runs = 0;
  return (input, keepsEvents) => {
    const history: HistoryEvent[] = [];
    const now = Date.now();
    let made: Stepped = begin(planned.plan, factsOf(runs++, input, now));
    for (;;) {
      if (keepsEvents) for (const event of made.events) history.push(event);
      if (made.snapshot.status !== "RUNNING") break;
      made = step(planned.plan, made.snapshot, inputOf(made), now);
    }
    if (made.snapshot.status !== "SUCCEEDED") throw new Error(JSON.stringify(made.effects));
    return history;
  };
}

/** Nothing but tasks is waited for. */
function inputOf({ snapshot, effects }: Stepped): Parameters<typeof step>[2] {
  if (canAdvance(snapshot)) return { kind: "advance", turns: 1000 };
  const started = effects.find(({ kind }) => kind === "startTask");
  if (started?.kind !== "startTask") throw new Error("nothing goes on");
  return { kind: "taskSucceeded", task: started.task, output: { ok: 1 } };
}

function factsOf(run: number, input: Json, startedAt: number): ExecutionFacts {
  const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:bench";
  return {
    arn: `arn:aws:states:us-east-1:123456789012:execution:bench:${run}`,
    name: String(run),
    roleArn: "arn:aws:iam::123456789012:role/bench",
    type: "EXPRESS",
    startedAt,
    input: new Data(input),
    stateMachineArn,
    stateMachineName: "bench",
    seed: `seed ${run}`,
    mostEvents: Number.POSITIVE_INFINITY,
  };
}
