import { parse } from "yaml";
import { compileResolved, tryCompile } from "../../../src/compile/compile.js";
import { contains, schemaAsData } from "../../../src/expression/execution-input.js";
import { type Ref, toJsonPath } from "../../../src/expression/placeholder.js";
import { validateInput } from "../../../src/expression/validate-input.js";
import { partitionOf } from "../../../src/language/arn.js";
import type { ChoiceState, StateMachineDefinition, TaskState } from "../../../src/language/asl.js";
import { Chain } from "../../../src/states/chain.js";
import { Choice } from "../../../src/states/choice.js";
import type { Condition } from "../../../src/states/condition.js";
import { frozenDefinition } from "../../../src/states/frozen-definition.js";
import { Pass } from "../../../src/states/pass.js";
import { Task } from "../../../src/states/task.js";
import { InferencePipeline } from "../../../src/templates/inference-pipeline.js";
import { TrainingPipeline } from "../../../src/templates/training-pipeline.js";
import type { Execution } from "../../../src/workflow/execution.js";
import { Listing } from "../../../src/workflow/listing.js";
import { Workflow } from "../../../src/workflow/workflow.js";
import { build, buildLinked } from "./build.js";
import { type Node, NotBuilt } from "./cases.js";
import { Draft } from "./draft.js";
import { rowsIn } from "./html-facts.js";
import type { Program } from "./program.js";
import { toPythonNames } from "./schemas.js";

/** Reads what the case asks for. */
export async function emit(program: Program, [kind, of]: readonly [string, Node]): Promise<unknown> {
  switch (kind) {
    case "jsonpath":
      return toJsonPath((await program.value(of)) as Ref<unknown>);
    case "schema":
      return toPythonNames(schemaAsData((await program.value(of)) as Ref<unknown>));
    case "validate":
      return validate(program, of as { readonly of: Node; readonly input: unknown });
    case "contains": {
      const { of: collection, placeholder } = of as { readonly of: Node; readonly placeholder: Node };
      return contains(
        (await program.value(collection)) as Ref<unknown>,
        (await program.value(placeholder)) as Ref<unknown>,
      );
    }
    case "state":
      return state(program, of);
    case "rule":
      return recoveryRule(program, of);
    case "definition":
      return definition(program, of);
    case "input_template":
      return ((await program.value(of)) as Pipeline).inputTemplate();
    case "calls":
      return program.recorder.calls;
    case "value":
      return listed(await program.value(of));
    case "cfn":
      return template(program, of as { readonly workflow: Node; readonly description?: string });
    case "html":
      return ((await program.value(of)) as Workflow | Execution).toHtml();
    case "rows":
      return rowsIn(await ((await program.value(of)) as Listing<unknown>).toHtml());
    case "repr":
      return String(await program.value(of));
    default:
      throw new NotBuilt(`emit ${kind}`);
  }
}

async function template(
  program: Program,
  { workflow, ...options }: { readonly workflow: Node; readonly description?: string },
): Promise<unknown> {
  return parse(await ((await program.value(workflow)) as Workflow).getCloudFormationTemplate(options));
}

function listed(value: unknown): unknown {
  return value instanceof Listing ? value.toArray() : value;
}

/** A template: what it makes is a workflow and the input of its executions. */
type Pipeline = TrainingPipeline | InferencePipeline;

function isPipeline(value: unknown): value is Pipeline {
  return value instanceof TrainingPipeline || value instanceof InferencePipeline;
}

async function validate(program: Program, of: { readonly of: Node; readonly input: unknown }): Promise<unknown> {
  const collection = (await program.value(of.of)) as Ref<unknown>;
  const result = validateInput(collection, of.input);
  return {
    valid: result.valid,
    keys_missing: result.missing.map((path) => path.join(".")),
    keys_type_mismatch: result.mismatched.map(({ path, expected, received }) => [
      path.join("."),
      toPythonNames(expected),
      toPythonNames(received),
    ]),
  };
}

async function state(program: Program, of: Node): Promise<unknown> {
  const draft = (await program.evaluate(of)) as Draft;
  const built = await buildLinked(program, draft);
  await program.settle();
  const before = (await program.modelSteps()).filter((step) => step !== built);
  const definition = await compiled(program, before.length === 0 ? built : Chain.from([...before, built] as never), {});
  return definition.States[String(draft.args[0])];
}

/** A retrier, catcher or choice rule, as it stands in a state. */
async function recoveryRule(program: Program, of: Node): Promise<unknown> {
  const draft = await program.evaluate(of);
  if (!(draft instanceof Draft)) return choiceRule(program, (await program.value(of)) as Condition);
  const rule = (await build(program, draft)) as never;
  const option = draft.className === "Retry" ? { retry: rule } : { catch: rule };
  const resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
  const { definition } = await compileResolved(new Task("the task of the rule", { resource, ...option }));
  const state = definition.States["the task of the rule"] as TaskState;
  return (state.Retry ?? state.Catch)?.[0];
}

async function choiceRule(program: Program, condition: Condition): Promise<unknown> {
  const choice = new Choice("the choice of the rule").when(condition, new Pass("the target"));
  // A rule may read the output of a step: then that step comes before.
  const { definition } = await compileResolved(Chain.from([...(await program.outputSteps()), choice]));
  const { Next: _, ...rule } = (definition.States["the choice of the rule"] as ChoiceState).Choices[0] ?? { Next: "" };
  return rule;
}

async function definition(program: Program, of: Node): Promise<unknown> {
  const evaluated = await program.evaluate(of);
  const built = evaluated instanceof Draft ? await buildLinked(program, evaluated) : evaluated;
  await program.settle();
  if (Workflow.is(built)) return built.definition();
  if (isPipeline(built)) return built.workflow.definition();
  const graph = built as { readonly definition?: unknown; readonly options?: object };
  const isGraph = "definition" in graph && "options" in graph;
  const target = isGraph ? graph.definition : built;
  return frozenDefinition(target) ?? compiled(program, target, isGraph ? (graph.options ?? {}) : {});
}

/** What is wrong with a made-up request; the reference looks at none, and such cases are about what is written. */
const ofRequests: ReadonlySet<string> = new Set(["missing_parameter", "unknown_parameter", "missing_task_token"]);

async function compiled(program: Program, target: unknown, options: object): Promise<StateMachineDefinition> {
  const given = { partition: partitionOf(program.region), ...options };
  const { definition, issues } = tryCompile(target, given);
  const isMadeUp = issues.length > 0 && issues.every(({ code }) => ofRequests.has(code));
  return isMadeUp ? definition : (await compileResolved(target, given)).definition;
}
