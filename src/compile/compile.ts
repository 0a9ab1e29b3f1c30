import type { StateMachineDefinition } from "../language/asl.js";
import { type Issue, issue, throwIssues } from "../language/errors.js";
import { type Json, setOwn } from "../language/json.js";
import type { AnyChainable } from "../states/chain.js";
import type { Deferred } from "../states/deferred.js";
import { authoredState } from "../states/step.js";
import { checkExpress } from "./checks/check-express.js";
import { checkFlow } from "./checks/check-flow.js";
import { checkMap } from "./checks/check-map.js";
import { checkRetry } from "./checks/check-retry.js";
import { checkToken } from "./checks/check-token.js";
import { checkVariables } from "./checks/check-variables.js";
import { type CompileOptions, headOf, inputCollection, readCompileOptions } from "./compile-options.js";
import { Travel, type Travelled } from "./flow/travel.js";
import { link, pathOf } from "./link.js";
import { finishState } from "./lower/finish-state.js";
import { Places } from "./lower/places.js";
import { Scopes } from "./lower/scopes.js";
import { lowerState } from "./lower/state.js";

/** A definition, and how each reference in it gets its value. */
export interface Explained {
  readonly definition: StateMachineDefinition;
  readonly references: readonly Travelled[];
}

/** A compiled workflow with what was found on the way. */
export interface Compiled {
  readonly definition: StateMachineDefinition;
  readonly issues: readonly Issue[];
  /** Values that a deployment has to know first. */
  readonly unresolved: readonly Deferred[];
  /** Whether an ARN stands in the workflow's partition, which was not given. */
  readonly asksPartition: boolean;
  /** How each reference travels; empty unless `explain` was set. */
  readonly travelled: readonly Travelled[];
}

/**
 * Compiles a step or chain to Amazon States Language.
 *
 * @throws {@link DefinitionError} with every problem of the definition.
 * @example
 * compile(Chain.of(new Pass("A"), new Succeed("B")));
 * // { StartAt: "A", States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } } }
 * @example
 * compile(chain, { explain: true }).references;
 * // [{ path: ["States", "Use", "Parameters", "from"], reference: "the output of \"Made\" at ['uri']", by: "variable", text: "$Made_uri", setBy: ["Made"] }]
 */
export function compile<const Options extends CompileOptions>(
  definition: AnyChainable,
  options?: Options,
): Options extends { readonly explain: true } ? Explained : StateMachineDefinition;
export function compile(definition: AnyChainable, options?: CompileOptions): Explained | StateMachineDefinition {
  const compiled = tryCompile(definition, options);
  const unknown = compiled.unresolved.map((value) =>
    issue("unresolved_value", [], `${value.label} is known to a session only`),
  );
  throwIssues([...compiled.issues, ...unknown]);
  const { definition: machine, travelled } = compiled;
  return options?.explain === true ? { definition: machine, references: travelled } : machine;
}

/** Compiles, and gives the issues instead of throwing them. */
export function tryCompile(
  definition: unknown,
  given: CompileOptions = {},
  resolved: ReadonlyMap<Deferred, unknown> = new Map(),
): Compiled {
  const issues: Issue[] = [];
  const options = readCompileOptions(given, issues);
  const graph = link(definition, issues, options.queryLanguage ?? "JSONPath");
  const travel = new Travel(graph, issues, inputCollection(options.input), options.explain === true);
  const places = new Places(travel, issues, resolved, options);
  const scopes = new Scopes();
  const states: Record<string, Json>[] = [];
  for (const node of graph.nodes.values()) {
    for (const problem of authoredState(node.step).problems) {
      issues.push({ ...problem, path: [...pathOf(node), ...problem.path] });
    }
    const state = lowerState(node, places, scopes, options.queryLanguage);
    setOwn(scopes.of(node.scope).States, node.step.name, state);
    states.push(state);
  }
  // A variable is asked for by later states, so what each state sets is known only now.
  let index = 0;
  for (const node of graph.nodes.values()) {
    const state = states[index++] ?? {};
    finishState(node, state, travel.carried, places);
    if (node.type === "Map") checkMap(node, issues);
    checkExpress(node, state, options.type, issues);
    checkToken(node, state, issues);
    checkRetry(node, state, issues);
  }
  checkFlow(graph, issues);
  checkVariables(graph, travel.variableReads, (scope) => travel.orderIn(scope), issues);
  const machine = { ...headOf(options), ...scopes.of(graph.machine) } as unknown as StateMachineDefinition;
  const { asksPartition } = places;
  return {
    definition: machine,
    issues,
    unresolved: [...places.unresolved],
    asksPartition,
    travelled: travel.explained,
  };
}

/**
 * Compiles after having asked each deferred value for what it stands for.
 *
 * @param findPartition - asked where an ARN stands in the workflow's partition; default `aws`
 */
export async function compileResolved(
  definition: unknown,
  options: CompileOptions = {},
  findPartition?: () => Promise<string>,
): Promise<{ readonly definition: StateMachineDefinition; readonly deferred: readonly Deferred[] }> {
  const first = tryCompile(definition, options);
  throwIssues(first.issues);
  const partition = first.asksPartition ? await findPartition?.() : undefined;
  if (first.unresolved.length === 0 && (partition ?? "aws") === "aws")
    return { definition: first.definition, deferred: [] };
  const values = await Promise.all(first.unresolved.map(async (value) => [value, await value.resolve()] as const));
  const second = tryCompile(definition, partition === undefined ? options : { ...options, partition }, new Map(values));
  throwIssues(second.issues);
  return { definition: second.definition, deferred: first.unresolved };
}
