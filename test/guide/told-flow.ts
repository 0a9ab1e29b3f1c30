import { tryCompile } from "../../src/compile/compile.js";
import type { Travelled } from "../../src/compile/flow/travel.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { job, run } from "../unit/run-definition.js";
import type { Flow } from "./flow.js";

/** A flow compiled and, where the engine runs it, run. */
export interface ToldFlow {
  readonly definition: JsonObject;
  readonly travelled: readonly Travelled[];
  /** What flows into each state: data, or words. */
  readonly entered: ReadonlyMap<string, string>;
}

/** Throws what is wrong with the flow. */
export function tell(flow: Flow): ToldFlow {
  const { definition, issues, travelled } = tryCompile(flow.definition, { explain: true });
  if (issues.length > 0) throw new Error(issues.map(({ message }) => message).join("\n"));
  const asl = JSON.parse(JSON.stringify(definition)) as JsonObject;
  const data = flow.answers === undefined ? (flow.entered ?? {}) : enteredOf(asl, flow.answers);
  const texts = Object.entries(data).map(([state, value]) => [state, JSON.stringify(value)] as const);
  return { definition: asl, travelled, entered: new Map([...texts, ...Object.entries(flow.mixed ?? {})]) };
}

/** What flowed into each state when the engine ran the definition; a task without an answer fails. */
function enteredOf(definition: JsonObject, answers: { readonly [state: string]: Json }): Record<string, Json> {
  const { States: states } = definition as { readonly States: { readonly [name: string]: JsonObject } };
  const runnable = Object.fromEntries(
    // The engine knows service integrations alone; which one answers is all the same here.
    Object.entries(states).map(([name, state]) => [name, "Resource" in state ? { ...state, Resource: job } : state]),
  );
  const mocks = Object.keys(runnable).map((state) =>
    state in answers
      ? { state, endEvent: "TaskSucceeded", output: answers[state] ?? null }
      : { state, endEvent: "TaskFailed", error: "Busy", cause: "no room" },
  );
  const entered: Record<string, Json> = {};
  for (const event of run({ ...definition, States: runnable }, {}, mocks).events) {
    const details = event["stateEnteredEventDetails"] as { readonly name: string; readonly input: string } | undefined;
    if (details !== undefined) entered[details.name] ??= JSON.parse(details.input) as Json;
  }
  return entered;
}
