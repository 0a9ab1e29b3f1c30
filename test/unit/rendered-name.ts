import type { Ref } from "../../src/expression/placeholder.js";
import { Chain, compile, Map as MapStep, Pass, Task } from "../../src/index.js";
import { QueryBudget } from "../../src/interpreter/paths/query-budget.js";
import { Random } from "../../src/interpreter/random.js";
import { planSource, readSource } from "../../src/interpreter/template.js";
import type { QueryLanguage } from "../../src/language/asl.js";
import type { Json, JsonObject } from "../../src/language/json.js";
import { evaluateJsonata } from "./evaluate-jsonata.js";

/** What a state knows of its visit. */
export interface Visit {
  readonly execution: string;
  readonly redrives: number;
  readonly state: string;
  readonly entered: string;
  /** Of the Maps around it, the innermost first; at most two. */
  readonly indices: readonly number[];
  readonly retries: number;
}

/** The text of a name in a task within so many Maps. */
export function renderedIn(name: Ref<string>, maps: number, language: QueryLanguage): string {
  const resource = "arn:aws:states:::sagemaker:createProcessingJob.sync";
  let step: Chain<unknown> = Chain.of(new Task("Job", { resource, parameters: { name } }));
  for (let around = 1; around <= maps; around++) {
    step = Chain.of(new Pass(`Before ${around}`), new MapStep(`Map ${around}`, { processor: step }));
  }
  let states = compile(step, { queryLanguage: language }).States as unknown as Record<string, JsonObject>;
  for (let around = maps; around > 0; around--) {
    const { ItemProcessor } = states[`Map ${around}`] as { readonly ItemProcessor: { States: typeof states } };
    states = ItemProcessor.States;
  }
  const { Parameters, Arguments } = states["Job"] as { Parameters?: JsonObject; Arguments?: JsonObject };
  return String(Parameters?.["name.$"] ?? Arguments?.["name"]);
}

/** The name itself; JSONPath is evaluated by the interpreter. */
export async function evaluatedName(text: string, visit: Visit, seed = "seed"): Promise<string> {
  const [index, outer] = visit.indices;
  const context = {
    Execution: { Id: visit.execution, RedriveCount: visit.redrives },
    State: { Name: visit.state, EnteredTime: visit.entered, RetryCount: visit.retries },
    ...(index === undefined ? {} : { Map: { Item: { Index: index } } }),
  };
  const variables: Record<string, Json> = outer === undefined ? {} : { Map_2_index: outer };
  if (text.startsWith("{%")) return String(await evaluateJsonata(text.slice(2, -2), {}, variables, context));
  const source = planSource(text);
  if ("message" in source) throw new Error(source.message);
  const scope = { input: {}, context: () => context, variables, random: new Random(seed), budget: new QueryBudget() };
  const value = readSource(source, scope, "name");
  if (typeof value !== "string") throw new Error(`no name: ${JSON.stringify(value)}`);
  return value;
}
